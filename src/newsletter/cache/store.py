"""Results that cost time to make, kept by what they were made from.

In: a kind, all that a result follows from, the function that makes it. Out: the result, made or
found. An entry begins with the SHA-256 of what follows; one that is damaged is thrown away. Those
that were not asked for longest give way when all together are too large. Processes share the
folder: an entry is written beside its place and renamed. What the folder lacks may stand on the
shelf of the installation (`shelf`), which is only read.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator

from newsletter.cache.manifest import FOLDER as MANIFESTS
from newsletter.cache.place import cache_folder, shelf_folder
from newsletter.cache.tool import tool_state

FOLDER = "results"
LIMIT = 256 * 1024 * 1024
"""Bytes that all entries may take together."""
ROOM = 0.8
"""To what part of the limit the oldest entries are cleared away."""
LARGEST = LIMIT // 8
"""Bytes of the largest result that is kept."""
PART = ".part"
STALE_S = 3600.0
"""Age from which a half-written file is one of a process that was killed."""
SEAL = hashlib.sha256().digest_size


class Store:
    """The entries in one folder, which need not be there; `limit` bounds their bytes.

    `shelf` is the folder of another store, in which is looked for what this one lacks.
    """

    def __init__(self, folder: str, limit: int = LIMIT, shelf: str | None = None) -> None:
        self.folder, self.limit, self.shelf = folder, limit, shelf
        self._size: int | None = None

    def find(self, key: str) -> bytes | None:
        """Return the entry of a key, and count it as used; None if there is none that is whole."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            content = _whole(path)
            if content is not None:
                os.utime(path)
                return content
            os.unlink(path)
        return self._on_the_shelf(key)

    def _on_the_shelf(self, key: str) -> bytes | None:
        if self.shelf is None:
            return None
        try:
            return _whole(os.path.join(self.shelf, FOLDER, key))
        except OSError:
            return None

    def keep(self, key: str, content: bytes) -> None:
        """Keep an entry; where the folder cannot be written to, do nothing."""
        path = self._path(key)
        if len(content) > min(LARGEST, self.limit):
            return
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            _write_beside(path, hashlib.sha256(content).digest() + content)
            self._make_room(SEAL + len(content))

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, FOLDER, key)

    def _make_room(self, grown: int) -> None:
        """Clear the oldest away when there is too much; what is there is counted once a process."""
        if self._size is not None:
            self._size += grown
        if self._size is None or self._size > self.limit:
            self._size = clear(self.folder, self.limit)


def recalled(kind: str, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, from an earlier run if it was made of the same `parts`.

    The tool itself is one of them, so that another version finds nothing of this one.
    """
    store = at_hand()
    if store is None:
        return make()
    key = key_of(kind, parts)
    found = store.find(key)
    if found is None:
        found = make()
        store.keep(key, found)
    return found


def at_hand() -> Store | None:
    """Return the store of this process; None when nothing is to be kept."""
    folder = cache_folder()
    if folder is None:
        return None
    place = folder, shelf_folder()
    if place not in _OPEN:
        _OPEN[place] = Store(folder, shelf=place[1])
    return _OPEN[place]


_OPEN: dict[tuple[str, str | None], Store] = {}


def key_of(kind: str, parts: tuple[str | bytes, ...]) -> str:
    """Return the key of a result: one SHA-256 over everything, the tool too.

    Each part is led by its length.
    """
    whole = hashlib.sha256()
    for part in (kind, _digest(tool_state()), *parts):
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        whole.update(f"{len(data)}:".encode() + data)
    return whole.hexdigest()


@functools.lru_cache(1)
def _digest(state: str) -> bytes:
    """Return the SHA-256 of the tool's state, which is the same for all keys of a process."""
    return hashlib.sha256(state.encode("utf-8", "surrogateescape")).digest()


def _whole(path: str) -> bytes | None:
    """Return an entry's content, None if it is damaged; raises `OSError`."""
    with open(path, "rb") as stream:
        seal, content = stream.read(SEAL), stream.read()
    return content if hashlib.sha256(content).digest() == seal else None


def _write_beside(path: str, content: bytes) -> None:
    handle, part = tempfile.mkstemp(suffix=PART, dir=os.path.dirname(path))
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


# The size of it -------------------------------------------------------------------------------


def size_of(folder: str) -> int:
    """Return how many bytes the files of a cache take."""
    return sum(state.st_size for _path, state in _files(folder))


def clear(folder: str, limit: int) -> int:
    """Delete what was not used longest while there are more than `limit` bytes; return the rest.

    Manifests count too. Half-written files of killed processes go first.
    """
    files = [*_files(folder)]
    total = sum(state.st_size for _path, state in files)
    stale = time.time() - STALE_S
    room = limit if total <= limit else int(limit * ROOM)
    for path, state in sorted(files, key=_when_used) if total > limit else files:
        is_left = path.endswith(PART) and state.st_mtime < stale
        if total > room or is_left:
            with contextlib.suppress(OSError):
                os.unlink(path)
            total -= state.st_size
    return total


def _when_used(file: tuple[str, os.stat_result]) -> int:
    return file[1].st_mtime_ns


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    for kind in (FOLDER, MANIFESTS):
        yield from _files_in(os.path.join(folder, kind))


def _files_in(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files in a folder and in those within it, to which no link leads."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                with contextlib.suppress(OSError):
                    yield entry.path, entry.stat()
            elif not entry.is_symlink():
                yield from _files_in(entry.path)
