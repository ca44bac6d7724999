"""Content as builds write it for readers, taken apart in one go.

In: a page. Out: its content, and the operations in it that preflight asks for, as matches of
`OPERATION`. All that stands between them is matched too, operators with as many numbers as they
take (ISO 32000-2:2020, Annex A), so that such content has no damage whoever reads it. None where
anything is not of this kind; it is then read word by word.
"""

from __future__ import annotations

import codecs
import functools
import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from newsletter.pdf import objects
from newsletter.preflight.limits import LARGEST_CONTENT

_BLANK = rb"[\t\n\f\r ]"
_NUMBER = rb"(?:[+-]?+(?:\d{1,9}+(?:\.\d{0,15}+)?+|\.\d{1,15}+))"
_PARTS = {
    b"_": _BLANK,
    b"N": _NUMBER,
    b"six": rb"(?:%b%b++){6}" % (_NUMBER, _BLANK),
    b"name": rb"/([\w.+-]++)",
    b"end": rb"(?=[\t\n\f\r \]<])",
    b"property": rb"[\t\n\f\r ]*+/[\w.+-]++(?:[\t\n\f\r ]*+/[\w.+-]++"
    rb"|[\t\n\f\r ]++\d{1,9}+(?=[\t\n\f\r />])"
    rb"|[\t\n\f\r ]*+(?:<(?:[0-9A-Fa-f]{2})*+>|\([\w .+-]*+\)))",
}
"""Blank, number, name, the end of a number in an array, six numbers."""
_BETWEEN = (
    rb"""(?:%(_)b++
    |(?:%(N)b%(_)b++(?:[wJjMgG]|T[wL]|%(N)b%(_)b++(?:[ml]|%(N)b%(_)b++(?:rg|RG
        |%(N)b%(_)b++(?:re|[vykK]|%(N)b%(_)b++%(N)b%(_)b++c))))
      |h|n|W\*?|ET|BT(?=%(_)b++(?:ET|%(six)bTm)%(_)b)
      |/[\w.+-]++%(_)b++(?:gs|scn)|/Pattern%(_)b++cs
      |\[(?:%(_)b|%(N)b%(end)b)*+\]%(_)b*+%(N)b%(_)b++d
    )%(_)b)*+"""
    % _PARTS
)
"""Operators that draw nothing, mark nothing and move no text."""
OPERATION = re.compile(
    _BETWEEN
    + rb"""(?:(?:(q|Q|EMC|f\*?|F|[Bb]\*?|[Ss]|BT)                             # 1
    |\[((?:%(_)b|<(?:[0-9A-Fa-f]{2})*+>|%(N)b%(end)b)*+)\]%(_)b*+TJ            # 2
    |%(name)b(?:%(_)b++(?:(%(N)b)%(_)b++Tf|(Do)|(BMC))                            # 3 4 5 6
      |%(_)b*+<<((?:%(property)b)*+)%(_)b*+>>%(_)b*+BDC)                       # 7
    |(%(six)b)(?:Tm|(cm))                                                     # 8 9
    |(%(N)b)%(_)b++T([csrz])                                                  # 10 11
    |(%(N)b%(_)b++%(N)b%(_)b++T[dD]|T\*)                                      # 12
    )%(_)b|\Z|([\s\S]))"""
    % _PARTS,
    re.VERBOSE,
)
SIMPLE, SHOW, NAME, FONT, PLACE, MARK, PROPERTIES = range(1, 8)
MATRIX, CONCATENATE, NUMBER, STATE, MOVE, OTHER = range(8, 14)
"""What an operation is, by the last group of its match; None at the end of the content.

NAME and NUMBER are operands: the name that fonts, forms and marks are chosen by, the value that
a parameter of the text state is set to.
"""
PROPERTY = re.compile(
    rb"""%(_)b*+/([\w.+-]++)%(_)b*+(?:(/[\w.+-]++)|(?:(?<=%(_)b)(\d{1,9}+))|<((?:[0-9A-Fa-f]{2})*+)>
    |\(([\w\x20.+-]*+)\))"""
    % _PARTS,
    re.VERBOSE,
)
MOST_OPERATIONS = 100_000
"""Operations of a stream that are held at once; a page of ours has a thousand."""
MOST_PROPERTIES = 4096
"""Properties that are kept: most pages number their pieces from 0."""
SHOWN = re.compile(rb"<([0-9A-Fa-f]*)>|([\d.+-]++)")
"""The strings of an array that TJ shows; its strings and its numbers."""
STATES = re.compile(rb"/([\w.+-]+)[\t\n\f\r ]+gs[\t\n\f\r ]")
PATTERNS = re.compile(rb"/([\w.+-]+)[\t\n\f\r ]+scn[\t\n\f\r ]")
"""The names of parameters and patterns that are chosen."""
_BLANKS, _LETTERS = b"\t\n\f\r ]>", b"abcdefghijklmnopqrstuvwxyz"
_KINDS = bytes(
    0x20 if byte in _BLANKS else 0x61 if byte in _LETTERS + _LETTERS.upper() else 0x30
    for byte in range(256)
)
"""Of each byte, whether it ends a word, is a letter, or neither."""
_BEGIN_OF_OPERATOR = b" a"


