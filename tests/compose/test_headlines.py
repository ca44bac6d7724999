"""Headlines in even lines."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.compose.headlines import even_measure, width_em


@pytest.mark.parametrize(
    ("text", "width"), [("绿色发展", 4), ("“一带”", 4), ("2021", 2.24), ("", 0), ("绿色——", 4)]
)
def test_a_chinese_character_is_an_em_wide_and_a_latin_one_about_half(
    text: str, width: float
) -> None:
    assert width_em(text) == pytest.approx(width)


def test_a_headline_of_one_line_keeps_the_measure() -> None:
    assert even_measure("短标题", 26.5) == 26.5


def test_two_lines_share_the_words() -> None:
    assert even_measure("绿" * 30, 26.5) == 16


@given(st.text("绿色发展ab2，“”—", max_size=120), st.floats(8, 60))
def test_even_lines_fit_the_measure_and_are_no_more_than_it_asks_for(
    text: str, measure: float
) -> None:
    even = even_measure(text, measure)
    assert even <= measure
    assert math.ceil(width_em(text) / even) <= math.ceil(width_em(text) / (measure - 1))
