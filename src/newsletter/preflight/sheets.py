"""The pages of a PDF with their boxes (ISO 32000-2:2020, 7.7.3 and 14.11.2).

In: an open file. Out: a `Sheet` a page, its boxes in points, with what it inherits and with its
user unit applied. A box that is not there is None; `media` is always one.
"""

from __future__ import annotations

from msgspec import Struct

from newsletter.geometry import PT_PER_MM, Box
from newsletter.pdf import objects
from newsletter.preflight.content.matrix import Matrix

LETTER = Box(0.0, 0.0, 612.0, 792.0)
"""What readers take where a page has no MediaBox."""
INHERITED = frozenset({"/MediaBox", "/CropBox"})
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
Area = tuple[float, float, float, float]


class Sheet(Struct, frozen=True):
    """One page: its number from 1, its boxes, how it is turned."""

    number: int
    page: objects.Object
    boxes: dict[str, Box]
    resources: objects.Object = None
    rotation: int = 0
    user_unit: float = 1.0

    @property
    def media(self) -> Box:
        """Return the medium."""
        return self.boxes.get("/MediaBox", LETTER)

    @property
    def bleed(self) -> Box:
        """Return the bleed box, or what stands for it."""
        return self.boxes.get("/BleedBox") or self.boxes.get("/CropBox") or self.media

    @property
    def trim(self) -> Box:
        """Return the trim box; by default the crop box, which by default is the medium."""
        return self.boxes.get("/TrimBox") or self.boxes.get("/CropBox") or self.media

    @property
    def matrix(self) -> Matrix:
        """Return what takes user space to points."""
        return (self.user_unit, 0.0, 0.0, self.user_unit, 0.0, 0.0)

    @property
    def trim_mm(self) -> tuple[float, float]:
        """Return width and height of the trimmed page as it is read."""
        _left, _top, width, height = self.area(self.trim)
        return width, height

    def area(self, box: Box) -> Area:
        """Return left, top, width, height in millimetres from the trim's upper left corner."""
        trim = self.trim
        left, right = box.left - trim.left, box.right - trim.left
        top, bottom = trim.top - box.top, trim.top - box.bottom
        wide, high = trim.right - trim.left, trim.top - trim.bottom
        corners = {
            0: (left, top, right, bottom),
            90: (high - bottom, left, high - top, right),
            180: (wide - right, high - bottom, wide - left, high - top),
            270: (top, wide - right, bottom, wide - left),
        }[self.rotation]
        x, y, x_end, y_end = (round(value / PT_PER_MM, 2) for value in corners)
        return x, y, round(x_end - x, 2), round(y_end - y, 2)


def sheets(pages: list[objects.Object]) -> tuple[Sheet, ...]:
    """Return all pages."""
    return tuple(_sheet(number, page) for number, page in enumerate(pages, 1))


def _sheet(number: int, page: objects.Object) -> Sheet:
    unit = objects.number(objects.entry(page, "/UserUnit"), 1.0) or 1.0
    unit = unit if unit > 0 else 1.0
    boxes = {key: objects.box(_held(page, key)) for key in BOXES}
    turned = int(objects.number(objects.inherited(page, "/Rotate"), 0) or 0) % 360
    return Sheet(
        number,
        page,
        {key: Box(*(unit * side for side in box)) for key, box in boxes.items() if box},
        objects.inherited(page, "/Resources"),
        turned if turned % 90 == 0 else 0,
        unit,
    )


def _held(page: objects.Object, key: str) -> objects.Object:
    """Return a box of a page; the trim, the bleed and the art box are not inherited."""
    return objects.inherited(page, key) if key in INHERITED else objects.entry(page, key)
