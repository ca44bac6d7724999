"""The type areas of laid-out pages: what their margins leave.

In: a laid-out document. Out: plain values in millimetres from the upper left corner of the
trimmed page; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, page_boxes

if TYPE_CHECKING:
    from weasyprint import Document


class Area(NamedTuple):
    """A rectangle on a page."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


def type_areas(document: Document) -> list[Area]:
    """Return the type area of each page, in their order."""
    pages = page_boxes(document)
    sides = (
        (page.content_box_x(), page.content_box_y(), page.width, page.height) for page in pages
    )
    return [Area(*(round(side * MM_PER_CSS_PIXEL, 3) for side in four)) for four in sides]
