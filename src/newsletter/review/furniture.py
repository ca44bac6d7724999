"""The furniture of pages: folios and running heads, which are no part of what is told.

In: the letters of pages, and their blocks where these are known. Out: for each page which of its
letters are furniture. A folio is a number near an edge that grows with the pages; a running head
stands near an edge and comes again at the same height on another page, or belongs to no block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from newsletter.review.letters import LetteredPage, Run
from newsletter.typesetting.blocks import SetBlock

EDGE = 0.12
"""The share of a page's height, from above and from below, in which furniture stands."""
LONGEST_HEAD = 40
MOST_HEADS = 4
"""More runs than this outside of all blocks are a list that no block is known of."""
SAME_HEIGHT_MM = 0.5
Place = tuple[str, int]


def furniture(
    pages: Mapping[int, LetteredPage], blocks: Mapping[int, Sequence[SetBlock]]
) -> dict[int, frozenset[int]]:
    """Return the indices of furniture among each page's letters."""
    runs = {number: _near_an_edge(page) for number, page in pages.items()}
    offsets = Counter(
        int(run.text) - number for number, found in runs.items() for run in found if _number(run)
    )
    heads = Counter(_place(run) for found in runs.values() for run in found if not _number(run))
    outside = {number: _outside(found, blocks.get(number, ())) for number, found in runs.items()}
    return {
        number: frozenset(
            index
            for run in found
            if _is_folio(run, number, offsets) or heads[_place(run)] > 1 or run in outside[number]
            for index in range(run.start, run.stop)
        )
        for number, found in runs.items()
    }


def _near_an_edge(page: LetteredPage) -> list[Run]:
    least, most = page.height_mm * EDGE, page.height_mm * (1 - EDGE)
    return [
        run
        for run in page.runs()
        if not least < run.y_mm < most and run.stop - run.start <= LONGEST_HEAD
    ]


def _number(run: Run) -> bool:
    return run.text.isascii() and run.text.isdigit() and len(run.text) <= len("9999")


def _is_folio(run: Run, page: int, offsets: Counter[int]) -> bool:
    """Tell whether a number is its page's, counted from 0, but for what most pages differ by."""
    if not _number(run):
        return False
    offset = int(run.text) - page
    return offset == 1 or offsets[offset] > 1


def _outside(runs: Sequence[Run], blocks: Sequence[SetBlock]) -> list[Run]:
    """Return the few runs that stand above or below all blocks of their page."""
    if not blocks:
        return []
    top = min(block.top_mm for block in blocks)
    bottom = max(block.top_mm + block.height_mm for block in blocks)
    found = [run for run in runs if not top <= run.y_mm <= bottom]
    return found if len(found) <= MOST_HEADS else []


def _place(run: Run) -> Place:
    return run.text, round(run.y_mm / SAME_HEIGHT_MM)


def body(page: LetteredPage, left_out: frozenset[int]) -> str:
    """Return what a page tells: its text without furniture."""
    kept = (letter.text for n, letter in enumerate(page.letters) if n not in left_out)
    return "".join(kept)
