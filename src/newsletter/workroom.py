"""A folder for what a process needs while it runs, which a later one takes away if it cannot.

Out: the path of a folder in that for temporary files, or None where this cannot be had; then
temporary files lie as they always did, and nothing is taken away. A process that is killed takes
nothing away. Its folder is known to be left by its lock (flock(2)), which the system ends with
the last process that holds it: no number of a process is asked, so that none can be mistaken.

Only this is ever deleted: a folder in `newsletter-UID`, which is ours alone (mode 0700), that
carries the mark of this kernel and of this mount, for which alone a lock says who runs, and whose
lock is free. Folders of before the system was started are left to it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""A number that a Linux kernel draws when it starts (random(4)), the same in its containers."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
TRIES = 3
"""How often a folder is made anew that another process took for one that was left."""


class _Room:
    """The folder of a process, where it was made, and its lock, held for as long as it runs."""

    def __init__(self, path: str, handle: int, within: str) -> None:
        self.path, self.handle, self.within = path, handle, within
        self.owner = os.getpid()


_TURN = threading.Lock()
_MADE: list[_Room] = []


def workroom() -> str | None:
    """Return the folder of this process, made when it is first asked for; None for none.

    A process that was forked gets its own.
    """
    within = tempfile.gettempdir()
    with _TURN:
        if _MADE and (_MADE[-1].owner, _MADE[-1].within) == (os.getpid(), within):
            return _MADE[-1].path
        made = None
        for _ in range(TRIES):
            with contextlib.suppress(ImportError, OSError, AttributeError, NotImplementedError):
                made = made or _made(within)
        if made is None:
            return None
        _MADE.append(made)
        weakref.finalize(made, _leave, made.path, made.owner)
        if "multiprocessing.util" in sys.modules:  # one of a crew ends without `atexit`
            arguments = (made.path, made.owner)
            sys.modules["multiprocessing.util"].Finalize(None, _leave, arguments, exitpriority=-1)
        return made.path


def _leave(path: str, owner: int) -> None:
    """Take empty folders away; what somebody left in them goes with a later process."""
    if os.getpid() == owner:
        with contextlib.suppress(OSError):
            Path(path).rmdir()
            Path(path).parent.rmdir()


def _made(within: str) -> _Room | None:
    """Return a new folder with its lock, having taken away what is left there."""
    home = Path(within, f"newsletter-{os.geteuid()}")
    with contextlib.suppress(FileExistsError):
        home.mkdir(0o700)
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        state = os.fstat(handle)
        if not _is_ours_alone(state):
            return None
        mark = _mark(state)
        _sweep(handle, mark)
        path = Path(tempfile.mkdtemp(prefix=mark, dir=home))
        lock = _locked(handle, path.name)
        return None if lock is None else _Room(str(path), lock, within)
    finally:
        os.close(handle)


def _is_ours_alone(state: os.stat_result) -> bool:
    return state.st_uid == os.geteuid() and not state.st_mode & OTHERS


def _mark(state: os.stat_result) -> str:
    """Return what the name of a folder begins with for whose lock this kernel can answer."""
    return f"{BOOT.read_text('ascii').strip()}-{state.st_dev:x}-"


def _locked(home: int, name: str) -> int | None:
    """Return a descriptor with the lock of a folder that is there; None if another has it."""
    import fcntl

    try:
        handle = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=home)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held, there = os.fstat(handle), os.stat(name, dir_fd=home, follow_symlinks=False)
        if os.path.samestat(held, there) and _is_ours_alone(held):
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def _sweep(home: int, mark: str) -> None:
    """Take away the folders of processes that run no more."""
    for name in _names(home, mark):
        lock = _locked(home, name)
        if lock is not None:
            try:
                shutil.rmtree(name, ignore_errors=True, dir_fd=home)
            finally:
                os.close(lock)


def _names(home: int, mark: str) -> Iterator[str]:
    if shutil.rmtree.avoids_symlink_attacks:
        yield from (name for name in os.listdir(home) if name.startswith(mark))
