"""Modules found at once: the code of all that a build imports, in one file of the shelf.

In: that file. Out: a finder that Python asks before its own. Python lists the folders of
`sys.path`, looks for each of some eight hundred modules in them, and opens a file for each. Here
one look tells whether a module's source is as it was. One that is not, and one that is not listed,
is left to Python, so a package that is edited or installed anew in place is seen.

The file: `MARK`, the length of a list in `SIZE` bytes, least first, the list, and the codes. List
and codes are written by `marshal`, as in Python's own `.pyc` files (PEP 552); before each code
stands the mark again, so that nothing else is ever taken for one.
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

    Known = tuple[str, int, int, str | None, bool, tuple[int, int] | None]

NAME = "modules"
"""The file's name on the shelf."""
MARK = b"newsletter's modules 1\n"
SIZE = 8


class Bound(SourceFileLoader):
    """Loads a module whose code lies in the file of all; it has all else from its source."""

    def __init__(self, name: str, source: str, file: int, start: int, length: int) -> None:
        super().__init__(name, source)
        self._file, self._start, self._length = file, start, length

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of the module; from Python's own files where it cannot be read."""
        read = os.pread(self._file, self._length, self._start)
        if len(read) == self._length and read.startswith(MARK):
            code: CodeType = marshal.loads(memoryview(read)[len(MARK) :])  # noqa: S302 - ours
            return code
        return super().get_code(fullname)


class Modules:
    """Finds the modules of such a file.

    `known` has by name: path, time of change in ns and size of the source, path of Python's own
    code, whether it is a package, and where its code lies after the first `start` bytes of the
    file; None for one in C.
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
            loader = Bound(name, source, self._file, self._start + place[0], place[1])
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
    except OSError:
        return
    finder = _finder(file)
    if finder is None:
        os.close(file)
    else:
        sys.meta_path.insert(0, finder)


def _finder(file: int) -> Modules | None:
    """Return what finds the modules of an open file; None where they are not for this Python."""
    head = os.pread(file, len(MARK) + SIZE, 0)
    length = int.from_bytes(head[len(MARK) :], "little")
    if not head.startswith(MARK) or os.fstat(file).st_size < len(head) + length:
        return None
    try:
        made_for, known = marshal.loads(os.pread(file, length, len(head)))  # noqa: S302 - ours
    except (EOFError, ValueError, TypeError):
        return None
    start = len(head) + length
    return Modules(file, start, known) if made_for == _circumstances() else None


def _circumstances() -> tuple[object, ...]:
    """Return what else decides which code a module has: Python, its flags, where it looks.

    What lies beside the program itself, or where it was called, is never ours.
    """
    first = 0 if sys.flags.safe_path else 1
    return MAGIC_NUMBER, sys.flags.optimize, sys.prefix, tuple(sys.path[first:])


def bind(path: str) -> None:
    """Write the modules that this process has imported to such a file; raises `OSError`."""
    known: dict[str, Known] = {}
    codes: list[bytes] = []
    end = 0
    specs: list[Any] = [getattr(module, "__spec__", None) for module in sys.modules.values()]
    for spec in specs:
        if type(getattr(spec, "loader", None)) in (SourceFileLoader, ExtensionFileLoader):
            code = _code(spec)
            state = os.stat(spec.origin)
            place = (end, len(code)) if code else None
            is_package = spec.submodule_search_locations is not None
            changed, size = state.st_mtime_ns, state.st_size
            known[spec.name] = spec.origin, changed, size, spec.cached, is_package, place
            codes.append(code)
            end += len(code)
    whole: Any = _circumstances(), known
    listed = marshal.dumps(whole)
    with open(path, "wb") as file:
        file.write(b"".join([MARK, len(listed).to_bytes(SIZE, "little"), listed, *codes]))


def _code(spec: Any) -> bytes:  # noqa: ANN401 - of any loader
    """Return what stands in the file for a module; nothing for one in C."""
    if isinstance(spec.loader, ExtensionFileLoader):
        return b""
    return MARK + marshal.dumps(spec.loader.get_code(spec.name))
