"""Reading a file as text: UTF-8, of bearable size, and a file indeed.

In: a path, and the name that messages give it. Out: a `Source`, or `Refused`.
"""

from __future__ import annotations

import stat
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Place, Refused, Term, Values
from newsletter.sources.tree import Source

LARGEST_FILE = 1024 * 1024


def read(path: Path, shown: str) -> Source:
    """Read a UTF-8 text file; raises `Refused` when it is missing, too large or not UTF-8."""
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
        values = {"file": shown, "reason": error.strerror or str(error)}
        raise Refused([Diagnostic("N124", Place(shown), values)]) from error
    return Source.of(path, shown, _decode(data, shown))


def _decode(data: bytes, shown: str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused([Diagnostic("N103", Place(shown, 1, 1, 1, 2), {"file": shown})])
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
    return text.replace("\r\n", "\n")


def _likely_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for encoding in ("gb18030", "big5", "shift_jis"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return "?"
