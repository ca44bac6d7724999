"""Marks between the lines: emphasis dots, proper-name and book-title lines, as strokes and dots.

In: where each character of a text stands. Out: shapes in the same unit, their y counted down
from the baseline (CLREQ, handling_interlinear_punctuation). Ruby needs glyphs and is set
elsewhere; here is how much room it takes (CLREQ, positioning_of_romanization).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsletter.typesetting.characters import CHINESE_PUNCTUATION, Kind

DOT_RADIUS = 0.07
DOT_DEPTH = 0.3
LINE_DEPTH = 0.2
LINE_THICKNESS = 0.05
LINE_INSET = 0.08
"""By how much a line ends before its name does, so that those of two names do not touch."""
WAVE_LENGTH = 0.4
WAVE_HEIGHT = 0.07
RUBY_SIZE = 0.5
RUBY_RISE = 0.92
"""How far in em of the text the reading's baseline stands above that of the text: as near as a
reading's descenders allow, so that it stays clear of a line below the text above."""
RUBY_GAP = 0.15
"""White between two readings, in em of the text."""
UNDOTTED = CHINESE_PUNCTUATION | {Kind.SPACE, Kind.POSTFIX, Kind.NOTE, Kind.GLUE}
"""Emphasis dots skip punctuation."""


class Dot(Struct, frozen=True):
    """A filled circle."""

    x: float
    y: float
    radius: float


class Stroke(Struct, frozen=True):
    """A line through points, or curves through them when `is_wave`."""

    points: tuple[tuple[float, float], ...]
    thickness: float
    is_wave: bool = False


class Extent(Struct, frozen=True):
    """A character: what it is, and where it begins and ends."""

    kind: Kind
    left: float
    right: float


def shapes(
    name: str,
    extents: Sequence[Extent],
    em: float,
    right: float | None = None,
    *,
    goes_on: tuple[bool, bool] = (False, False),
) -> Iterator[Dot | Stroke]:
    """Yield what a mark of the given name draws below some characters of one line.

    `goes_on` tells whether the marked element goes on before and after them in the line, `right`
    where they end then.
    """
    if name == "dots":
        for extent in extents:
            if extent.kind not in UNDOTTED:
                middle = (extent.left + extent.right) / 2
                yield Dot(middle, DOT_DEPTH * em, DOT_RADIUS * em)
    elif extents and name in ("name", "title"):
        before, after = (0.0 if more else LINE_INSET * em for more in goes_on)
        left = extents[0].left + before
        end = (extents[-1].right if right is None else right) - after
        yield _wave(left, end, em) if name == "title" else _line(left, end, em)


def _line(left: float, right: float, em: float) -> Stroke:
    y = LINE_DEPTH * em
    return Stroke(((left, y), (right, y)), LINE_THICKNESS * em)


def _wave(left: float, right: float, em: float) -> Stroke:
    """Return a wave of whole periods."""
    count = max(1, round((right - left) / (WAVE_LENGTH * em))) * 2
    step = (right - left) / count
    points = tuple(
        (left + step * k, (LINE_DEPTH + (WAVE_HEIGHT if k % 2 else 0.0)) * em)
        for k in range(count + 1)
    )
    return Stroke(points, LINE_THICKNESS * em, is_wave=True)


def room_for_ruby(base: float, reading: float, em: float) -> float:
    """Return by how much a text has to be wider so that its reading stands over it alone."""
    return max(0.0, reading + RUBY_GAP * em - base)
