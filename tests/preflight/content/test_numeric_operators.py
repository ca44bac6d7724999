"""Operations are read in one go, or many of them, and as they are read word by word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.preflight.content import record, tokens
from newsletter.preflight.content.interpreter import Interpreter
from newsletter.preflight.content.marks import Path
from newsletter.preflight.content.record import Record, TooMuch
from newsletter.preflight.content.resources import Library
from newsletter.preflight.content.state import State
from newsletter.preflight.content.tokens import Operands, Words

PIECES = [
    *(b"1 ", b"-2.5 ", b".5 ", b"5.\n", b"--5 ", b"1e5 ", b"9", b"1 2 3 4 5 6 7 8 "),
    *(b"m ", b"l\n", b"re", b" f*", b"gs ", b"' ", b"d0 ", b"d12345 ", b"BT "),
    *(b"true ", b"null ", b"/N ", b"(s)", b"[1 2 (x)]", b"<<", b">>", b"<41>", b"]", b"{"),
    *(b"BI /W 1 ID xx EI ", b"BI ", b"\0", b"%c\n"),
    *(b"/N gs ", b"/F 9 Tf\n", b"/A BMC ", b"/P<</M 3/T<feff>>>BDC ", b"/N#20 cs ", b"sc "),
    *(b"[<0041>-5(a\\(\\101)]TJ ", b"[(a(b))] TJ ", b"[<414>] TJ ", b"[] 0 d ", b"1 J\n"),
    *(b"1 2 m\n", b"3 4 l ", b"1 2 3 4 5 6 c\n", b"1 2 3 4 v\n", b"h\n", b"f\n", b"1 2 3 m "),
]
TAKES = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "h": 0}
QUICK = ("NUMERIC", "NAMED", "SHOWN", "MARKED", "PATH", "PLAIN_STYLE")


def read(data: bytes) -> tuple[list[tuple[str, Operands]], int]:
    words = Words(data)
    return list(words), words.damage


def one_by_one(patch: pytest.MonkeyPatch) -> None:
    for name in QUICK:
        patch.setattr(tokens, name, re.compile(rb"(?!)"))


STREAMS = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)


@given(STREAMS)
def test_they_are_the_same_words(data: bytes) -> None:
    at_once = read(data)
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        assert read(data) == at_once


@given(STREAMS)
def test_they_leave_the_same_marks(data: bytes) -> None:
    at_once = walked(data)
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        assert walked(data) == at_once


@given(st.text("mlcvyh", max_size=14), st.lists(st.integers(0, 3), min_size=84, max_size=84))
def test_a_path_is_the_same_at_once(letters: str, places: list[int]) -> None:
    numbers = iter(places)
    drawn = [" ".join([*(str(next(numbers)) for _ in range(TAKES[e])), e]) for e in f"m{letters}m"]
    data = "\n".join([*drawn, "f "]).encode()
    (mark,) = walked(data).marks
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        assert walked(data).marks == [mark]


@pytest.mark.parametrize(
    "line",
    [
        "0 0 m 9 0 l 9 1 l 0 1 l h",
        "0 0 m 9 0 l 9 1 l 0 1 l 0 0 l h",
        "0 0 m 1 0 l 2 5 3 5 4 5 c 0 0 m 9 0 l 9 1 l 0 1 l",
        "0 0 m 9 0 l 9 1 l 0 1 l h 0 0 m 1 0 l 2 5 3 5 4 5 c",
        "0 0 m 9 0 l 9 1 l 0 1 l 7 7 m",
        "0 0 m 9 0 l 9 1 l 0 1 l 0 0 l h 7 7 m",
        "0 0 m 5 5 6 6 7 7 c 0 0 m 9 0 l 9 1 l 0 1 l 7 7 m",
        "0 0 m 9 3 l 9 5 l 0 2 l 0 9 m 9 9 l 9 11 l 0 11 l 0 6 m 9 6 l 9 7 l 0 7 l 7 7 m",
    ],
)
def test_a_line_is_seen_in_a_path_that_is_read_at_once(line: str) -> None:
    (mark,) = walked(f"{line} f ".encode()).marks
    assert isinstance(mark, Path)
    assert mark.thickness_pt
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        assert walked(f"{line} f ".encode()).marks == [mark]


def test_a_curve_is_no_line() -> None:
    (mark,) = walked(b"0 0 m 9 0 9 1 0 1 c f ").marks
    assert isinstance(mark, Path)
    assert mark.thickness_pt is None


def walked(data: bytes) -> Record:
    found = Record()
    state = State(matrix=(0.75, 0.25, -0.5, 1.5, 3.0, 7.0))
    Interpreter(found, 1, found.library.resources(None), state).run(data)
    found.library = LIBRARY
    return found


LIBRARY = Library()


def test_operators_that_are_read_at_once_count_each(monkeypatch: pytest.MonkeyPatch) -> None:
    style, path = b"[] 0 d 1 J 1 j 4 M ", b"0 0 m 1 1 l 2 2 l h f "
    assert walked((style + path) * 3).operators == 27
    monkeypatch.setattr(record, "MOST_OPERATORS", 20_000)
    for many in (style, path):
        with pytest.raises(TooMuch, match="operators"):
            walked(many * 6000)
