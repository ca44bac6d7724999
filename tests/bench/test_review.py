"""The benchmark of reviews makes an issue of ten times as many pages, as docs/review.md tells."""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pikepdf
from bench.review import TIMES, many

from newsletter.review.proof import make_proof


def test_a_proof_of_many_pages_has_the_blocks_and_lines_of_each_at_its_page(small: Path) -> None:
    proof = make_proof(small, "one")
    count = len(proof.pages)
    long = many(proof)
    with pikepdf.open(io.BytesIO(long.pdf)) as pdf:
        assert len(pdf.pages) == TIMES * count
    assert [page.number for page in long.pages] == list(range(1, TIMES * count + 1))
    first, last = proof.pages[-1], long.pages[-1]
    moved = (TIMES - 1) * count
    assert [block.page for block in last.blocks] == [block.page + moved for block in first.blocks]
    assert [line.page for line in last.lines] == [line.page + moved for line in first.lines]
    assert last.digest == first.digest
