"""The stacks: where the bags stand, and how one comes to stand there whole or not at all.

In: the archive's folder. Out: names of bags and their folders; a bag placed under its final name
together with its line in the log. Which issue is at work is noted in `.working`; the bag is
written beside its place; the line it will get is noted in `.pending`; then the bag is renamed, the
line written and both notes taken away. Whoever comes next, after a process was killed at any
moment, finds the notes and finishes or undoes.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from newsletter.archive.bag import TAG_MANIFESTS, digests_of, seal, sync_folder
from newsletter.archive.log import (
    LOG_FILE,
    NAME,
    Entry,
    Log,
    append,
    parse_log,
    read_entry,
    read_log,
)
from newsletter.archive.reading import content_of
from newsletter.diagnostics import Diagnostic, Refused, Spot, Term
from newsletter.writing import is_idle, turn

FOLDER = "archive"
PENDING, WORKING = ".pending", ".working"
PART = ".part"


class Archive(Struct, frozen=True):
    """An archive in a folder; nothing is read before it is asked for."""

    folder: Path

    @property
    def log_path(self) -> Path:
        """The file of the log."""
        return self.folder / LOG_FILE

    def path(self, name: str) -> Path:
        """Return the folder of a bag such as 2021/v1."""
        return self.folder / name

    def bags(self) -> list[str]:
        """Return the names of all folders that stand where bags do, in order."""
        found = []
        for issue in _folders(self.folder):
            found += [f"{issue}/{name}" for name in _folders(self.folder / issue)]
        return sorted(found, key=in_order)

    def versions(self, issue: str) -> list[int]:
        """Return the numbers of an issue's versions that stand in its folder."""
        matches = (NAME.fullmatch(f"{issue}/{name}") for name in _folders(self.folder / issue))
        return sorted(int(match["version"]) for match in matches if match)

    def settled(self) -> tuple[Log, list[str]]:
        """Return the log and the names of all bags, as no writer is at work.

        On a medium that cannot be written, what an interrupted writer left stays as it is.
        """
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                stack.enter_context(self.turn())
            return self.read_log(), self.bags()

    def read_log(self) -> Log:
        """Return the log, with the line that an interrupted writer had still to write.

        Raises `Refused` where it cannot be read.
        """
        try:
            return self._log()
        except OSError as error:
            place = Spot(f"{self.folder.name}/{LOG_FILE}")
            values = {"reason": Term(error.strerror or str(error))}
            raise Refused([Diagnostic("N785", place, values)]) from error

    def _log(self) -> Log:
        pending = self.pending()
        if pending is None or not self.stands(pending):
            return read_log(self.log_path)
        data = content_of(self.log_path) if self.log_path.exists() else b""
        return parse_log(_finished(data, pending.line()))

    def pending(self) -> Entry | None:
        """Return the entry of a bag that is being placed, or was when its writer was killed."""
        try:
            return read_entry(content_of(self.folder / PENDING))
        except OSError:
            return None

    def stands(self, entry: Entry) -> bool:
        """Tell whether the bag of an entry stands in its place, with its seal."""
        return bool(entry.seal) and seal_of(self.path(entry.name)) == dict(entry.seal)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else writes; put in order what one who was killed has left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with turn(self.folder):
            self._recover()
            yield

    def _recover(self) -> None:
        pending = self.pending()
        if pending is not None and self.stands(pending):
            self._write_line(pending)
        for note in (PENDING, f"{PENDING}{PART}", f"{WORKING}{PART}"):
            _gone(self.folder / note)
        working = self.folder / WORKING
        if not working.exists():
            return
        home = self.folder / content_of(working).decode("utf-8", "replace")
        if NAME.fullmatch(f"{home.name}/v1") and home.parent == self.folder:
            for left in home.glob(f".*{PART}"):
                clear(left)
            with contextlib.suppress(OSError):
                home.rmdir()  # only where nothing is in it
        _gone(working)

    def _write_line(self, entry: Entry) -> None:
        """Append a line that may be there already, or in part."""
        data = content_of(self.log_path) if self.log_path.exists() else b""
        wanted = _finished(data, entry.line())
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            os.truncate(self.log_path, len(whole))
        if wanted != whole:
            append(self.log_path, entry.line())

    @contextlib.contextmanager
    def beside(self, issue: str) -> Iterator[Path]:
        """Lend a folder beside the bags of an issue; what is left in it is taken away."""
        home = self.folder / issue
        _note(self.folder / WORKING, issue.encode("utf-8"))
        home.mkdir(exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=home))
        try:
            yield part
        finally:
            clear(part)
            with contextlib.suppress(OSError):
                home.rmdir()
            _gone(self.folder / WORKING)

    def place(self, part: Path, entry: Entry) -> None:
        """Put a written bag in its place, read-only, and its line into the log."""
        seal(part)
        _note(self.folder / PENDING, entry.line())
        part.rename(self.path(entry.name))
        sync_folder(part.parent)
        sync_folder(self.folder)
        self._write_line(entry)
        _gone(self.folder / PENDING)


def open_archive(folder: Path) -> Archive:
    """Return the archive in a folder; raises `Refused` if there is none."""
    try:
        there = stat.S_ISDIR(folder.stat().st_mode)
    except OSError:
        there = False
    if not there:
        raise Refused([Diagnostic("N770", None, {"name": str(folder)}, hint="archive")])
    return Archive(folder)


def seal_of(bag: Path) -> dict[str, str]:
    """Return the digests of a bag's tag manifests, which seal it; none for one not there."""
    found = {}
    for name in TAG_MANIFESTS:
        with contextlib.suppress(OSError):
            found[name] = digests_of(bag / name, ["sha256"])["sha256"]
    return found


def in_order(name: str) -> tuple[str, int, str]:
    """Return what names of bags are sorted by: v10 comes after v9."""
    match = NAME.fullmatch(name)
    return (match["issue"], int(match["version"]), "") if match else (name, 0, name)


def clear(folder: Path) -> None:
    """Remove a folder that is not, or not yet, part of the archive, read-only or not."""
    for place, *_inside in os.walk(folder):
        with contextlib.suppress(OSError):
            Path(place).chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def folder_for(target: Path) -> Iterator[Path]:
    """Lend a folder beside a place, to be written in and renamed to it.

    It is taken away if it is still there at the end, as are those of processes that were killed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with turn(target.parent):
            for left in left_beside(target, PART):
                clear(left)
            prefix = f".{target.name}."
            part = Path(tempfile.mkdtemp(prefix=prefix, suffix=PART, dir=target.parent))
            stack.callback(clear, part)
            stack.enter_context(turn(part))
        yield part


def left_beside(target: Path, suffix: str) -> list[Path]:
    """Return the folders for a place that nobody writes in any more; `tempfile` named them."""
    drawn = "?" * 8
    found = target.parent.glob(f".{glob.escape(target.name)}.{drawn}{suffix}")
    return [folder for folder in found if is_idle(folder)]


def _folders(folder: Path) -> list[str]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if not entry.name.startswith(".") and (entry.is_symlink() or entry.is_dir())
        )


def _finished(data: bytes, line: bytes) -> bytes:
    """Return a log with a line at its end, which may be there already, or in part."""
    whole = data[: data.rfind(b"\n") + 1]
    return whole if whole.endswith(line) else whole + line


def _gone(path: Path) -> None:
    """Take a note away; where there is none nothing is asked of the disk."""
    if path.exists():
        path.unlink()


def _note(path: Path, line: bytes) -> None:
    part = path.with_name(f"{path.name}{PART}")
    with part.open("wb") as stream:
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)
