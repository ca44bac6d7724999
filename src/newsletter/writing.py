"""Writing files that belong together: all of them or none, whatever happens meanwhile.

In: the contents of files of one folder. Out: the files, each written beside its place and renamed
when all are there; or `Refused`, with the old files as they were. Those who write to the same
folder take turns.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Refused, Term

PART = ".part"


@contextlib.contextmanager
def writing(file: str) -> Iterator[None]:
    """Turn the system's refusal to write a file, named as in messages, into `Refused` (N702)."""
    try:
        yield
    except OSError as error:
        raise _refusal(file, error) from error


def _refusal(file: str, error: OSError) -> Refused:
    values = {"file": file, "reason": Term(error.strerror or str(error))}
    return Refused([Diagnostic("N702", None, values)])


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write all files of one folder, or none: each beside its place, renamed when all are there.

    What a build that was killed left beside them is taken away. Builds that write to the same
    folder take turns, so that its files always come from one build. Raises `Refused`.
    """
    folder = next(iter(contents)).parent
    try:
        for path in contents:
            refuse_what_is_no_file(path)
        folder.mkdir(parents=True, exist_ok=True)
        with turn(folder) as alone:
            if alone:
                _sweep(contents)
            _exchange(contents)
    except OSError as error:
        raise _refusal(_meant(error, contents), error) from error


def _meant(error: OSError, contents: Iterable[Path]) -> str:
    """Return the name of the file that could not be written, not that of its part beside it."""
    paths = list(contents)
    refused = Path(error.filename or paths[0]).name
    parts = (path.name for path in paths if refused.startswith(f".{path.name}."))
    return next(parts, refused)


def write_text(path: Path, text: str) -> None:
    """Write a report to the file that somebody named, whole or not at all; raises `Refused`.

    A link is written through, and so is what is no file, as `/dev/stdout`; no folder is made.
    What UTF-8 has no bytes for, as in names of files, is written as escapes.
    """
    data = text.encode("utf-8", "backslashreplace")
    if path.is_file() or (path.parent.is_dir() and not path.exists()):
        write_together({path.resolve(): data})
        return
    with writing(str(path)):
        path.write_bytes(data)


def refuse_what_is_no_file(path: Path) -> None:
    """Raise `OSError` where a device, a pipe or a folder would have to give way to a file."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file", str(path))


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[bool]:
    """Wait until no other build writes to `folder`; tell whether that could be made sure.

    The lock is the system's and ends with the process, however that ends. Where there are no
    such locks (Windows, some network folders) builds still do not harm each other's files.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield False
        return
    try:
        alone = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            alone = False
        yield alone
    finally:
        os.close(handle)


def is_idle(folder: Path) -> bool:
    """Tell whether nobody has a turn in a folder, as far as the system can say."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _sweep(contents: Iterable[Path]) -> None:
    for path in contents:
        for left in path.parent.glob(f".{glob.escape(path.name)}.*{PART}"):
            left.unlink(missing_ok=True)


def _exchange(contents: Mapping[Path, bytes]) -> None:
    """Put new files in the place of old ones; put the old ones back if one cannot be moved."""
    beside: dict[Path, Path] = {}
    kept: dict[Path, Path | None] = {}
    try:
        for path, content in contents.items():
            beside[path] = part = _place_beside(path)
            _write(part, content)
        for path, part in beside.items():
            kept[path] = _keep(path, part)
            part.replace(path)
    except BaseException:
        for path, old in kept.items():
            _restore(path, old)
        raise
    finally:
        for left in (*beside.values(), *kept.values()):
            if left is not None:
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def _keep(path: Path, part: Path) -> Path | None:
    """Give the old file a second name beside it, so that it can come back; None if none is."""
    if not path.exists():
        return None
    old = part.with_suffix(f".old{PART}")
    try:
        os.link(path, old)
    except OSError:  # no such links here, as on FAT
        shutil.copyfile(path, old)
    return old


def _restore(path: Path, old: Path | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        else:
            old.replace(path)


def _place_beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
    os.close(handle)
    return Path(name)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o644)
