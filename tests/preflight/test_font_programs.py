"""Font programs say the same of their glyphs as fontTools does."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont

from newsletter.preflight import font_programs
from newsletter.preflight.font_programs import program, width

FONTS = Path(__file__).resolve().parents[2] / "fonts"
EVERY = 97


def advances(font: TTFont) -> Callable[[int], float]:
    """Return how wide fontTools finds a glyph, in thousandths of an em."""
    if "CFF " not in font:
        metrics, order = font["hmtx"].metrics, font.getGlyphOrder()
        return lambda glyph: metrics[order[glyph]][0] * 1000 / font["head"].unitsPerEm
    top = font["CFF "].cff.topDictIndex[0]

    def drawn(glyph: int) -> float:
        charstring = top.CharStrings[top.charset[glyph]]
        charstring.draw(NullPen())
        return float(charstring.width)

    return drawn


@pytest.mark.parametrize(
    "file",
    ["wenkai/WenKai-Regular.ttf", "noto-sans-sc/NotoSansSC-Bold.otf"],
)
def test_every_hundredth_glyph_is_as_wide_as_fonttools_finds_it(file: str) -> None:
    path = FONTS / file
    font = TTFont(io.BytesIO(path.read_bytes()), lazy=True)
    read, wide = program(path.read_bytes()), advances(font)
    count = font["maxp"].numGlyphs
    found = {glyph: read.advance(glyph) for glyph in range(0, count, EVERY)}
    known = {glyph: advance for glyph, advance in found.items() if advance is not None}
    assert len(known) > len(found) / 2
    assert known == {glyph: wide(glyph) for glyph in known}
    assert read.glyph(count) is None


def test_what_is_no_font_is_refused() -> None:
    for data in (b"", b"OTTO" + bytes(40), (FONTS / "wenkai/WenKai-Regular.ttf").read_bytes()[:99]):
        with pytest.raises(ValueError, match="font"):
            program(data)


@pytest.mark.parametrize(
    "tokens",
    [
        [30, 10, 20, "rmoveto", "endchar"],
        [10, 20, "rmoveto", "endchar"],
        [-200, 5, "hmoveto", "endchar"],
        [5, "vmoveto", "endchar"],
        [1000, 1, 2, 3, 4, "hstem", 5, 6, "rmoveto", "endchar"],
        [0.5, 1, 2, "vstemhm", "endchar"],
        [-2000, "endchar"],
        ["endchar"],
    ],
)
def test_a_charstring_begins_with_its_width(tokens: list[str | int | float]) -> None:
    class Private:
        defaultWidthX, nominalWidthX = 1000, 500  # noqa: N815 - fontTools' names

    charstring = T2CharString(program=list(tokens), private=Private(), globalSubrs=[])
    charstring.draw(NullPen())
    expected = charstring.width
    charstring.compile()
    assert width(charstring.bytecode, 1000, 500) == expected


def test_a_charstring_that_calls_a_subroutine_does_not_tell() -> None:
    assert width(bytes([139, 10]), 1000, 500) is None
    assert width(b"", 1000, 500) is None


RUNS = [(0, 1, 0), (5, 2, 1), (40, 1, 3)]


@pytest.mark.parametrize(
    ("charset", "runs"),
    [
        (b"\0\0\x05\0\x06\0\x28", [(0, 1, 0), (5, 1, 1), (6, 1, 2), (40, 1, 3)]),
        (b"\x01\0\x05\x01\0\x28\0", RUNS),
        (b"\x02\0\x05\0\x01\0\x28\0\0", RUNS),
        (b"\x02\0\x28\0\0\0\x05\0\x01", [(0, 1, 0), (5, 2, 2), (40, 1, 1)]),
    ],
)
def test_a_charset_gives_runs_of_cids(charset: bytes, runs: list[tuple[int, int, int]]) -> None:
    assert font_programs._charset(charset, 0, 4) == runs


@pytest.mark.parametrize(
    "charset", [b"\x01\0\x05\x01\0\x06\0", b"\x01\0\x05\x03", b"\0\0\x05\0\x05\0\x06"]
)
def test_a_charset_that_gives_a_cid_twice_or_too_many_is_refused(charset: bytes) -> None:
    with pytest.raises(ValueError, match="charset"):
        font_programs._charset(charset, 0, 4)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_an_index_gives_its_objects(size: int) -> None:
    offsets = b"".join(offset.to_bytes(size, "big") for offset in (1, 3, 3, 6))
    data = b"??" + b"\0\x03" + bytes([size]) + offsets + b"abcde" + b"rest"
    index = font_programs._index(data, 2)
    assert [index[number] for number in range(len(index))] == [b"ab", b"", b"cde"]
    assert data[index.end :] == b"rest"
    with pytest.raises(IndexError):
        index[3]
    with pytest.raises(ValueError, match="INDEX"):
        font_programs._index(data[: 4 + 3 * size], 2)


def test_an_empty_index_ends_behind_its_count() -> None:
    assert font_programs._index(b"??\0\0rest", 2).end == 4
    assert len(font_programs._index(b"??\0\0rest", 2)) == 0
