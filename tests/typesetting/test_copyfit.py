"""Copy-fit: lines needed and characters over, estimated without fonts."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter.typesetting.copyfit import SPACE, WIDTHS, Fit, fit_text
from newsletter.typesetting.fitting import Goal
from newsletter.typesetting.rules import Rules

SERIF = Path(__file__).parents[2] / "fonts" / "noto-serif-sc" / "NotoSerifSC-Regular.otf"
RULES = Rules()
GOALS: tuple[Goal, ...] = ("ragged", "justified")


def over(text: str, measure: float, lines: int = 1, goal: Goal = "ragged") -> int:
    return fit_text(text, measure, lines, RULES, goal=goal).characters_over


@pytest.mark.parametrize(
    ("text", "measure", "lines", "found"),
    [
        ("", 10, 1, Fit(0, 0, 0)),
        ("  ", 10, 1, Fit(0, 0, 0)),
        ("甲乙丙丁", 4, 1, Fit(1, 0, 0)),
        ("甲乙丙丁", 3.9, 1, Fit(2, 1, 1)),
        ("甲乙丙丁戊", 2, 2, Fit(3, 1, 1)),
        ("甲" * 30, 10, 1, Fit(3, 2, 20)),
        ("甲" * 67, 10, 3, Fit(7, 4, 37)),
    ],
)
def test_chinese_is_counted_character_by_character(
    text: str, measure: float, lines: int, found: Fit
) -> None:
    assert fit_text(text, measure, lines, RULES) == found


def test_a_mark_gives_its_white_away_at_the_end_of_a_line() -> None:
    assert over("甲乙丙。", 3.5) == 0
    assert over("甲乙丙。", 3.4) == 1


def test_a_mark_takes_a_character_along_to_the_next_line() -> None:
    assert fit_text("甲乙丙丁戊己庚辛", 4, 2, RULES) == Fit(2, 0, 0)
    assert fit_text("甲乙丙丁，戊己庚辛", 4, 2, RULES) == Fit(3, 1, 2)


def test_a_justified_line_squeezes_its_marks() -> None:
    text = "甲，乙，丙，丁戊"
    assert over(text, 7, goal="ragged") == 1
    assert over(text, 7, goal="justified") == 0


def test_two_marks_in_a_row_share_their_white() -> None:
    assert over("《甲》（乙）", 4.5) == 0
    assert over("《甲》（乙）", 4.4) > 0


def test_latin_takes_about_half_an_em_and_a_gap_beside_chinese() -> None:
    assert over("COP", 3 * 0.70) == 0
    assert over("COP", 3 * 0.70 - 0.01) > 0
    digits = 4 * WIDTHS["0123456789"]
    assert over("甲2021乙", 2 + digits + 2 * RULES.latin_gap) == 0
    assert over("甲2021乙", 2 + digits + 2 * RULES.latin_gap - 0.01) > 0


@pytest.mark.parametrize("mark", "…·“”；！％：（）　々〇①℃～")
def test_what_stands_in_chinese_text_has_a_full_em(mark: str) -> None:
    assert over(f"甲{mark}乙", 3) == 0
    assert over(f"甲{mark}乙", 2.9) > 0


def test_a_dash_and_an_ellipsis_have_two() -> None:
    for mark in ("——", "……"):
        assert over(f"甲{mark}乙", 4) == 0
        assert over(f"甲{mark}乙", 3.9) > 0


def test_accents_and_invisible_characters_add_nothing() -> None:
    plain = fit_text("resume" * 9, 3, 1, RULES)
    assert fit_text("résumé" * 9, 3, 1, RULES) == plain
    assert over("甲íí乙", 2.5 + 2 * 0.33) == 0
    assert fit_text("re\u0301sume\u0301" * 9, 3, 1, RULES) == plain


def test_spaces_are_neither_set_beside_chinese_marks_nor_counted() -> None:
    assert over("甲 ，乙", 3) == 0
    assert over("甲乙 丙　丁\u00a0戊", 2) == 3


def test_spaces_fold_into_one() -> None:
    assert fit_text("ab   \n cd", 3, 1, RULES) == fit_text("ab cd", 3, 1, RULES)
    assert over("a    b", 0.59 * 2 + SPACE) == 0
    assert over("a b", 0.59 * 2 + SPACE - 0.01) > 0


def test_a_word_is_not_divided_unless_no_line_can_hold_it() -> None:
    assert fit_text("甲乙newsletter丙丁", 6.7, 3, RULES).lines_needed == 3
    assert fit_text("n" * 30, 5.9, 1, RULES) == Fit(3, 2, 20)


def test_a_torn_word_is_squeezed_only_where_it_is_justified() -> None:
    text = "n" * 20 + "甲，乙，丙，丁戊"
    needed = [fit_text(text, 7, 1, RULES, goal=goal).lines_needed for goal in GOALS]
    assert needed == [4, 3]


def test_what_is_cut_in_the_middle_of_a_quotation_still_fits() -> None:
    """A Latin quotation mark without its partner is a Chinese one, which is wider."""
    assert fit_text("甲 ab “cd", 4.5, 1, RULES).lines_needed == 2
    assert fit_text("甲 ab “c", 4.5, 1, RULES).lines_needed == 1
    assert over("甲 ab “cd ef” gh", 4.5) == len("def”gh")


def test_the_rules_of_the_layout_count() -> None:
    narrow = Rules(pair_width=1)
    assert fit_text("甲，《乙", 3.4, 1, narrow).lines_over == 0
    assert fit_text("甲，《乙", 3.4, 1, RULES).lines_over == 1


@pytest.mark.parametrize(("group", "width"), [*WIDTHS.items(), (" ", SPACE)])
def test_the_widths_are_those_of_the_serif(group: str, width: float) -> None:
    with TTFont(SERIF, lazy=True) as font:
        glyphs, metrics = font.getBestCmap(), font["hmtx"]
        advances = [metrics[glyphs[ord(c)]][0] / font["head"].unitsPerEm for c in group]
    assert mean(advances) == pytest.approx(width, abs=0.0051)


TEXTS = st.text(st.sampled_from("甲乙丙丁，。“”《》（）—…·aim W2021%-/　"), max_size=60)
MEASURES = st.integers(min_value=2, max_value=40)


@given(
    text=TEXTS,
    measure=MEASURES,
    lines=st.integers(min_value=1, max_value=5),
    goal=st.sampled_from(["ragged", "justified"]),
)
@example(text="W　0", measure=2, lines=1, goal="ragged")
@example(text="“一带一路”绿色发展" * 6, measure=7, lines=3, goal="ragged")
def test_what_is_left_when_the_characters_over_have_gone_fits(
    text: str, measure: int, lines: int, goal: Goal
) -> None:
    fit = fit_text(text, measure, lines, RULES, goal=goal)
    assert fit.lines_over == max(0, fit.lines_needed - lines)
    assert bool(fit.characters_over) == bool(fit.lines_over)
    left = list(text)
    for _ in range(fit.characters_over):
        while left[-1].isspace():
            left.pop()
        left.pop()
    again = fit_text("".join(left), measure, lines, RULES, goal=goal)
    assert again.lines_over == 0


@given(text=TEXTS, measure=MEASURES)
def test_a_wider_measure_never_needs_more_lines(text: str, measure: int) -> None:
    narrow = fit_text(text, measure, 1, RULES).lines_needed
    assert fit_text(text, measure + 1, 1, RULES).lines_needed <= narrow
