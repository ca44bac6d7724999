"""Which characters a font has, and which of a text no font has.

In: font files and families. Out: sets of code points, those of a font as stretches: a Chinese font
has some ten thousand, and a set of so many numbers takes half a megabyte.
Only the table cmap is read (OpenType 1.9, formats 4 and 12), a few milliseconds a file; the
font is the one home of its coverage.
"""

from __future__ import annotations

import functools
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path

from msgspec import Struct

from newsletter.cache.files import recalled_of
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
        left -= _in_core(family, left)
        if left and (found := _in_rest(family, left)):
            rest[family.family] = frozenset(found)
            left -= found
    return Gaps(frozenset(left), rest)


def _in_core(family: FontFamily, wanted: AbstractSet[int]) -> set[int]:
    """Return the characters of some that every face of a family has in its core."""
    found = {*wanted}
    for face in family.faces:
        found = characters(family.path(face)).among(found)
    return found


def _in_rest(family: FontFamily, wanted: AbstractSet[int]) -> set[int]:
    """Return the characters of some that the rest files of a family have."""
    rests = (face.rest for face in family.faces if face.rest)
    return set[int]().union(*(characters(family.path(rest)).among(wanted) for rest in rests))


class Characters(AbstractSet[int]):
    """Code points in their order, as stretches of those that follow each other."""

    def __init__(self, stretches: Iterable[Iterable[int]]) -> None:
        self._firsts, self._lasts = array("I"), array("I")
        for code in sorted(chain.from_iterable(stretches)):
            if self._lasts and code <= self._lasts[-1] + 1:
                self._lasts[-1] = code
            else:
                self._firsts.append(code)
                self._lasts.append(code)

    @classmethod
    def written(cls, content: bytes) -> Characters:
        """Return the characters that `bytes` has written."""
        read = cls(())
        half = len(content) // 2
        read._firsts.frombytes(content[:half])
        read._lasts.frombytes(content[half:])
        return read

    def __bytes__(self) -> bytes:
        """Write the first and the last of each stretch, in this machine's order of bytes."""
        return self._firsts.tobytes() + self._lasts.tobytes()

    def among(self, codes: Iterable[int]) -> set[int]:
        """Return those of some code points that are here."""
        return {code for code in codes if code in self}

    @classmethod
    def _from_iterable(cls, codes: Iterable[int]) -> AbstractSet[int]:  # type: ignore[override]
        return frozenset(codes)

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, int):
            return False
        at = bisect_right(self._firsts, code) - 1
        return at >= 0 and code <= self._lasts[at]

    def __iter__(self) -> Iterator[int]:
        pairs = zip(self._firsts, self._lasts, strict=True)
        return chain.from_iterable(range(first, last + 1) for first, last in pairs)

    def __len__(self) -> int:
        return sum(self._lasts) - sum(self._firsts) + len(self._firsts)

    __hash__ = AbstractSet._hash  # noqa: SLF001 - for those who make it public


def characters(face_path: Path) -> Characters:
    """Return the characters that a font file maps to a glyph; raises ValueError or OSError."""
    state = face_path.stat()
    return _characters(face_path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _characters(path: Path, _modified: int, _size: int) -> Characters:
    return Characters.written(recalled_of("characters", str(path), lambda: bytes(_read(path))))


def _read(path: Path) -> Characters:
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in SFNT_SIGNATURES:
            return _with_fonttools(path)
        (table_count,) = struct.unpack_from(">H", head, 4)
        for tag, _, offset, length in struct.iter_unpack(">4sLLL", file.read(16 * table_count)):
            if tag == b"cmap":
                file.seek(offset)
                return Characters(_mapped(file.read(length)))
    message = f"{path}: a font without a table cmap"
    raise ValueError(message)


def _with_fonttools(path: Path) -> Characters:
    """Read what is not a bare OpenType font: WOFF, WOFF2, the first font of a collection."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            return Characters([font.getBestCmap() or ()])
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
