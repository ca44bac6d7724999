"""The coverage of a font is read from it, and the gaps of a text are found."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from newsletter.fonts.coverage import characters, missing
from newsletter.fonts.family import FontFamily

RARE, RARE_TOO, NOWHERE = "𠮷", "龘", "\U0001f600"


def codes(text: str) -> frozenset[int]:
    return frozenset(map(ord, text))


def font(cmap: dict[int, str], flavor: str | None = None) -> bytes:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    glyphs = [".notdef", *sorted(set(cmap.values()) - {".notdef"})]
    builder: Any = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: Glyph() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    builder.setupHorizontalHeader()
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = flavor
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "cmap",
    [
        {0x41: "a", 0x42: "b", 0x4E00: "c"},
        {0x41: "a", 0x20BB7: "b", 0x20BB8: "c"},
        {0x41: ".notdef", 0x42: "a"},
        {0x41: "a", 0xFFFD: "b"},
    ],
    ids=["runs", "beyond the BMP", "notdef", "end of the BMP"],
)
def test_a_cmap_is_read_as_fonttools_reads_it(tmp_path: Path, cmap: dict[int, str]) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(font(cmap))
    assert characters(path) == {code for code, name in cmap.items() if name != ".notdef"}


def test_a_segment_with_an_array_leaves_out_its_empty_places(tmp_path: Path) -> None:
    """Format 4 by hand, for fontTools prefers segments without arrays.

    Segments: A to C by the array (5, none, 7), P to Q by (none, 9), the closing one.
    """
    ends, starts, deltas = (0x43, 0x51, 0xFFFF), (0x41, 0x50, 0xFFFF), (1, 1, 1)
    offsets, glyphs = (6, 10, 0), (5, 0, 7, 0, 9)
    words = (4, 56, 0, 6, 4, 1, 2, *ends, 0, *starts, *deltas, *offsets, *glyphs)
    subtable = struct.pack(f">{len(words)}H", *words)
    cmap = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + subtable
    head = b"OTTO" + struct.pack(">HHHH4sLLL", 1, 0, 0, 0, b"cmap", 0, 28, len(cmap))
    path = tmp_path / "a.otf"
    path.write_bytes(head + cmap)
    assert characters(path) == codes("ACQ")


def test_the_bundled_fonts_are_read_as_fonttools_reads_them(
    families: dict[str, FontFamily],
) -> None:
    from fontTools.ttLib import TTFont

    for family in families.values():
        path = family.path(family.faces[0])
        with TTFont(path, lazy=True) as opened:
            assert characters(path) == frozenset(opened.getBestCmap())


def test_a_woff2_font_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.woff2"
    path.write_bytes(font({0x41: "a"}, flavor="woff2"))
    assert characters(path) == codes("A")


def test_a_font_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(font({0x41: "a"}))
    assert characters(path) == codes("A")
    path.write_bytes(font({0x41: "a", 0x42: "b", 0x43: "c"}))
    assert characters(path) == codes("ABC")


@pytest.mark.parametrize("content", [b"", b"not a font", b"OTTO\0\0" + b"\0" * 6])
def test_what_is_not_a_font_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.otf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.otf"):
        characters(path)


def test_ordinary_text_lacks_nothing(serif: FontFamily) -> None:
    gaps = missing("绿色发展，“一带一路”——2021年…\n\t\u200b\u2060", [serif])
    assert (gaps.uncovered, gaps.rest) == (frozenset(), {})


def test_a_rare_character_asks_for_the_rest_file(serif: FontFamily) -> None:
    gaps = missing(f"汉字{RARE}与{RARE_TOO}", [serif])
    assert gaps.uncovered == frozenset()
    assert gaps.rest == {serif.family: codes(RARE + RARE_TOO)}


def test_a_character_that_no_font_has_is_named(families: dict[str, FontFamily]) -> None:
    gaps = missing(f"好{NOWHERE}\ue000", families.values())
    assert gaps.uncovered == codes(f"{NOWHERE}\ue000")


def test_a_fallback_is_asked_only_for_what_is_left(families: dict[str, FontFamily]) -> None:
    kai, serif = families["WenKai"], families["Noto Serif SC"]
    of_kai, of_serif = (characters(family.path(family.faces[0])) for family in (kai, serif))
    only_in_kai = min(of_kai - of_serif)
    assert missing(chr(only_in_kai), [kai, serif]).rest == {}
    assert missing(RARE, [kai, serif]).rest == {"WenKai": codes(RARE)}


def test_the_characters_of_a_font_take_little_room(serif: FontFamily) -> None:
    found = characters(serif.path(serif.faces[0]))
    assert len({*found}) == len(found) > 8000
    assert sys.getsizeof(found._firsts) + sys.getsizeof(found._lasts) < 60_000
    assert "a" not in found
    assert found.among([ord("汉"), 0xE000]) == {ord("汉")}
