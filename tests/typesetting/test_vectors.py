"""Paths of SVG become the operators that WeasyPrint makes of them, byte by byte."""

from __future__ import annotations

from collections import deque

import pydyf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.seam import vectors
from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.vectors import Vectors, operators

load()

from weasyprint.svg import SVG, path, size  # noqa: E402 - once it is loaded as a build loads it

LETTERS = "MmLlHhVvCcSsQqZz"
numbers = st.one_of(
    st.integers(-999, 999).map(str),
    st.floats(-999, 999).map(lambda number: f"{number:.3f}"),
    st.sampled_from([".5", "-.25", "1e2", "-3e-3", "+4", "0.0000001", "1.5.5"]),
)
numerals = st.sampled_from(
    [
        *("0", "1", "-1", "12", "999999", "0.5", "-0.25", "20.001", "0.000001", "-3.123456"),
        *(
            "-0",
            "-0.0",
            "0.0",
            "-20.0",
            "5.00",
            ".0",
            "1.0",
            "1.50",
            "007",
            "0.0000001",
            "1234567",
            "99999999999999999999",
        ),
    ]
)
separators = st.sampled_from([" ", ",", "\n", " , "])


@st.composite
def paths(draw: st.DrawFn) -> str:
    """Draw a path, most of them with as many numbers as its letters take."""
    text = ""
    for letter in draw(st.lists(st.sampled_from(LETTERS), max_size=8)):
        count = {"H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}.get(letter.upper(), 2)
        count *= draw(st.sampled_from([1, 1, 1, 2]))
        text += letter + "".join(draw(separators) + draw(numbers) for _ in range(count))
    return text


@st.composite
def written_paths(draw: st.DrawFn) -> str:
    """Draw a path as drawing programs write it: numbers from the beginning, a space between."""
    text = ""
    for letter in draw(st.lists(st.sampled_from("MLHVCQZ"), max_size=8)):
        count = {"H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}.get(letter, 2)
        text += letter + " ".join(draw(numerals) for _ in range(count))
    return f"M{draw(numerals)} {draw(numerals)}{text}"


class Picture:
    """What WeasyPrint's function asks of a picture."""

    inner_width, inner_height = 300, 200
    point = SVG.point

    def __init__(self) -> None:
        self.stream = pydyf.Stream()


class Shape(dict[str, str]):
    """What it asks of an element."""

    def __init__(self, **attributes: str) -> None:
        super().__init__(attributes)
        self.attrib: dict[str, str] = self
        self.vertices: deque[object] = deque()


def as_weasyprint_draws(text: str) -> bytes:
    picture = Picture()
    path(picture, Shape(d=text), 16)
    return b"\n".join(picture.stream.stream)


@given(paths())
def test_a_plain_path_is_drawn_as_weasyprint_draws_it(text: str) -> None:
    drawn = operators(text)
    if drawn is not None:
        assert drawn == as_weasyprint_draws(text)


@given(written_paths())
def test_so_is_a_path_whose_numbers_are_taken_as_they_are(text: str) -> None:
    assert operators(text) == as_weasyprint_draws(text)


def test_numbers_of_a_plain_path_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "M1 2L3.5 -4H0.25V-6C1 2 3.0 4 5 60.0ZV7ZZM8 9Z"
    expected = as_weasyprint_draws(text)
    monkeypatch.setattr(vectors, "numerals", None)
    assert operators(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "M0 0L5 5Z",
        "m1,1 2,2-3 4z",
        "M1-1.5.5.5",
        "M1.5.0 3 4L5.0.5",
        "M1 2C3 4 5 6 7 8Q9 10 11 12V13Q14 15 16 17H18C1 2 3 4 5 6V7ZH8",
        "M0 0C1 2 3 4 5 6S1 2 3 4q1 2 3 4h5v-6ZZ",
        "L1 2",
    ],
)
def test_most_paths_are_plain(text: str) -> None:
    assert operators(text) == as_weasyprint_draws(text)


@pytest.mark.parametrize(
    "text",
    [
        "M0 0A1 1 0 0 0 5 5",
        "M0 0L5mm 5",
        "M0 0L5",
        "M0 0Z5 5",
        "S1 2 3 4",
        "0 0",
        "M0 0T1 1",
        "M5. 5",
    ],
)
def test_what_is_not_plain_is_left_to_weasyprint(text: str) -> None:
    assert operators(text) is None


def test_a_path_with_markers_is_left_to_weasyprint() -> None:
    picture, shape = Picture(), Shape(d="M0 0L5 5", **{"marker-end": "url(#m)"})
    Vectors().path(picture, shape, 16)
    assert shape.vertices
    shape = Shape(d="M0 0L5 5")
    Vectors().path(picture, shape, 16)
    assert not shape.vertices


@pytest.mark.parametrize("text", [None, "", "5", "-1.5", "2em", "50%", "3px", "1 2"])
def test_lengths_are_as_weasyprint_finds_them(text: str | None) -> None:
    assert Vectors().size(text, 16, 200) == size(text, 16, 200)


def test_a_colour_belongs_to_whoever_asked_for_it() -> None:
    vectors = Vectors()
    first = vectors.color("#102030")
    first.alpha = 0.5
    assert vectors.color("#102030").alpha == 1
    assert vectors.color(None) == vectors.color("no colour") == vectors.color("black")
