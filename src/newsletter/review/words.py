"""What the words of two texts have in common, and where they differ.

In: two sequences of words. Out: the stretches that both have, in order. A word is a Chinese
character, a mark, or a run of Latin letters or figures. Words that stand once in both texts hold
the comparison together ("patience diff"), so that its time grows with the length and not with
its square; what is left between them is compared by difflib.
"""

from __future__ import annotations

import bisect
import difflib
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter.sources import is_wide

SPANS = (16, 8, 4)
"""How many words in a row must be the same and unique to hold a comparison together."""
LARGEST_GAP = 4_000_000
"""Above this product of lengths what lies between is called different: seconds of difflib."""
SHORTEST_KEPT = 3
"""Fewer words between two changes belong to them: single characters agree by chance."""


class Stretch(NamedTuple):
    """`length` words that are the same from `old` in the one and from `new` in the other."""

    old: int
    new: int
    length: int


class Change(NamedTuple):
    """Words `old` to `old_stop` of the one text became `new` to `new_stop` of the other."""

    old: int
    old_stop: int
    new: int
    new_stop: int


def is_latin(character: str) -> bool:
    """Tell whether a character is part of a word of several."""
    return character.isalnum() and not is_wide(character)


def common(
    old: Sequence[Hashable], new: Sequence[Hashable], *, chance: bool = False
) -> list[Stretch]:
    """Return the stretches that two texts share, in order, neighbours joined.

    With `chance` short ones between longer changes are kept: these cannot be the same by chance.
    """
    found: list[Stretch] = []
    for stretch in _common(old, new, 0, 0, SPANS):
        last = found[-1] if found else None
        if last and last.old + last.length == stretch.old and last.new + last.length == stretch.new:
            found[-1] = last._replace(length=last.length + stretch.length)
        else:
            found.append(stretch)
    return found if chance else _without_chance(found)


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, j: int, spans: Sequence[int]
) -> Iterator[Stretch]:
    """Yield what two texts share; they begin at `i` and `j` of the whole."""
    head = _same_from_start(old, new)
    if head:
        yield Stretch(i, j, head)
    tail = _same_from_start(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if inner_old and inner_new:
        yield from _inner(inner_old, inner_new, i + head, j + head, spans)
    if tail:
        yield Stretch(i + len(old) - tail, j + len(new) - tail, tail)


def _inner(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, j: int, spans: Sequence[int]
) -> Iterator[Stretch]:
    for position, span in enumerate(spans):
        held = _held_together(old, new, span)
        if held:
            yield from _between(old, new, held, (i, j), spans[position:])
            return
    if len(old) * len(new) <= LARGEST_GAP:
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for a, b, length in matcher.get_matching_blocks():
            if length:
                yield Stretch(i + a, j + b, length)


def _between(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    held: list[tuple[int, int]],
    start: tuple[int, int],
    spans: Sequence[int],
) -> Iterator[Stretch]:
    """Yield what is shared from each place that holds to the next one."""
    i, j = start
    for (a, b), (c, d) in pairwise([(0, 0), *held, (len(old), len(new))]):
        yield from _common(old[a:c], new[b:d], i + a, j + b, spans if a or b else spans[1:])


def _held_together(
    old: Sequence[Hashable], new: Sequence[Hashable], span: int
) -> list[tuple[int, int]]:
    """Return the longest rising chain of places where unique spans are the same."""
    once_old, once_new = _once(old, span), _once(new, span)
    places = sorted((once_old[words], once_new[words]) for words in once_old.keys() & once_new)
    return _rising(places)


def _once(words: Sequence[Hashable], span: int) -> dict[tuple[Hashable, ...], int]:
    spans = [tuple(words[n : n + span]) for n in range(len(words) - span + 1)]
    counts = Counter(spans)
    return {words: n for n, words in enumerate(spans) if counts[words] == 1}


def _rising(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the places whose second numbers rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_old, new) in enumerate(places):
        at = bisect.bisect_left(ends, new)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [new]
        last[at : at + 1] = [n]
    chain, n = [], last[-1] if last else -1
    while n >= 0:
        chain.append(places[n])
        n = before[n]
    return chain[::-1]


def _same_from_start(one: Sequence[Hashable], two: Sequence[Hashable]) -> int:
    for n, (a, b) in enumerate(zip(one, two, strict=False)):
        if a != b:
            return n
    return min(len(one), len(two))


def _without_chance(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches without short ones in the midst of longer changes."""
    kept: list[Stretch] = []
    for n, stretch in enumerate(stretches):
        after = stretches[n + 1] if n + 1 < len(stretches) else None
        if kept and after and stretch.length < SHORTEST_KEPT:
            before = kept[-1]
            change_before = _apart(before, stretch)
            change_after = _apart(stretch, after)
            if min(change_before, change_after) > stretch.length:
                continue
        kept.append(stretch)
    return kept


def _apart(one: Stretch, two: Stretch) -> int:
    """Return how many words lie between two stretches, on the side that has more."""
    return max(two.old - one.old - one.length, two.new - one.new - one.length)


def changes(stretches: Sequence[Stretch], old: int, new: int) -> Iterator[Change]:
    """Yield what lies between the stretches of texts of `old` and `new` words."""
    i = j = 0
    for stretch in [*stretches, Stretch(old, new, 0)]:
        if stretch.old > i or stretch.new > j:
            yield Change(i, stretch.old, j, stretch.new)
        i, j = stretch.old + stretch.length, stretch.new + stretch.length
