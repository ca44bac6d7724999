"""Signatures: which pages stand together on which side of which sheet.

In: a count of pages and how they are bound. Out: sheets with four pages each, two on a side, to
be folded once in the middle. Arithmetic alone; nothing here knows of PDF or of paper.

Sheets of a signature lie in one another. Saddle stitch has one signature; in a perfect binding
signatures of a few sheets stand one behind the other, and their backs are glued.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Fold = Literal["saddle", "perfect"]
Binding = Literal["left", "right"]
PAGES_ON_SHEET = 4
"""A sheet that is folded once has two leaves, each with two pages."""


class Side(Struct, frozen=True):
    """Two pages beside each other, counted from 1; None is a blank."""

    left: int | None
    right: int | None


class Sheet(Struct, frozen=True):
    """A sheet with its number and its signature's, from 1.

    `depth` says how far in the signature it lies: 0 is the outermost sheet, 1 the innermost.
    """

    number: int
    signature: int
    depth: float
    front: Side
    back: Side


def blanks_for(count: int) -> int:
    """Return how many blank pages fill up the last sheet."""
    return -count % PAGES_ON_SHEET


def plan(
    count: int, fold: Fold = "saddle", signature: int = 16, binding: Binding = "left"
) -> list[Sheet]:
    """Return the sheets of a publication of `count` pages, the outermost of each signature first.

    `signature` is the number of pages in each signature of a perfect binding, a multiple of four;
    the last one has as many as are left. Bound at the right, as books in vertical Chinese are,
    left and right change places. Blanks come last.
    """
    total = count + blanks_for(count)
    size = max(total, PAGES_ON_SHEET) if fold == "saddle" else signature
    if size < PAGES_ON_SHEET or size % PAGES_ON_SHEET:
        raise ValueError(f"a signature has a multiple of four pages, not {size}")
    sheets: list[Sheet] = []
    for number, before in enumerate(range(0, total, size), 1):
        pages = range(before + 1, min(before + size, total) + 1)
        for depth, numbers in _nested(pages):
            front, back = (_side(pair, count, binding) for pair in (numbers[:2], numbers[2:]))
            sheets.append(Sheet(len(sheets) + 1, number, depth, front, back))
    return sheets


def _nested(pages: range) -> Iterator[tuple[float, tuple[int, int, int, int]]]:
    """Yield of each sheet its depth and its pages: front left, front right, back left and right."""
    sheets = len(pages) // PAGES_ON_SHEET
    for index in range(sheets):
        first, last = pages[2 * index], pages[-1 - 2 * index]
        yield index / max(sheets - 1, 1), (last, first, first + 1, last - 1)


def _side(pair: tuple[int, ...], count: int, binding: Binding) -> Side:
    left, right = (number if number <= count else None for number in pair)
    return Side(left, right) if binding == "left" else Side(right, left)
