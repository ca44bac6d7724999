"""Modules found at once: the code of all that a build imports, in one file of the shelf.

In: that file. Out: a finder that Python asks before its own. Python lists the folders of
`sys.path`, looks for each of some eight hundred modules in them, and opens a file for each. Here
one look tells whether a module's source is as it was. One that is not, and one that is not listed,
is left to Python, so a package that is edited or installed anew in place is seen.

The file: `MARK`, length and checksum of a list in `SIZE` bytes each, least first, the list, and the
codes. List and codes are written by `marshal`, as in Python's own `.pyc` files (PEP 552); the list
has the checksum of each code (CRC-32, ISO/IEC/IEEE 8802-3), so that what is damaged is not run.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType
    from typing import Any

    Known = tuple[str, int, int, str | None, bool, tuple[int, int, int] | None]

NAME = "modules"
"""The file's name on the shelf."""
MARK = b"newsletter's modules 1\n"
SIZE = 8
NUMBERS = len(MARK), len(MARK) + SIZE
"""Where length and checksum of the list stand."""
HEAD = len(MARK) + 2 * SIZE


class Bound(SourceFileLoader):
    """Loads a module whose code lies in the file of all; it has all else from its source."""

    def __init__(self, name: str, source: str, file: int, place: tuple[int, int, int]) -> None:
        super().__init__(name, source)
        self._file, self._place = file, place

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of the module; from Python's own files where it is not whole."""
        data = _read(self._file, *self._place)
        if data is None:
            return super().get_code(fullname)
        code: CodeType = marshal.loads(data)  # noqa: S302 - ours
        return code


class Modules:
    """Finds the modules of such a file.

    `known` has by name: path, time of change in ns and size of the source, path of Python's own
    code, whether it is a package, and its code: checksum, length, and where it lies after the first
    `start` bytes of the file; None for one in C.
    """

    def __init__(self, file: int, start: int, known: dict[str, Known]) -> None:
        self._file, self._start, self._known = file, start, known

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - as Python calls it
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return where a module is; None where it is not known, or not as it was."""
        if name not in self._known:
            return None
        source, changed, size, cached, is_package, place = self._known[name]
        try:
            state = os.stat(source)
        except OSError:
            return None
        if (state.st_mtime_ns, state.st_size) != (changed, size):
            return None
        if place is None:
            loader: ExtensionFileLoader | Bound = ExtensionFileLoader(name, source)
        else:
            checksum, length, at = place
            loader = Bound(name, source, self._file, (checksum, length, self._start + at))
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, cached
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec


def find_at_once(shelf: str | None) -> None:
    """Have modules found in the file on a shelf, where there is one that this Python can use."""
    if shelf is None or not hasattr(os, "pread"):  # which Windows lacks
        return
    try:
        file = os.open(os.path.join(shelf, NAME), os.O_RDONLY)
        finder = _finder(file)
    except OSError:  # it is not there, or a folder
        return
    if finder is None:
        os.close(file)
    else:
        sys.meta_path.insert(0, finder)


def _finder(file: int) -> Modules | None:
    """Return what finds the modules of an open file; None where they are not for this Python."""
    head = os.pread(file, HEAD, 0)
    length, checksum = (int.from_bytes(head[at : at + SIZE], "little") for at in NUMBERS)
    if not head.startswith(MARK) or os.fstat(file).st_size < HEAD + length:
        return None
    data = _read(file, checksum, length, HEAD)
    if not data:
        return None
    made_for, known = marshal.loads(data)  # noqa: S302 - ours
    return Modules(file, HEAD + length, known) if made_for == _circumstances() else None


def _read(file: int, checksum: int, length: int, start: int) -> bytes | None:
    """Return some bytes of a file; None where they are not those that were written."""
    from deflate import crc32

    try:
        data = os.pread(file, length, start)
    except OSError:
        return None
    return data if len(data) == length and crc32(data) == checksum else None


def _circumstances() -> tuple[object, ...]:
    """Return what else decides which code a module has: Python, its flags, where it looks.

    What lies beside the program itself, or where it was called, is never ours.
    """
    first = 0 if sys.flags.safe_path else 1
    return MAGIC_NUMBER, sys.flags.optimize, sys.prefix, tuple(sys.path[first:])


def bind(path: str) -> None:
    """Write the modules that this process has imported to such a file; raises `OSError`."""
    from deflate import crc32

    known: dict[str, Known] = {}
    codes: list[bytes] = []
    end = 0
    specs: list[Any] = [getattr(module, "__spec__", None) for module in sys.modules.values()]
    for spec in specs:
        if type(getattr(spec, "loader", None)) in (SourceFileLoader, ExtensionFileLoader):
            code = _code(spec)
            state = os.stat(spec.origin)
            place = (crc32(code), len(code), end) if code else None
            is_package = spec.submodule_search_locations is not None
            changed, size = state.st_mtime_ns, state.st_size
            known[spec.name] = spec.origin, changed, size, spec.cached, is_package, place
            codes.append(code)
            end += len(code)
    whole: Any = _circumstances(), known
    listed = marshal.dumps(whole)
    with open(path, "wb") as file:
        numbers = (number.to_bytes(SIZE, "little") for number in (len(listed), crc32(listed)))
        file.writelines([MARK, *numbers, listed, *codes])


def _code(spec: Any) -> bytes:  # noqa: ANN401 - of any loader
    """Return what stands in the file for a module; nothing for one in C."""
    if isinstance(spec.loader, ExtensionFileLoader):
        return b""
    return marshal.dumps(spec.loader.get_code(spec.name))
