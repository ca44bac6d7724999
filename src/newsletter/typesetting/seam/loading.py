"""How WeasyPrint is loaded: without reading C, without a search for libraries.

As it stands its import has cffi parse 460 lines of C and look for seven libraries under the
names of other systems, which starts compilers and `ldconfig` some fifty times; and it imports
the subsetter of fontTools, which is called only where HarfBuzz has none.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from hashlib import sha256
from types import ModuleType
from typing import Any

from newsletter.typesetting.seam.foreign import Foreign

PUT_OFF = {"fontTools.subset": "subset", "fontTools.varLib.instancer": "instantiateVariableFont"}
"""Modules that WeasyPrint's `pdf.fonts` imports and seldom uses, with the name it has for each."""


class _OthersError(ImportError):
    """WeasyPrint declares something else than what was read beforehand."""


def load() -> None:
    """Import WeasyPrint, where that has not been done; raises what its import raises."""
    if "weasyprint" in sys.modules:
        return
    try:
        with _declared_beforehand(), _put_off():
            importlib.import_module("weasyprint")
    except _OthersError:
        for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
            del sys.modules[name]
        importlib.import_module("weasyprint")


@contextlib.contextmanager
def _declared_beforehand() -> Iterator[None]:
    """Have the next `cffi.FFI()` know its declarations, and open libraries by their file names.

    Only on Linux: elsewhere libraries are found by a search.
    """
    import cffi

    before = cffi.FFI

    def made() -> Foreign:
        cffi.FFI = before
        return _declared()

    if sys.platform == "linux":
        cffi.FFI = made
    try:
        yield
    finally:
        cffi.FFI = before


def _declared() -> Foreign:
    import _cffi_backend

    from newsletter.typesetting.seam import declared
    from newsletter.typesetting.seam.pango import DECLARATIONS

    class Declared(_cffi_backend.FFI):  # type: ignore[misc]
        """Made of tables instead of declarations."""

        def cdef(self, source: str) -> None:
            """Take declarations, which must be those of the tables."""
            digest = sha256(source.encode()).hexdigest()
            if source != DECLARATIONS and digest != declared.READ_FROM:
                message = "declarations that were not read beforehand"
                raise _OthersError(message)

    return Declared(declared.__name__, **declared.TABLES)


@contextlib.contextmanager
def _put_off() -> Iterator[None]:
    """Let stand-ins be imported instead of what is seldom used; a stand-in imports it when used."""
    absent = [name for name in PUT_OFF if name not in sys.modules]
    for name in absent:
        sys.modules[name] = _StandIn(name)
    try:
        yield
    finally:
        for name in absent:
            if isinstance(sys.modules.get(name), _StandIn):
                del sys.modules[name]


class _StandIn(ModuleType):
    """A module or one of its functions, imported when it is used."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name.startswith("__"):
            raise AttributeError(name)
        if name == PUT_OFF[self.__name__]:
            return self._call
        return getattr(self._module(), name)

    def _call(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        return getattr(self._module(), PUT_OFF[self.__name__])(*given, **named)

    def _module(self) -> ModuleType:
        return importlib.import_module(self.__name__)
