"""Upright: a page of any PDF as it is seen: turned, in points of paper, its trim at the origin.

In: a page with the boxes, the rotation and the unit that it says or inherits. Out: its boxes in
points and the matrix that leads there from the page's own space. No origin is assumed, no order
of corners, and no box but the MediaBox need be there (ISO 32000-2:2020, 7.7.3.3 and 14.11.2).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import Struct

from newsletter.geometry import Box, points
from newsletter.pdf import objects

LARGEST_BLEED_MM = 5.0
"""Printers ask for 3 to 5 mm; beyond that stands what is no bleed, as marks of another program."""
USUAL_BLEED_MM = 3.0
"""As much is taken for bleed where a page is larger than its trim and names no BleedBox."""
SMALLEST_PT, LARGEST_PT = 3.0, 7000.0
"""Sides of a page: ISO 32000-1:2008, annex C, allows 3 to 14,400 pt, and two stand side by side."""


class UnusablePageError(ValueError):
    """A page whose boxes give it no size."""


class Matrix(NamedTuple):
    """A transformation: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-2:2020, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, first: Matrix) -> Matrix:
        """Return the transformation that does `first`, then this one."""
        x, y = self.of(first.e, first.f)
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            x,
            y,
        )

    def inverse(self) -> Matrix:
        """Return the transformation that leads back."""
        area = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / area, -self.b / area, -self.c / area, self.a / area
        return Matrix(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def of(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def of_box(self, box: Box) -> Box:
        """Return where a box comes to lie, turned by quarters."""
        (x1, y1), (x2, y2) = self.of(box.left, box.bottom), self.of(box.right, box.top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def operator(self) -> str:
        """Return the operator that concatenates it."""
        return " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in self) + " cm"


TURNS = {
    0: Matrix(1, 0, 0, 1, 0, 0),
    90: Matrix(0, -1, 1, 0, 0, 0),
    180: Matrix(-1, 0, 0, -1, 0, 0),
    270: Matrix(0, 1, -1, 0, 0, 0),
}
"""Rotations clockwise, as the entry Rotate counts them."""


class Upright(Struct, frozen=True):
    """Boxes in points of paper, the lower left corner of the trim at the origin.

    `visible` is what a reader shows; `own` leads here from the page's own space.
    """

    trim: Box
    bleed: Box
    visible: Box
    own: Matrix

    def size_mm(self) -> tuple[float, float]:
        """Return width and height of the trimmed page in millimetres."""
        return self.trim.right / points(1), self.trim.top / points(1)

    def widest_bleed(self) -> float:
        """Return the bleed of the side that has most, in points."""
        trim, bleed = self.trim, self.bleed
        right, top = bleed.right - trim.right, bleed.top - trim.top
        return max(trim.left - bleed.left, trim.bottom - bleed.bottom, right, top)

    def in_page(self, box: Box) -> Box:
        """Return a box in the page's own space."""
        return self.own.inverse().of_box(box)


def upright(page: Any) -> Upright:  # noqa: ANN401 - the dictionary of a page
    """Read a page; raises `UnusablePageError` where it has no size."""
    media = objects.box(objects.inherited(page, "/MediaBox"))
    if media is None:
        raise UnusablePageError
    visible = _within(objects.box(objects.inherited(page, "/CropBox")), media)
    trim = _within(objects.box(page["/TrimBox"]), media) if "/TrimBox" in page else visible
    unit = objects.number(objects.entry(page, "/UserUnit"), 1.0) or 0.0
    rotation = objects.number(objects.inherited(page, "/Rotate"), 0.0) or 0.0
    turn = TURNS.get(int(rotation) % 360, TURNS[0])
    own = Matrix(*(unit * part for part in turn))
    corner = own.of_box(trim)
    own = own._replace(e=-corner.left, f=-corner.bottom)
    if not all(SMALLEST_PT <= side <= LARGEST_PT for side in own.of_box(trim)[2:]):
        raise UnusablePageError
    bleed = _bleed(page, trim, media, unit)
    return Upright(own.of_box(trim), own.of_box(bleed), own.of_box(visible), own)


def _bleed(page: Any, trim: Box, media: Box, unit: float) -> Box:  # noqa: ANN401
    said = objects.box(objects.entry(page, "/BleedBox"))
    most = trim.grown(points(LARGEST_BLEED_MM if said else USUAL_BLEED_MM) / unit)
    box = _within(most, _within(said, media))
    return box.around(trim)


def _within(box: Box | None, outer: Box) -> Box:
    """Return what of a box lies in another; the other, if nothing does or there is none."""
    return outer if box is None or not box.meets(outer) else box.within(outer)
