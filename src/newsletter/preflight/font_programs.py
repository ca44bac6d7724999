"""Font programs, as far as preflight asks: which glyph a CID selects, and its width.

In: the bytes of an OpenType font, its outlines in a table `glyf` or `CFF ` that is keyed by CIDs.
Out: a `Program`. What is not as expected raises ValueError; whoever asks then asks elsewhere.
Sources: OpenType 1.9 for tables, Adobe Technical Notes 5176 (CFF) and 5177 (charstrings).
"""

from __future__ import annotations

import bisect
import itertools
import re
import struct
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

NUMBER = rb"[\x20-\xf6]|[\xf7-\xfe][\x00-\xff]|\x1c[\x00-\xff]{2}|\xff[\x00-\xff]{4}"
NUMBERS = re.compile(NUMBER)
BEGINNING = re.compile(b"((?:" + NUMBER + rb")*)([\x00-\xff])")
TAKES_TWO = frozenset(b"\x01\x03\x0e\x12\x13\x14\x15\x17")
"""hstem, vstem, endchar, hstemhm, hintmask, cntrmask, rmoveto, vstemhm: pairs of operands."""
TAKES_ONE = frozenset(b"\x04\x16")
"""vmoveto, hmoveto."""

CHARSET, CHARSTRINGS, PRIVATE, DEFAULT_WIDTH, NOMINAL_WIDTH = 15, 17, 18, 20, 21
LARGEST_OFFSET = 4
"""Bytes (Technical Note 5176, table 2)."""
ESCAPE, MATRIX, ORDERING, DICTIONARIES, SELECTION = 12, 0xC07, 0xC1E, 0xC24, 0xC25
"""Operators of a DICT (Technical Note 5176, tables 9, 10, 23); those of two bytes as one number."""


class Program(Protocol):
    """What a font program says of its glyphs."""

    def glyph(self, cid: int) -> int | None:
        """Return the number of the glyph that a CID selects; None where there is none."""
        ...

    def advance(self, glyph: int) -> float | None:
        """Return the width of a glyph in thousandths of an em; None where it does not tell."""
        ...


def program(data: bytes) -> Program:
    """Read a font; raises ValueError."""
    try:
        tables = _tables(data)
        return CidKeyed(tables["CFF "]) if "CFF " in tables else TrueType(tables)
    except (KeyError, IndexError, struct.error) as error:
        message = f"a font that is not read here: {error!r}"
        raise ValueError(message) from error


