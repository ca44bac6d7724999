"""The lines of laid-out pages, read from WeasyPrint's own tree.

In: a laid-out document. Out: plain values; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsletter.typesetting.characters import MARKS, Kind
from newsletter.typesetting.inspection import SetLine, White
from newsletter.typesetting.paragraph import Line, Paragraph
from newsletter.typesetting.seam import tree
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.spacing import HALF

if TYPE_CHECKING:
    from weasyprint import Document

MM_PER_CSS_PIXEL = 25.4 / 96
ARTICLE = "article-"
LEAST_WHITE = 0.3
"""White of less than this many em is no part of a river."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where in the issue and on the pages a box stands."""

    page: int
    origin: str = ""
    article: str = ""

    def at(self, element: Foreign) -> Whereabouts:
        """Return the whereabouts of an element's content."""
        name = element.get("id") or ""
        article = name.removeprefix(ARTICLE) if name.startswith(ARTICLE) else self.article
        return replace(self, origin=element.get("data-at", self.origin), article=article)


def lines_of(document: Document) -> list[SetLine]:
    """Return the composed lines of all pages, in the order in which they are drawn."""
    numbers: dict[int, int] = {}
    return [
        line
        for number, page_box in enumerate(tree(document), start=1)
        for line in _below(page_box, Whereabouts(number), numbers)
    ]


def _below(box: Foreign, where: Whereabouts, numbers: dict[int, int]) -> Iterator[SetLine]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None:
        where = where.at(element)
    composed = box.__dict__.get("composed")
    if composed is not None:
        yield _set_line(box, composed, where, numbers)
    for child in box.__dict__.get("children", ()):
        yield from _below(child, where, numbers)


def _set_line(box: Foreign, line: Line, where: Whereabouts, numbers: dict[int, int]) -> SetLine:
    setting = box.setting
    paragraph: Paragraph = setting.paragraph
    em = paragraph.cells.ems[line.start] or 1.0
    stop = paragraph.stop(line.start)
    kinds = set(paragraph.cells.kinds[line.start : line.last + 1])
    return SetLine(
        page=where.page,
        origin=where.origin,
        article=where.article,
        paragraph=numbers.setdefault(id(setting), len(numbers)),
        text="".join(paragraph.cells.characters[line.start : line.last + 1]),
        stretch=line.gap_em,
        lack=line.rest / em if kinds != {Kind.ATOM} else 0.0,
        counted=paragraph.counted[line.last + 1] - paragraph.counted[line.start],
        is_first=line.start == paragraph.first_content(0),
        is_last=line.end >= stop,
        white=tuple(_white(paragraph, line, em)),
        x_mm=box.position_x * MM_PER_CSS_PIXEL,
        baseline_mm=(box.position_y + box.baseline) * MM_PER_CSS_PIXEL,
        width_mm=line.width * MM_PER_CSS_PIXEL,
    )


def _white(paragraph: Paragraph, line: Line, em: float) -> Iterator[White]:
    """Yield the white between the characters of a line, where there is enough to be seen."""
    kinds, advances = paragraph.cells.kinds, paragraph.advances
    inked = [k for k in range(line.start, line.last + 1) if kinds[k] is not Kind.SPACE]
    for left, right in pairwise(inked):
        start = line.positions[left - line.start] + advances[left]
        if kinds[left] in MARKS and kinds[left] is not Kind.OPEN:
            start -= HALF * em
        end = line.positions[right - line.start]
        if kinds[right] is Kind.OPEN:
            end += HALF * em
        if end - start >= LEAST_WHITE * em:
            yield start / em, end / em