def contents(page: objects.Object) -> bytes | None:
    """Return the content of a page, its streams whole; it begins and ends with a blank."""
    found = objects.entry(page, "/Contents")
    streams = objects.items(found) if objects.is_array(found) else [found]
    pieces = [b""]
    for stream in streams if found is not None else []:
        data = _whole(stream) if objects.is_stream(stream) else None
        if data is None:
            return None
        pieces.append(data)
    return b"\n".join([*pieces, b""])


def content(stream: objects.Object) -> bytes | None:
    """Return the content of a form or a pattern, as `contents` does of a page."""
    data = _whole(stream) if objects.is_stream(stream) else None
    return None if data is None else b"\n%b\n" % data


def _whole(stream: objects.Object) -> bytes | None:
    """Return the data of a stream that is deflated to its end, or not at all."""
    data = objects.raw(stream)
    if data is None or objects.entry(stream, "/DecodeParms") is not None:
        return None
    if objects.filters(stream) == ("FlateDecode",):
        machine = zlib.decompressobj()
        try:
            data = machine.decompress(data, LARGEST_CONTENT)
        except zlib.error:
            return None
        return data if machine.eof else None
    is_bare = objects.entry(stream, "/Filter") is None and len(data) <= LARGEST_CONTENT
    return data if is_bare else None


def operations(data: bytes) -> Sequence[re.Match[bytes]] | None:
    """Return the operations of a content; see `contents`."""
    found: list[re.Match[bytes]] = []
    for match in OPERATION.finditer(data):
        if match.lastindex == OTHER or len(found) > MOST_OPERATIONS:
            return None
        found.append(match)
    return found


class Properties(NamedTuple):
    """What marked content says: its number (-1 without one), its language, the words it is for."""

    mcid: int = -1
    language: str = ""
    actual: str | None = None


@functools.lru_cache(MOST_PROPERTIES)
def properties(data: bytes) -> Properties | None:
    """Return the properties within `<<` and `>>`, None where they are not as usual."""
    found = {key: _Value(*values) for key, *values in PROPERTY.findall(data)}
    if len(found) != len(PROPERTY.findall(data)):
        return None
    mcid, language, actual = (found.get(key) for key in (b"MCID", b"Lang", b"ActualText"))
    if (mcid and not mcid.number) or (language and (language.digits or not language.is_text)):
        return None
    try:
        return Properties(
            int(mcid.number) if mcid else -1,
            language.text.decode("ascii") if language else "",
            actual.words() if actual else None,
        )
    except ValueError:
        return None


class _Value(NamedTuple):
    """A value in one of four forms."""

    name: bytes
    number: bytes
    digits: bytes
    text: bytes

    @property
    def is_text(self) -> bool:
        return not self.name and not self.number

    def words(self) -> str:
        """Return a text string (ISO 32000-2:2020, 7.9.2.2); raises `ValueError`."""
        if not self.is_text:
            raise ValueError(self)
        data = bytes.fromhex(self.digits.decode("ascii"))
        if not data:
            return self.text.decode("ascii")
        if not data.startswith(codecs.BOM_UTF16_BE):
            raise ValueError(self)
        return data.removeprefix(codecs.BOM_UTF16_BE).decode("utf-16-be")


def count(data: bytes) -> int:
    """Return how many operators a plain content has."""
    return data.translate(_KINDS).count(_BEGIN_OF_OPERATOR)
