"""Foreign modules imported without what no command of ours asks of them.

In: nothing. Out: the modules as they are, but for the descriptions of types that only a type
checker reads, and for what Jinja2 compiles templates with, which is imported when a template is
compiled. Where a module is imported already, or another way, it stays whole.
"""

from __future__ import annotations

import contextlib
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
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


LATER = {
    "jinja2.bccache": ("BytecodeCache", "FileSystemBytecodeCache", "MemcachedBytecodeCache"),
    "jinja2.compiler": ("CodeGenerator", "generate"),
    "jinja2.lexer": ("Lexer", "TokenStream", "get_lexer"),
    "jinja2.parser": ("Parser",),
}
"""Modules that compile templates or keep what was compiled, and the names others take of them."""
TAKER = "jinja2.environment"
"""The module that takes them, in which the real ones are put when one of them is called."""


class Later:
    """Stands in for a function or class until it is called; then the real ones take over."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the real one has
        """Call the real one."""
        bring()
        return self.real()(*given, **more)

    def real(self) -> Any:  # noqa: ANN401 - a function or a class
        """Return the real one, when it was brought."""
        return getattr(import_module(self._module), self._name)


def bring() -> None:
    """Import the modules that were left for later, and put their names where they belong."""
    for name in LATER:
        if hasattr(sys.modules.get(name), "is_for_later"):
            sys.modules.pop(name, None)
    taker = import_module(TAKER)
    for owner in (taker, getattr(taker, "Environment", taker)):
        for name, value in [*vars(owner).items()]:
            if isinstance(value, Later):
                setattr(owner, name, value.real())


def _stand_in(name: str, names: tuple[str, ...]) -> ModuleType:
    """Return a module whose names are for later; of any other the real module is asked."""
    module = ModuleType(name)

    def asked(other: str) -> Any:  # noqa: ANN401 - whatever the module has
        if other.startswith("__"):  # Python's own questions to a module
            raise AttributeError(other)
        bring()
        return getattr(import_module(name), other)

    vars(module).update({each: Later(name, each) for each in names})
    vars(module).update(is_for_later=True, __getattr__=asked)
    return module


def import_sparingly() -> None:
    """Have foreign modules imported without what no command asks of them."""
    if DESCRIBED not in sys.modules:
        sys.meta_path.insert(0, Sparing())
    if not {"jinja2", *LATER} & sys.modules.keys():
        sys.modules.update({name: _stand_in(name, names) for name, names in LATER.items()})
