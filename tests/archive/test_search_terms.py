"""What of a text is compared, and what a query is taken apart into."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.query import parse, traditional
from newsletter.archive.terms import BREAK, clean, flowing, located, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＣＯ２", "co2"),
        ("Green ＤＥＶＥＬＯＰＭＥＮＴ", "green development"),
        ("何塞·卡斯特罗", "何塞・卡斯特罗"),
        ("何塞•卡斯特罗", "何塞‧卡斯特罗"),
        ("何塞·卡斯特罗", "何塞卡斯特罗"),
        ("“一带一路”绿色", "一带一路绿色"),
        ("《巴黎协定》", "巴黎协定"),
        ("绿 色", "绿色"),
        ("绿\u3000色", "绿色"),
        ("绿\u200b色", "绿色"),
        ("绿色，低碳", "绿色、低碳"),
        ("1.5℃", "1.5°C"),
        ("Café", "Cafe\u0301"),
        ("green-finance", "green finance"),
    ],
)
def test_spellings_of_one_thing_are_one(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国，美", "国美"),
        ("标题\n正文", "标题正文"),
        ("綠", "绿"),
        ("green development", "greendevelopment"),
        ("2021", "20 21"),
        ("café", "cafe"),
    ],
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_characters_are_terms_letters_and_digits_are_runs() -> None:
    assert terms("BRIGC2021年，绿色PM2.5") == [
        "brigc", "2021", "年", BREAK, "绿", "色", "pm", "2", BREAK, "5",
    ]  # fmt: skip


def test_a_rare_character_is_a_term_like_any_other() -> None:
    assert terms("𪚥\U00031350") == ["𪚥", "\U00031350"]


def test_the_end_of_a_printed_line_is_no_break() -> None:
    assert terms(flowing("绿\n色")) == ["绿", "色"]


@given(st.text())
def test_no_break_stands_at_an_end_or_beside_another(text: str) -> None:
    found = terms(text)
    assert BREAK not in (*found[:1], *found[-1:])
    assert (BREAK, BREAK) not in itertools.pairwise(found)


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFFF)))
def test_located_terms_are_the_terms(text: str) -> None:
    kept = clean(text)
    found = list(located(kept))
    assert all(0 <= a.start <= a.end <= len(kept) for a in found)
    assert all(a.start <= b.start for a, b in itertools.pairwise(found))


@given(st.text(alphabet="绿色，。·“”ABCａ１2é \n-"))
def test_located_terms_are_the_terms_of_ordinary_text(text: str) -> None:
    found = [item.term for item in located(clean(text))]
    assert (found[:-1] if found[-1:] == [BREAK] else found) == terms(text)


def typed(query: str) -> tuple[list[str], list[str]]:
    found = parse(query)
    return [w.typed for w in found.wanted], [w.typed for w in found.unwanted]


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ("绿色 合作", ["绿色", "合作"], []),
        ("绿色　合作", ["绿色", "合作"], []),
        ('"绿色 合作"', ["绿色 合作"], []),
        ("“绿色 合作”", ["绿色 合作"], []),
        ("「绿色」", ["绿色"], []),
        ("共建“一带一路”倡议", ["共建", "一带一路", "倡议"], []),
        ("绿色 -北京", ["绿色"], ["北京"]),
        ("绿色 －“北京 会议”", ["绿色"], ["北京 会议"]),
        ("COVID-19", ["COVID-19"], []),
        ("绿色 - 北京", ["绿色", "北京"], []),
        ("绿色 绿色", ["绿色"], []),
        ('"没有完', ["没有完"], []),
        ("，。！", [], []),
        ("", [], []),
        ("-北京", [], ["北京"]),
        ("title:绿 OR * ^a", ["title:绿", "OR", "a"], []),
    ],
)
def test_a_query_is_taken_apart(query: str, wanted: list[str], unwanted: list[str]) -> None:
    found = typed(query)
    assert ([word.lstrip("^") for word in found[0]], found[1]) == (wanted, unwanted)


@given(st.text())
def test_any_query_can_be_taken_apart(query: str) -> None:
    parse(query)


def test_traditional_characters_are_told_from_simplified_and_common_ones() -> None:
    assert traditional("綠色發展 绿色发展 GREEN") == "綠發"
