"""Handmade lines: each fault is seen, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.typesetting import judge
from bench.typesetting.drawn import Glyph, Line

EM = 10.0


def line_of(text: str, start: float = 0, gap: float = 0) -> Line:
    """Return a line with `gap` em after every glyph; Latin is half an em wide."""
    glyphs, x = [], start * EM
    for character in text:
        advance = EM / 2 if character.isascii() else EM
        glyphs.append(Glyph(character, x, advance, EM))
        x += advance + gap * EM
    return Line(1, 0, tuple(glyphs))


def lines_of(broken: str) -> list[Line]:
    return [line_of(text) for text in broken.split("|")]


def rules_broken(broken: str, source: str | None = None, measure: float = 20) -> list[str]:
    """Return the rules that are broken by a text broken at each |."""
    written = broken.replace("|", "") if source is None else source
    return [fault.rule for fault in judge.faults(lines_of(broken), written, measure * EM)]


@pytest.mark.parametrize("mark", "、，；：。！？）】》〉」』”’—–～·")
def test_no_closing_mark_begins_a_line(mark: str) -> None:
    assert rules_broken(f"天地|{mark}人") == ["line start"]
    assert rules_broken(f"天地{mark}|人") == []


@pytest.mark.parametrize("mark", "（【《〈「『“‘")
def test_no_opening_mark_ends_a_line(mark: str) -> None:
    assert rules_broken(f"天{mark}|地") == ["line end"]
    assert rules_broken(f"天|{mark}地") == []


@pytest.mark.parametrize("mark", "—…")
def test_a_doubled_mark_may_begin_a_line_but_is_not_split(mark: str) -> None:
    assert rules_broken(f"天{mark}|{mark}地") == ["split mark"]
    assert rules_broken(f"天|{mark}{mark}地") == []
    assert rules_broken(f"天{mark}{mark}|地") == []


@pytest.mark.parametrize(
    "broken", ["用Git|Hub写", "约3,|200元", "约3.|5元", "占42|%的", "don’|t", "PM2|.5高", "a_|b"]
)
def test_no_word_and_no_number_is_split(broken: str) -> None:
    assert rules_broken(broken) == ["split word"]


@pytest.mark.parametrize("broken", ["用|GitHub写", "well-|known", "在a.|b里", "a/|b", "在a|.b里"])
def test_a_word_may_be_broken_from_its_neighbours(broken: str) -> None:
    assert rules_broken(broken) == []


def test_a_word_wider_than_the_measure_has_to_be_split() -> None:
    assert rules_broken("abcdef|ghijkl", measure=3) == ["split long word"]


@pytest.mark.parametrize(
    "broken", ["https://exa|mple.org", "发到err|ata@example.cn", "见10.1000/ab|cd"]
)
def test_an_address_that_is_parted_has_a_name_of_its_own(broken: str) -> None:
    assert rules_broken(broken) == ["split address"]
    assert rules_broken(broken, measure=3) == ["split long word"]


def test_a_space_at_which_a_line_was_broken_is_not_drawn() -> None:
    assert rules_broken("Git|Hub", "Git Hub") == []
    assert judge.breaks(["Git", "Hub 天"], "Git Hub天") == [4]
    assert judge.as_broken(lines_of("Git|Hub"), "Git Hub") == "Git \nHub"


def test_a_hyphen_that_was_added_at_the_end_is_known() -> None:
    assert judge.breaks(["hyphen-", "ation"], "hyphenation") == [6]


def test_text_that_is_not_as_written_is_told() -> None:
    assert rules_broken("天地|人", "天地入") == ["text"]
    assert rules_broken("天地", "天地人") == ["text"]


def test_a_fault_shows_the_place() -> None:
    (fault,) = judge.faults(lines_of("天地玄黄|，宇宙"), "天地玄黄，宇宙", 4 * EM)
    assert fault == judge.Fault("line start", 0, "天地玄黄|，宇宙")


# Evenness -----------------------------------------------------------------------------------


def test_the_stretch_is_what_stands_between_ideographs() -> None:
    assert judge.stretch(line_of("天地玄黄", gap=0.1)) == pytest.approx(0.1)
    assert judge.stretch(line_of("天地玄黄")) == 0
    assert judge.stretch(line_of("天，A黄", gap=0.1)) is None


def test_a_drawn_space_does_not_hide_a_stretch() -> None:
    assert judge.stretch(line_of("天 地")) == pytest.approx(0.5)


def test_a_wide_space_is_seen() -> None:
    assert judge.widest_space(line_of("ab cd")) == pytest.approx(0.5)
    assert judge.widest_space(line_of("天ab", gap=0.25)) == pytest.approx(0.25)
    assert judge.widest_space(line_of("天，ab")) == 0


def test_a_squeezed_mark_is_seen_two_marks_in_a_row_are_not() -> None:
    comma, stop = Glyph("，", 10, 10, EM), Glyph("”", 15, 10, EM)
    first, last = Glyph("天", 0, 10, EM), Glyph("地", 17, 10, EM)
    assert judge.squeeze(Line(1, 0, (first, comma, last))) == pytest.approx(0.3)
    assert judge.squeeze(Line(1, 0, (first, comma, stop))) == 0


def edges(*found: Line, measure: float, hanging: bool = False) -> list[float]:
    judged = judge.evenness(found, measure * EM, EM, hanging=hanging)
    return [round(line.edge, 6) for line in judged]


def test_a_line_that_is_short_or_long_is_not_flush() -> None:
    full, last = line_of("天地玄黄"), line_of("宇")
    assert edges(full, last, measure=4) == [0, 0]
    assert edges(full, last, measure=5) == [1, 0]
    assert edges(full, last, measure=3) == [1, 0]
    short, _ = judge.evenness([full, last], 4.03 * EM, EM)
    assert not short.is_flush


def test_a_last_line_may_be_short_but_not_long() -> None:
    assert edges(line_of("天地玄黄"), measure=9) == [0]
    assert edges(line_of("天地玄黄"), measure=3) == [1]


def test_only_a_first_line_is_indented() -> None:
    first, second = line_of("天地", start=2), line_of("玄黄宇", start=1)
    assert edges(first, second, measure=4) == [0, 1]


def test_a_hanging_stop_is_no_fault_where_it_may_hang() -> None:
    hung, last = line_of("天地玄黄，"), line_of("宇宙")
    assert edges(hung, last, measure=4) == [0.5, 0]
    assert edges(hung, last, measure=4, hanging=True) == [0, 0]


# Ends ---------------------------------------------------------------------------------------


def test_a_last_line_of_one_character_is_a_runt() -> None:
    assert judge.is_runt(lines_of("天地玄黄|了。”"))
    assert not judge.is_runt(lines_of("天地玄黄|好了。"))
    assert not judge.is_runt(lines_of("了。"))
