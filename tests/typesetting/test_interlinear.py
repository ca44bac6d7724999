"""Marks between the lines and readings: as shapes, in lines, and as they are drawn."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import NamedTuple

import pikepdf
import pytest
from bench.typesetting import drawn
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.characters import Kind, kinds_of
from newsletter.typesetting.interlinear import (
    LINE_DEPTH,
    LINE_INSET,
    RUBY_GAP,
    RUBY_RISE,
    RUBY_SIZE,
    WAVE_HEIGHT,
    WAVE_LENGTH,
    Dot,
    Extent,
    Stroke,
    room_for_ruby,
    shapes,
)
from newsletter.typesetting.seam.annotations import reading_of
from newsletter.typesetting.seam.tree import boxes_of
from setting import EDGE, NEVER_FIRST, PT, copied, drawn_lines, lines, page, pdf, solid
from workshop import specimen_pages

WORD = [Extent(Kind.HAN, 0, 10), Extent(Kind.PAUSE, 10, 20), Extent(Kind.HAN, 20, 30)]


def extents(text: str, em: float = 10) -> list[Extent]:
    kinds = kinds_of(text)
    return [Extent(kind, k * em, (k + 1) * em) for k, kind in enumerate(kinds)]


# Shapes -----------------------------------------------------------------------------------------


def test_dots_stand_below_the_middle_of_characters_and_skip_punctuation() -> None:
    found = [shape for shape in shapes("dots", WORD, 10) if isinstance(shape, Dot)]
    assert [dot.x for dot in found] == [5, 25]
    assert all(dot.y > 0 for dot in found)


@pytest.mark.parametrize("mark", "，。、；：？！“”（）《》—…·～ ")
def test_no_mark_has_a_dot(mark: str) -> None:
    found = list(shapes("dots", extents(f"绿{mark}色"), 10))
    assert [shape.x for shape in found if isinstance(shape, Dot)] == [5, 25]


def test_dots_grow_with_the_text() -> None:
    [small] = shapes("dots", [Extent(Kind.HAN, 0, 10)], 10)
    [large] = shapes("dots", [Extent(Kind.HAN, 0, 20)], 20)
    assert isinstance(small, Dot)
    assert large == Dot(2 * small.x, 2 * small.y, 2 * small.radius)


def test_lines_of_neighbouring_names_do_not_touch() -> None:
    for name in ("name", "title"):
        (one,) = shapes(name, [Extent(Kind.HAN, 0, 10)], 10)
        (two,) = shapes(name, [Extent(Kind.HAN, 10, 20)], 10)
        assert isinstance(one, Stroke)
        assert isinstance(two, Stroke)
        assert two.points[0][0] - one.points[-1][0] > one.thickness


def test_a_line_runs_level_below_the_whole_name() -> None:
    (line,) = shapes("name", extents("庄周"), 10)
    assert isinstance(line, Stroke)
    assert not line.is_wave
    assert {y for _x, y in line.points} == {LINE_DEPTH * 10}
    assert 0 < line.points[0][0] < 2
    assert 18 < line.points[-1][0] < 20


@pytest.mark.parametrize("count", range(1, 9))
def test_a_wave_has_whole_periods(count: int) -> None:
    (wave,) = shapes("title", extents("绿" * count), 10)
    assert isinstance(wave, Stroke)
    assert wave.is_wave
    assert len(wave.points) % 2 == 1
    assert wave.points[0][1] == wave.points[-1][1]
    heights = {round(y / 10, 3) for _x, y in wave.points}
    assert heights == {LINE_DEPTH, round(LINE_DEPTH + WAVE_HEIGHT, 3)}


@given(st.floats(0, 500), st.floats(1, 300), st.floats(5, 20))
def test_the_periods_of_a_wave_are_alike_and_of_about_their_length(
    left: float, width: float, em: float
) -> None:
    (wave,) = shapes("title", [Extent(Kind.HAN, left, left + width + em)], em)
    assert isinstance(wave, Stroke)
    inset = LINE_INSET * em
    ends = wave.points[0][0], wave.points[-1][0]
    assert ends == pytest.approx((left + inset, left + width + em - inset))
    steps = [after[0] - before[0] for before, after in pairwise(wave.points)]
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert 0.65 * WAVE_LENGTH * em <= 2 * steps[0] <= 1.55 * WAVE_LENGTH * em


def test_an_unknown_mark_and_no_text_draw_nothing() -> None:
    assert list(shapes("stars", WORD, 10)) == []
    assert list(shapes("name", [], 10)) == []
    assert list(shapes("dots", [], 10)) == []


def test_only_a_reading_wider_than_its_text_asks_for_room() -> None:
    assert room_for_ruby(10, 5, 10) == 0
    assert room_for_ruby(10, 12, 10) == 3.5
    assert room_for_ruby(10, 10 - RUBY_GAP * 10, 10) == 0


# Readings ---------------------------------------------------------------------------------------


class Read(NamedTuple):
    """A glyph, its baseline counted down the page."""

    y: float
    glyph: drawn.Glyph


def glyphs_of(body: str, measure: float = 22) -> list[Read]:
    """Return the glyphs of the first page, those of readings too, which the bench passes over."""
    with pikepdf.open(io.BytesIO(pdf(page(f"<p style='text-indent: 0'>{body}</p>", measure)))) as f:
        return [Read(y, glyph) for y, glyph in drawn._Interpreter(f.pages[0], EDGE).run()]


def parted(found: list[Read]) -> tuple[list[Read], list[Read]]:
    """Return the text and the readings."""
    small = [each for each in found if each.glyph.size < 0.6 * PT]
    return [each for each in found if each not in small], small


LONG = '<ruby data-ruby="zhuāngzhōu">庄</ruby>'
SHORT = '<ruby data-ruby="yī">庄周</ruby>'


def test_a_reading_wider_than_its_word_widens_it() -> None:
    text, reading = parted(glyphs_of(f"看{LONG}看"))
    width = reading[-1].glyph.end - reading[0].glyph.x
    assert width > PT
    assert text[2].glyph.x - text[0].glyph.x - PT == pytest.approx(width + RUBY_GAP * PT, abs=0.02)


def test_a_reading_narrower_than_its_word_does_not() -> None:
    text, reading = parted(glyphs_of(f"看{SHORT}看"))
    assert len(reading) == 2
    assert text[-1].glyph.x == pytest.approx(3 * PT, abs=0.01)


@pytest.mark.parametrize("word", [LONG, SHORT])
def test_a_reading_is_drawn_above_its_word_and_centred(word: str) -> None:
    text, reading = parted(glyphs_of(f"看{word}看"))
    base = text[1:-1]
    assert {round(each.y, 3) for each in reading} == {round(base[0].y - RUBY_RISE * PT, 3)}
    assert {round(each.glyph.size, 3) for each in reading} == {RUBY_SIZE * PT}
    middle = (reading[0].glyph.x + reading[-1].glyph.end) / 2
    assert middle == pytest.approx((base[0].glyph.x + base[-1].glyph.end) / 2, abs=0.02)


def test_readings_of_neighbours_do_not_touch() -> None:
    _text, reading = parted(glyphs_of('<ruby data-ruby="zhuāng">庄</ruby>' * 2))
    first, second = reading[: len(reading) // 2], reading[len(reading) // 2 :]
    assert second[0].glyph.x - first[-1].glyph.end >= (RUBY_GAP - 0.01) * PT


def test_a_reading_widens_its_word_and_is_not_copied() -> None:
    body = '<p>看<ruby data-ruby="zhuāng">庄</ruby><ruby data-ruby="zǐ">子</ruby>，秋水</p>'
    assert solid(copied(pdf(page(body)))) == "看庄子，秋水"


RUBIES = "看看<ruby data-ruby='zhuāngzhōu'>庄周梦</ruby>，<ruby data-ruby='yī'>其一</ruby>。" * 12


@pytest.mark.parametrize("measure", [5.5, 7, 9.3, 14])
def test_no_line_ends_within_a_word_that_has_a_reading(measure: float) -> None:
    found = lines(f"<p>{RUBIES}</p>", measure)
    assert "".join(line.text for line in found) == "看看庄周梦，其一。" * 12
    for line in found:
        assert line.text.count("庄周梦") == line.text.count("庄") == line.text.count("梦")
        assert line.text.count("其一") == line.text.count("其")


@pytest.mark.parametrize("measure", [5.5, 7, 9.3, 14])
def test_a_mark_after_a_word_with_a_reading_never_begins_a_line(measure: float) -> None:
    found = lines(f"<p>{RUBIES}</p>", measure)
    assert len(found) > 5
    assert not any(line.text[0] in NEVER_FIRST for line in found)


def test_every_reading_is_drawn_once() -> None:
    text, reading = parted(glyphs_of(RUBIES, 14))
    assert len(reading) == 12 * len("zhuāngzhōuyī")
    assert sum(len(each.glyph.text) for each in text) == len("看看庄周梦，其一。") * 12


def test_a_line_with_readings_is_flush() -> None:
    for line in drawn_lines(pdf(page(f"<p>{RUBIES}</p>", 14)))[1:-1]:
        assert line.right(14 * PT) <= 14 * PT + 0.02 * PT
    assert all(abs(line.lack) <= 0.02 for line in lines(f"<p>{RUBIES}</p>", 14))


# Drawn ------------------------------------------------------------------------------------------


def operators(data: bytes, number: int = 0) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as found:
        return [str(op) for _given, op in pikepdf.parse_content_stream(found.pages[number])]


def circles(drawing: list[str]) -> int:
    """Return how often something round is filled: a beginning and four curves."""
    return sum(drawing[k : k + 6] == ["m", "c", "c", "c", "c", "f"] for k in range(len(drawing)))


MARKED = "绿<em class='m'>色，发展</em>共<em class='m'>同</em>的路"


def drawing_of(mark: str, measure: float = 22) -> list[str]:
    css = f".m {{ --interlinear: {mark}; font-style: normal }}"
    return operators(pdf(page(f"<p>{MARKED}</p>", measure, css)))


def test_dots_are_drawn_for_characters_and_not_for_their_marks() -> None:
    assert circles(drawing_of("dots")) == len("色发展同")
    assert circles(drawing_of("none")) == 0


def test_a_line_is_drawn_below_each_name_and_below_each_part_of_one_in_two_lines() -> None:
    assert drawing_of("name").count("S") == 2
    assert drawing_of("name", 4.5).count("S") == 3


def test_a_wave_is_drawn_in_curves() -> None:
    assert drawing_of("title").count("S") == 2
    assert drawing_of("title").count("c") > 10
    assert drawing_of("name").count("c") == 0


def test_marks_between_the_lines_move_no_text() -> None:
    marked = drawn_lines(pdf(page(f"<p>{MARKED}</p>", 9, ".m { --interlinear: dots }")))
    plain = drawn_lines(pdf(page(f"<p>{MARKED}</p>", 9)))
    assert [line.glyphs for line in marked] == [line.glyphs for line in plain]


def test_the_specimen_of_silkroad_draws_them() -> None:
    pages = specimen_pages()
    data, _problems = pages.write(tagged=True)
    marked: dict[str, set[int]] = {"dots": set(), "proper-name": set(), "book-title": set()}
    readings = []
    for box, place in boxes_of(pages.document):
        if box.element is None:
            continue
        for name, where in marked.items():
            if name in (box.element.get("class") or "").split():
                where.add(place.page - 1)
        if reading_of(box):
            readings.append((place.page - 1, reading_of(box)))
    assert all(marked.values())
    assert any(circles(operators(data, number)) >= 2 for number in marked["dots"])
    for name in ("proper-name", "book-title"):
        assert any("S" in operators(data, number) for number in marked[name])
    assert readings
    with pikepdf.open(io.BytesIO(data)) as found:
        for number, reading in readings:
            glyphs = [glyph for _y, glyph in drawn._Interpreter(found.pages[number], 0).run()]
            assert sum(not glyph.text for glyph in glyphs) >= len(solid(reading))
