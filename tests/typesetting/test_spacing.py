"""What stands between two characters, and in which order it gives way or grows."""

from __future__ import annotations

import pytest

from composing import CLREQ, LATIN, SPACE, cells, paragraph
from newsletter.typesetting.characters import KINDS, Kind
from newsletter.typesetting.justification import Give
from newsletter.typesetting.paragraph import Paragraph
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.spacing import COMMON, NONE, Shrink, junctions

KAIMING = Rules(style="kaiming")
NOTHING = Give(0.0, 0, 0.0, 0, gap=False)


def width(text: str, rules: Rules = CLREQ) -> float:
    """Return how wide a text is that begins and ends with what has no white of its own."""
    return paragraph(text, rules).width(0, len(paragraph(text, rules).cells.kinds))


def between(text: str, rules: Rules = CLREQ) -> Give:
    """Return what can be given at the | of a text."""
    left, right = text.split("|")
    return paragraph(left + right, rules).gives[len(left) - 1]


def order(text: str, direction: str, rules: Rules = CLREQ) -> list[dict[str, float]]:
    """Return what gives way ("shrink") or grows ("stretch"), step after step, and how much."""
    para = paragraph(text, rules)
    steps: dict[int, dict[str, float]] = {}
    for k, give in enumerate(para.gives):
        amount = getattr(give, direction)
        if amount:
            pair = "".join(para.cells.characters[k : k + 2])
            steps.setdefault(getattr(give, f"{direction}_step"), {})[pair] = round(amount, 4)
    return [steps[step] for step in sorted(steps)]


# Marks in a row -------------------------------------------------------------------------------


PAIRS = "h-adjustment_of_adjacent_punctuation_marks"


@pytest.mark.parametrize(
    ("pair", "widths"),
    [
        pytest.param(pair, widths, id=f"{PAIRS}: {pair}")
        for pairs, widths in [
            # white between both: up to an em of it can go
            ("，“ 。“ ：“ ！（ ”“ ）（ 》《 、《", {1.0: 1.0, 1.5: 1.5, 2.0: 2.0}),
            # white of one of them between both: half an em
            ("”， ”。 。” ！” ？！ ）） （（ “‘ 》、 。）", {1.0: 1.5, 1.5: 1.5, 2.0: 2.0}),
            # none between them
            ("（） “” 《》", {1.0: 2.0, 1.5: 2.0, 2.0: 2.0}),
        ]
        for pair in pairs.split()
    ],
)
@pytest.mark.parametrize("wanted", [1.0, 1.5, 2.0])
def test_two_marks_in_a_row_take_what_the_style_says(
    pair: str, widths: dict[float, float], wanted: float
) -> None:
    assert width(f"甲{pair}乙", Rules(pair_width=wanted)) == pytest.approx(2 + widths[wanted])


def test_every_further_mark_in_a_row_loses_half_an_em() -> None:
    assert width("甲。”“乙") == pytest.approx(2 + 2)
    assert width("甲：“《乙") == pytest.approx(2 + 2)
    assert width("甲）》。乙") == pytest.approx(2 + 2)


@pytest.mark.parametrize(("pair_width", "least"), [(1.0, 1.0), (1.5, 1.0), (2.0, 1.5)])
def test_two_marks_in_a_row_become_narrower_in_a_tight_line(
    pair_width: float, least: float
) -> None:
    for marks in ("，|“", "”|“", "。|《"):
        between_them = between(f"甲{marks}乙", Rules(pair_width=pair_width))
        assert pair_width - between_them.shrink == pytest.approx(least)
        if pair_width == 1.5:
            assert between_them.shrink_step == Shrink.STOP


def test_what_the_first_of_two_closing_marks_lost_is_not_taken_from_it_again() -> None:
    assert between("甲。|”乙").shrink == 0
    assert between("甲。|”乙", Rules(pair_width=2)).shrink == 0.5


def test_marks_beside_a_dash_an_ellipsis_or_latin_keep_their_width() -> None:
    assert width("甲，——乙") == pytest.approx(5)
    assert width("甲……“乙") == pytest.approx(5)
    assert width("甲，a") == pytest.approx(2 + LATIN)


@pytest.mark.parametrize("wanted", [1.0, 1.5, 2.0])
def test_marks_that_are_half_an_em_wide_have_nothing_to_give(wanted: float) -> None:
    content = cells("甲”“乙")
    content.advances[1:3] = [0.5, 0.5]
    para = Paragraph(content, Rules(pair_width=wanted))
    assert para.width(0, 4) == pytest.approx(3)
    assert para.width(2, 4) == pytest.approx(1.5)
    assert para.width(0, 2) == pytest.approx(1.5)
    assert para.shrinks[-1] == 0


def test_marks_that_are_hardly_wider_than_half_an_em_keep_what_they_have() -> None:
    content = cells("甲”“乙")
    content.advances[1:3] = [0.6, 0.6]
    para = Paragraph(content, CLREQ)
    assert [para.width(0, 4), para.width(0, 2)] == pytest.approx([3.2, 1.6])


