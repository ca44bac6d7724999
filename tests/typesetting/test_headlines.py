"""Headlines as they are divided, beside what a sub-editor accepts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from bench.typesetting.headlines import rows, titles
from hypothesis import given
from hypothesis import strategies as st

from composing import CLREQ, cells, paragraph
from newsletter.typesetting import fitting
from newsletter.typesetting.fitting import EPSILON, fit
from newsletter.typesetting.paragraph import Paragraph

HERE = Path(__file__).parent
HEADLINES = yaml.safe_load((HERE / "headlines.yaml").read_text("utf-8"))
CASES = [
    pytest.param(text, measure, accepted, ways.get("terms", ()), id=f"{measure} em: {text}")
    for text, ways in HEADLINES.items()
    for measure, accepted in ways.items()
    if measure != "terms"
]
FEWEST_HEADLINES = 40
SCRAPS = [
    *("绿色", "发展", "委员会", "的", "在", "和", "举行", "“一带一路”", "《展望》", "山", "2021年"),
    *("，", "：", "——", "、", "（摘要）", "COP15", " ", "张琰", "低碳"),
]
COPIES = st.lists(st.sampled_from(SCRAPS), min_size=2, max_size=16).map("".join)


def divided(text: str, measure: float, terms: tuple[str, ...] = (), first: float = 0.0) -> str:
    """Return a headline with a solidus between its lines."""
    found = cells(text)
    found.terms = frozenset(terms)
    ends = fit(Paragraph(found, CLREQ), 0, first or measure, measure, "balanced")
    return "/".join("".join(found.characters[a:b]) for a, b in pairwise([0, *ends]))


@pytest.mark.parametrize(("text", "measure", "accepted", "terms"), CASES)
def test_a_headline_is_divided_as_a_sub_editor_would(
    text: str, measure: int, accepted: list[str], terms: tuple[str, ...]
) -> None:
    assert divided(text, measure, terms) in accepted


@pytest.mark.parametrize(("text", "measure", "accepted", "terms"), CASES)
def test_what_is_accepted_can_be_set(
    text: str, measure: int, accepted: list[str], terms: tuple[str, ...]
) -> None:
    para = paragraph(text)
    fewest = len(fitting._greedy(para, 0, len(para.cells.kinds), measure, measure))
    for way in accepted:
        lines = way.split("/")
        assert "".join(lines) == text
        assert len(lines) == fewest
        assert all(paragraph(line).width(0, len(line)) <= measure + EPSILON for line in lines)


def test_there_are_forty_headlines_at_two_measures_each() -> None:
    assert len(HEADLINES) >= FEWEST_HEADLINES
    assert len(CASES) == 2 * len(HEADLINES)


def test_nine_unseen_headlines_in_ten_are_divided_as_a_sub_editor_would() -> None:
    unseen = yaml.safe_load((HERE / "headlines_unseen.yaml").read_text("utf-8"))
    cases = [(text, *way) for text, ways in unseen.items() for way in ways.items()]
    good = sum(divided(text, measure) in accepted for text, measure, accepted in cases)
    assert len(cases) == 20
    assert good >= 18


def test_a_dash_that_opens_a_subtitle_begins_the_second_line() -> None:
    text = "给地球系上“绿”丝带——推进全球环境治理的绿色“一带一路”"
    for measure in (20, 22, 25, 28):
        assert divided(text, measure) == text.replace("——", "/——")


def test_a_first_line_that_is_narrower_is_divided_by_meaning_too() -> None:
    text = "全国碳市场累计成交额突破百亿元"
    assert divided(text, 10, first=6) == "全国碳市场/累计成交额突破百亿元"


@given(COPIES, st.integers(3, 20))
def test_all_text_is_kept_in_as_few_lines_as_can_be(text: str, measure: int) -> None:
    para = paragraph(text)
    way = divided(text, measure)
    assert way.replace("/", "") == "".join(para.cells.characters)
    fewest = fitting._greedy(para, 0, len(para.cells.kinds), measure, measure)
    assert way.count("/") + 1 == len(fewest)


@given(COPIES, st.integers(3, 20))
def test_one_character_stands_alone_only_where_it_must(text: str, measure: int) -> None:
    para = paragraph(text)
    ends = fit(para, 0, measure, measure, "balanced")
    fewest = len(ends)
    if fewest > fitting.HEADLINE_LINES or not is_lonely(para, ends):
        return
    breaks = [end for end in para.breaks if end < ends[-1]] + [ends[-1]]
    reached = {0}
    for _ in range(fewest):
        reached = {
            end
            for origin in reached
            for end in breaks
            if end > origin
            and para.width(para.first_content(origin), end) <= measure + EPSILON
            and not is_lonely(para, [end], origin)
        }
    assert ends[-1] not in reached


def is_lonely(para: Paragraph, ends: list[int], start: int = 0) -> bool:
    return any(para.counted[b] - para.counted[a] < 2 for a, b in pairwise([start, *ends]))


def test_titles_are_cut_hardly_more_often_than_their_lines_force() -> None:
    whole = list(rows(titles(HERE / "titles_2021.txt")))[-1]
    by_length, by_meaning, unavoidable = (int(cell.split()[0]) for cell in whole[-3:])
    assert by_length > 10 * by_meaning
    assert by_meaning <= 1.2 * unavoidable


def test_a_line_ends_with_no_piece_of_a_clause() -> None:
    text = "索尔海姆：中国是全球最大的可再生能源投资国"
    assert divided(text, 20) == "索尔海姆：中国是全球最大的/可再生能源投资国"
