"""Where a line may end, clause by clause of CLREQ."""

from __future__ import annotations

import pytest

from composing import CLREQ, cells, paragraph
from newsletter.typesetting.characters import KINDS, Kind
from newsletter.typesetting.paragraph import Paragraph
from newsletter.typesetting.prohibition import LATIN_UNITS, UNITS, break_table
from newsletter.typesetting.rules import Grade, Rules

GRADES: tuple[Grade, ...] = ("none", "basic", "gb", "strict")
ALL, NEVER = "none basic gb strict", ""

EDGES = "prohibition_rules_for_line_start_end"
UNITED = "h-unbreakable_marks_punctuation"
NUMBERS = "h-digits_and_their_prefix_and_suffix"
NOTES = "h-annotation_marks"
WESTERN = "handling_western_text_in_chinese_text_using_proportional_western_fonts"

# clause, a text with | at the place that is asked about, the grades in which a line may end there
TABLE = [
    *[(EDGES, f"甲|{mark}乙", "none") for mark in "、，；：。．？！"],
    *[(EDGES, f"甲|{mark}乙", "none") for mark in "”’）》〉」』】〕］｝〗"],
    *[(EDGES, f"甲{mark}|乙", "none") for mark in "“‘（《〈「『【〔［｛〖"],
    *[(EDGES, f"甲|{mark}乙", "none") for mark in "—–～〜·‧・"],
    *[(EDGES, f"甲{mark}|乙", ALL) for mark in "、，；：。？！”’）》—–～·"],
    *[(EDGES, f"甲|{mark}乙", ALL) for mark in "“‘（《〈「『【"],
    (EDGES, "甲|乙", ALL),
    (EDGES, "甲，|“乙", ALL),
    (EDGES, "甲”|“乙", ALL),
    (EDGES, "甲。|”乙", "none"),
    (EDGES, "甲：“|‘乙", "none"),
    (EDGES, "甲A|，乙", "none"),
    (EDGES, "甲（|A）", "none"),
    (EDGES, "和/|或", "none basic"),
    (EDGES, "和／|或", "none basic"),
    (EDGES, "甲|——乙", "none basic gb"),
    (EDGES, "甲|⸺乙", "none basic gb"),
    (EDGES, "甲|……乙", "none basic gb"),
    (EDGES, "甲|⋯⋯乙", "none basic gb"),
    (EDGES, "甲——|乙", ALL),
    (EDGES, "甲……|乙", ALL),
    (UNITED, "甲—|—乙", NEVER),
    (UNITED, "甲―|―乙", NEVER),
    (UNITED, "甲…|…乙", NEVER),
    (UNITED, "甲⋯|⋯乙", NEVER),
    (UNITED, "甲…|………乙", NEVER),
    (UNITED, "甲…………|乙", ALL),
    (NUMBERS, "于2021|年", NEVER),
    (NUMBERS, "约3|万", NEVER),
    (NUMBERS, "长5|米", NEVER),
    (NUMBERS, "共5|%强", NEVER),
    (NUMBERS, "约5%|强", ALL),
    (NUMBERS, "冷5|°了", NEVER),
    (NUMBERS, "第|3页", NEVER),
    (NUMBERS, "第 |3页", NEVER),
    (NUMBERS, "价¥|5", NEVER),
    (NUMBERS, "价$|5", NEVER),
    (NUMBERS, "约+|5", NEVER),
    (NUMBERS, "约−|5", NEVER),
    (NUMBERS, "约±|5", NEVER),
    (NUMBERS, "约-|5", NEVER),
    (NUMBERS, "价|¥5", ALL),
    (NUMBERS, "年|2021", ALL),
    (NUMBERS, "在2021|北京", ALL),
    (NUMBERS, "长5 |km", NEVER),
    (NUMBERS, "长5| km", NEVER),
    (NUMBERS, "重5 |kg的", NEVER),
    (NUMBERS, "于2021 |年", NEVER),
    (NUMBERS, "共5 |%", NEVER),
    (NUMBERS, "用5 |men", ALL),
    (NUMBERS, "用5 |北京", ALL),
    (NUMBERS, "用word |km", ALL),
    (NUMBERS, "于5月用word |km", ALL),
    (NUMBERS, "约3|.5", NEVER),
    (NUMBERS, "约3.|5", NEVER),
    (NUMBERS, "约1,|000", NEVER),
    (NUMBERS, "约2|1", NEVER),
    (NUMBERS, "于10:|30", NEVER),
    (NUMBERS, "约1/|2", NEVER),
    (WESTERN, "甲wo|rd", NEVER),
    (WESTERN, "甲|word", ALL),
    (WESTERN, "word|甲", ALL),
    (WESTERN, "甲CO|2", NEVER),
    (WESTERN, "甲5|G", NEVER),
    (WESTERN, "甲don|’t", NEVER),
    (WESTERN, "甲don’|t", NEVER),
    (WESTERN, "甲word|,", NEVER),
    (WESTERN, "甲|(word)", ALL),
    (WESTERN, "甲(|word)", NEVER),
    (WESTERN, "甲(word|)", NEVER),
    (WESTERN, "甲(|乙)", NEVER),
    (WESTERN, "甲“|word” a", "none"),
    (WESTERN, "甲a| b", NEVER),
    (WESTERN, "甲a |b", ALL),
    (WESTERN, "甲| b", NEVER),
    (WESTERN, "甲 |b", ALL),
    (WESTERN, "b |甲", ALL),
    (WESTERN, "甲TCP/|IP", NEVER),
    (WESTERN, "甲TCP|/IP", NEVER),
    (WESTERN, "甲well-|known", ALL),
    (WESTERN, "甲well|-known", NEVER),
    (WESTERN, "甲well‐|known", ALL),
    (WESTERN, "甲COP-|26", NEVER),
    (WESTERN, "甲2021-|12", NEVER),
    (WESTERN, "甲1-|a", NEVER),
    (WESTERN, "甲a-|", ALL),
    (WESTERN, "甲a\u2011|b", NEVER),
    (WESTERN, "甲a\u00a0|b", NEVER),
    (WESTERN, "甲\u2060|乙", NEVER),
    (WESTERN, "甲|\u2060乙", NEVER),
    (WESTERN, "甲wo\u200b|rd", ALL),
    (WESTERN, "甲wo|\u200brd", NEVER),
]


