"""Which characters a font has, and which of a text no font has.

In: font files and families. Out: sets of code points.
Only the table cmap is read (OpenType 1.9, formats 4 and 12), a few milliseconds a file; the
font is the one home of its coverage.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from newsletter.fonts.family import FontFamily

SFNT_SIGNATURES = frozenset({b"OTTO", b"\0\1\0\0", b"true"})
SEGMENTED, GROUPED = 4, 12
UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of Unicode subtables, the widest first (OpenType, cmap)."""

NEED_NO_GLYPH = frozenset(
    {
        *range(0x20),  # controls; the line breaks and tabs of a source
        *range(0x7F, 0xA0),
        0x00AD,  # soft hyphen
        *range(0x200B, 0x2010),  # zero-width space, joiners, direction marks
        *range(0x2028, 0x202F),  # separators, direction embeddings
        *range(0x2060, 0x2070),  # word joiner, isolates
        *range(0xFE00, 0xFE10),  # variation selectors
        0xFEFF,
        *range(0xE0100, 0xE01F0),
    }
)
"""Characters that are never drawn: controls and Default_Ignorable_Code_Point (UAX #44)."""


class Gaps(Struct, frozen=True):
    """What the cores of some families lack for a text.

    `uncovered` are the characters no file has; `rest` says, by family name, for which
    characters the family's rest file is needed.
    """

    uncovered: frozenset[int]
    rest: dict[str, frozenset[int]]


def missing(text: str, families: Iterable[FontFamily]) -> Gaps:
    """Find what the cores of `families`, in their order as fallbacks, lack for `text`.

    A character belongs to the first family that has it in a core or a rest file. Call it once
    for each list of families with the text that is set in it.
    """
    left = {ord(character) for character in set(text)} - NEED_NO_GLYPH
    rest: dict[str, frozenset[int]] = {}
    for family in families:
        left -= core_characters(family)
        if left and (found := rest_characters(family) & left):
            rest[family.family] = frozenset(found)
            left -= found
    return Gaps(frozenset(left), rest)


def core_characters(family: FontFamily) -> frozenset[int]:
    """Return the characters that every face of a family has in its core."""
    return frozenset.intersection(*(characters(family.path(face)) for face in family.faces))


def rest_characters(family: FontFamily) -> frozenset[int]:
    """Return the characters of the rest files of a family."""
    rests = (face.rest for face in family.faces if face.rest)
    return frozenset[int]().union(*(characters(family.path(rest)) for rest in rests))


def characters(face_path: Path) -> frozenset[int]:
    """Return the characters that a font file maps to a glyph; raises ValueError or OSError."""
    state = face_path.stat()
    return _characters(face_path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _characters(path: Path, _modified: int, _size: int) -> frozenset[int]:
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in SFNT_SIGNATURES:
            return _with_fonttools(path)
        (table_count,) = struct.unpack_from(">H", head, 4)
        for tag, _, offset, length in struct.iter_unpack(">4sLLL", file.read(16 * table_count)):
            if tag == b"cmap":
                file.seek(offset)
                return frozenset[int]().union(*_mapped(file.read(length)))
    message = f"{path}: a font without a table cmap"
    raise ValueError(message)


def _with_fonttools(path: Path) -> frozenset[int]:
    """Read what is not a bare OpenType font: WOFF, WOFF2, the first font of a collection."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except TTLibError as error:
        message = f"{path}: {error}"
        raise ValueError(message) from error


def _mapped(cmap: bytes) -> Iterator[Iterable[int]]:
    """Yield the characters of a cmap, stretch by stretch."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * count])
    tables = {(platform, encoding): offset for platform, encoding, offset in records}
    for kind in UNICODE_TABLES:
        if kind not in tables:
            continue
        table = cmap[tables[kind] :]
        (form,) = struct.unpack_from(">H", table)
        if form in (SEGMENTED, GROUPED):
            return _segments(table) if form == SEGMENTED else _groups(table)
    return iter(())


def _groups(table: bytes) -> Iterator[Iterable[int]]:
    """Format 12: groups of first and last character and first glyph."""
    (count,) = struct.unpack_from(">L", table, 12)
    for first, last, glyph in struct.iter_unpack(">LLL", table[16 : 16 + 12 * count]):
        yield range(first + (glyph == 0), last + 1)


def _segments(table: bytes) -> Iterator[Iterable[int]]:
    """Format 4: segments whose glyphs come from a difference or from an array."""
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    ranges_at = 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", table, ranges_at)
    for index, delta in enumerate(deltas):
        codes = range(starts[index], ends[index] + 1)
        if not offsets[index]:
            yield [code for code in codes if (code + delta) & 0xFFFF]
            continue
        at = ranges_at + 2 * index + offsets[index]
        glyphs = struct.unpack_from(f">{len(codes)}H", table, at)
        pairs = zip(codes, glyphs, strict=True)
        yield [code for code, glyph in pairs if glyph and (glyph + delta) & 0xFFFF]
