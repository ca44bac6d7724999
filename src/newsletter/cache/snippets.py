"""Code that modules write as text and have compiled while they are imported, compiled once.

`dataclasses` writes the methods of a class, `collections` the constructor of a named tuple, and
`typing` compiles each annotation to see whether it is an expression. Python compiles these texts
in each run, which takes a tenth of a check. In: the store. Out: nothing but time.

The three modules find `compile`, `exec` and `eval` among their own names before Python's: no name
is used that they do not promise, and one that does not call them goes its own way.
"""

from __future__ import annotations

import builtins
import collections
import contextlib
import dataclasses
import marshal
import sys
import typing
from types import CodeType
from typing import Any

from newsletter.cache.recollection import Recollection, key_of_kind, read, write_at_end
from newsletter.cache.store import at_hand

WRITERS = ((dataclasses, "exec"), (collections, "eval"), (typing, "compile"))
"""The modules that write code, and the function that each has it compiled by."""
FILE = "<string>"
"""What Python calls the file of code that stands in none."""
Key = tuple[str, str]
"""The text, and how it is compiled: to `exec` or to `eval`."""


class Snippets(Recollection[Key, bytes]):
    """Stands in for Python's `compile`, `exec` and `eval` in modules that write code.

    None of these modules has features of `__future__`, which the code would inherit.
    """

    def compile(self, source: Any, filename: Any, mode: str, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - Python's own
        """Return compiled code, as Python's `compile` does."""
        if given or more or type(source) is not str or filename != FILE:
            return builtins.compile(source, filename, mode, *given, **more)
        return self._code(source, mode)

    def exec(self, source: Any, *given: Any, **more: Any) -> None:  # noqa: ANN401 - Python's own
        """Execute code, as Python's `exec` does."""
        names = given or _names_of_the_caller()
        builtins.exec(self._code(source, "exec"), *names, **more)  # noqa: S102 - what it stands in for

    def eval(self, source: Any, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - Python's own
        """Return the value of an expression, as Python's `eval` does."""
        names = given or _names_of_the_caller()
        return builtins.eval(self._code(source, "eval"), *names, **more)  # noqa: S307 - the same

    def _code(self, source: Any, mode: str) -> Any:  # noqa: ANN401 - a text, or code
        """Return the code of a text; what is code already stays."""
        if type(source) is not str:
            return source
        text = source.lstrip(" \t") if mode == "eval" else source
        key = text, mode
        self.asked.add(key)
        if key in self.known:
            with contextlib.suppress(EOFError, ValueError, TypeError):
                return _loaded(self.known[key])
        code = builtins.compile(text, FILE, mode, 0, dont_inherit=True)
        self.made[key] = marshal.dumps(code)
        return code


def _loaded(content: bytes) -> CodeType:
    code = marshal.loads(content)  # noqa: S302 - sealed, as code of templates is
    if not isinstance(code, CodeType):
        raise TypeError(type(code).__name__)
    return code


def _names_of_the_caller() -> tuple[dict[str, Any], Any]:
    """Return the names that code is given where it is given none."""
    frame = sys._getframe(2)  # noqa: SLF001 - as `exec` does
    return frame.f_globals, frame.f_locals


def recall_snippets() -> None:
    """Have code compiled as an earlier run has left it, and leave that of this one."""
    store = at_hand()
    if store is None:
        return
    key = key_of_kind(f"snippets {sys.version} {sys.flags.optimize}")
    snippets = Snippets(read(store, key))
    for module, function in WRITERS:
        vars(module)[function] = getattr(snippets, function)
    write_at_end(store, key, snippets)
