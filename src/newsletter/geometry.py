"""Lengths and boxes: points, millimetres, and the boxes of a printed page.

1 inch is 25.4 mm and 72 pt (ISO 32000-2:2020, 8.3.2.3); 1 CSS pixel is 1/96 inch.
"""

from __future__ import annotations

from typing import NamedTuple

PT_PER_INCH = 72
PT_PER_MM = PT_PER_INCH / 25.4
PT_PER_CSS_PIXEL = 0.75


def points(millimetres: float) -> float:
    """Return a length in points."""
    return millimetres * PT_PER_MM


class Box(NamedTuple):
    """A rectangle in PDF points; the origin is at the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, margin: float) -> Box:
        """Return the box with `margin` points more on every side."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def moved(self, dx: float, dy: float) -> Box:
        """Return the box moved to the right and upwards."""
        return Box(self.left + dx, self.bottom + dy, self.right + dx, self.top + dy)

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def within(self, outer: Box) -> Box:
        """Return the part that lies in another box; where they do not meet its sides cross."""
        return Box(
            max(self.left, outer.left),
            max(self.bottom, outer.bottom),
            min(self.right, outer.right),
            min(self.top, outer.top),
        )

    def meets(self, other: Box) -> bool:
        """Tell whether the boxes have an area in common, more than an edge."""
        is_beside = max(self.left, other.left) >= min(self.right, other.right)
        return not is_beside and max(self.bottom, other.bottom) < min(self.top, other.top)

    def room_around(self, inner: Box) -> float:
        """Return the least distance from a side to that of a box within, below zero beyond it."""
        return min(
            inner.left - self.left,
            inner.bottom - self.bottom,
            self.right - inner.right,
            self.top - inner.top,
        )

    def rounded(self) -> list[float]:
        """Return left, bottom, right, top to a thousandth of a point."""
        return [round(value, 3) for value in self]


def trim_box(width_mm: float, height_mm: float) -> Box:
    """Return the box of the trimmed page with its corner at the origin."""
    return Box(0.0, 0.0, points(width_mm), points(height_mm))
