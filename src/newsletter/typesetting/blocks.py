"""The blocks of laid-out pages: what a reviewer points at, and the YAML it came from.

In: a laid-out document. Out: plain values in millimetres from the upper left corner of the
trimmed page; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, Whereabouts, boxes_of

if TYPE_CHECKING:
    from weasyprint import Document

AT = "data-at"
PICTURES = frozenset({"img", "svg"})
WITHIN = frozenset({"LineBox", "TextBox"})
"""Boxes of lines and of words, which say that they belong to the element around them."""
MADE_BY_CSS = "::"


class SetBlock(Struct, frozen=True):
    """A piece of the issue on one page: its element, its origin, the rectangle that it takes.

    `origin` is `file:line`, `article` the id of its article or empty, `part` counts the pieces
    of an element that runs over columns or pages, from 0.
    """

    page: int
    element: str
    origin: str
    article: str
    part: int
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


def blocks_of(document: Document, pages: Collection[int] | None = None) -> list[SetBlock]:
    """Return every piece of an element that knows its line of YAML, in the order of drawing.

    With `pages`, numbers from 1, only what stands on these, counted from the first piece there.
    Pictures count as blocks of their own, with the origin of what they stand in.
    """
    parts: dict[int, int] = {}
    found = []
    for box, where in boxes_of(document, pages):
        element = getattr(box, "element", None)
        if element is None or not where.origin or type(box).__name__ in WITHIN:
            continue
        tag = str(box.element_tag)
        if (element.get(AT) and MADE_BY_CSS not in tag) or tag in PICTURES:
            part = parts.setdefault(id(element), 0)
            parts[id(element)] += 1
            found.append(_block(box, where, part))
    return list(_seen(found))


def _block(box: Any, where: Whereabouts, part: int) -> SetBlock:  # noqa: ANN401 - WeasyPrint's box
    left, top = box.border_box_x(), box.border_box_y()
    return SetBlock(
        page=where.page,
        element=str(box.element_tag),
        origin=where.origin,
        article=where.article,
        part=part,
        left_mm=round(left * MM_PER_CSS_PIXEL, 3),
        top_mm=round(top * MM_PER_CSS_PIXEL, 3),
        width_mm=round(box.border_width() * MM_PER_CSS_PIXEL, 3),
        height_mm=round(box.border_height() * MM_PER_CSS_PIXEL, 3),
    )


def _seen(blocks: list[SetBlock]) -> Iterator[SetBlock]:
    """Yield the blocks that take room."""
    for block in blocks:
        if block.width_mm > 0 and block.height_mm > 0:
            yield block
