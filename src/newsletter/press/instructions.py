"""The instructions of a content stream, a line each, as pikepdf writes them.

In: a stream. Out: its content in that form. Streams that WeasyPrint writes have most lines in it
already, so only arrays and dictionaries are written anew; where anything else stands, the whole
stream is parsed. Both ways give the same bytes.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from newsletter.press.problem import UnconvertedError

_PARTS = {
    b"N": rb"(?:-?+\d{1,9}+\.\d{0,15}+|0|-?+[1-9]\d{0,8}+)",
    b"name": rb"/[A-Za-z][\w.-]*+",
    b"operator": rb"(?!(?:BI|ID|EI)\n)[A-Za-z][A-Za-z*]{0,2}\n",
    b"hex": rb"<(?:[0-9A-Fa-f]{2})*+>",
}
PIECE = re.compile(
    rb"""((?:(?:(?:%(N)b\ ){0,6}+|%(name)b\ (?:%(N)b\ )?+)%(operator)b)++)       # 1 as they are
    |(\[(?:\ |%(hex)b|%(N)b(?=[\ <\]]))*+\])\ ((?:%(N)b\ )?+%(operator)b)       # 2 3
    |(%(name)b)\n(?:(BMC\n)                                                   # 4 5
      |(<<(?:[\ \n]|%(name)b|%(hex)b|%(N)b(?=[\ \n/>]))*+>>)\n(BDC\n))      # 6 7
    |([\s\S])"""
    % _PARTS,
    re.VERBOSE,
)
LINES, ARRAY, MARK, PROPERTIES = 1, 3, 5, 7
MOST_KEPT = 1024


def lines(stream: Any) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return the content of a stream; raises `UnconvertedError` for a picture within it."""
    data: bytes = stream.read_bytes()
    return _quickly(data.removesuffix(b"\n") + b"\n") or _parsed(stream)


def _quickly(data: bytes) -> bytes | None:
    pieces = []
    for found in PIECE.finditer(data):
        kind = found.lastindex
        if kind == LINES:
            pieces.append(found[1])
        elif kind == ARRAY:
            pieces.append(b"%b %b" % (_written(found[2]), found[3]))
        elif kind == PROPERTIES:
            pieces.append(b"%b %b %b" % (found[4], _written(found[6]), found[7]))
        elif kind == MARK:
            pieces.append(b"%b %b" % (found[4], found[5]))
        else:
            return None
    return b"".join(pieces).removesuffix(b"\n")


@functools.lru_cache(MOST_KEPT)
def _written(thing: bytes) -> bytes:
    """Return an array or a dictionary as pikepdf writes it."""
    from pikepdf import Object

    return Object.parse(thing).unparse()


def _parsed(stream: Any) -> bytes:  # noqa: ANN401
    import pikepdf

    found = pikepdf.parse_content_stream(stream)
    if pikepdf.ContentStreamInlineImage in set(map(type, found)):
        raise UnconvertedError("inline picture")
    return pikepdf.unparse_content_stream(found)
