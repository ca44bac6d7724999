"""Regular expressions as an earlier run of the same Python has compiled them.

Python compiles a pattern whenever the module that has it is imported, which takes a fifth of a
check. What comes of it are numbers for the engine; they are kept, and given to the engine, which
examines them, in place of being made again. In: the store. Out: nothing but time.

That is done by names of Python's own that it does not promise, so that Python goes its own way
wherever one of them is not what it was when this was written (3.11).
"""

from __future__ import annotations

import contextlib
import sys
from _thread import _local
from array import array
from importlib import import_module
from types import ModuleType
from typing import Any

from newsletter.cache.recollection import Recollection, key_of_kind, read, write_at_end
from newsletter.cache.store import at_hand

LONGEST = 50_000
"""Numbers of the longest pattern that is kept."""
CODE = "I"
Key = tuple[str | bytes, int]
"""A pattern as it is written, and the flags that are asked for with it."""
Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, numbers for the engine, number of groups, groups by name, names by group.

The numbers are of 32 bits, in the order of this machine's bytes (SRE_CODE)."""


class Patterns(Recollection[Key, Compiled]):
    """Stands in for `re._compiler.compile`, and sees what the engine is given there."""

    def __init__(self, compiler: Any, known: dict[Key, Compiled]) -> None:  # noqa: ANN401 - a module
        super().__init__(known)
        self._compile, self._engine = compiler.compile, compiler._sre  # noqa: SLF001
        self._here = _local()
        compiler._sre = _Engine(self._engine, self)  # noqa: SLF001
        compiler.compile = self.compile

    def compile(self, pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401 - Python's own
        """Return a compiled pattern, as `re._compiler.compile` does."""
        key = pattern, int(flags)
        if type(pattern) not in {str, bytes}:
            return self._compile(pattern, flags)
        self.asked.add(key)
        if key in self.known:
            with contextlib.suppress(Exception):  # of the engine's, where numbers are not sound
                final, numbers, *groups = self.known[key]
                return self._engine.compile(pattern, final, array(CODE, numbers).tolist(), *groups)
        self._here.key = key
        try:
            return self._compile(pattern, flags)
        finally:
            self._here.key = None

    def note(self, pattern: object, *given: Any) -> None:  # noqa: ANN401
        """Note what the engine is given for the pattern that this thread compiles."""
        key = getattr(self._here, "key", None)
        if key is not None and key[0] is pattern:
            flags, code, groups, names, by_group = given
            if len(code) <= LONGEST:
                numbers = array(CODE, code).tobytes()
                self.made[key] = int(flags), numbers, int(groups), dict(names), tuple(by_group)


class _Engine(ModuleType):
    """Stands in for the engine, `_sre`, where patterns are compiled."""

    def __init__(self, engine: ModuleType, patterns: Patterns) -> None:
        super().__init__(engine.__name__)
        self._engine, self._patterns = engine, patterns

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        return getattr(self._engine, name)

    def compile(self, *given: Any) -> Any:  # noqa: ANN401 - Python's own
        with contextlib.suppress(Exception):
            self._patterns.note(*given)
        return self._engine.compile(*given)


def recall_patterns() -> None:
    """Have patterns compiled as an earlier run has left them, and leave those of this one."""
    store = at_hand()
    compiler = import_module("re._compiler")
    if store is None or not _is_as_it_was(compiler):
        return
    key = key_of_kind(f"patterns {sys.version} {compiler.MAGIC}")
    write_at_end(store, key, Patterns(compiler, read(store, key)))


def _is_as_it_was(compiler: Any) -> bool:  # noqa: ANN401 - a module
    """Tell whether Python has all that is used here under the names that are used."""
    names = getattr(getattr(compiler.compile, "__code__", None), "co_varnames", ())
    engine = getattr(compiler, "_sre", None)
    return names[:2] == ("p", "flags") and hasattr(engine, "compile") and hasattr(engine, "MAGIC")
