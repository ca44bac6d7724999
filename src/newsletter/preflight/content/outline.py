"""The current path: its extent, and rectangles in it that look like lines.

Points come in user space and are kept where the matrix takes them (ISO 32000-2:2020, 8.5.2).
"""

from __future__ import annotations

import math
import re

from newsletter.geometry import Box
from newsletter.preflight.content.matrix import Matrix

MOST_POINTS = 2**16
"""A path beyond this keeps its extent alone."""
MOST_THIN = 200
"""So many thin rectangles of one path are kept; it has more of them than anyone would mend."""
CORNERS = 4
SLENDER = 4.0
"""A rectangle this many times as long as thick is taken for a line."""
QUADRANGLE = re.compile(rb"mh*(?:lh*){3,4}(?=m)")
"""Operators of four or five points that may look like a line, before the next subpath."""


class Outline:
    """A path while it is built."""

    __slots__ = ("_curved", "_first", "_thin", "_xs", "_ys")

    def __init__(self) -> None:
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._first = 0
        self._curved = False
        self._thin: list[tuple[float, Box]] = []

    def __bool__(self) -> bool:
        return bool(self._xs)

    def move(self, matrix: Matrix, x: float, y: float) -> None:
        """Begin a subpath."""
        self._end_subpath()
        self.line(matrix, x, y)

    def line(self, matrix: Matrix, x: float, y: float) -> None:
        """Add a point."""
        a, b, c, d, e, f = matrix
        self._xs.append(a * x + c * y + e)
        self._ys.append(b * x + d * y + f)

    def curve(self, matrix: Matrix, points: list[float]) -> None:
        """Add a curve by its control points, which enclose it."""
        self._curved = True
        for x, y in zip(points[::2], points[1::2], strict=False):
            self.line(matrix, x, y)

    def run(self, matrix: Matrix, letters: bytes, numbers: list[float]) -> None:
        """Add many operators, the first of them m: one letter for each, and all their numbers."""
        self._end_subpath()
        a, b, c, d, e, f = matrix
        begin = len(self._xs)
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        self._xs += [a * x + c * y + e for x, y in points]
        self._ys += [b * x + d * y + f for x, y in points]
        read = 0
        for found in QUADRANGLE.finditer(letters):
            begin += _points(letters[read : found.start()])
            read = found.start()
            self._keep_thin(begin, begin + _points(found[0]))
        last = letters[letters.rindex(b"m") :]
        self._curved = any(letter in last for letter in b"cvy")
        self._first = len(self._xs) - _points(last)

    def rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.move(matrix, x, y)
        self.line(matrix, x + width, y)
        self.line(matrix, x + width, y + height)
        self.line(matrix, x, y + height)
        self._end_subpath()

    def bounds(self) -> Box:
        """Return the extent of the whole path."""
        self._end_subpath()
        return Box(min(self._xs), min(self._ys), max(self._xs), max(self._ys))

    @property
    def thickness(self) -> float | None:
        """How thick the thinnest line is that the path fills; None without one.

        A rectangle within another one is a hole in it: the frame of an element without height
        has such a hole, which is no line.
        """
        self._end_subpath()
        seen = [thin for thin, box in self._thin if not any(_holds(o, box) for _, o in self._thin)]
        return min(seen, default=None)

    def _end_subpath(self) -> None:
        count = len(self._xs)
        if not self._curved and CORNERS <= count - self._first <= CORNERS + 1:
            self._keep_thin(self._first, count)
        if count > MOST_POINTS:
            low, high = (min(self._xs), min(self._ys)), (max(self._xs), max(self._ys))
            self._xs, self._ys = [low[0], high[0]], [low[1], high[1]]
        self._first, self._curved = len(self._xs), False

    def _keep_thin(self, begin: int, end: int) -> None:
        """Keep a subpath of straight lines if it looks like a line."""
        xs, ys = self._xs[begin:end], self._ys[begin:end]
        if len(xs) == CORNERS or (xs[0], ys[0]) == (xs[-1], ys[-1]):
            thin = _thickness(xs, ys)
            if thin is not None and len(self._thin) < MOST_THIN:
                self._thin.append((thin, Box(min(xs), min(ys), max(xs), max(ys))))


def _points(letters: bytes) -> int:
    """Return how many points operators of a path take (ISO 32000-2:2020, Table 58)."""
    lines, arcs = letters.count(b"m") + letters.count(b"l"), letters.count(b"c")
    return lines + 3 * arcs + 2 * (letters.count(b"v") + letters.count(b"y"))


def _holds(outer: Box, inner: Box) -> bool:
    """Tell whether a box lies in another, larger one."""
    within = (
        outer.left <= inner.left
        and outer.bottom <= inner.bottom
        and outer.right >= inner.right
        and outer.top >= inner.top
    )
    return within and outer != inner


def _thickness(xs: list[float], ys: list[float]) -> float | None:
    """Return the distance of the long sides of a parallelogram that looks like a line.

    The gap between the two diagonals' middles says how far four corners are from being one.
    """
    gap = math.hypot(xs[0] + xs[2] - xs[1] - xs[3], ys[0] + ys[2] - ys[1] - ys[3])
    one = (xs[1] - xs[0], ys[1] - ys[0])
    two = (xs[2] - xs[1], ys[2] - ys[1])
    longest = max(math.hypot(*one), math.hypot(*two))
    if not longest or gap > longest / 100:
        return None
    thin = abs(one[0] * two[1] - one[1] * two[0]) / longest
    return thin if longest >= SLENDER * thin else None
