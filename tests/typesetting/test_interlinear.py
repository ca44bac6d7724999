"""Marks between the lines, as shapes."""

from __future__ import annotations

from newsletter.typesetting.characters import Kind
from newsletter.typesetting.interlinear import Dot, Extent, Stroke, room_for_ruby, shapes

WORD = [Extent(Kind.HAN, 0, 10), Extent(Kind.PAUSE, 10, 20), Extent(Kind.HAN, 20, 30)]


def test_dots_stand_below_the_middle_of_characters_and_skip_punctuation() -> None:
    found = [shape for shape in shapes("dots", WORD, 10) if isinstance(shape, Dot)]
    assert [dot.x for dot in found] == [5, 25]
    assert all(dot.y > 0 for dot in found)


def test_lines_of_neighbouring_names_do_not_touch() -> None:
    (one,) = shapes("name", [Extent(Kind.HAN, 0, 10)], 10)
    (two,) = shapes("name", [Extent(Kind.HAN, 10, 20)], 10)
    assert isinstance(one, Stroke)
    assert isinstance(two, Stroke)
    assert one.points[-1][0] < two.points[0][0]


def test_a_wave_has_whole_periods() -> None:
    (wave,) = shapes("title", WORD, 10)
    assert isinstance(wave, Stroke)
    assert wave.is_wave
    assert wave.points[0][1] == wave.points[-1][1]


def test_an_unknown_mark_draws_nothing() -> None:
    assert list(shapes("stars", WORD, 10)) == []


def test_only_a_reading_wider_than_its_text_asks_for_room() -> None:
    assert room_for_ruby(10, 5, 10) == 0
    assert room_for_ruby(10, 12, 10) == 3.5
