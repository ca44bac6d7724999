"""What an extractor made of a text: each difference is counted as what it is."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.typesetting.extraction import Difference, Fidelity, compare


@pytest.mark.parametrize(
    ("source", "extraction"),
    [
        ("天地玄黄", "天地玄黄\f"),
        ("天地\n玄黄", "天地\r\n玄黄\r\n"),
        ("天地\n玄黄", "天地玄黄"),
        ("Git \nHub", "Git\nHub"),
        ("Git \nHub", "Git Hub"),
        ("第一段\n第二段", "第一段\n\n\n第二段"),
    ],
)
def test_line_ends_of_the_page_are_no_characters(source: str, extraction: str) -> None:
    assert compare(source, extraction) == []


@pytest.mark.parametrize(
    ("source", "extraction", "kind"),
    [
        ("天地玄黄", "天地黄", "lost"),
        ("天地玄黄", "天地玄玄黄", "gained"),
        ("天地玄黄", "天地元黄", "changed"),
        ("用 Git", "用Git", "space lost"),
        ("Git \nHub", "GitHub", "space lost"),
        ("天地玄黄", "天地 玄黄", "space gained"),
        ("天地玄黄", "天地\n玄黄", "line end gained"),
    ],
)
def test_a_difference_is_counted_as_what_it_is(source: str, extraction: str, kind: str) -> None:
    (found,) = compare(source, extraction)
    assert (found.kind, found.count) == (kind, 1)


def test_a_difference_is_shown_with_what_stands_around_it() -> None:
    (found,) = compare("天地玄黄宇宙", "天地玄 黄宇宙")
    assert found == Difference("space gained", 1, "天地玄黄宇宙", "天地玄 黄宇宙")


def test_figures_add_up_and_a_note_remains() -> None:
    absent = Fidelity(note="not measured: mutool is not installed")
    assert str(Fidelity().plus(Fidelity())) == "−0 +0 ≠0 ␣−0 ␣+0 ⏎+0"
    assert str(Fidelity().plus(absent)) == absent.note
