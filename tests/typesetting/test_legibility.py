"""Texts that cannot be read: too small, too faint, printed over each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.diagnostics import Diagnostic
from newsletter.render import render
from newsletter.typesetting.legibility import Printed, illegible, ratio
from newsletter.typesetting.seam.printed import texts_of
from workshop import SQUARE, STYLE, Workshop, issue_2021, specimen_pages

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
CODES = frozenset({"N808", "N809", "N810"})


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def found(shop: Workshop, css: str) -> list[Diagnostic]:
    shop.set_up(style=STYLE + css, parts={"square.svg": SQUARE})
    return [problem for problem in shop.render().findings if problem.code in CODES]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("article p { font-size: 4.9pt }", [("N808", "p")]),
        ("article p { font-size: 5pt }", []),
        ("article p { color: #777 }", [("N810", "p")]),
        ("article p { color: #767676 }", []),
        ("article p { color: #949494; font-size: 18pt; line-height: 24pt }", []),
        ("article p { color: #959595; font-size: 18pt; line-height: 24pt }", [("N810", "p")]),
        ("article { background: #222 } article * { color: #fff }", []),
        ("article { background: #222 }", [("N810", "h2"), ("N810", "p")]),
        ("article { background: url(square.svg) } article * { color: #fff }", []),
        ("@page { background: #222 } html { color: #fff }", []),
        ("article h2 { font-size: 60pt }", [("N809", "p")]),
        ("article h2 { height: 4pt; font-size: 12pt }", [("N809", "h2")]),
        ("article h2 { font-size: 60pt; line-height: 70pt }", []),
    ],
)
def test_a_text_that_cannot_be_read_is_told_with_its_element(
    shop: Workshop, css: str, expected: list[tuple[str, str]]
) -> None:
    problems = found(shop, css)
    told = {(problem.code, str(problem.values["element"])) for problem in problems}
    assert {code for code, _ in told} == {code for code, _ in expected}
    if expected and expected[0][0] != "N809":
        assert told == set(expected)
    assert all(problem.message("zh") and problem.hint_text("en") for problem in problems)


def test_white_on_what_is_no_ancestor_is_not_judged(shop: Workshop) -> None:
    css = "article { position: relative } article::before { content: ''; position: absolute;"
    css += "top: 0; left: 0; right: 0; height: 99pt; background: #222 } article * { color: #fff }"
    assert found(shop, css) == []


def test_each_kind_of_element_is_told_once(shop: Workshop) -> None:
    shop.write_article("一段。\n\n又一段。\n\n再一段。")
    [problem] = found(shop, "article p { color: #999 }")
    assert problem.values["count"] == 3


def test_the_dots_of_a_leader_are_no_text(shop: Workshop) -> None:
    [problem] = found(shop, 'article p::after { content: leader(" . ") "9"; color: #999 }')
    assert (problem.code, problem.values["count"]) == ("N810", 1)


def test_nothing_is_told_of_the_house() -> None:
    for pages in (specimen_pages(), render(issue_2021())):
        assert list(illegible(texts_of(pages.document))) == []


def text(left: float, baseline: float, size: float, line: int) -> Printed:
    return Printed(1, "", f"p{line}", "字", line, left, baseline, size, size, 400, BLACK, WHITE)


@pytest.mark.parametrize(
    ("one", "two", "covers"),
    [
        (text(0, 10, 10, 1), text(0, 20, 10, 2), False),
        (text(0, 10, 10, 1), text(0, 13, 10, 2), True),
        (text(0, 10, 10, 1), text(9.5, 10, 10, 2), False),
        (text(0, 10, 10, 1), text(2, 12, 10, 1), False),
        (text(0, 100, 90, 1), text(40, 80, 8, 2), True),
        (text(0, 10, 10, 1), text(5, 10, 10, 2)._replace(text="《字》", width=20), False),
        (text(0, 10, 10, 1), text(1, 10, 10, 2)._replace(text="《字》", width=20), True),
    ],
)
def test_texts_cover_each_other_where_they_share_a_third(
    one: Printed,
    two: Printed,
    covers: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert bool(list(illegible([one, two]))) == covers
    assert bool(list(illegible([two, one]))) == covers


def test_contrast_is_that_of_the_guidelines() -> None:
    grey = (118 / 255,) * 3
    assert ratio(BLACK, WHITE) == pytest.approx(21)
    assert ratio(WHITE, grey) == pytest.approx(4.54, abs=0.005)
