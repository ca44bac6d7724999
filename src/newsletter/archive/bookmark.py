"""The bookmark of an audit: what was found before it was interrupted.

In: the bookmark's file. Out: the findings of each bag that was looked at, and a way to note more,
a bag a line. It is taken away when the audit comes to its end; on a medium that cannot be written
there is none.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newsletter.archive.reading import content_of
from newsletter.diagnostics import Diagnostic, Spot

NOTE = ".verify"
Known = dict[str, list[Diagnostic]]
Note = Callable[[str, list[Diagnostic]], None]
Bookmark = tuple[Known, Note]


@contextlib.contextmanager
def bookmarked(path: Path, *, restart: bool = False) -> Iterator[Bookmark]:
    """Lend what is known of an earlier run and a way to note more; end without the note."""
    known = {} if restart else _read(path)
    with contextlib.ExitStack() as stack:
        stream = None
        with contextlib.suppress(OSError):  # on a medium that cannot be written there is no note
            stream = stack.enter_context(path.open("a" if known else "w", encoding="utf-8"))
            stream.write("\n" if known else "")

        def note(name: str, found: list[Diagnostic]) -> None:
            if stream is not None:
                with contextlib.suppress(OSError):
                    said = {"bag": name, "findings": [_as_data(d) for d in found]}
                    stream.write(json.dumps(said, ensure_ascii=False) + "\n")
                    stream.flush()

        yield known, note
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Known:
    known: Known = {}
    with contextlib.suppress(OSError):
        for line in content_of(path).decode("utf-8", "replace").split("\n"):
            with contextlib.suppress(ValueError, KeyError, TypeError):
                said = json.loads(line)
                known[said["bag"]] = [_from_data(item) for item in said["findings"]]
    return known


def _as_data(found: Diagnostic) -> dict[str, Any]:
    file = found.place.file if found.place else ""
    return {"code": found.code, "file": file, "values": dict(found.values), "hint": found.hint}


def _from_data(said: dict[str, Any]) -> Diagnostic:
    return Diagnostic(said["code"], Spot(said["file"]), said["values"], said["hint"])
