"""Reading a file as text: UTF-8, of bearable size, and a file indeed.

In: a path, and the name that messages give it. Out: a `Source`, or `Refused`.
"""

from __future__ import annotations

import stat
from codecs import BOM_UTF8
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Place, Refused, Term, Values
from newsletter.sources.tree import Source

LARGEST_FILE = 1024 * 1024


def read(path: Path, shown: str, flaws: list[Diagnostic] | None = None) -> Source:
    """Read a UTF-8 text file; raises `Refused` when it is missing, too large or not UTF-8.

    A byte order mark and the line ends of an old Macintosh can be read past: where `flaws` are
    collected they are added there, else they are refused too.
    """
    values: Values
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited at for ever
            values = {"file": shown, "reason": Term("not a file")}
            raise Refused([Diagnostic("N124", Place(shown), values)])
        if status.st_size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            values = {"file": shown, "limit": limit}
            raise Refused([Diagnostic("N117", Place(shown), values)])
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused([Diagnostic("N101", Place(shown), {"file": shown})]) from error
    except OSError as error:
        values = {"file": shown, "reason": Term(error.strerror or str(error))}
        raise Refused([Diagnostic("N124", Place(shown), values)]) from error
    found: list[Diagnostic] = []
    text = _without_returns(_decode(_without_mark(data, shown, found), shown), shown, found)
    if flaws is None and found:
        raise Refused(found)
    if flaws is not None:
        flaws += found
    return Source.of(path, shown, text)


def _without_mark(data: bytes, shown: str, flaws: list[Diagnostic]) -> bytes:
    if data.startswith(BOM_UTF8):
        flaws.append(Diagnostic("N103", Place(shown, 1, 1, 1, 2), {"file": shown}))
    return without_marks(data)


def without_marks(data: bytes) -> bytes:
    """Return a file's content without its byte order marks; joined files have two and more."""
    while data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
    return data


def _without_returns(text: str, shown: str, flaws: list[Diagnostic]) -> str:
    """Return a text whose lines end as ours; where most end with a return alone, that is a flaw."""
    text = text.replace("\r\n", "\n")
    first = text.find("\r")
    if first < 0 or text.count("\r") <= text.count("\n"):
        return text
    text = text.replace("\r", "\n")
    place = Source.of(Path(), shown, text).place(first, first + 1)
    flaws.append(Diagnostic("N134", place, {"character": "U+000D"}, "return"))
    return text


def _decode(data: bytes, shown: str) -> str:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused([Diagnostic("N116", Place(shown), {"file": shown})])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")
        values = {"file": shown, "encoding": _likely_encoding(data)}
        place = Place(shown, line, len(before) + 1, line, len(before) + 2)
        raise Refused([Diagnostic("N102", place, values)]) from error
    return text


def _likely_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for encoding in ("gb18030", "big5", "shift_jis"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return Term("another encoding")
