"""What does not fit: boxes wider than the page, and text higher than its box.

In: a laid-out document. Out: plain values in millimetres; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, boxes_of

if TYPE_CHECKING:
    from weasyprint import Document

TOLERANCE_MM = 0.1
OVERFULL_MM = 1.0
"""Lines may reach below a box by their leading; by more the text does not fit."""
UNYIELDING = ("ReplacedBox", "TableBox")
"""Boxes whose content does not wrap: pictures and tables."""


class Misfit(Struct, frozen=True):
    """A box that does not fit: its element, the page it is on (from 1), the YAML it came from.

    `origin` is `file:line`, or empty; `size_mm` how wide the box is, or by how much its text is
    too high.
    """

    element: str
    page: int
    origin: str
    size_mm: float


def wider_than_page(document: Document, width_mm: float, bleed_mm: float) -> list[Misfit]:
    """Return pictures and tables that reach beyond the bleed of a page, with their widths."""
    least, most = -bleed_mm - TOLERANCE_MM, width_mm + bleed_mm + TOLERANCE_MM
    found: list[Misfit] = []
    for box, where in boxes_of(document):
        if type(box).__name__.endswith(UNYIELDING):
            left, width = box.position_x * MM_PER_CSS_PIXEL, box.margin_width() * MM_PER_CSS_PIXEL
            if left < least or left + width > most:
                found.append(Misfit(str(box.element_tag), where.page, where.origin, width))
    return found


def overfull(document: Document) -> list[Misfit]:
    """Return boxes whose height the layout fixes and whose lines reach below their edge."""
    found: list[Misfit] = []
    for box, where in boxes_of(document):
        for last in box.__dict__.get("children", ())[-1:]:
            if type(last).__name__ != "LineBox" or box.style["height"] == "auto":
                continue
            bottom = box.content_box_y() + box.height
            over = (last.position_y + last.height - bottom) * MM_PER_CSS_PIXEL
            if over > OVERFULL_MM:
                found.append(Misfit(str(box.element_tag), where.page, where.origin, over))
    return found
