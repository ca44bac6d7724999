"""A paragraph as arithmetic: where lines begin and end, how wide they are and can be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composing import CLREQ, LATIN, cells, paragraph
from newsletter.typesetting.characters import Kind
from newsletter.typesetting.paragraph import LITTLE_TRACKING, Cells, Paragraph
from newsletter.typesetting.rules import Rules

START_END = "h-compression_of_punctuation_marks_at_line_start"
HANGING = "hanging_punctuation_marks_at_line_end"


def width(text: str, rules: Rules = CLREQ, *, indented: bool = False) -> float:
    """Return how wide a line is that holds all of a text."""
    para = paragraph(text, rules, indented=indented)
    return para.width(0, len(para.cells.kinds))


def ends_at(text: str, rules: Rules = CLREQ) -> float:
    """Return the width of the line that ends at the | of a text."""
    left, right = text.split("|")
    return paragraph(left + right, rules).width(0, len(left))


# The edges of a line --------------------------------------------------------------------------


@pytest.mark.parametrize("mark", "“‘（《〈「『【〔［｛〖", ids=lambda m: f"{START_END}: {m}")
def test_an_opening_mark_at_a_lines_start_takes_half_an_em_or_what_the_style_says(
    mark: str,
) -> None:
    assert width(f"{mark}甲") == pytest.approx(1.5)
    assert width(f"{mark}甲", Rules(line_start="full")) == pytest.approx(2)


@pytest.mark.parametrize(
    "mark", "”’）》〉」』】〕］｝〗，、；：。．？！", ids=lambda mark: f"{START_END}: {mark}"
)
def test_a_closing_mark_at_a_lines_end_takes_half_an_em_or_what_the_style_says(mark: str) -> None:
    assert width(f"甲{mark}") == pytest.approx(1.5)
    assert width(f"甲{mark}", Rules(line_end="full")) == pytest.approx(2)


@pytest.mark.parametrize("mark", ["·", "—", "～", "……", "——", "／"])
def test_marks_without_white_of_their_own_keep_their_width_at_a_lines_edge(mark: str) -> None:
    assert width(f"甲{mark}") == pytest.approx(1 + len(mark))
    assert width(f"{mark}甲") == pytest.approx(1 + len(mark))


def test_only_the_outermost_of_several_marks_is_at_the_edge() -> None:
    assert width("“（甲）。") == pytest.approx(3)


def test_an_opening_mark_after_the_indent_of_a_paragraph_keeps_its_width() -> None:
    assert width("“甲", indented=True) == pytest.approx(2)
    assert width(" “甲", indented=True) == pytest.approx(2)
    assert width("“甲", Rules(paragraph_start="half"), indented=True) == pytest.approx(1.5)
    assert width("“甲", Rules(paragraph_start="half")) == pytest.approx(1.5)


def test_only_the_first_line_of_a_paragraph_is_indented() -> None:
    para = paragraph("“甲”“乙”", indented=True)
    assert para.width(0, 3) == pytest.approx(2.5)
    assert para.width(3, 6) == pytest.approx(2)


def test_a_trimmed_mark_at_a_lines_start_reaches_out_by_the_white_that_it_lost() -> None:
    assert paragraph("“甲乙").set_line(0, 3, None).positions == pytest.approx((-0.5, 0.5, 1.5))
    full = Rules(line_start="full")
    assert paragraph("“甲乙", full).set_line(0, 3, None).positions == pytest.approx((0, 1, 2))


def test_an_opening_mark_after_the_indent_gives_its_white_before_other_marks_do() -> None:
    para = paragraph("“天地玄黄，宇宙", indented=True)
    assert (para.width(0, 8), para.narrowest(0, 8)) == (pytest.approx(8), pytest.approx(7))
    first, then = para.set_line(0, 8, 7.7).positions, para.set_line(0, 8, 7.2).positions
    assert first == pytest.approx((-0.3, 0.7, 1.7, 2.7, 3.7, 4.7, 5.7, 6.7))
    assert then == pytest.approx((-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.2, 6.2))


def test_what_a_character_owes_to_the_next_one_is_not_owed_at_a_lines_end() -> None:
    content = cells("AV乙")
    content.kerns = {0: -0.1}
    content.advances[0] -= 0.1
    para = Paragraph(content, CLREQ)
    assert para.width(0, 1) == pytest.approx(LATIN)
    assert para.width(0, 2) == pytest.approx(2 * LATIN - 0.1)


# Hanging --------------------------------------------------------------------------------------


HANG = Rules(hanging="stops")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{HANGING}: {text}")
        for text, expected in [
            ("甲，|乙", 1),
            ("甲、|乙", 1),
            ("甲。|乙", 1),
            ("甲．|乙", 1),
            ("甲。|", 1),
            ("甲a，|乙", 1.25 + LATIN),
            ("甲，|——乙", 1),
            # not these marks
            ("甲；|乙", 1.5),
            ("甲：|乙", 1.5),
            ("甲？|乙", 1.5),
            ("甲！|乙", 1.5),
            ("甲）|乙", 1.5),
            # never in a row of marks
            ("甲”，|乙", 2),
            ("甲）。|乙", 2),
            ("甲，|“乙”", 1.5),
            ("甲。”|乙", 2),
            ("甲！。|乙", 2),
        ]
    ],
)
def test_what_hangs_takes_no_room_in_its_line(text: str, expected: float) -> None:
    assert ends_at(text, HANG) == pytest.approx(expected)


def test_nothing_hangs_unless_the_rules_say_so() -> None:
    assert ends_at("甲，|乙") == pytest.approx(1.5)


def test_what_hangs_takes_its_room_within_a_line() -> None:
    assert width("甲，乙", HANG) == pytest.approx(3)
    assert width("甲。乙，", HANG) == pytest.approx(3)


# Asking ---------------------------------------------------------------------------------------


def test_spaces_and_breaks_take_no_room_at_a_lines_edges() -> None:
    para = paragraph("ab cd\n甲\u200b乙")
    assert para.width(0, 3) == pytest.approx(2 * LATIN)
    assert para.width(3, 6) == pytest.approx(2 * LATIN)
    assert para.width(6, 8) == pytest.approx(1)
    assert [para.first_content(k) for k in (0, 2, 3)] == [0, 3, 3]


def test_a_stretch_of_spaces_alone_has_no_width() -> None:
    para = paragraph("   ")
    assert para.width(0, 3) == 0
    assert para.first_content(0) == 3


def test_the_text_stops_at_forced_breaks_and_at_its_end() -> None:
    para = paragraph("甲\n乙丙\n\n丁")
    assert [para.stop(k) for k in range(7)] == [2, 2, 5, 5, 5, 6, 7]


def test_the_narrowest_width_is_that_with_all_marks_squeezed() -> None:
    para = paragraph("甲，乙（丙）丁")
    assert para.width(0, 7) == pytest.approx(7)
    assert para.narrowest(0, 7) == pytest.approx(5.5)
    assert para.narrowest(0, 2) == pytest.approx(1.5)


def test_the_next_place_to_end_a_line_is_found() -> None:
    para = paragraph("甲，word乙")
    assert [para.chunk_end(k) for k in range(7)] == [2, 2, 6, 6, 6, 6, 7]


def test_the_widest_stretch_that_holds_together_is_found() -> None:
    assert paragraph("甲乙 incomprehensible 丙").widest_chunk() == pytest.approx(16 * LATIN)
    assert paragraph("甲乙").widest_chunk() == pytest.approx(1)
    assert paragraph("甲（乙）。丙").widest_chunk() == pytest.approx(2.5)
    assert paragraph("").widest_chunk() == 0


def test_the_widest_line_is_that_between_forced_breaks() -> None:
    assert paragraph("甲\n乙丙丁\n戊己").widest_line() == pytest.approx(3)
    assert paragraph("").widest_line() == 0


def test_characters_of_a_last_line_are_counted_without_marks_and_spaces() -> None:
    assert paragraph("甲，a 5%。“·……”").counted[-1] == 3


def test_a_torn_word_may_be_divided_anywhere_within_and_nowhere_else() -> None:
    para = paragraph("甲，word乙")
    assert para.torn(2, 6, frozenset()) == {3, 4, 5}
    assert para.breaks == [2, 6, 7]


def test_what_the_caller_keeps_together_is_not_torn() -> None:
    content = cells("甲word乙")
    content.kept = frozenset({2})
    para = Paragraph(content, CLREQ)
    assert para.torn(1, 5, frozenset()) == {2, 4}


def test_a_name_is_torn_after_the_marks_within_it_first_and_then_anywhere() -> None:
    para = paragraph("甲2021-12乙")
    assert para.breaks == [1, 8, 9]
    joints = para.torn(1, 8, frozenset())
    assert joints == {6}
    all_places = joints | para.torn(1, 8, joints)
    assert all_places == {2, 3, 4, 5, 6, 7}
    assert not para.torn(1, 8, all_places)


def test_words_can_be_divided_by_a_hyphen_which_has_a_width() -> None:
    para = paragraph("甲communication乙", hyphen=0.3)
    assert para.breaks == [1, 14, 15]
    assert para.hyphens == {4: 0.3, 6: 0.3, 8: 0.3, 10: 0.3}
    assert para.breaks == [1, 14, 15]
    assert para.width(0, 4) == pytest.approx(1.25 + 3 * LATIN + 0.3)
    assert para.set_line(0, 4, None).hyphen == 0.3
    assert para.set_line(0, 14, None).hyphen == 0


@pytest.mark.parametrize(
    "text", ["甲CLREQ乙", "甲MacIntosh乙", "甲paper乙", "甲café乙", "甲12345678乙"]
)
def test_names_in_capitals_short_words_and_numbers_are_not_divided(text: str) -> None:
    assert paragraph(text, hyphen=0.3).hyphens == {}


@pytest.mark.parametrize(
    "address", ["www.a.org/x-report", "https://a.org/long-report-2021.pdf", "report-office@a.org"]
)
def test_an_address_gets_no_hyphen_that_a_reader_would_type(address: str) -> None:
    assert paragraph(f"甲{address}乙", hyphen=0.3).hyphens == {}
    assert paragraph(f"甲{address}乙communication", hyphen=0.3).hyphens != {}


def test_what_the_caller_keeps_together_is_not_divided() -> None:
    content = cells("甲communication乙", hyphen=0.3)
    content.kept = frozenset({3})
    para = Paragraph(content, CLREQ)
    assert set(para.hyphens) == {6, 8, 10}


# Setting --------------------------------------------------------------------------------------


def test_a_natural_line_has_the_width_that_it_came_with() -> None:
    line = paragraph("甲，乙。").set_line(0, 4, None)
    assert line.is_natural
    assert line.positions == pytest.approx((0, 1, 2, 3))
    assert (line.width, line.gap_em, line.rest) == (pytest.approx(3.5), 0, 0)


def test_a_line_that_is_too_short_grows_in_all_its_gaps() -> None:
    line = paragraph("甲乙丙丁").set_line(0, 4, 4.6)
    assert not line.is_natural
    assert line.positions == pytest.approx((0, 1.2, 2.4, 3.6))
    assert (line.width, line.gap_em) == (pytest.approx(4.6), pytest.approx(0.2))


def test_a_line_that_is_too_long_shrinks_in_its_marks() -> None:
    line = paragraph("甲，乙丙，丁").set_line(0, 6, 5.5)
    assert line.positions == pytest.approx((0, 1, 1.75, 2.75, 3.75, 4.5))
    assert (line.width, line.gap_em, line.rest) == (pytest.approx(5.5), 0, 0)


def parted(address: str) -> str:
    """Return an address with a bar at each place where it is parted as a last resort."""
    found = paragraph(f"见{address}。").partings
    return "".join(("|" if k + 1 in found else "") + text for k, text in enumerate(address))


@pytest.mark.parametrize(
    "expected",
    [
        "https:|//www.br|i|gc.org/yj|kt/20|21.ht|ml",
        "edi|t|or-of|f|i|ce@a.org.cn",
        "doi:10.|10|16/j.jc|l|e|p|ro",
        "https:|//a.org/20|21-|12-|30",
        "www.w3.org",
    ],
)
def test_an_address_is_parted_two_letters_from_its_marks_and_after_its_colon(expected: str) -> None:
    assert parted(expected.replace("|", "")) == expected


def test_an_address_that_is_kept_together_is_not_parted() -> None:
    content = cells("见https://www.brigc.org/。")
    content.kept = frozenset(range(30))
    assert Paragraph(content, CLREQ).partings == {}


def test_an_address_that_nobody_would_type_is_not_parted() -> None:
    assert paragraph(f"见https://a.org/{'abcde' * 201}。").partings == {}


def test_what_is_no_address_is_not_parted() -> None:
    assert paragraph("见Infrastructure与GB/T 32151.10和TCP/IP。").partings == {}


def test_a_line_of_one_address_is_filled_between_all_its_letters() -> None:
    line = paragraph("www.w3.org").set_line(0, 10, 6.0)
    assert (line.width, line.rest) == (pytest.approx(6), 0)
    gaps = [other - one - LATIN for one, other in pairwise(line.positions)]
    assert gaps == pytest.approx([0.5 / 9] * 9)


def test_an_address_takes_over_what_would_make_holes_of_a_line_s_gaps() -> None:
    line = paragraph("甲乙www.w3.org").set_line(0, 12, 8.7)
    assert (line.width, line.rest) == (pytest.approx(8.7), pytest.approx(0))
    assert line.gap_em == pytest.approx(CLREQ.gap_most)
    gaps = [other - one - LATIN for one, other in pairwise(line.positions[2:])]
    assert gaps == pytest.approx([gaps[0]] * 9)
    assert 0 < gaps[0] < LITTLE_TRACKING


def test_an_address_takes_over_no_more_than_a_little() -> None:
    line = paragraph("甲乙www.w3.org").set_line(0, 12, 12.0)
    assert line.gap_em > CLREQ.gap_most
    gaps = [other - one - LATIN for one, other in pairwise(line.positions[2:])]
    assert gaps == pytest.approx([LITTLE_TRACKING] * 9)


def test_letters_are_not_spaced_visibly_and_those_of_words_not_at_all() -> None:
    assert paragraph("www.w3.org").set_line(0, 10, 8.0).rest == pytest.approx(2.5)
    assert paragraph("Hyphenation").set_line(0, 11, 6.2).rest == pytest.approx(0.15)


def test_a_line_says_what_it_lacks_or_has_too_much() -> None:
    assert paragraph("甲").set_line(0, 1, 3.0).rest == pytest.approx(2)
    assert paragraph("甲").set_line(0, 1, 3.0).width == pytest.approx(1)
    long = paragraph("甲乙，丙").set_line(0, 4, 3.0)
    assert (long.rest, long.width) == (pytest.approx(-0.5), pytest.approx(3.5))


def test_the_edges_of_inline_boxes_take_room_where_they_stand() -> None:
    content = cells("甲乙丙丁")
    content.before, content.after = {1: 0.5}, {2: 0.25}
    para = Paragraph(content, CLREQ)
    assert para.width(0, 4) == pytest.approx(4.75)
    assert para.width(0, 1) == pytest.approx(1)
    assert para.width(1, 3) == pytest.approx(2.75)
    assert para.width(3, 4) == pytest.approx(1)
    assert para.set_line(0, 4, None).positions == pytest.approx((0, 1.5, 2.5, 3.75))
    assert para.set_line(1, 3, None).positions == pytest.approx((0.5, 1.5))


def test_cells_of_several_characters_and_boxes_are_set_as_one() -> None:
    content = Cells(
        characters=["甲", "ffi", "\ufffc", "乙"],
        kinds=[Kind.HAN, Kind.LATIN, Kind.ATOM, Kind.HAN],
        advances=[1.0, 0.8, 3.0, 1.0],
        ems=[1.0] * 4,
    )
    para = Paragraph(content, CLREQ)
    assert para.width(0, 4) == pytest.approx(6.05)
    assert para.counted == [0, 1, 4, 5, 6]
    assert para.breaks == [1, 2, 3, 4]


def test_a_dash_of_two_in_one_cell_is_as_wide_as_two_characters() -> None:
    content = Cells(["甲", "——", "乙"], [Kind.HAN, Kind.DASH, Kind.HAN], [1.0, 1.6, 1.0], [1.0] * 3)
    para = Paragraph(content, CLREQ)
    assert para.width(0, 3) == pytest.approx(4)
    assert para.cells.offsets == {1: pytest.approx(0.2)}


def test_a_text_without_characters_is_a_paragraph_too() -> None:
    para = paragraph("", indented=True)
    assert (para.breaks, para.base, para.edge) == ([], [], [])


@given(st.text(alphabet="甲乙a1，。（）“”—… ", min_size=1, max_size=30), st.floats(2, 60))
def test_everything_scales_with_the_size_of_the_type(text: str, em: float) -> None:
    one, other = paragraph(text), Paragraph(cells(text, em=em), CLREQ)
    assert one.breaks == other.breaks
    assert [x * em for x in one.base] == pytest.approx(other.base)
    assert [x * em for x in one.edge] == pytest.approx(other.edge)
    assert [x * em for x in one.shrinks] == pytest.approx(other.shrinks)
    assert [x * em for x in one.stretches] == pytest.approx(other.stretches)
