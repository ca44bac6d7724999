"""Paths that are seen to be sound in one pass are those that are found sound letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.pictures.svg import values

PIECES = [
    *"MmZzLlHhVvCcSsQqTtAa",
    *("1 ", "-2.5,", ".5", "1e5 ", "5. ", " ", ",", "0 0 ", "x", "#", "\f", "\u0663 "),
    *("12345678", "123456789 ", ".123456789 "),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
    | st.from_regex(r"M(0 ){2}([LCQSTHVZ]( -?[0-9.]{1,3}){1,6}){0,4}", fullmatch=True)
)
def test_the_verdict_is_the_same(path: str) -> None:
    at_once = values._is_path(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "_USUAL_PATH", re.compile(r"(?!)"))
        assert values._is_path(path) == at_once


def test_a_usual_path_is_seen_at_once() -> None:
    assert values._USUAL_PATH.fullmatch("M0 0L5 5C1 2 3 4 5 6S1 2 3 4H5v-6A1 1 0 0 0 5 5Z")
    assert not values._USUAL_PATH.fullmatch("M0 0L5")


@pytest.mark.parametrize("path", ["M0 0H123456789", "M1234567890 5", "M0 0L1e9 5"])
def test_a_path_with_an_enormous_number_is_no_usual_one(path: str) -> None:
    assert not values._USUAL_PATH.fullmatch(path)
    assert not values._is_path(path)
