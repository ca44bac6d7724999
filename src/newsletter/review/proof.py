"""A proof: what a review sees of an issue, pages with their blocks and lines.

In: an issue as it is now. Out: a `Proof`, with the screen file in memory; nothing is written.
`Refused` when it cannot be made, with every problem found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from newsletter import checking, edition
from newsletter.diagnostics import Diagnostic, in_order
from newsletter.issue.loader import load_copy
from newsletter.layouts.spec import LayoutFile
from newsletter.press.finish import finish
from newsletter.render import Pages
from newsletter.review.manuscript import Manuscript, manuscript_of
from newsletter.review.pixels import page_digests
from newsletter.subedit import read_issue
from newsletter.typesetting.blocks import SetBlock, blocks_of
from newsletter.typesetting.inspection import SetLine
from newsletter.typesetting.seam.lines import lines_of


class ProofPage(Struct, frozen=True):
    """A page, counted from 1: its digest, and what stands on it in the order of drawing."""

    number: int
    digest: str
    blocks: tuple[SetBlock, ...]
    lines: tuple[SetLine, ...]


class Proof(Struct, frozen=True):
    """An issue as it comes out now: the screen file, its pages, its layout, what was found.

    `manuscript` is what it was made from.
    """

    issue: str
    pdf: bytes
    pages: tuple[ProofPage, ...]
    layout: LayoutFile
    findings: tuple[Diagnostic, ...]
    manuscript: Manuscript = field(default_factory=Manuscript)


def make_proof(root: Path, issue_id: str, layout: str | None = None) -> Proof:
    """Lay an issue out and return its proof; raises `Refused`."""
    copy = load_copy(root, issue_id)
    pages = edition.lay_out(checking.compose(copy, layout))
    galley = pages.galley
    raw, warnings = pages.write(tagged=True)
    data = finish(raw, galley.layout.spec.page)
    findings = [*read_issue(copy.issue), *galley.warnings, *pages.findings, *warnings]
    findings += edition.inspect(pages, f"{issue_id}-screen.pdf", "screen", data)
    return Proof(
        issue=issue_id,
        pdf=data,
        pages=proof_pages(pages, page_digests(data)),
        layout=galley.layout.spec,
        findings=tuple(in_order(findings)),
        manuscript=manuscript_of(galley),
    )


def proof_page(pages: Pages, number: int, digest: str) -> ProofPage:
    """Return one page, counted from 1, with what stands on it; the others are not looked at."""
    blocks = blocks_of(pages.document, {number})
    return ProofPage(number, digest, tuple(blocks), tuple(lines_of(pages.document, {number})))


def proof_pages(pages: Pages, digests: Sequence[str]) -> tuple[ProofPage, ...]:
    """Return the pages with what stands on them."""
    blocks, lines = blocks_of(pages.document), pages.lines
    return tuple(
        ProofPage(
            number=number,
            digest=digest,
            blocks=tuple(block for block in blocks if block.page == number),
            lines=tuple(line for line in lines if line.page == number),
        )
        for number, digest in enumerate(digests, 1)
    )
