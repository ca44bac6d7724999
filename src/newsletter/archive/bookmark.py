"""The bookmark of an audit: what was found before it was interrupted.

In: the bookmark's file. Out: the findings of each bag that was looked at, and a way to note more,
a bag a line. It is taken away when the audit comes to its end; on a medium that cannot be written
there is none. What was found counts for a day, and for a bag whose files are in the same state:
an audit must not say today that all is well because it was when another one was interrupted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newsletter.archive.log import Entry, now
from newsletter.archive.reading import content_of
from newsletter.diagnostics import Diagnostic, Spot

NOTE = ".verify"
LONGEST = dt.timedelta(days=1)
"""How long what was found counts."""
Known = dict[tuple[str, str], list[Diagnostic]]
"""By a bag's name and state."""
Note = Callable[[str, str, list[Diagnostic]], None]
Bookmark = tuple[Known, Note]


def state_of(folder: Path, entry: Entry) -> str:
    """Return a digest of all that shows a bag to be as it was without its files being read.

    That is its line in the log, and of whatever lies in its folder or beside it, as signatures
    do, name, kind and rights, size, number and times.
    """
    whole = hashlib.sha256(entry.line())
    beside = [path for path in _inside(folder.parent) if not path.is_dir() or path == folder]
    for path in [*beside, *sorted(folder.rglob("*"))]:
        with contextlib.suppress(OSError):
            at = path.lstat()
            facts = at.st_mode, at.st_size, at.st_ino, at.st_mtime_ns, at.st_ctime_ns
            whole.update(os.fsencode(path.relative_to(folder.parent)) + f"\0{facts}\n".encode())
    return whole.hexdigest()


def _inside(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(folder.iterdir())
    return []


@contextlib.contextmanager
def bookmarked(path: Path, *, restart: bool = False) -> Iterator[Bookmark]:
    """Lend what is known of an earlier run and a way to note more; end without the note."""
    known = {} if restart else _read(path)
    with contextlib.ExitStack() as stack:
        stream = None
        with contextlib.suppress(OSError):  # on a medium that cannot be written there is no note
            stream = stack.enter_context(path.open("a" if known else "w", encoding="utf-8"))
            stream.write("\n" if known else "")

        def note(name: str, state: str, found: list[Diagnostic]) -> None:
            if stream is not None:
                with contextlib.suppress(OSError):
                    data = [_as_data(each) for each in found]
                    said = {"bag": name, "state": state, "time": now(), "findings": data}
                    stream.write(json.dumps(said) + "\n")  # names may be no text
                    stream.flush()

        yield known, note
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Known:
    known: Known = {}
    with contextlib.suppress(OSError):
        for line in content_of(path).decode("utf-8", "replace").split("\n"):
            with contextlib.suppress(ValueError, LookupError, TypeError, RecursionError):
                said = json.loads(line)
                found = [_from_data(item) for item in said["findings"]]
                if dt.timedelta() <= _time(now()) - _time(said["time"]) <= LONGEST:
                    known[said["bag"], said["state"]] = found
    return known


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _as_data(found: Diagnostic) -> dict[str, Any]:
    file = found.place.file if found.place else ""
    return {"code": found.code, "file": file, "values": dict(found.values), "hint": found.hint}


def _from_data(said: dict[str, Any]) -> Diagnostic:
    """Return a finding; raises `LookupError`, `TypeError` or `ValueError` for what is none."""
    found = Diagnostic(said["code"], Spot("" + said["file"]), dict(said["values"]), said["hint"])
    found.message()
    if found.hint is not None and found.hint_text() is None:
        raise ValueError(found.hint)
    return found
