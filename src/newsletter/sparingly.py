"""Foreign modules imported without what no command of ours asks of them.

In: nothing. Out: the modules as they are, but for the descriptions of types that only a type
checker reads. Where a module is imported already, or another way, it stays whole.
"""

from __future__ import annotations

import contextlib
import sys
import typing
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

import typing_extensions

DESCRIBED = "pydantic_core.core_schema"
"""The module of a hundred TypedDicts, which takes a twentieth of a check to make."""
HOMES = (typing, typing_extensions)
"""Where a module may have TypedDict from."""


class Plain(dict[str, Any]):
    """Stands in for TypedDict: its classes are dictionaries, and nobody reads their annotations."""

    def __init_subclass__(cls, **_told: Any) -> None:  # noqa: ANN401 - whether all keys are needed
        """Take what a TypedDict is told of its keys."""


class Sparing:
    """Finds the module of the TypedDicts, once, and has it executed with plain dictionaries."""

    def find_spec(self, name: str, path: Any = None, _target: Any = None) -> ModuleSpec | None:  # noqa: ANN401 - Python's own
        """Return how the module is loaded, and nothing for any other."""
        if name != DESCRIBED:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def executed(module: ModuleType) -> None:
                with plain_dictionaries():
                    execute(module)

            spec.loader.exec_module = executed  # type: ignore[method-assign]
        return spec


@contextlib.contextmanager
def plain_dictionaries() -> Iterator[None]:
    """Have what is imported in here make plain dictionaries of its TypedDicts."""
    real = [(home, home.TypedDict) for home in HOMES]
    for home in HOMES:
        vars(home)["TypedDict"] = Plain
    try:
        yield
    finally:
        for home, typed in real:
            vars(home)["TypedDict"] = typed


def import_sparingly() -> None:
    """Have foreign modules imported without what no command asks of them."""
    if DESCRIBED not in sys.modules:
        sys.meta_path.insert(0, Sparing())
