"""Inspection: what is wrong with lines that were set, and how even they are.

In: the lines of the pages, in order. Out: `Fault`s, one of a kind for each paragraph, and the
share of lines above a stretch. All lengths are in em of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct

from newsletter.typesetting.rules import Rules

RIVER_LINES = 4
"""A river runs through at least so many lines."""
RIVER_WHITE = 0.6
"""White of at least this width is part of a river."""
RIVER_OVERLAP = 0.3
"""By how much the white of two neighbouring lines lies above each other."""
SHORT = 0.02
"""What a line may lack and still be flush."""

FaultName = Literal["loose", "runt", "river", "short", "overset"]
White = tuple[float, float]


class SetLine(Struct, frozen=True):
    """A line on a page.

    `origin` is the nearest `data-at` at or above it, `file:line`, and `article` the id of its
    article, both empty where there is none. `paragraph` is a number that its lines share.
    `stretch` is by how much its common gaps grew, `lack` what it is short of its measure (below
    zero: beyond it). `counted` are its characters without marks. `white` are the stretches of
    white in it, from its left edge. `x_mm`, `baseline_mm` and `width_mm` tell where it stands
    on the page, counted from the top left corner of the trimmed sheet.
    """

    page: int
    origin: str
    article: str
    paragraph: int
    text: str
    stretch: float
    lack: float
    counted: int
    is_first: bool
    is_last: bool
    white: tuple[White, ...]
    x_mm: float
    baseline_mm: float
    width_mm: float


class Fault(Struct, frozen=True):
    """What is wrong with a paragraph: in which line it shows first, how many show it.

    `worst` is in em for loose, short and overset lines, else 0.
    """

    name: FaultName
    line: SetLine
    lines: int
    worst: float = 0.0


class Evenness(Struct, frozen=True):
    """How many lines were filled, and the share of them whose gaps grew by more than some em."""

    lines: int
    above: tuple[tuple[float, float], ...]
    largest: float


def inspect(lines: Iterable[SetLine], rules: Rules) -> Iterator[Fault]:
    """Yield what is wrong with each paragraph, in the order of the pages."""
    for _paragraph, group in groupby(lines, key=lambda line: line.paragraph):
        paragraph = list(group)
        yield from _worst("loose", paragraph, [line.stretch for line in paragraph], rules.loose)
        yield from _worst("short", paragraph, [line.lack for line in paragraph], SHORT)
        yield from _worst("overset", paragraph, [-line.lack for line in paragraph], SHORT)
        last = paragraph[-1]
        if last.is_last and not last.is_first and last.counted < rules.last_line:
            yield Fault("runt", last, 1)
        yield from _rivers(paragraph)


def _worst(
    name: FaultName, lines: Sequence[SetLine], values: Sequence[float], most: float
) -> Iterator[Fault]:
    found = [(value, line) for value, line in zip(values, lines, strict=True) if value > most]
    if found:
        yield Fault(name, found[0][1], len(found), max(value for value, _line in found))


def _rivers(lines: Sequence[SetLine]) -> Iterator[Fault]:
    """Yield the longest river of a paragraph, if it has one."""
    best: tuple[int, SetLine] | None = None
    rivers: list[tuple[White, int, SetLine]] = []
    page = 0
    for line in lines:
        if line.page != page:
            page, rivers = line.page, []
        wide = [white for white in line.white if white[1] - white[0] >= RIVER_WHITE]
        rivers = [_flowing(white, rivers, line) for white in wide]
        longest = max(rivers, key=lambda river: river[1], default=None)
        if longest and longest[1] >= RIVER_LINES and (best is None or longest[1] > best[0]):
            best = longest[1], longest[2]
    if best is not None:
        yield Fault("river", best[1], best[0])


def _flowing(
    white: White, rivers: Sequence[tuple[White, int, SetLine]], line: SetLine
) -> tuple[White, int, SetLine]:
    """Return the river that goes on in some white, or one that begins there."""
    above = [river for river in rivers if _overlap(white, river[0]) >= RIVER_OVERLAP]
    longest = max(above, key=lambda river: river[1], default=None)
    return (white, longest[1] + 1, longest[2]) if longest else (white, 1, line)


def _overlap(one: White, two: White) -> float:
    return min(one[1], two[1]) - max(one[0], two[0])


def evenness(lines: Iterable[SetLine], limits: Sequence[float]) -> Evenness:
    """Return how even the filled lines are: all but the last ones of paragraphs."""
    stretches = [line.stretch for line in lines if not line.is_last]
    count = len(stretches)
    above = tuple(
        (limit, sum(stretch > limit for stretch in stretches) / count if count else 0.0)
        for limit in limits
    )
    return Evenness(count, above, max(stretches, default=0.0))
