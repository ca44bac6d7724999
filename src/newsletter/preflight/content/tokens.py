"""The words of a content stream (ISO 32000-2:2020, 7.2, 7.8.2, 8.9.7).

In: bytes. Out, one after another: an operator with its operands. Numbers become numbers, names
`str`, strings `bytes`, arrays lists, dictionaries dicts. Nothing is ever raised; what cannot be
read is left out and counted as `damage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newsletter.pdf.objects import DEEPEST_OBJECT
from newsletter.preflight.limits import MOST_OPERANDS

Operands = list[Any]
INLINE_IMAGE = "BI"

WORD = re.compile(
    rb"""(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+
    (?:([+-]?(?:\d+\.?\d*|\.\d+)(?=[\0\t\n\f\r \[\]<>(){}/%]|\Z))   # 1 number
    |([^\0\t\n\f\r \[\]<>(){}/%]+)                                  # 2 operator
    |/([^\0\t\n\f\r \[\]<>(){}/%]*)                                 # 3 name
    |\(([^()\\]*)\)                                                 # 4 plain string
    |(\()                                                           # 5 string
    |(<<)|(>>)|<([^<>]*)>                                           # 6 7 dictionary, 8 hex
    |(\[)|(\])                                                      # 9 10 array
    |([<>(){}]))                                                    # 11 stray
    """,
    re.VERBOSE,
)
FEW = 6
NUMERIC = re.compile(
    rb"""[\t\n\f\r ]*+((?:[+-]?(?:\d+\.?\d*|\.\d+)[\t\n\f\r ]++){0,6}+)
    (?!BI[\0\t\n\f\r \[\]<>(){}/%])([A-Za-z][A-Za-z0-9*]{0,2})(?=[\0\t\n\f\r \[\]<>(){}/%])
    """,
    re.VERBOSE,
)
"""An operator with no more than `FEW` operands, all of them numbers: most of a page."""
NUMBER, OPERATOR, NAME, PLAIN, STRING, DICT, DICT_END, HEX, ARRAY, ARRAY_END, _STRAY = range(1, 12)
STRING_PART = re.compile(rb"[()]|\\(?:[0-7]{1,3}|\r\n|[\s\S])?")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
NUMBER_LIKE = re.compile(rb"[+-]*(\d*\.?\d*)")
IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|\Z)")
WORDS = {b"true": True, b"false": False, b"null": None}


class Words:
    """A content stream, taken apart while it is walked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.damage = 0

    def __iter__(self) -> Iterator[tuple[str, Operands]]:
        """Yield each operator with the operands before it."""
        operands: Operands = []
        numeric, match = NUMERIC.match, WORD.match
        while True:
            if len(operands) <= MOST_OPERANDS - FEW and (found := numeric(self._data, self._at)):
                self._at = found.end()
                operands += map(float, found[1].split())
                yield str(found[2], "latin-1"), operands
                operands = []
                continue
            found = match(self._data, self._at)
            if found is None:
                break
            self._at = found.end()
            kind = found.lastindex
            if kind == NUMBER:
                operands.append(float(found[1]))
            elif kind == OPERATOR and found[2] not in WORDS and not _is_number_like(found[2]):
                operator = found[2].decode("latin-1")
                if operator == INLINE_IMAGE:
                    operands = self._inline_image()
                yield operator, operands
                operands = []
            else:
                self._append(operands, found, 0)
            if len(operands) > MOST_OPERANDS:
                self.damage += 1
                operands = []
        if self._data[self._at :].strip(b"\0\t\n\f\r "):
            self.damage += not self._data[self._at :].lstrip().startswith(b"%")

    def _append(self, operands: Operands, found: re.Match[bytes], depth: int) -> None:
        """Add the value that begins here."""
        kind = found.lastindex
        if kind == NUMBER:
            operands.append(float(found[1]))
        elif kind == OPERATOR:
            operands.append(WORDS[found[2]] if found[2] in WORDS else self._mended(found[2]))
        elif kind == NAME:
            operands.append(_name(found[3]))
        elif kind == PLAIN:
            operands.append(found[4])
        elif kind == STRING:
            operands.append(self._string())
        elif kind == HEX:
            operands.append(_hex(found[8]))
        elif kind in {ARRAY, DICT} and depth < DEEPEST_OBJECT:
            values = self._values(ARRAY_END if kind == ARRAY else DICT_END, depth + 1)
            operands.append(values if kind == ARRAY else _entries(values))
        else:
            self.damage += 1

    def _values(self, end: int, depth: int) -> Operands:
        values: Operands = []
        while found := WORD.match(self._data, self._at):
            self._at = found.end()
            if found.lastindex == end:
                return values
            self._append(values, found, depth)
        self.damage += 1
        return values

    def _mended(self, word: bytes) -> float:
        """Return a number that is written wrongly, as `--5` or `1.2-3`, as readers take it."""
        self.damage += 1
        found = NUMBER_LIKE.match(word)
        digits = found[1] if found else b""
        return float(digits) if digits.strip(b".") else 0.0

    def _string(self) -> bytes:
        """Return a string with parentheses or escapes (ISO 32000-2:2020, 7.3.4.2)."""
        pieces, depth, begin = [], 1, self._at
        while found := STRING_PART.search(self._data, self._at):
            self._at = found.end()
            part = found[0]
            if part in {b"(", b")"}:
                depth += 1 if part == b"(" else -1
                if not depth:
                    pieces.append(self._data[begin : found.start()])
                    return b"".join(pieces)
                continue
            pieces += [self._data[begin : found.start()], _escaped(part[1:])]
            begin = self._at
        self.damage += 1
        self._at = len(self._data)
        return b"".join([*pieces, self._data[begin:]])

    def _inline_image(self) -> Operands:
        """Return the entries of an inline image and its data."""
        values: Operands = []
        while found := WORD.match(self._data, self._at):
            self._at = found.end()
            if found[2] == b"ID":
                break
            self._append(values, found, 0)
            if len(values) > MOST_OPERANDS:
                break
        start = self._at + 1
        end = IMAGE_END.search(self._data, start)
        if end is None:
            self.damage += 1
        self._at = end.end() if end else len(self._data)
        return [_entries(values), self._data[start : end.start() if end else len(self._data)]]


def _entries(values: Operands) -> dict[str, Any]:
    return dict(zip(map(str, values[::2]), values[1::2], strict=False))


def _is_number_like(word: bytes) -> bool:
    return word[:1] in b"+-.0123456789"


def _name(word: bytes) -> str:
    if b"#" in word:
        word = HASH.sub(lambda found: bytes([int(found[1], 16)]), word)
    return word.decode("utf-8", "surrogateescape")


def _hex(digits: bytes) -> bytes:
    digits = NOT_HEX.sub(b"", digits)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _escaped(part: bytes) -> bytes:
    if part in ESCAPES:
        return ESCAPES[part]
    if part[:1].isdigit() and part[:1] < b"8":
        return bytes([int(part, 8) & 0xFF])
    return b"" if part in {b"\r", b"\n", b"\r\n"} else part
