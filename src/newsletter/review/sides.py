"""The two sides of a comparison: pages with their letters, and what is known of their making.

In: a proof, a baseline, or the bytes of any PDF. Out: a `Side`. Of a bare PDF neither blocks nor
manuscript are known; its pages can be compared all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from newsletter.preflight.isolation import Bounds, apart
from newsletter.review.letters import LetteredPage, lettered_pages
from newsletter.review.manuscript import Manuscript
from newsletter.review.proof import Proof
from newsletter.review.trial import tried
from newsletter.typesetting.blocks import SetBlock

Blocks = tuple[SetBlock, ...]


class Side(Struct, frozen=True, dict=True):
    """A PDF and its pages: digests of all, blocks where they are known.

    `label` says what it is, to be shown.
    """

    label: str
    pdf: bytes
    digests: Sequence[str]
    blocks: Sequence[Blocks] = ()
    manuscript: Manuscript | None = None

    @cached_property
    def _read(self) -> dict[int, LetteredPage]:
        return {}

    def page(self, number: int) -> LetteredPage:
        """Return measures and letters of a page, counted from 0; read when first asked for."""
        if number not in self._read:
            (self._read[number],) = lettered_pages(self.pdf, [number])
        return self._read[number]

    def blocks_on(self, page: int) -> Blocks:
        """Return the blocks of a page, counted from 0; none where they are unknown."""
        return self.blocks[page] if page < len(self.blocks) else ()


def side_of_proof(proof: Proof, label: str) -> Side:
    """Return the side of an issue as it comes out now."""
    return Side(
        label=label,
        pdf=proof.pdf,
        digests=[page.digest for page in proof.pages],
        blocks=[page.blocks for page in proof.pages],
        manuscript=proof.manuscript,
    )


def side_of_pdf(pdf: bytes, label: str) -> Side:
    """Return the side of a PDF of which nothing else is known; raises `Refused` if it is none.

    It has been read in a process of its own before it is read here (N906, N907).
    """
    return Side(label, pdf, apart(label, Bounds.of_size(len(pdf)), tried, pdf, label))


def smallest_block(blocks: Sequence[SetBlock], x_mm: float, y_mm: float) -> SetBlock | None:
    """Return the smallest of the blocks around a point of their page; None if there is none."""
    around = [
        block
        for block in blocks
        if block.left_mm <= x_mm <= block.left_mm + block.width_mm
        and block.top_mm <= y_mm <= block.top_mm + block.height_mm
    ]
    return min(around, key=lambda block: block.width_mm * block.height_mm, default=None)