# 开明式 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲，乙", 2.5),
        ("甲、乙", 2.5),
        ("甲；乙", 2.5),
        ("甲：乙", 2.5),
        ("甲（乙）丙", 4),
        ("甲。乙", 3),
        ("甲？乙", 3),
        ("甲！乙", 3),
        ("甲：“乙", 3),
        ("甲，“乙", 3),
        ("甲”。乙", 3.5),
        ("甲。”乙", 3),
        ("甲。“乙", 3),
        ("甲——乙", 4),
        ("甲……乙", 4),
    ],
)
def test_kaiming_gives_every_mark_half_an_em_but_those_that_end_a_sentence(
    text: str, expected: float
) -> None:
    assert width(text, KAIMING) == pytest.approx(expected)


def test_in_kaiming_an_opening_mark_loses_the_white_on_its_left() -> None:
    para = paragraph("甲（乙）丙", KAIMING)
    assert para.cells.offsets == {1: -0.5}
    assert paragraph("甲，乙。", KAIMING).cells.offsets == {}


def test_in_kaiming_no_mark_shrinks_any_further() -> None:
    assert order("甲，乙（丙）丁。戊·己", "shrink", KAIMING) == []


# Chinese and Latin ----------------------------------------------------------------------------


MIXED = "mixed_text_composition_in_horizontal_writing_mode"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{MIXED}: {text}")
        for text, expected in [
            ("甲a", 1 + 0.25 + LATIN),
            ("a甲", 1 + 0.25 + LATIN),
            ("甲5", 1 + 0.25 + LATIN),
            ("5甲", 1 + 0.25 + LATIN),
            ("5%甲", 1 + 0.25 + 2 * LATIN),
            ("甲 a", 1 + 0.25 + LATIN),
            ("a 甲", 1 + 0.25 + LATIN),
            ("甲 a 乙", 2 + 0.5 + LATIN),
            ("a b", SPACE + 2 * LATIN),
            ("甲 乙", 2 + SPACE),
            ("甲，a", 2 + LATIN),
            ("a（甲", 2 + LATIN),
            ("a——甲", 3 + LATIN),
            ("甲……a", 3 + LATIN),
            ("甲a,甲", 2 + 0.25 + 2 * LATIN),
            ("a5", 2 * LATIN),
        ]
    ],
)
def test_a_gap_stands_between_chinese_and_latin_and_never_beside_a_mark(
    text: str, expected: float
) -> None:
    assert width(text) == pytest.approx(expected)


def test_no_gap_stands_at_the_start_or_end_of_a_line() -> None:
    para = paragraph("甲a甲")
    assert para.width(0, 1) == pytest.approx(1)
    assert para.width(1, 2) == pytest.approx(LATIN)
    assert para.width(2, 3) == pytest.approx(1)


def test_a_space_in_the_source_is_no_part_of_a_line_that_it_ends() -> None:
    para = paragraph("甲 a 甲")
    assert para.width(0, 2) == pytest.approx(1)
    assert para.width(2, 4) == pytest.approx(LATIN)
    assert para.first_content(1) == 2


def test_the_gap_shrinks_to_an_eighth_and_grows_to_a_third() -> None:
    for text in ("甲|a", "a|甲", "甲 |a", "a |甲"):
        give = between(text)
        assert give.shrink == pytest.approx(1 / 8)
        assert give.stretch == pytest.approx(1 / 3 - 1 / 4)


def test_the_gap_is_what_the_rules_say() -> None:
    rules = Rules(latin_gap=0.2, latin_gap_least=0.2, latin_gap_most=0.25)
    assert width("甲a", rules) == pytest.approx(1.2 + LATIN)
    assert width("甲 a", rules) == pytest.approx(1.2 + LATIN)
    assert between("甲|a", rules) == Give(0.0, 4, pytest.approx(0.05), 1, gap=True)


def test_without_a_gap_chinese_and_latin_touch() -> None:
    rules = Rules(latin_gap=0)
    assert width("甲a乙", rules) == pytest.approx(2 + LATIN)
    assert width("甲 a", rules) == pytest.approx(1 + SPACE + LATIN)
    assert (between("甲|a", rules).stretch, between("a|甲", rules).stretch) == (0, 0)


# The order in which a line gives way ----------------------------------------------------------


ALL_KINDS = "一a b二·三（四）五，六、七；八：九C十。子？丑！寅"


def test_a_line_gives_way_in_the_order_of_the_clause() -> None:
    assert order(ALL_KINDS, "shrink") == [
        {" b": round(SPACE - 0.25, 4)},
        {"二·": 0.25, "·三": 0.25},
        {"三（": 0.5, "）五": 0.5},
        {"，六": 0.5, "、七": 0.5, "；八": 0.5, "：九": 0.5},
        {"一a": 0.125, "b二": 0.125, "九C": 0.125, "C十": 0.125},
        {"。子": 0.5, "？丑": 0.5, "！寅": 0.5},
    ]


