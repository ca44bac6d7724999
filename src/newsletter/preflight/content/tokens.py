"""The words of a content stream (ISO 32000-2:2020, 7.2, 7.8.2, 8.9.7).

In: bytes. Out, one after another: an operator with its operands. Numbers become numbers, names
`str`, strings `bytes`, arrays lists, dictionaries dicts. Nothing is ever raised; what cannot be
read is left out and counted as `damage`.

What programs usually write is read an operation at a time, or many; anything else word by word.
Both ways give the same.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Generator, Iterator
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
LONGEST_RUN = 500
"""Operators that are read at once, so that memory does not grow with the stream."""
_PARTS = {
    b"_": rb"[\t\n\f\r ]",
    b"N": rb"[+-]?+(?:\d++\.?+\d*+|\.\d++)",
    b"end": rb"(?=[\0\t\n\f\r \[\]<>(){}/%])",
    b"name": rb"/[^\0\t\n\f\r \[\]<>(){}/%#]*+",
    b"hex": rb"<[0-9A-Fa-f]*+>",
    b"string": rb"\((?:[^()\\]++|\\[\s\S])*+\)",
    b"run": str(LONGEST_RUN).encode(),
}
"""Blank, number, what ends a word, and values as they are usually written."""
NUMERIC = re.compile(
    rb"""%(_)b*+((?:%(N)b%(_)b++){0,6}+)(?!BI%(end)b)([A-Za-z][A-Za-z0-9*]{0,2})%(end)b""" % _PARTS
)
"""An operator with no more than `FEW` operands, all of them numbers: most of a page."""
NAMED = re.compile(
    rb"""%(_)b*+/([^\0\t\n\f\r \[\]<>(){}/%%#]*+)%(_)b++(?:(%(N)b)%(_)b++)?
    (?!BI%(end)b)([A-Za-z]{2,3})%(end)b"""
    % _PARTS,
    re.VERBOSE,
)
"""An operator with a name, or a name and a number."""
SHOWN = re.compile(
    rb"""%(_)b*+\[((?:%(_)b|%(hex)b|%(N)b%(end)b|%(string)b)*+)\]%(_)b*+TJ%(end)b""" % _PARTS
)
"""Strings that are shown with moves between them."""
ITEM = re.compile(rb"<([0-9A-Fa-f]*+)>|\(((?:[^()\\]++|\\[\s\S])*+)\)|([+-]?[\d.]++)")
ESCAPE = re.compile(rb"\\((?:[0-7]{1,3}|\r\n|[\s\S])?)")
MARKED = re.compile(
    rb"""%(_)b*+%(name)b%(_)b*+<<(?:%(_)b|%(name)b|%(N)b%(end)b|%(hex)b)*+>>%(_)b*+BDC%(end)b"""
    % _PARTS
)
"""The begin of marked content."""
PATH = re.compile(
    rb"""%(_)b*+((?:(?:(?:%(N)b%(_)b++){2}
    (?:[ml]|(?:%(N)b%(_)b++){2}(?:[vy]|(?:%(N)b%(_)b++){2}c))|h)%(_)b++){1,%(run)b}+)"""
    % _PARTS,
    re.VERBOSE,
)
"""Operators that draw a path, each with as many numbers as it takes."""
PLAIN_STYLE = re.compile(
    rb"""%(_)b*+((?:(?:\[(?:%(_)b|%(N)b%(end)b)*+\]%(_)b*+%(N)b%(_)b++d
    |%(N)b%(_)b++[JjM])%(_)b++){1,%(run)b}+)"""
    % _PARTS,
    re.VERBOSE,
)
"""Operators that say how lines end, are joined and dashed."""
DIGITS, LETTERS = b"0123456789+-.[] \t\n\f\r", b"mlcvyh"
PATH_RUN, STYLE_RUN = "a path", "a style"
RUNS = frozenset({PATH_RUN, STYLE_RUN})
"""What stands for many operators at once; no operator has a blank in it."""
NUMBER, OPERATOR, NAME, PLAIN, STRING, DICT, DICT_END, HEX, ARRAY, ARRAY_END, _STRAY = range(1, 12)
STRING_PART = re.compile(rb"[()]|\\(?:[0-7]{1,3}|\r\n|[\s\S])?")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
NUMBER_LIKE = re.compile(rb"[+-]*(\d*\.?\d*)")
IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|\Z)")
WORDS = {b"true": True, b"false": False, b"null": None}


class Words:
    """A content stream, taken apart while it is walked.

    With `drawing` it is read for what it draws. Operators of a path come many at a time under the
    name `PATH_RUN`, all their numbers and their letters as operands; those of `STYLE_RUN` with
    their letters alone; BDC without operands.
    """

    def __init__(self, data: bytes, *, drawing: bool = False) -> None:
        self._data = data
        self._at = 0
        self._drawing = drawing
        self.damage = 0

    def __iter__(self) -> Iterator[tuple[str, Operands]]:
        """Yield each operator with the operands before it."""
        operands: Operands = []
        while True:
            if len(operands) <= MOST_OPERANDS - FEW:
                operands = yield from self._usual(operands)
            found = WORD.match(self._data, self._at)
            if found is None:
                break
            self._at = found.end()
            if self._is_operator(found):
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
        rest = self._data[self._at :]
        if rest.strip(b"\0\t\n\f\r "):
            self.damage += not rest.lstrip().startswith(b"%")

    @staticmethod
    def _is_operator(found: re.Match[bytes]) -> bool:
        word = found[2]
        return bool(word) and word not in WORDS and not _is_number_like(word)

    def _usual(self, operands: Operands) -> Generator[tuple[str, Operands], None, Operands]:
        """Yield usual operations as long as they come, the first after `operands`.

        Return the operands that none has taken.
        """
        numeric, data, drawing = NUMERIC.match, self._data, self._drawing
        while True:
            found = numeric(data, self._at)
            if found is None:
                named = self._operation()
                if named is None:
                    return operands
                yield named[0], operands + named[1]
                operands = []
                continue
            operator, numbers = str(found[2], "latin-1"), found[1]
            is_path = drawing and operator == "m" and not operands
            if is_path and (run := PATH.match(data, self._at)):
                self._at = run.end()
                yield PATH_RUN, _path(run[1])
                continue
            self._at = found.end()
            if numbers:
                operands += map(float, numbers.split())
            yield operator, operands
            operands = []

    def _operation(self) -> tuple[str, Operands] | None:
        """Return a usual operation that has not only numbers, None where none begins."""
        data, at = self._data, self._at
        operation: tuple[str, Operands]
        is_array = data[at : at + 3].lstrip()[:1] == b"["
        if is_array and (found := SHOWN.match(data, at)):
            operation = "TJ", [_strings(found[1])]
        elif is_array and self._drawing and (found := PLAIN_STYLE.match(data, at)):
            operation = STYLE_RUN, [found[1].translate(None, DIGITS)]
        elif found := NAMED.match(data, at):
            name = found[1].decode("utf-8", "surrogateescape")
            operation = str(found[3], "latin-1"), [name, float(found[2])] if found[2] else [name]
        elif self._drawing and (found := MARKED.match(data, at)):
            operation = "BDC", []
        else:
            return None
        self._at = found.end()
        return operation

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


def _path(run: bytes) -> Operands:
    """Return the numbers of a path, and its operators as letters."""
    letters = run.translate(None, DIGITS)
    return [list(map(float, run.translate(None, LETTERS).split())), letters]


def _strings(array: bytes) -> Operands:
    """Return the strings and the numbers of an array."""
    return [
        float(number) if number else _plain(text) if text else _pairs(digits)
        for digits, text, number in ITEM.findall(array)
    ]


def _pairs(digits: bytes) -> bytes:
    return _hex(digits) if len(digits) % 2 else unhexlify(digits)


def _plain(text: bytes) -> bytes:
    """Return a string that has escapes but no parentheses."""
    return ESCAPE.sub(lambda found: _escaped(found[1]), text) if b"\\" in text else text


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
