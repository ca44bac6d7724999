"""How WeasyPrint is loaded: without reading C, without a search for libraries.

As it stands its import has cffi parse 460 lines of C and look for seven libraries under the
names of other systems, which starts compilers and `ldconfig` some fifty times; it imports parts
of fontTools, which are used only for WOFF, for variable fonts and those in colour, and where
HarfBuzz has no subsetter; and it reads the system's table of media types, of which it then
takes nothing.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import mimetypes
import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from types import ModuleType
from typing import Any

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.sheets import own_sheets
from newsletter.typesetting.selectors import put_off

PUT_OFF: dict[str, tuple[str, ...]] = {
    "fontTools.subset": (),
    "fontTools.ttLib": ("TTFont",),
    "fontTools.ttLib.ttFont": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Modules that WeasyPrint imports and seldom uses, with what it takes of them to call it."""
CAUGHT = "TTLibError"
"""What it takes of `fontTools.ttLib` to catch it; its stand-in is any exception."""


class _OthersError(ImportError):
    """WeasyPrint declares something else than what was read beforehand."""


def load() -> None:
    """Import WeasyPrint, where that has not been done; raises what its import raises."""
    if "weasyprint" in sys.modules:
        return
    put_off()
    try:
        with _declared_beforehand(), _put_off(), _no_media_types(), own_sheets():
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

        def dlopen(self, name: str, flags: int = 0) -> Foreign:
            """Open a library for good: at the end of Python fonts may outlive what opened it."""
            return super().dlopen(name, flags | os.RTLD_NODELETE)

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
        if name == CAUGHT:
            return Exception
        if f"{self.__name__}.{name}" in PUT_OFF:
            return _StandIn(f"{self.__name__}.{name}")
        if name in PUT_OFF[self.__name__]:
            return functools.partial(self._call, name)
        return getattr(self._module(), name)

    def _call(self, name: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        return getattr(self._module(), name)(*given, **named)

    def _module(self) -> ModuleType:
        return importlib.import_module(self.__name__)


@contextlib.contextmanager
def _no_media_types() -> Iterator[None]:
    """Have `mimetypes` not read the system's table; who asks for it later has it read."""
    before, mimetypes.inited = mimetypes.inited, True
    try:
        yield
    finally:
        mimetypes.inited = before
