"""What is told of lines that were set: each fault seen and not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from weasyprint import HTML

from newsletter.diagnostics import Place, entry
from newsletter.render import LINE_PROBLEMS, _keep_system_fonts_out, _line_problem, _too_high
from newsletter.typesetting.inspection import Fault, SetLine, evenness, inspect
from newsletter.typesetting.rules import Rules

FONT = next(Path(__file__).resolve().parents[2].glob("fonts/*/*-Regular.otf")).as_uri()
LINE = SetLine(
    page=3,
    origin="articles/one.yaml:12",
    article="one",
    paragraph=0,
    text="绿色发展共同的路",
    stretch=0.0,
    lack=0.0,
    counted=8,
    is_first=False,
    is_last=False,
    white=(),
    x_mm=20,
    baseline_mm=40,
    width_mm=81,
)


def names(*lines: SetLine) -> list[str]:
    return [fault.name for fault in inspect(lines, Rules())]


def test_good_lines_have_no_fault() -> None:
    assert names(LINE, LINE, replace(LINE, is_last=True)) == []


def test_a_line_is_loose_above_the_limit_and_not_at_it() -> None:
    assert names(replace(LINE, stretch=0.1)) == []
    assert names(replace(LINE, stretch=0.11), replace(LINE, stretch=0.2)) == ["loose"]


def test_a_last_line_of_one_character_is_a_runt_but_not_in_a_paragraph_of_one_line() -> None:
    last = replace(LINE, is_last=True, counted=1)
    assert names(LINE, last) == ["runt"]
    assert names(replace(last, is_first=True)) == []
    assert names(LINE, replace(last, counted=2)) == []


def test_white_through_four_lines_is_a_river_and_through_three_is_none() -> None:
    wet = replace(LINE, white=((4.0, 4.8),))
    assert names(wet, wet, wet) == []
    assert names(wet, wet, wet, wet) == ["river"]
    assert names(wet, wet, replace(wet, page=4), replace(wet, page=4)) == []
    beside = replace(LINE, white=((8.0, 8.8),))
    assert names(wet, wet, beside, wet) == []


def test_short_and_overset_lines_are_told() -> None:
    assert names(replace(LINE, lack=0.5)) == ["short"]
    assert names(replace(LINE, lack=-0.5)) == ["overset"]


def test_evenness_counts_the_filled_lines() -> None:
    found = evenness([LINE, replace(LINE, stretch=0.2), replace(LINE, is_last=True)], (0.1,))
    assert (found.lines, found.above, found.largest) == (2, ((0.1, 0.5),), 0.2)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("loose", "N802"),
        ("runt", "N803"),
        ("river", "N804"),
        ("overset", "N805"),
        ("short", "N806"),
    ],
)
def test_a_fault_is_told_with_its_page_and_line(name: str, code: str) -> None:
    problem = _line_problem(Fault(name, LINE, 2, 0.31))  # type: ignore[arg-type]
    assert problem.code == code == LINE_PROBLEMS[name]
    assert problem.place == Place("articles/one.yaml", 12)
    assert problem.values["article"] == "one"
    assert "3" in problem.message("zh")
    assert "…" not in problem.message("en")
    assert entry(code).severity == "warning"


def test_text_higher_than_its_box_is_told() -> None:
    _keep_system_fonts_out()
    html = (
        f"<style>@font-face {{ font-family: S; src: url({FONT}) }}</style>"
        '<div data-at="one.yaml:3" style="height: 20pt; font: 10pt/18pt S">a<br>b<br>c</div>'
    )
    document = HTML(string=html).render()
    found = list(_too_high(document))
    assert [(problem.code, problem.place) for problem in found] == [("N807", Place("one.yaml", 3))]
    assert list(_too_high(HTML(string=html.replace("20pt", "200pt")).render())) == []
