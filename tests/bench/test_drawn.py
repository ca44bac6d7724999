"""What was drawn: a small PDF whose places are known."""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pikepdf
import pytest
from bench.typesetting.drawn import Glyph, Line, lines, paragraphs
from pikepdf import Array, Dictionary, Name

CODES = {"一": 1, "二": 2, "，": 3, "“": 4, "——": 5, "A": 6, "·": 7, " ": 8}
CMAP = """1 beginbfrange
<0001> <0002> [<4E00> <4E8C>]
endbfrange
1 beginbfrange
<0006> <0006> <0041>
endbfrange
4 beginbfchar
<0003> <FF0C> <0004> <201C> <0005> <20142014> <0007> <00B7> <0008> <0020>
endbfchar"""


def pdf_of(content: str) -> bytes:
    """Return a page of 100 by 200 points; the codes are those of `CODES`."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 200))
        below = Dictionary(Subtype=Name.CIDFontType2, W=Array([5, Array([2000]), 6, 7, 600]))
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([below]),
            ToUnicode=pdf.make_stream(CMAP.encode()),
        )
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(content.encode())
        pdf.save(out)
    return out.getvalue()


def hexed(text: str) -> str:
    return "<" + "".join(f"{CODES[character]:04x}" for character in text) + ">"


def drawn(content: str) -> list[Line]:
    return lines(pdf_of(f"BT /F 10 Tf {content} ET"))


def test_a_glyph_stands_where_the_operators_put_it() -> None:
    (line,) = drawn(f"20 150 Td [{hexed('一')} -100 {hexed('A')} 50 {hexed('二')}] TJ")
    assert line.baseline_y == 50
    assert [glyph.text for glyph in line.glyphs] == ["一", "A", "二"]
    assert [glyph.x for glyph in line.glyphs] == pytest.approx([20, 31, 36.5])
    assert [glyph.advance for glyph in line.glyphs] == pytest.approx([10, 6, 10])


def test_a_scaled_and_turned_over_page_is_read_in_its_own_points() -> None:
    turned = "1 0 0 -1 0 200 cm q 0.5 0 0 0.5 0 0 cm"
    content = f"{turned} BT 1 0 0 -1 20 60 Tm /F 20 Tf {hexed('一')} Tj ET Q"
    (line,) = lines(pdf_of(content))
    assert line == Line(1, 30, (Glyph("一", 10, 10, 10),))


def test_the_edge_is_where_counting_begins() -> None:
    (line,) = lines(pdf_of(f"BT /F 10 Tf 20 150 Td {hexed('一')} Tj ET"), edge=20)
    assert line.glyphs[0].x == 0


def test_lines_come_from_the_top_down_and_spacing_and_scale_count() -> None:
    below, above = drawn(f"0 100 Td 2 Tc {hexed('一二')} Tj 0 Tc 50 Tz 0 50 Td {hexed('一二')} Tj")[
        ::-1
    ]
    assert (above.baseline_y, below.baseline_y) == (50, 100)
    assert [glyph.x for glyph in below.glyphs] == [0, 12]
    assert [glyph.x for glyph in above.glyphs] == [0, 5]


def test_the_next_line_is_reached_by_leading_too() -> None:
    found = drawn(f"0 100 Td 14 TL {hexed('一')} Tj T* {hexed('二')} Tj {hexed('A')} '")
    assert [line.baseline_y for line in found] == [100, 114, 128]


def test_a_raised_smaller_figure_belongs_to_the_line_it_stands_in() -> None:
    (line,) = drawn(f"0 100 Td {hexed('一二')} Tj 3 Ts /F 6 Tf {hexed('A')} Tj")
    assert line.text == "一二A"
    assert line.baseline_y == 100


def test_one_glyph_may_stand_for_two_characters() -> None:
    (line,) = drawn("0 100 Td <00050001> Tj")
    assert [(glyph.text, glyph.x) for glyph in line.glyphs] == [("——", 0), ("一", 20)]


def test_replaced_text_is_said_once() -> None:
    said = "/Span << /ActualText (B) >> BDC"
    (line,) = drawn(f"0 100 Td {said} {hexed('AA')} Tj EMC {hexed('一')} Tj")
    assert [glyph.text for glyph in line.glyphs] == ["B", "", "一"]


def test_a_space_that_replaced_text_takes_away_is_white_and_no_glyph() -> None:
    said = "/Span << /ActualText <FEFF4E00> >> BDC"
    (line,) = drawn(f"0 100 Td {said} {hexed('一 ')} Tj EMC {hexed('二')} Tj")
    assert [glyph.text for glyph in line.glyphs] == ["一", "二"]
    assert [gap for _, _, gap in line.gaps()] == pytest.approx([1.0])


def test_marked_content_without_words_of_its_own_changes_nothing() -> None:
    (line,) = drawn(f"0 100 Td /P /MC0 BDC /Artifact BMC {hexed('A')} Tj EMC EMC")
    assert line.text == "A"


def test_spaces_at_the_ends_are_not_part_of_a_line() -> None:
    (line,) = drawn(f"0 100 Td {hexed(' 一 ')} Tj")
    assert (line.left(start=10), line.right(20)) == (10, 20)


def test_a_font_of_another_kind_is_refused() -> None:
    data = pdf_of("BT /F 10 Tf ET").replace(b"Identity-H", b"Identity-V")
    with pytest.raises(ValueError, match="not understood"):
        lines(data)


# Edges --------------------------------------------------------------------------------------


def line_of(*glyphs: tuple[str, float, float]) -> Line:
    return Line(1, 0, tuple(Glyph(text, x, advance, 10) for text, x, advance in glyphs))


def test_a_closing_mark_that_overshoots_was_trimmed() -> None:
    assert line_of(("一", 0, 10), ("，", 10, 10)).right(measure=15) == 15


def test_a_closing_mark_that_fits_was_not_trimmed() -> None:
    assert line_of(("一", 0, 10), ("，", 10, 10)).right(measure=20) == 20


def test_an_ideograph_that_overshoots_does_so_by_its_full_width() -> None:
    assert line_of(("一", 0, 10), ("二", 10, 10)).right(measure=15) == 20


def test_an_interpunct_in_the_middle_of_an_em_ends_with_the_em() -> None:
    assert line_of(("一", 0, 10), ("·", 12, 6)).right(measure=20) == 20
    assert line_of(("一", 0, 10), ("·", 10, 6)).right(measure=20) == 16


def test_an_opening_mark_left_of_the_edge_was_trimmed() -> None:
    assert line_of(("“", -5, 10), ("一", 5, 10)).left() == 0
    assert line_of(("“", 0, 10), ("一", 10, 10)).left() == 0
    assert line_of(("一", -5, 10)).left() == -5


def test_a_gap_is_what_was_added_to_the_advance() -> None:
    found = [gap for _, _, gap in line_of(("一", 0, 10), ("二", 11, 10), ("，", 20, 10)).gaps()]
    assert found == pytest.approx([0.1, -0.1])


def test_paragraphs_are_divided_by_a_blank_line_and_by_a_page() -> None:
    glyph = (Glyph("一", 0, 10, 10),)
    found = [Line(1, 10, glyph), Line(1, 28, glyph), Line(1, 64, glyph), Line(2, 82, glyph)]
    assert [len(group) for group in paragraphs(found, leading=18)] == [2, 1, 1]
