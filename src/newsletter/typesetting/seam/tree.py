"""The boxes of laid-out pages, from WeasyPrint's own tree (private: `Page._page_box`).

In: a laid-out document. Out: its boxes in the order in which they are drawn, and where in the
issue each came from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.typesetting.seam.foreign import Foreign

if TYPE_CHECKING:
    from weasyprint import Document

MM_PER_CSS_PIXEL = 25.4 / 96
ARTICLE = "article-"
"""What the id of an article's element begins with, see docs/layouts.md."""


class Whereabouts(Struct, frozen=True):
    """Where a box stands: its page (from 1), the YAML it came from, and its article.

    `origin` is the nearest `data-at` at or above it, `file:line`; `article` the id of the article
    around it. Both are empty where there is none.
    """

    page: int
    origin: str = ""
    article: str = ""

    def at(self, element: Foreign) -> Whereabouts:
        """Return the whereabouts of what is in an element."""
        said = element.attrib
        name, origin = said.get("id", ""), said.get("data-at", self.origin)
        article = name.removeprefix(ARTICLE) if name.startswith(ARTICLE) else self.article
        if (origin, article) == (self.origin, self.article):
            return self
        return Whereabouts(self.page, origin, article)


def boxes_of(
    document: Document, pages: Collection[int] | None = None
) -> Iterator[tuple[Foreign, Whereabouts]]:
    """Yield the boxes of all pages, or of those with these numbers."""
    for number, page in enumerate(document.pages, start=1):
        if pages is None or number in pages:
            yield from _below(page._page_box, Whereabouts(number))  # noqa: SLF001 - the seam


def page_boxes(document: Document) -> list[Foreign]:
    """Return what each page is to WeasyPrint; a page that stood is the same object as before."""
    return [page._page_box for page in document.pages]  # noqa: SLF001 - the seam


def margins_of(document: Document) -> list[str]:
    """Return for each page what stands in its margin boxes, and where."""
    return [
        repr([_told(box) for margin in page.children[1:] for box in margin.descendants()])
        for page in page_boxes(document)
    ]


def _told(box: Foreign) -> tuple[str, str, float, float]:
    text = box.__dict__.get("text", "")
    return box.element_tag or "", text, box.position_x, box.position_y


def _below(box: Foreign, where: Whereabouts) -> Iterator[tuple[Foreign, Whereabouts]]:
    """Yield a box and those in it, each before what it holds."""
    waiting: list[tuple[Foreign, Whereabouts, Foreign]] = [(box, where, None)]
    while waiting:
        box, where, around = waiting.pop()
        box = getattr(box, "_box", box)  # an absolutely placed box stands in for another
        said = box.__dict__
        element = said.get("element")
        if element is not None and element is not around:
            where, around = where.at(element), element
        yield box, where
        children = said.get("children")
        if children:
            waiting += [(child, where, around) for child in reversed(children)]