def test_a_style_may_keep_the_marks_that_end_a_sentence_as_they_are() -> None:
    assert order(ALL_KINDS, "shrink", Rules(squeeze="pauses")) == order(ALL_KINDS, "shrink")[:-1]


def test_a_style_may_keep_all_marks_as_they_are() -> None:
    steps = order(ALL_KINDS, "shrink", Rules(squeeze="none"))
    assert [set("".join(step)) & set("（），、；：。？！") for step in steps] == [set()] * 3


def test_a_word_space_shrinks_to_what_the_rules_say_however_wide_it_is() -> None:
    assert between("a |b", Rules(word_space_least=0.2)).shrink == pytest.approx(SPACE - 0.2)
    assert between("a |b", Rules(word_space_least=0.3)).shrink == 0


def test_a_middle_dot_is_an_em_wide_and_gives_way_on_both_sides_alike() -> None:
    assert width("甲·乙") == pytest.approx(3)
    assert between("甲|·乙").shrink == between("甲·|乙").shrink == 0.25


@pytest.mark.parametrize("mark", ["·", "—", "…"])
def test_a_mark_with_a_narrow_glyph_is_centred_in_an_em(mark: str) -> None:
    content = cells(f"甲{mark}{mark}乙")
    content.advances[1:3] = [0.4, 1.2]
    para = Paragraph(content, CLREQ)
    assert para.cells.advances == pytest.approx([1, 1, 1.2, 1])
    assert para.cells.offsets == {1: pytest.approx(0.3)}


# The order in which a line grows --------------------------------------------------------------


def test_a_line_grows_in_the_order_of_the_clause() -> None:
    third = round(1 / 3 - 1 / 4, 4)
    words, *others = order(ALL_KINDS, "stretch")
    assert set(words) == {" b"}
    assert others == [
        {"一a": third, "b二": third, "九C": third, "C十": third},
        dict.fromkeys(
            ("三（", "）五", "，六", "、七", "；八", "：九", "。子", "？丑", "！寅"), 0.125
        ),
    ]


def test_the_growth_of_each_step_is_what_the_rules_say() -> None:
    rules = Rules(word_space_most=0.25, latin_gap_most=0.25, mark_stretch=0)
    assert order(ALL_KINDS, "stretch", rules) == []
    assert between("甲，|乙", Rules(mark_stretch=0.2)).stretch == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("clause", "text"),
    [
        *[("expansion", text) for text in ("甲—|—乙", "甲…|…乙", "甲⋯|⋯乙", "甲―|―乙")],
        *[("expansion", text) for text in ("甲|—乙", "甲—|乙", "甲|～乙", "甲～|乙", "5|–6甲")],
        *[("expansion", text) for text in ("和|/或", "和/|或", "和／|或", "a|/或", "和/|b")],
        *[("western", text) for text in ("甲wo|rd", "甲2|1", "甲3|.5", "甲5|%", "甲a|5", "甲¥|5")],
        *[("western", text) for text in ("a|-b甲", "a-|b甲", "甲(|a)", "甲(a|)", "甲a|, b")],
        *[
            ("western", text)
            for text in ("甲a| b", "甲| a", "甲\u00a0|乙", "甲|\u00a0乙", "甲\u200b|乙")
        ],
    ],
    ids=lambda value: value,
)
def test_nothing_grows_or_shrinks_within_what_is_one(clause: str, text: str) -> None:
    assert between(text) == NOTHING


@pytest.mark.parametrize("text", ["甲|，乙", "甲（|乙", "甲|）乙", "甲“|a", "甲|·乙", "甲·|乙"])
def test_a_mark_stays_with_the_text_that_it_opens_or_closes(text: str) -> None:
    give = between(text)
    assert (give.stretch, give.gap) == (0, False)


@pytest.mark.parametrize(
    "text",
    [
        "甲|乙",
        "甲，|乙",
        "甲|（乙",
        "甲，|“乙",
        "甲|a",
        "a |b",
        "甲|——乙",
        "甲——|乙",
        "甲……|乙",
        "甲|(a",
    ],
)
def test_all_other_gaps_share_what_is_left_over(text: str) -> None:
    assert between(text).gap


def test_the_two_usual_junctions_are_the_very_same_object_each_time() -> None:
    table = junctions(CLREQ)
    assert table[Kind.HAN * KINDS + Kind.HAN] is COMMON
    assert table[Kind.LATIN * KINDS + Kind.LATIN] is NONE
    assert sum(junction == COMMON and junction is not COMMON for junction in table) == 0
    assert junctions(Rules()) is table


def test_a_smaller_text_beside_a_larger_one_sets_their_junction() -> None:
    content = cells("甲a")
    content.ems[1] = 0.5
    para = Paragraph(content, CLREQ)
    assert para.width(0, 2) == pytest.approx(1 + 0.125 + LATIN)
    assert para.gives[0].shrink == pytest.approx(0.0625)