def may_part(text: str, rules: Rules = CLREQ) -> bool:
    """Tell whether a line may end at the | of a text."""
    left, right = text.split("|")
    return len(left) in paragraph(left + right, rules).breaks


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize(
    ("text", "allowed"),
    [pytest.param(text, allowed, id=f"{clause}: {text}") for clause, text, allowed in TABLE],
)
def test_a_line_ends_only_where_the_clause_allows(text: str, allowed: str, grade: Grade) -> None:
    assert may_part(text, Rules(line_edges=grade)) is (grade in allowed.split())


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("left", Kind, ids=lambda kind: f"{NOTES}: {kind.name}")
def test_a_note_stays_with_what_it_marks(left: Kind, grade: Grade) -> None:
    allowed = break_table(grade)[left * KINDS + Kind.NOTE]
    assert allowed is (left is Kind.FORCED)


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("right", Kind, ids=lambda kind: kind.name)
def test_a_forced_break_always_ends_a_line(right: Kind, grade: Grade) -> None:
    assert break_table(grade)[Kind.FORCED * KINDS + right]


@pytest.mark.parametrize(("looser", "stricter"), [GRADES[0:2], GRADES[1:3], GRADES[2:4]])
def test_a_stricter_grade_allows_nothing_that_a_looser_one_does_not(
    looser: Grade, stricter: Grade
) -> None:
    pairs = zip(break_table(looser), break_table(stricter), strict=True)
    assert all(loose or not strict for loose, strict in pairs)
    assert break_table(looser) != break_table(stricter)


# Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_number_keeps_each_of_its_units(unit: str) -> None:
    assert not may_part(f"约5|{unit}")
    assert not may_part(f"约5 |{unit}")


@pytest.mark.parametrize("unit", sorted(LATIN_UNITS))
def test_a_number_keeps_the_symbol_of_a_unit_after_a_space(unit: str) -> None:
    assert not may_part(f"约5 |{unit}的")
    assert may_part(f"约5 |{unit}x的")


@pytest.mark.parametrize("text", ["于2021|年", "第|3页", "长5 |km", "于2021 |年", "约5%|点"])
def test_numbers_may_be_parted_from_what_they_count_where_the_rules_say_so(text: str) -> None:
    assert not may_part(text)
    assert may_part(text, Rules(keep_numbers=False))


@pytest.mark.parametrize("text", ["约3|.5", "约2|1", "共5|%", "价¥|5", "约±|5"])
def test_no_rule_parts_a_number_itself(text: str) -> None:
    assert not may_part(text, Rules(keep_numbers=False, line_edges="none"))


@pytest.mark.parametrize("text", ["5，万|年", "5，一|月", "5，次|第"])
def test_a_unit_that_follows_no_figure_is_a_character_like_others(text: str) -> None:
    assert may_part(text)


# Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "见www.|w3.org/clreq",
        "见www.w3.|org/clreq",
        "见www.w3.org/|clreq",
        "见www.w3.org/clreq?|abc",
        "见www.w3.org/clreq_|draft",
        "见info@|w3.org",
        "见https://a.cn/clreq/|一文",
        "见https://a.cn/2021/|12/30",
        "见https://a.cn/clreq|#top",
        "见https://a.cn/wiki/%E4|%B8",
        "引自doi:10.1016/|j.jclepro.2021.128345",
        "引自10.1016/j.|jclepro.2021.128345",
        "见github.com/|owner/project",
        "见openstd.|samr.gov.cn",
    ],
)
def test_an_address_may_be_divided_at_the_marks_within_it(text: str) -> None:
    assert may_part(text)


@pytest.mark.parametrize(
    "text",
    [
        "见www|.w3.org/clreq",
        "见w|ww.w3.org",
        "见www.w|3.org",
        "见www.w3|.org",
        "见www.w3.org|/clreq",
        "见www.w3.org/cl|req",
        "见www.w3.org/clreq?|a",
        "见info|@w3.org",
        "见https://a.cn/|/b",
        "用e.|g.和www.w3.org",
        "用TCP/|IP",
        "用i.e.|it",
        "见https://a.cn/clreq#|top",
        "见https://a.cn/2021-|12-30",
        "引自doi:10.|1016/j.jclepro.2021.128345",
        "用Node.js/|React",
        "见samr.|cn",
    ],
)
def test_an_address_is_divided_nowhere_else_and_other_words_not_at_all(text: str) -> None:
    assert not may_part(text)


# Brackets -------------------------------------------------------------------------------------


def test_of_two_latin_brackets_in_a_row_the_second_may_begin_a_line() -> None:
    assert may_part("北京(2021-10-27)|[2022-01-05]。")


@pytest.mark.parametrize("text", ["见foods|[J/OL]", "见f(x)|y", "见(x)|.y", "见“(x|)[y]”"])
def test_other_latin_brackets_stay_with_their_words(text: str) -> None:
    assert not may_part(text)


# Kept from outside ----------------------------------------------------------------------------


def test_no_line_ends_where_the_caller_keeps_text_together() -> None:
    content = cells("甲乙丙丁见www.w3.org/a")
    content.kept = frozenset({1, 8, 40})
    breaks = Paragraph(content, CLREQ).breaks
    assert 2 not in breaks
    assert 9 not in breaks
    assert {1, 3} <= set(breaks)


def test_the_end_of_the_text_is_a_break_and_a_text_without_characters_has_none() -> None:
    assert paragraph("甲，").breaks == [2]
    assert paragraph("").breaks == []
