"""The boxes of laid-out pages, read from WeasyPrint's own tree.

In: a laid-out document. Out: plain values in millimetres; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsletter.typesetting.seam import tree

if TYPE_CHECKING:
    from weasyprint import Document

MM_PER_CSS_PIXEL = 25.4 / 96
TOLERANCE_MM = 0.1
OVERFULL_MM = 1.0
"""Lines may reach below a box by their leading; by more the text does not fit."""
UNYIELDING = ("ReplacedBox", "TableBox")
"""Boxes whose content does not wrap: pictures and tables."""


@dataclass(frozen=True, slots=True)
class LaidBox:
    """A box: its element, the page it is on (from 1), its edges, and the YAML it came from.

    `origin` is the nearest `data-at` at or above it, `file:line`, or empty.
    """

    element: str
    page: int
    left_mm: float
    right_mm: float
    origin: str

    @property
    def width_mm(self) -> float:
        """Its width."""
        return self.right_mm - self.left_mm


def wider_than_page(document: Document, width_mm: float, bleed_mm: float) -> list[LaidBox]:
    """Return pictures and tables that reach beyond the bleed of a page."""
    least, most = -bleed_mm - TOLERANCE_MM, width_mm + bleed_mm + TOLERANCE_MM
    return [box for box in _unyielding(document) if box.left_mm < least or box.right_mm > most]


@dataclass(frozen=True, slots=True)
class Overfull:
    """A box of fixed height whose text is higher, by how many millimetres."""

    element: str
    page: int
    origin: str
    over_mm: float


def overfull(document: Document) -> list[Overfull]:
    """Return boxes whose height the layout fixes and whose lines reach below their edge."""
    return [
        found
        for number, page_box in enumerate(tree(document), start=1)
        for found in _overfull_below(page_box, number, "")
    ]


def _overfull_below(box: Any, page: int, origin: str) -> Iterator[Overfull]:  # noqa: ANN401
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None:
        origin = element.get("data-at", origin)
    children = box.__dict__.get("children", ())
    lines = [child for child in children if type(child).__name__ == "LineBox"]
    if lines and box.style["height"] != "auto" and box.element_tag != "html":
        bottom = box.content_box_y() + box.height
        last = lines[-1]
        over = (last.position_y + last.height - bottom) * MM_PER_CSS_PIXEL
        if over > OVERFULL_MM:
            yield Overfull(str(box.element_tag), page, origin, over)
    for child in children:
        yield from _overfull_below(child, page, origin)


def _unyielding(document: Document) -> Iterator[LaidBox]:
    for number, page_box in enumerate(tree(document), start=1):
        yield from _below(page_box, number, "")


def _below(box: Any, page: int, origin: str) -> Iterator[LaidBox]:  # noqa: ANN401 - untyped
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None:
        origin = element.get("data-at", origin)
    if type(box).__name__.endswith(UNYIELDING):
        left = box.position_x * MM_PER_CSS_PIXEL
        right = left + box.margin_width() * MM_PER_CSS_PIXEL
        yield LaidBox(str(box.element_tag), page, left, right, origin)
    for child in getattr(box, "children", ()):
        yield from _below(child, page, origin)
