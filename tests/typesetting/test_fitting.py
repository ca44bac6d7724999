"""Which breaks a paragraph takes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composing import CLREQ, LATIN, paragraph, set_lines, texts
from newsletter.typesetting import fitting
from newsletter.typesetting.fitting import Goal, fit, fit_dividing
from newsletter.typesetting.paragraph import MOST_TRACKING
from newsletter.typesetting.rules import Rules

ORPHANS = "adjustments_of_orphans_and_widows"
HEADINGS = "handling_of_headings"
HYPHEN = 0.3
SLACK = 2 * fitting.EPSILON


def han(count: int) -> str:
    """Return as many Chinese characters, no two of them the same."""
    return "".join(chr(0x4E00 + number) for number in range(count))


# Breaks and measures --------------------------------------------------------------------------


def test_a_text_that_fits_is_one_natural_line() -> None:
    [line] = set_lines(paragraph("甲乙丙。"), 3.5)
    assert line.text == "甲乙丙。"
    assert line.line.is_natural


def test_lines_are_as_long_as_the_measure_and_the_last_as_it_comes() -> None:
    lines = set_lines(paragraph(han(25)), 10)
    assert [len(line.text) for line in lines] == [10, 10, 5]
    assert [line.line.width for line in lines] == pytest.approx([10, 10, 5])
    assert [line.line.is_natural for line in lines] == [False, False, True]


def test_a_line_takes_in_a_mark_by_making_others_narrower() -> None:
    text = "天地，玄黄，宇宙洪。荒日月盈昃辰宿列张"
    lines = set_lines(paragraph(text), 9)
    assert lines[0].text == "天地，玄黄，宇宙洪。"
    assert lines[0].line.width == pytest.approx(9)
    expected = (0, 1, 2, 2.75, 3.75, 4.75, 5.5, 6.5, 7.5, 8.5)
    assert lines[0].line.positions == pytest.approx(expected)


def test_a_mark_that_finds_no_room_takes_a_character_along() -> None:
    assert texts("天地玄黄宇宙洪荒，日月盈昃", 8)[0] == "天地玄黄宇宙洪"


def test_a_mark_that_hangs_needs_no_room() -> None:
    text = "天地玄黄宇宙洪荒，日月盈昃辰宿"
    lines = set_lines(paragraph(text, Rules(hanging="stops")), 8)
    assert [line.text for line in lines] == ["天地玄黄宇宙洪荒，", "日月盈昃辰宿"]
    assert lines[0].line.positions == pytest.approx(range(9))


@pytest.mark.parametrize("goal", ["justified", "ragged", "balanced"])
def test_forced_breaks_end_lines(goal: Goal) -> None:
    assert texts("甲乙\n丙\n\n丁", 9, goal=goal) == ["甲乙\n", "丙\n", "\n", "丁"]


def test_the_line_before_a_forced_break_is_not_filled() -> None:
    lines = set_lines(paragraph(han(13) + "\n" + han(4)), 10)
    assert [line.line.is_natural for line in lines] == [False, True, True]


def test_a_fit_begins_anywhere_and_ends_at_the_next_forced_break() -> None:
    para = paragraph(han(25) + "\n" + han(5))
    assert fit(para, 3, 10, 10) == [13, 23, 26]
    assert fit(para, 26, 10, 10) == [31]


def test_a_first_line_that_is_narrower_takes_less() -> None:
    lines = set_lines(paragraph(han(33)), 10, first=8)
    assert [len(line.text) for line in lines] == [8, 10, 10, 5]
    assert lines[0].line.width == pytest.approx(8)


def test_a_first_line_that_is_wider_takes_more() -> None:
    assert [len(text) for text in texts(han(33), 10, first=13)] == [13, 10, 10]


def test_spaces_around_a_break_are_in_no_line() -> None:
    lines = set_lines(paragraph("word word word"), 5)
    assert [line.text for line in lines] == ["word word ", "word"]
    assert lines[0].line.positions[-1] + LATIN == pytest.approx(5)


@pytest.mark.parametrize("measure", range(4, 20))
def test_a_ragged_text_is_set_as_it_comes(measure: int) -> None:
    lines = set_lines(
        paragraph("天地（玄黄）宇宙，洪荒日月盈昃，辰宿列张。" * 3), measure, goal="ragged"
    )
    assert all(line.line.is_natural for line in lines)
    assert max(line.line.width for line in lines) <= measure + SLACK


def test_a_paragraph_is_fitted_as_a_whole_not_line_by_line() -> None:
    # taking all it can, the first line would leave the second with a gap of half an em
    text = "天地玄黄宇宙洪 international 荒日月盈昃 communication 辰宿"
    chosen = [line.line.gap_em for line in set_lines(paragraph(text), 13)[:-1]]
    para = paragraph(text)
    greedy = fitting._greedy(para, 0, len(para.cells.kinds), 13, 13)
    places = list(pairwise([0, *greedy]))[:-1]
    first_fit = [para.set_line(para.first_content(a), b, 13).gap_em for a, b in places]
    assert max(chosen) <= max(first_fit)


# Words too wide -------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", ["justified", "ragged", "balanced"])
def test_a_word_wider_than_the_measure_stands_alone_in_a_line(goal: Goal) -> None:
    lines = set_lines(paragraph("天地玄黄 incomprehensible 宇宙洪荒"), 5, goal=goal)
    [word] = [line for line in lines if "incomprehensible" in line.text]
    assert word.text == "incomprehensible "
    assert word.line.width == pytest.approx(16 * LATIN)
    assert all(line.line.width <= 5 + SLACK for line in lines if line is not word)


@pytest.mark.parametrize("goal", ["justified", "ragged"])
def test_a_word_that_may_be_divided_fits_any_measure(goal: Goal) -> None:
    para = paragraph("天地玄黄 incomprehensible 宇宙洪荒")
    ends = fit_dividing(para, 0, 5, 5, goal, lambda _cell: True)
    lines = [(para.first_content(a), b) for a, b in pairwise([0, *ends])]
    assert ends[-1] == len(para.cells.kinds)
    assert max(para.narrowest(*line) for line in lines) <= 5 + SLACK
    assert fit_dividing(para, 0, 5, 5, goal, lambda _cell: False) == fit(para, 0, 5, 5, goal)


def test_dividing_leaves_the_paragraph_as_it_was() -> None:
    para = paragraph("天地玄黄 incomprehensible 宇宙洪荒日月", hyphen=HYPHEN)
    wide = fit(para, 0, 14, 14)
    fit_dividing(para, 0, 3, 3, "justified", lambda _cell: True)
    fit(para, 0, 8, 8)
    assert fit(para, 0, 14, 14) == wide


def test_a_measure_of_nothing_still_sets_all_of_the_text() -> None:
    assert "".join(texts("甲，乙 word。", 0.0)) == "甲，乙 word。"
    assert "".join(texts("甲，乙 word。", 0.0, goal="balanced")) == "甲，乙 word。"


# Hyphens --------------------------------------------------------------------------------------


WORDY = "天地玄黄宇宙 communication 洪荒日月盈昃辰宿列张"


@pytest.mark.parametrize("measure", [9, 10, 11])
def test_a_word_is_divided_where_a_line_could_not_be_even_without_it(measure: int) -> None:
    whole, divided = (paragraph(WORDY, hyphen=width) for width in (0.0, HYPHEN))
    loosest = max(line.gap_em for _, line in set_lines(whole, measure))
    lines = set_lines(divided, measure)
    assert [line.hyphen for _, line in lines if line.hyphen] == [HYPHEN]
    assert max(line.gap_em for _, line in lines) < loosest
    assert "".join(line.text for line in lines) == WORDY


def test_no_word_is_divided_where_the_lines_are_even_without_it() -> None:
    text = "天地玄黄宇宙洪，communication 荒日月盈昃 hyphenation辰宿列张"
    lines = set_lines(paragraph(text, hyphen=HYPHEN), 23)
    assert [line.hyphen for _, line in lines] == [0, 0]
    # though a hyphen would do the first line good
    divided = paragraph(text, hyphen=HYPHEN)
    ends = fit(divided, 0, 23, 23, "justified", frozenset(divided.hyphens))
    assert divided.hyphens.keys() & set(ends)


def test_no_word_is_divided_unless_the_rules_say_so() -> None:
    rules = Rules(hyphenate="none")
    whole = set_lines(paragraph(WORDY, rules), 9)
    assert set_lines(paragraph(WORDY, rules, hyphen=HYPHEN), 9) == whole


@pytest.mark.parametrize("goal", ["ragged", "balanced"])
def test_no_word_is_divided_where_lines_are_not_filled(goal: Goal) -> None:
    whole, divided = (paragraph(WORDY, hyphen=width) for width in (0.0, HYPHEN))
    assert set_lines(divided, 9, goal=goal) == set_lines(whole, 9, goal=goal)


def test_a_hyphen_costs_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "天地，玄黄 hyphenation 宇宙。洪荒 communication 日月，盈昃辰" * 6
    found = {}
    for cost in (0.0, fitting.HYPHEN):
        monkeypatch.setattr(fitting, "HYPHEN", cost)
        found[cost] = 0
        for measure in range(9, 30):
            para = paragraph(text, hyphen=HYPHEN)
            ends = fit(para, 0, measure, measure, "justified", frozenset(para.hyphens))
            found[cost] += sum(end in para.hyphens for end in ends)
    assert 0 < found[fitting.HYPHEN] < found[0.0]


def test_a_line_seldom_ends_after_a_written_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "天地玄黄 open-source 宇宙洪荒 long-term 日月盈昃" * 6
    found = {}
    for cost in (0.0, fitting.HYPHEN):
        monkeypatch.setattr(fitting, "HYPHEN", cost)
        lines = [line for measure in range(9, 30) for line in texts(text, measure)]
        found[cost] = sum(line.endswith("-") for line in lines)
    assert 0 < found[fitting.HYPHEN] < found[0.0]


def test_a_line_that_an_address_can_fill_by_parting_its_letters_is_no_loose_one() -> None:
    lines = set_lines(paragraph("报告全文见https://www.example.org/publications/report。"), 9.8)
    assert [line.text for line in lines][1] == "www.example.org/"
    assert 0 < lines[1].line.gap_em <= MOST_TRACKING
    assert lines[1].line.rest == pytest.approx(0)


ADDRESSES = (
    "全文及附件已在中心网站发布，详见：https://www.brigc.net/zcyj/yjkt/202112/t20211217_1234567.html。",
    "各位评审专家提出的意见已上传至ftp.example.org.cn/upload/southsouthcooperation/，请查收。",
    "有关论文已于今年正式发表，见doi:10.1016/j.jclepro.2021.128345，欢迎引用。",
)


@pytest.mark.parametrize("measure", range(14, 27))
@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_parted_before_lines_are_set_loose(text: str, measure: int) -> None:
    lines = [line for _, line in set_lines(paragraph(text), measure)]
    assert max(line.gap_em for line in lines) <= CLREQ.gap_most
    assert max(abs(line.rest) for line in lines if not line.is_natural) == pytest.approx(0)


def test_an_address_stays_whole_between_its_marks_while_lines_are_even() -> None:
    found = texts("全文及附件已在中心网站发布，详见：https://www.brigc.net/zcyj/yjkt/全文。", 18)
    assert found == [
        "全文及附件已在中心网站发布，详见：",
        "https://www.brigc.net/zcyj/yjkt/",
        "全文。",
    ]


def test_an_address_is_parted_rather_than_visibly_spaced() -> None:
    lines = set_lines(paragraph("https://www.example.org/communications/2021"), 14.5)
    assert [line.text for line in lines] == ["https://www.example.org/co", "mmunications/2021"]


def test_a_hyphen_has_its_room_within_the_measure() -> None:
    lines = set_lines(paragraph(WORDY, hyphen=HYPHEN), 9)
    [line] = [line for _, line in lines if line.hyphen]
    assert line.positions[-1] + LATIN + HYPHEN == pytest.approx(9)


# Good lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", range(8, 45))
@pytest.mark.parametrize("lines", [1, 2, 3], ids=lambda lines: f"{ORPHANS}: {lines}")
@pytest.mark.parametrize("end", ["", "。", "！”"])
def test_a_last_line_has_two_characters_at_least(lines: int, measure: int, end: str) -> None:
    set_texts = texts(han(lines * measure + 1) + end, measure)
    assert len(set_texts[-1]) - len(end) == 2


def test_a_last_line_has_as_many_characters_as_the_rules_say() -> None:
    assert len(texts(han(41), 20, rules=Rules(last_line=1))[-1]) == 1
    assert len(texts(han(41), 20, rules=Rules(last_line=4))[-1]) == 4


def test_a_last_line_is_filled_where_that_spares_one_of_a_single_character() -> None:
    assert texts("天地，玄黄，宇宙洪荒，日月。", 13) == ["天地，玄黄，宇宙洪荒，日月。"]


def test_a_paragraph_of_one_character_is_no_runt() -> None:
    assert texts("甲。", 20) == ["甲。"]


def test_beginning_like_the_line_before_costs_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for cost in (0.0, fitting.SAME_HEAD):
        monkeypatch.setattr(fitting, "SAME_HEAD", cost)
        found[cost] = sum(
            one[0] == other[0]
            for measure in range(6, 24)
            for one, other in pairwise(texts("的天，的地，的玄，黄的，宇的宙。" * 9, measure))
        )
    assert found[fitting.SAME_HEAD] < found[0.0]


def test_a_character_is_seldom_parted_from_its_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "天地“玄黄”宇宙，洪荒日“月盈”昃辰宿，列“张寒来”暑往秋。" * 9
    found = {}
    for cost in (0.0, fitting.FORLORN):
        monkeypatch.setattr(fitting, "FORLORN", cost)
        found[cost] = sum(
            one[-2] == "“" or other[1] == "”"
            for measure in range(10, 30)
            for one, other in pairwise(texts(text, measure))
        )
    assert found[fitting.FORLORN] < found[0.0] / 3


@pytest.mark.parametrize("measure", range(28, 40, 2))
def test_no_line_of_usual_length_is_one_that_would_be_reported_as_loose(measure: int) -> None:
    text = "天地玄黄 CLREQ 宇宙洪荒，日月盈昃 international 辰宿列张。" * 6
    lines = set_lines(paragraph(text), measure)
    assert max(line.line.gap_em for line in lines) <= CLREQ.loose


# Headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [4, 5, 8, 13, 20])
@pytest.mark.parametrize("count", range(5, 61, 4), ids=lambda count: f"{HEADINGS}: {count}")
def test_a_balanced_heading_has_lines_of_about_one_length(
    count: int, measure: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "break_costs", lambda _text, kinds, _terms: [0.0] * len(kinds))
    text = han(count)
    lengths = [len(line) for line in texts(text, measure, goal="balanced")]
    assert sum(lengths) == count
    assert len(lengths) == -(-count // measure)
    if len(lengths) <= fitting.HEADLINE_LINES:
        assert max(lengths) - min(lengths) <= 1


def test_a_balanced_heading_of_a_single_line_stays_one() -> None:
    assert texts(han(10), 10, goal="balanced") == [han(10)]


def test_a_balanced_heading_that_is_very_long_is_set_as_it_comes() -> None:
    lengths = [len(line) for line in texts(han(131), 10, goal="balanced")]
    assert lengths == [10] * 13 + [1]


@given(
    st.text(alphabet="天地玄黄宇宙，。：“”（）aB1 ", min_size=4, max_size=60), st.integers(4, 20)
)
def test_a_balanced_heading_takes_no_more_lines_than_a_greedy_one(text: str, measure: int) -> None:
    para = paragraph(text)
    count = len(para.cells.kinds)
    greedy = fitting._greedy(para, 0, count, measure, measure)
    assert len(fit(para, 0, measure, measure, "balanced")) == len(greedy)


def test_a_balanced_heading_keeps_the_prohibitions() -> None:
    assert texts("天地玄黄，宇宙洪荒", 7, goal="balanced") == ["天地玄黄，", "宇宙洪荒"]


def test_a_balanced_heading_takes_a_first_line_that_is_narrower() -> None:
    lengths = [len(line) for line in texts(han(20), 10, first=4, goal="balanced")]
    assert lengths[0] <= 4
    assert len(lengths) == 3
