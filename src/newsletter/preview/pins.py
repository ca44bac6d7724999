"""Pins: what a comment is about, and where that stands on the pages as they are now.

In: a page with its blocks and lines, a point on it. Out: an `Anchor`; and back, for an anchor, the
page and the point. A block is known again by its article, its element and its words, then by its
line of YAML, and last by its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsletter.review.proof import ProofPage
from newsletter.review.records import Anchor
from newsletter.typesetting.blocks import SetBlock
from newsletter.typesetting.inspection import SetLine

NEAR_MM = 0.5
"""By how much a line may stand out of its block."""


class Point(NamedTuple):
    """A point on a page, in millimetres; `is_sure` says that its block was found again."""

    page: int
    x: float
    y: float
    is_sure: bool


def anchor_at(page: ProofPage, block: int | None, x_mm: float, y_mm: float) -> Anchor:
    """Return the anchor of a point in a block of the page, or of a point of the page alone."""
    if block is None:
        return Anchor(page=page.number, x=_share(x_mm), y=_share(y_mm))
    about = page.blocks[block]
    lines = lines_in(page, about)
    text = "".join(line.text for line in lines)
    quote = min(lines, key=lambda line: abs(line.baseline_mm - y_mm), default=None)
    return Anchor(
        page=page.number,
        article=about.article,
        element=about.element,
        origin=about.origin,
        text=text,
        quote=quote.text if quote else "",
        occurrence=_alike(page.blocks[:block], about, page, text),
        x=_within(x_mm, about.left_mm, about.width_mm),
        y=_within(y_mm, about.top_mm, about.height_mm),
    )


def point_of(anchor: Anchor, pages: Sequence[ProofPage]) -> Point:
    """Return where an anchor stands now."""
    if anchor.element:
        for page, block in _candidates(anchor, pages):
            x = block.left_mm + anchor.x * block.width_mm
            y = block.top_mm + anchor.y * block.height_mm
            return Point(page.number, round(x, 2), round(y, 2), is_sure=True)
        return Point(min(anchor.page, len(pages) or 1), 0, 0, is_sure=False)
    return Point(anchor.page, anchor.x * 1000, anchor.y * 1000, is_sure=True)


def _candidates(anchor: Anchor, pages: Sequence[ProofPage]) -> list[tuple[ProofPage, SetBlock]]:
    """Return the blocks that may be meant, the likeliest first."""
    same = [
        (page, block)
        for page in sorted(pages, key=lambda page: page.number != anchor.page)
        for block in page.blocks
        if (block.article, block.element) == (anchor.article, anchor.element)
    ]
    alike = [(page, block) for page, block in same if _text(page, block) == anchor.text]
    here = [(page, block) for page, block in same if block.origin == anchor.origin]
    if len(alike) > anchor.occurrence:
        alike = alike[anchor.occurrence :]
    return [*alike, *here]


def lines_in(page: ProofPage, block: SetBlock) -> list[SetLine]:
    """Return the lines that stand in a block and came from its line of YAML."""
    right, bottom = block.left_mm + block.width_mm, block.top_mm + block.height_mm
    return [
        line
        for line in page.lines
        if line.origin == block.origin
        and block.left_mm - NEAR_MM <= line.x_mm <= right + NEAR_MM
        and block.top_mm - NEAR_MM <= line.baseline_mm <= bottom + NEAR_MM
    ]


def _text(page: ProofPage, block: SetBlock) -> str:
    return "".join(line.text for line in lines_in(page, block))


def _alike(earlier: Sequence[SetBlock], block: SetBlock, page: ProofPage, text: str) -> int:
    return sum(
        (other.article, other.element) == (block.article, block.element)
        and _text(page, other) == text
        for other in earlier
    )


def _within(at: float, start: float, length: float) -> float:
    return min(1.0, max(0.0, (at - start) / length))


def _share(millimetres: float) -> float:
    """Return a length as the share of a metre: points of a page have no block to be measured by."""
    return min(1.0, max(0.0, millimetres / 1000))
