"""Where comments belong: a block and a point in it, found again after the lines have moved.

In: pages with blocks and lines; a point, or an anchor. Out: an anchor, or where it is now. A block
is known by its article, its element and its words, compared by pairs of letters, so that a comment
survives a reflow and a correction in its own paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from newsletter.review.proof import ProofPage
from newsletter.review.records import Anchor
from newsletter.review.sides import smallest_block
from newsletter.typesetting.blocks import SetBlock
from newsletter.typesetting.inspection import SetLine

LONGEST = 240
"""So many letters of a block are kept in its anchor."""
SAME_TEXT = 0.5
"""Blocks with at least this share of pairs of letters in common are the same, changed."""
ARTICLE_WEIGHT, ELEMENT_WEIGHT, ORIGIN_WEIGHT = 0.3, 0.15, 0.05
"""What counts besides the words where two blocks read alike."""
LINE_REACH_MM = 6.0
"""How far above the baseline of a line a point may be to belong to it."""

ROUNDING_MM = 0.01
"""Boxes are kept to the thousandth of a millimetre, lines as they are."""

Size = tuple[float, float]
"""Width and height of the page in mm."""


class Location(Struct, frozen=True):
    """Where an anchor is now: page from 1, the point in mm.

    `how` is `same` (block and words as they were), `changed` (the nearest in words) or `adrift`:
    the block is gone and the point is where it was on its page, or on the last page.
    """

    page: int
    x_mm: float
    y_mm: float
    how: Literal["same", "changed", "adrift"]


class Element(Struct, frozen=True):
    """A block in all its parts, with its words and its lines on each page."""

    parts: tuple[SetBlock, ...]
    lines: tuple[SetLine, ...]

    @property
    def text(self) -> str:
        """Its words, as many as an anchor keeps."""
        return "".join(line.text for line in self.lines)[:LONGEST]


def anchor_at(
    pages: Sequence[ProofPage], page: int, x_mm: float, y_mm: float, size: Size
) -> Anchor:
    """Return the anchor of a point on a page, counted from 1; of the page where no block is."""
    shown = next((p for p in pages if p.number == page), None)
    block = smallest_block(shown.blocks, x_mm, y_mm) if shown else None
    if block is None:
        return point_anchor(page, x_mm, y_mm, size)
    return anchor_in(pages, block, x_mm, y_mm)


def point_anchor(page: int, x_mm: float, y_mm: float, size: Size) -> Anchor:
    """Return the anchor of a point of a page, whatever stands there."""
    return Anchor(page=page, x=_share(x_mm, 0, size[0]), y=_share(y_mm, 0, size[1]))


def anchor_in(pages: Sequence[ProofPage], block: SetBlock, x_mm: float, y_mm: float) -> Anchor:
    """Return the anchor of a point in a block of these pages."""
    elements = elements_of(pages)
    element = next(e for e in elements if block in e.parts)
    alike = [e for e in elements if _name(e) == _name(element) and e.text == element.text]
    line = _line_at(element, block, y_mm)
    return Anchor(
        page=block.page,
        article=block.article,
        element=block.element,
        origin=block.origin,
        text=element.text,
        quote=line.text if line else "",
        occurrence=alike.index(element),
        x=_share(x_mm, block.left_mm, block.width_mm),
        y=_share(y_mm, block.top_mm, block.height_mm),
    )


class Locator:
    """Finds anchors on pages; made once for many of them."""

    def __init__(self, pages: Sequence[ProofPage], size: Size) -> None:
        self._count, self._size = len(pages), size
        self._elements = [(e, _pairs(e.text)) for e in elements_of(pages)]

    def locate(self, anchor: Anchor) -> Location:
        """Return where an anchor is now."""
        element = self._found(anchor)
        if element is None:
            page = max(1, min(anchor.page, self._count))
            where = anchor.x * self._size[0], anchor.y * self._size[1]
            adrift = bool(anchor.element) or page != anchor.page
            return Location(page, *where, "adrift" if adrift else "same")
        block, line = _part_of(element, anchor)
        y_mm = block.top_mm + anchor.y * block.height_mm
        if line is not None and not _reaches(line, y_mm):
            y_mm = line.baseline_mm
        how: Literal["same", "changed"] = "same" if element.text == anchor.text else "changed"
        return Location(block.page, block.left_mm + anchor.x * block.width_mm, y_mm, how)

    def _found(self, anchor: Anchor) -> Element | None:
        """Return the element that is most like the anchor's; None if none is like it."""
        if not anchor.element:
            return None
        wanted = _pairs(anchor.text)
        scored = [(_score(anchor, e, _alike(wanted, pairs)), e) for e, pairs in self._elements]
        best = max((score for score, _e in scored), default=0.0)
        if best < SAME_TEXT:
            return None
        equal = [e for score, e in scored if score == best]
        return equal[min(anchor.occurrence, len(equal) - 1)]