def _tables(data: bytes) -> Mapping[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    records = struct.iter_unpack(">4sLLL", data[12 : 12 + 16 * count])
    return {tag.decode("latin-1"): data[at : at + size] for tag, _, at, size in records}


# TrueType -----------------------------------------------------------------------------------


class TrueType:
    """Outlines in `glyf`: a CID is the number of a glyph."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        (self._units,) = struct.unpack_from(">H", tables["head"], 18)
        (is_long,) = struct.unpack_from(">h", tables["head"], 50)
        (self._count,) = struct.unpack_from(">H", tables["maxp"], 4)
        (full,) = struct.unpack_from(">H", tables["hhea"], 34)
        self._advances = struct.unpack_from(">" + "Hh" * full, tables["hmtx"])[::2]
        form = f">{self._count + 1}{'L' if is_long else 'H'}"
        self._places = struct.unpack_from(form, tables["loca"])
        self._outlines = len(tables["glyf"]) // (1 if is_long else 2)

    def glyph(self, cid: int) -> int | None:
        """Return the number of a glyph that has a place in the table of outlines."""
        if cid >= self._count or not self._places[cid] <= self._places[cid + 1] <= self._outlines:
            return None
        return cid

    def advance(self, glyph: int) -> float | None:
        """Return the width in `hmtx`."""
        units = self._advances[min(glyph, len(self._advances) - 1)]
        return float(units * 1000 / self._units)


# CFF ----------------------------------------------------------------------------------------


class Index(Struct, frozen=True):
    """An INDEX (Technical Note 5176, 5): how many objects, where its offsets are, of what size.

    Offsets are read when an object is asked for; those of a font's glyphs are many.
    """

    data: bytes
    count: int = 0
    offsets: int = 0
    size: int = 1

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self.count:
            raise IndexError(number)
        return self.data[self._bound(number) : self._bound(number + 1)]

    @property
    def end(self) -> int:
        """Where what follows the last object begins."""
        return self._bound(self.count)

    def _bound(self, number: int) -> int:
        """Return where an object begins; the offsets count from the byte before the first."""
        at = self.offsets + number * self.size
        offset = int.from_bytes(self.data[at : at + self.size], "big")
        return self.offsets + (self.count + 1) * self.size - 1 + offset


class CidKeyed:
    """Outlines in `CFF `: its charset gives each glyph a CID."""

    def __init__(self, data: bytes) -> None:
        names = _index(data, data[2])
        tops = _index(data, names.end)
        top = _dictionary(tops[0])
        if len(tops) != 1 or ORDERING not in top or MATRIX in top:
            raise ValueError("not one font keyed by CIDs in thousandths of an em")
        self._glyphs = _index(data, int(top[CHARSTRINGS][0]))
        self._cids = _charset(data, int(top[CHARSET][0]), len(self._glyphs))
        self._firsts = [first for first, _count, _glyph in self._cids]
        self._chosen = _selection(data, int(top[SELECTION][0]), len(self._glyphs))
        self._fonts = _index(data, int(top[DICTIONARIES][0]))
        self._widths: dict[int, tuple[float, float]] = {}

    def glyph(self, cid: int) -> int | None:
        """Return the number of the glyph to which the charset gives a CID."""
        first, count, glyph = self._cids[bisect.bisect(self._firsts, cid) - 1]
        return glyph + cid - first if cid < first + count else None

    def advance(self, glyph: int) -> float | None:
        """Return the width that the glyph's charstring begins with."""
        number = self._chosen[glyph]
        if number not in self._widths:
            self._widths[number] = _usual_widths(self._glyphs.data, self._fonts[number])
        return width(self._glyphs[glyph], *self._widths[number])


def _index(data: bytes, at: int) -> Index:
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return Index(data, offsets=at + 3, size=0)  # it ends behind its count
    size = data[at + 2]
    if not 1 <= size <= LARGEST_OFFSET or at + 3 + (count + 1) * size > len(data):
        raise ValueError("an INDEX of which not all offsets are there")
    return Index(data, count, at + 3, size)


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """Read a DICT (Technical Note 5176, 4); a real number counts as 0, since none is asked for."""
    entries: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first == ESCAPE:
            entries[ESCAPE << 8 | data[at + 1]], operands, at = operands, [], at + 2
        elif first < ESCAPE + 10:
            entries[first], operands, at = operands, [], at + 1
        elif first == 30:  # noqa: PLR2004 - a real, up to the half-byte f
            at += 1
            while data[at] & 0x0F != 0x0F:  # noqa: PLR2004
                at += 1
            operands, at = [*operands, 0.0], at + 1
        else:
            length = {28: 3, 29: 5}.get(first, 1 if first < 247 else 2)  # noqa: PLR2004
            operands, at = [*operands, number(data[at : at + length])], at + length
    return entries


def _charset(data: bytes, at: int, count: int) -> list[tuple[int, int, int]]:
    """Return runs of CIDs and glyphs (Technical Note 5176, 13): first CID, how many, first glyph.

    They are in the order of CIDs; the first is that of glyph 0, which has CID 0.
    """
    form, at, runs, found = data[at], at + 1, [(0, 1, 0)], 1
    if form == 0:
        listed = struct.unpack_from(f">{count - 1}H", data, at)
        runs += [(cid, 1, glyph) for glyph, cid in enumerate(listed, 1)]
        found = count
    while form in {1, 2} and found < count:
        first, more = struct.unpack_from(">HB" if form == 1 else ">HH", data, at)
        runs.append((first, more + 1, found))
        found, at = found + more + 1, at + 2 + form
    runs.sort()
    if found != count or any(a + b > c for (a, b, _), (c, _, _) in itertools.pairwise(runs)):
        raise ValueError("a charset that gives a CID twice, or not to every glyph")
    return runs


def _selection(data: bytes, at: int, count: int) -> bytes:
    """Return for each glyph the number of its Font DICT (Technical Note 5176, 19)."""
    if data[at] == 0:
        return data[at + 1 : at + 1 + count]
    (ranges,) = struct.unpack_from(">H", data, at + 1)
    records = [struct.unpack_from(">HB", data, at + 3 + 3 * k) for k in range(ranges)]
    ends = [*(first for first, _ in records[1:]), count]
    return b"".join(
        bytes([font]) * (end - first) for (first, font), end in zip(records, ends, strict=True)
    )


def _usual_widths(data: bytes, font: bytes) -> tuple[float, float]:
    """Return defaultWidthX and nominalWidthX of a Font DICT's Private."""
    entries = _dictionary(font)
    if MATRIX in entries:
        raise ValueError("a font with a matrix of its own")
    size, at = map(int, entries[PRIVATE])
    private = _dictionary(data[at : at + size])
    usual, nominal = (private.get(name, [0.0])[0] for name in (DEFAULT_WIDTH, NOMINAL_WIDTH))
    return usual, nominal


# Charstrings --------------------------------------------------------------------------------


def width(charstring: bytes, usual: float, nominal: float) -> float | None:
    """Return the width that a Type 2 charstring begins with (Technical Note 5177, 3.1 and 4.1).

    `usual` and `nominal` are defaultWidthX and nominalWidthX of its Private. None where the
    beginning does not tell, as when it calls a subroutine.
    """
    found = BEGINNING.match(charstring)
    if found is None:
        return None
    numbers, operator = NUMBERS.findall(found[1]), found[2][0]
    if operator not in TAKES_ONE and operator not in TAKES_TWO:
        return None
    if len(numbers) % 2 == (operator in TAKES_ONE):
        return float(usual)
    return float(nominal + number(numbers[0]))


def number(code: bytes) -> float:
    """Return a number of a charstring or a DICT (Technical Notes 5177, table 1, 5176, table 3)."""
    first = code[0]
    if first in {28, 29}:
        return int.from_bytes(code[1:], "big", signed=True)
    if first == 255:  # noqa: PLR2004 - 16 bits before the point, 16 after
        return int.from_bytes(code[1:], "big", signed=True) / 65536
    if first < 247:  # noqa: PLR2004 - one byte up to here, two beyond
        return first - 139
    if first < 251:  # noqa: PLR2004 - positive up to here, negative beyond
        return (first - 247) * 256 + code[1] + 108
    return -(first - 251) * 256 - code[1] - 108
