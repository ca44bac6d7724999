"""Which page of the one side is which of the other, found by what stands on them.

In: two sides. Out: pairs of page numbers, counted from 0, in the order of the new side; a page
without a partner stands with None. An inserted page shifts no other page's comparison, and a page
that went elsewhere is found again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from newsletter.review.furniture import body, furniture
from newsletter.review.pixels import draw_page
from newsletter.review.sides import Side
from newsletter.review.words import Stretch, common

ALIKE = 0.35
"""Pages with at least this much in common are the same page, changed."""
POWER = 4
SAME = 0.9
"""Pages that have this much in common are the same page in another place."""
DIMENSIONS = 4096
"""Pairs of letters are counted in so many places; two of a page's thousand seldom meet."""
WORDLESS = 12
"""With fewer letters a page is known by its picture."""
THUMBNAIL_DPI = 6
SHARPNESS = 4.0
"""By how much the mean difference of two thumbnails counts; pages are mostly white."""


class Pair(Struct, frozen=True):
    """A page of the old side and its page of the new one, from 0; `went` if out of order."""

    old: int | None
    new: int | None
    went: bool = False


def align(old: Side, new: Side) -> list[Pair]:
    """Return the pairs in the order of the new side, lost pages after those they followed."""
    pairs = _in_order(old.digests, new.digests, _Likeness(old, new))
    return _with_those_that_went(pairs, _Likeness(old, new))


def _in_order(one: Sequence[str], two: Sequence[str], likeness: _Likeness) -> list[Pair]:
    """Return the best alignment that keeps the order.

    Pages that are the same hold it together; what lies between is aligned by dynamic programming.
    """
    pairs: list[Pair] = []
    i = j = 0
    for stretch in [*common(one, two, chance=True), Stretch(len(one), len(two), 0)]:
        pairs += _table(range(i, stretch.old), range(j, stretch.new), likeness)
        pairs += [Pair(stretch.old + n, stretch.new + n) for n in range(stretch.length)]
        i, j = stretch.old + stretch.length, stretch.new + stretch.length
    return pairs


def _table(one: range, two: range, likeness: _Likeness) -> list[Pair]:
    """Return the alignment of two stretches of pages with the greatest sum of powers of likeness.

    Powers prefer one page that is the same to two that are somewhat alike.
    """
    best = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            alike = likeness.of(one[i], two[j])
            both = alike**POWER + best[i + 1][j + 1] if alike >= ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return list(_walk(best, one, two, likeness))


def _walk(best: list[list[float]], one: range, two: range, likeness: _Likeness) -> list[Pair]:
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(two):
        alike = likeness.of(one[i], two[j])
        if alike >= ALIKE and best[i][j] == alike**POWER + best[i + 1][j + 1]:
            pairs.append(Pair(one[i], two[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append(Pair(one[i], None))
            i += 1
        else:
            pairs.append(Pair(None, two[j]))
            j += 1
    pairs += [Pair(one[n], None) for n in range(i, len(one))]
    return [*pairs, *(Pair(None, two[n]) for n in range(j, len(two)))]


def _with_those_that_went(pairs: list[Pair], likeness: _Likeness) -> list[Pair]:
    """Return the pairs with lost and new pages that are the same ones put together."""
    lost = [pair.old for pair in pairs if pair.new is None]
    went: dict[int, int] = {}
    for pair in pairs:
        if pair.old is None and pair.new is not None:
            chances = [n for n in lost if n is not None and n not in went]
            nearest = max(chances, key=lambda n: likeness.of(n, pair.new), default=None)
            if nearest is not None and likeness.of(nearest, pair.new) >= SAME:
                went[nearest] = pair.new
    back = {new: old for old, new in went.items()}
    return [
        Pair(back[pair.new], pair.new, went=True) if pair.new in back else pair
        for pair in pairs
        if pair.old not in went
    ]


class _Likeness:
    """How much two pages have in common, from 0 to 1: their pairs of letters, or their looks."""

    def __init__(self, old: Side, new: Side) -> None:
        self._sides = (old, new)
        self._known: dict[tuple[int, int], float] = {}
        self._words: tuple[dict[int, Any], dict[int, Any]] = ({}, {})
        self._thumbnails: tuple[dict[int, bytes], dict[int, bytes]] = ({}, {})

    def of(self, one: int, two: int | None) -> float:
        """Return it for a page of the old and one of the new side."""
        if two is None:
            return 0.0
        if (one, two) not in self._known:
            self._known[one, two] = self._found(one, two)
        return self._known[one, two]

    def _found(self, one: int, two: int) -> float:
        old, new = self._sides
        if old.digests[one] == new.digests[two]:
            return 1.0
        words, others = self._words_of(0, one), self._words_of(1, two)
        if words is None and others is None:
            return self._seen(one, two)
        return 0.0 if words is None or others is None else float(words @ others)

    def _words_of(self, side: int, page: int) -> Any:  # noqa: ANN401 - an array of numpy
        """Return the direction in which a page's pairs of letters point; None if it has few."""
        known = self._words[side]
        if page not in known:
            lettered = self._sides[side].page(page)
            blocks = self._sides[side].blocks_on(page)
            left_out = furniture({page: lettered}, {page: blocks})[page]
            text = body(lettered, left_out)
            known[page] = _direction(text) if len(text) >= WORDLESS else None
        return known[page]

    def _seen(self, one: int, two: int) -> float:
        old, new = self._thumbnail(0, one), self._thumbnail(1, two)
        if len(old) != len(new):
            return 0.0
        apart = sum(abs(a - b) for a, b in zip(old, new, strict=True)) / (255 * len(old))
        return max(0.0, 1 - SHARPNESS * apart)

    def _thumbnail(self, side: int, page: int) -> bytes:
        known = self._thumbnails[side]
        if page not in known:
            drawn = draw_page(self._sides[side].pdf, page, THUMBNAIL_DPI)
            known[page] = drawn.convert("L").tobytes()
        return known[page]


def _direction(text: str) -> Any:  # noqa: ANN401 - an array of numpy
    """Return the pairs of letters of a text as a vector of length 1: products are likenesses."""
    import numpy as np

    places = [zlib.crc32((one + two).encode("utf-8")) % DIMENSIONS for one, two in pairwise(text)]
    counts = np.bincount(places, minlength=DIMENSIONS).astype(np.float32)
    return counts / np.sqrt((counts**2).sum())
