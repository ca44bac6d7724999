"""Selectors of stylesheets: compiled when an element is first asked whether it is meant.

cssselect2 writes each selector as a Python expression and compiles it at once. WeasyPrint's own
stylesheet has 282 of them, and for most there is no element in a newsletter; those of a layout
are also read when its mistakes are looked for, and no element is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[Any], Any]
"""Says of an element of cssselect2 whether a selector means it."""


def put_off() -> None:
    """Have cssselect2 compile selectors when they are first asked."""
    from cssselect2 import compiler

    compiler.eval = asked_first


def asked_first(source: str, known: dict[str, Any], own: Mapping[str, object]) -> Test:
    """Return what the source of a function evaluates to, which is done when it is called.

    It has its `source`, by which it can be made `again`.
    """
    made: list[Test] = []

    def test(element: Any) -> Any:  # noqa: ANN401 - cssselect2's
        if not made:
            made.append(eval(source, known, own))  # noqa: S307 - cssselect2's own source
        return made[0](element)

    test.source = source  # type: ignore[attr-defined]
    return test


def again(source: str) -> Test:
    """Return the test of a selector that was compiled before, by its `source`."""
    from cssselect2 import compiler

    names = "split_whitespace", "ascii_lower", "urlparse"
    return asked_first(source, {name: getattr(compiler, name) for name in names}, {})
