"""Laws of comparing: words, pages, colours and what remains in pixels."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from newsletter.review.collation import Word
from newsletter.review.letters import Letter, LetteredPage, Style, as_character
from newsletter.review.observations import area_of, letter_box
from newsletter.review.remainder import Frame, remainder
from newsletter.review.shades import delta_e_of
from newsletter.review.words import changes, common

texts = st.lists(st.sampled_from("一二三四五六"), max_size=60)


@given(texts, texts)
def test_what_is_common_and_what_changed_make_up_both_texts(one: list[str], two: list[str]) -> None:
    stretches = common(one, two)
    again: tuple[list[str], list[str]] = ([], [])
    i = 0
    for change in [*changes(stretches, len(one), len(two)), None]:
        stop = len(one) if change is None else change.old
        again[0].extend(one[i:stop])
        again[1].extend(one[i:stop])
        if change is not None:
            again[0].extend(one[change.old : change.old_stop])
            again[1].extend(two[change.new : change.new_stop])
            i = change.old_stop
    assert again == (one, two)


@given(texts)
def test_a_text_has_all_in_common_with_itself(text: list[str]) -> None:
    assert list(changes(common(text, text), len(text), len(text))) == []


def test_a_long_text_is_compared_in_time_that_grows_with_its_length() -> None:
    old = [f"{n // 7}{n % 11}" for n in range(60_000)]
    new = [*old[:30_000], *"添了几个字", *old[30_100:]]
    (change,) = changes(common(old, new), len(old), len(new))
    assert (change.old_stop - change.old, change.new_stop - change.new) == (100, 5)


def test_colours_are_as_far_apart_as_the_standard_says() -> None:
    assert delta_e_of((0, 0, 0), (255, 255, 255)) == pytest.approx(100, abs=0.05)
    assert delta_e_of((10, 20, 30), (10, 20, 30)) == 0
    assert delta_e_of((120, 120, 120), (140, 140, 140)) > 2.3


def sheet(*boxes: tuple[int, int, int, int, int]) -> np.ndarray:
    drawn = np.full((400, 300, 3), 255, dtype=np.uint8)
    for left, top, right, bottom, gray in boxes:
        drawn[top:bottom, left:right] = gray
    return drawn


PICTURE = ((50, 60, 150, 160, 90), (70, 80, 90, 130, 200))


def test_nothing_remains_of_what_is_the_same_or_explained() -> None:
    assert remainder(sheet(*PICTURE), sheet(*PICTURE), []) == []
    assert remainder(sheet(*PICTURE), sheet(), [Frame(50, 60, 150, 160)]) == []


@pytest.mark.parametrize("way", [(7, 0), (0, -13), (31, 22), (-3, 2), (120, 150)])
def test_a_shift_is_found_whatever_it_is(way: tuple[int, int]) -> None:
    dx, dy = way
    moved = [(a + dx, b + dy, c + dx, d + dy, g) for a, b, c, d, g in PICTURE]
    (region,) = remainder(sheet(*PICTURE), sheet(*moved), [])
    assert (region.how, region.dx_px, region.dy_px) == ("moved", dx, dy)


def test_a_box_of_one_colour_that_moved_is_no_change_of_colour() -> None:
    old, new = sheet((50, 60, 150, 160, 120)), sheet((56, 60, 156, 160, 120))
    (region,) = remainder(old, new, [])
    assert (region.how, region.dx_px) == ("moved", 6)


def test_other_colours_in_the_same_shapes_are_a_change_of_colour() -> None:
    other = [(*box[:4], box[4] + 20) for box in PICTURE]
    (region,) = remainder(sheet(*PICTURE), sheet(*other), [])
    assert (region.how, region.colours) == ("colour", ("#5a5a5a", "#6e6e6e"))


def test_other_shapes_are_another_picture() -> None:
    other = [PICTURE[0], (100, 90, 140, 150, 30)]
    assert {region.how for region in remainder(sheet(*PICTURE), sheet(*other), [])} == {"picture"}


def test_a_dash_of_two_em_is_explained_by_its_letter() -> None:
    style = Style("Song", 10.0, (0, 0, 0))
    em = Letter("—", 20.0, 50.0, style).em_mm
    left, _top, width, _height = letter_box(Letter("—", 20.0, 50.0, style))
    assert left <= 20.0
    assert left + width >= 20.0 + 2 * em
    assert letter_box(Letter("中", 20.0, 50.0, style))[2] < 2 * em


@pytest.mark.parametrize("line", [(50, 60, 150, 61), (50, 60, 51, 160), (299, 0, 300, 400)])
def test_a_line_one_dot_wide_is_told_by_what_is_around_it(line: tuple[int, int, int, int]) -> None:
    (came,) = remainder(sheet(), sheet((*line, 90)), [])
    assert (came.how, came.frame) == ("picture", Frame(*line))
    (dyed,) = remainder(sheet((*line, 90)), sheet((*line, 120)), [])
    assert (dyed.how, dyed.frame) == ("colour", Frame(*line))


def test_words_that_stand_on_another_page_take_nothing_of_this_one() -> None:
    assert area_of([Word("动", 1, 14, 170, 171)], LetteredPage(210, 297, ())) is None


@pytest.mark.parametrize("code", [0, -1, 0xD824, 0xDFFF, 0x110000])
def test_a_code_that_is_no_character_is_read_as_a_mark_for_one(code: int) -> None:
    assert as_character(code) == "\ufffd"
    assert as_character(ord("动")) == "动"
