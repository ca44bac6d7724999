"""The lines of laid-out pages, read from WeasyPrint's own tree.

In: a laid-out document. Out: plain values; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.typesetting.characters import MARKS, Kind
from newsletter.typesetting.inspection import SetLine, White
from newsletter.typesetting.paragraph import Line, Paragraph
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, Whereabouts, boxes_of
from newsletter.typesetting.spacing import HALF

if TYPE_CHECKING:
    from weasyprint import Document

LEAST_WHITE = 0.3
"""White of less than this many em is no part of a river."""


class Said(Struct, frozen=True):
    """What is told of a line by its paragraph, see `SetLine`.

    A line box has it in place of its setting once that is let go.
    """

    text: str
    lack: float
    counted: int
    is_first: bool
    is_last: bool
    white: tuple[White, ...]


class _Numbers:
    """Numbers paragraphs; one that goes on after a page that stands is still the same.

    It has then been planned twice, but its element is one.
    """

    def __init__(self) -> None:
        self._count = 0
        self._of: dict[int, int] = {}

    def number(self, element: Foreign, *, is_first: bool) -> int:
        """Return the number of the paragraph of a line, counted from 0."""
        if is_first or id(element) not in self._of:
            self._of[id(element)] = self._count
            self._count += 1
        return self._of[id(element)]


def lines_of(document: Document, pages: Collection[int] | None = None) -> list[SetLine]:
    """Return the composed lines of all pages, or of some, in the order in which they are drawn."""
    numbers = _Numbers()
    boxes = boxes_of(document, pages)
    composed = ((box, where, box.__dict__.get("composed")) for box, where in boxes)
    return [
        _set_line(box, line, where, numbers)
        for box, where, line in composed
        if line is not None and line.last >= line.start
    ]


def _set_line(box: Foreign, line: Line, where: Whereabouts, numbers: _Numbers) -> SetLine:
    said = box.__dict__.get("said") or said_of(box.setting.paragraph, line)
    return SetLine(
        page=where.page,
        origin=where.origin,
        article=where.article,
        paragraph=numbers.number(box.element, is_first=said.is_first),
        text=said.text,
        stretch=line.gap_em,
        lack=said.lack,
        counted=said.counted,
        is_first=said.is_first,
        is_last=said.is_last,
        white=said.white,
        x_mm=box.position_x * MM_PER_CSS_PIXEL,
        baseline_mm=(box.position_y + box.baseline) * MM_PER_CSS_PIXEL,
        width_mm=line.width * MM_PER_CSS_PIXEL,
    )


def said_of(paragraph: Paragraph, line: Line) -> Said:
    """Return what a paragraph says of one of its lines."""
    cells, within = paragraph.cells, slice(line.start, line.last + 1)
    em = cells.ems[line.start] or 1.0
    return Said(
        text="".join(cells.characters[within]),
        lack=line.rest / em if set(cells.kinds[within]) != {Kind.ATOM} else 0.0,
        counted=paragraph.counted[line.last + 1] - paragraph.counted[line.start],
        is_first=line.start == paragraph.first_content(0),
        is_last=line.end >= paragraph.stop(line.start),
        white=tuple(_white(paragraph, line, em)),
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