def elements_of(pages: Sequence[ProofPage]) -> list[Element]:
    """Return the blocks of all pages with their parts put together, in their order."""
    found: list[list[SetBlock]] = []
    latest: dict[tuple[str, str, str], list[SetBlock]] = {}
    for page in pages:
        for block in page.blocks:
            name = (block.element, block.origin, block.article)
            if block.part == 0 or name not in latest:
                latest[name] = []
                found.append(latest[name])
            latest[name].append(block)
    lines = {page.number: page.lines for page in pages}
    return [
        Element(tuple(parts), tuple(line for b in parts for line in lines[b.page] if _in(line, b)))
        for parts in found
    ]


def _in(line: SetLine, block: SetBlock) -> bool:
    """Tell whether a line stands in a block, or the block in the line, as a byline beside a date.

    The words of such a line are all the words that there are for it.
    """
    if not block.top_mm <= line.baseline_mm <= block.top_mm + block.height_mm:
        return False
    right = block.left_mm + block.width_mm
    if block.left_mm <= line.x_mm + line.width_mm / 2 <= right:
        return True
    starts = line.x_mm - ROUNDING_MM <= block.left_mm
    return block.element != "img" and starts and right <= line.x_mm + line.width_mm + ROUNDING_MM


def _part_of(element: Element, anchor: Anchor) -> tuple[SetBlock, SetLine | None]:
    """Return the part of an element in which the anchor's line stands now, and that line."""
    wanted = _pairs(anchor.quote)
    scored = [(_alike(wanted, _pairs(line.text)), line) for line in element.lines]
    best, line = max(scored, key=lambda one: one[0], default=(0.0, None))
    if line is None or best <= 0:
        return element.parts[0], None
    part = next(b for b in element.parts if b.page == line.page and _in(line, b))
    return part, line


def _line_at(element: Element, block: SetBlock, y_mm: float) -> SetLine | None:
    here = [line for line in element.lines if line.page == block.page and _in(line, block)]
    return min(here, key=lambda line: abs(line.baseline_mm - y_mm), default=None)


def _reaches(line: SetLine, y_mm: float) -> bool:
    return 0 <= line.baseline_mm - y_mm + 1 <= LINE_REACH_MM


def _score(anchor: Anchor, element: Element, alike: float) -> float:
    """Return how much an element is the anchor's: its words first, then where it stands."""
    block = element.parts[0]
    if anchor.text and alike < SAME_TEXT:
        return 0.0
    if not anchor.text:
        same = block.article == anchor.article and block.element == anchor.element
        if not same:
            return 0.0
        if element.text:  # a comment that was kept before words beside it were its words
            return SAME_TEXT if block.origin == anchor.origin else 0.0
        file = anchor.origin.rpartition(":")[0]
        return 1.0 if block.origin.rpartition(":")[0] == file else SAME_TEXT
    return (
        alike
        + ARTICLE_WEIGHT * (block.article == anchor.article)
        + ELEMENT_WEIGHT * (block.element == anchor.element)
        + ORIGIN_WEIGHT * (block.origin == anchor.origin)
    )


def _name(element: Element) -> tuple[str, str]:
    return element.parts[0].article, element.parts[0].element


def _pairs(text: str) -> Counter[str]:
    return Counter([text] if len(text) == 1 else [a + b for a, b in pairwise(text)])


def _alike(one: Counter[str], two: Counter[str]) -> float:
    """Return the share of pairs in common (Dice 1945), from 0 to 1."""
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 0.0


def _share(value: float, start: float, length: float) -> float:
    return round(min(1.0, max(0.0, (value - start) / length)), 4) if length else 0.5
