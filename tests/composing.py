"""Lines of a text in an imagined font: a Chinese character is one em wide, which is 1."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter.typesetting.characters import Kind, dropped_spaces, kinds_of
from newsletter.typesetting.fitting import Goal, fit
from newsletter.typesetting.paragraph import Cells, Line, Paragraph
from newsletter.typesetting.rules import Rules

CLREQ = Rules()
LATIN, SPACE = 0.55, 0.256
NO_WIDTH = frozenset("\n\u200b\u2060\ufeff")
TOLERANCE = 1e-6


class Set(NamedTuple):
    """A line as it was set: all of its text, spaces at its edges too, and its measures."""

    text: str
    line: Line


def advance(character: str, kind: Kind) -> float:
    """Return how wide a character is in the imagined font, by its kind where it has two."""
    if character in NO_WIDTH:
        return 0.0
    if kind in (Kind.SPACE, Kind.GLUE):
        return SPACE
    if kind in (Kind.LATIN, Kind.PREFIX, Kind.POSTFIX):
        return LATIN
    is_wide = unicodedata.east_asian_width(character) in "WFA"
    return 1.0 if is_wide or kind is Kind.HAN else LATIN


def cells(
    text: str, latin: Sequence[tuple[int, int]] = (), em: float = 1.0, hyphen: float = 0.0
) -> Cells:
    """Return the cells of a text, without the spaces that are not set.

    Words can be divided by a hyphen where a width of it is given.
    """
    kinds = kinds_of(text, latin)
    dropped = dropped_spaces(kinds)
    kept = [k for k in range(len(text)) if k not in dropped]
    return Cells(
        characters=[text[k] for k in kept],
        kinds=[kinds[k] for k in kept],
        advances=[advance(text[k], kinds[k]) * em for k in kept],
        ems=[em] * len(kept),
        hyphens=[(0, len(kept), hyphen)] if hyphen else [],
    )


def paragraph(
    text: str, rules: Rules = CLREQ, *, indented: bool = False, hyphen: float = 0.0
) -> Paragraph:
    """Return a text as a paragraph."""
    return Paragraph(cells(text, hyphen=hyphen), rules, indented=indented)


def set_lines(
    text: Paragraph, measure: float, first: float | None = None, goal: Goal = "justified"
) -> list[Set]:
    """Return all lines of a paragraph, across its forced breaks."""
    found: list[Set] = []
    start, count = 0, len(text.cells.kinds)
    while start < count:
        width = measure if start or first is None else first
        stop = text.stop(start)
        for origin, end in pairwise([start, *fit(text, start, width, measure, goal)]):
            begin = text.first_content(origin)
            here = width if origin == start else measure
            is_tight = text.width(begin, end) > here + TOLERANCE
            fills = is_tight or (goal == "justified" and end != stop)
            line = text.set_line(begin, end, here if fills else None)
            found.append(Set("".join(text.cells.characters[origin:end]), line))
        start = stop
    return found


def texts(
    text: str,
    measure: float,
    first: float | None = None,
    goal: Goal = "justified",
    rules: Rules = CLREQ,
) -> list[str]:
    """Return what stands in each line of a text."""
    return [line.text for line in set_lines(paragraph(text, rules), measure, first, goal)]
