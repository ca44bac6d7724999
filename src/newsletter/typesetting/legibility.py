"""Legibility: texts that are too small, too faint on their ground, or printed over others.

In: the texts of the pages, as plain values. Out: `Illegible`s, the first of each kind of element,
and how many there are. What lies on a picture is not judged: its ground is not one colour.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from msgspec import Struct

from newsletter.luminance import contrast, luminance

LEAST_PT = 5.0
"""Smaller text is neither printed nor read well (as preflight's N925 has it)."""
ROUNDING_PT = 0.01
LARGE_PT, LARGE_BOLD_PT, BOLD = 18.0, 14.0, 700
LEAST_RATIO, LEAST_RATIO_LARGE = 4.5, 3.0
"""Contrast that text and large text need (WCAG 2.2, 1.4.3)."""
ABOVE, BELOW = 0.75, 0.05
"""What a text covers above and below its baseline, in em; Chinese characters a little more."""
COVERED = 0.3
"""By so much of the smaller one two texts cover each other where one overprints the other."""

OPENING = frozenset("“‘（《〈「『【〔［｛〖")
WHITE = 0.5
"""White before the glyph of an opening mark, in em, into which other texts may reach."""

Fault = Literal["small", "faint", "overprinted"]
Colour = tuple[float, float, float]


class Printed(NamedTuple):
    """A text on a page: its element, where it stands in points, size, colours from 0 to 1.

    `line` is a number that texts of one line share. `ground` is the colour behind it, or None
    where that is a picture, or not known.
    """

    page: int
    origin: str
    element: str
    text: str
    line: int
    left: float
    baseline: float
    width: float
    size: float
    weight: int
    colour: Colour
    ground: Colour | None


class Illegible(Struct, frozen=True):
    """What is wrong with a text, or with several of one kind of element.

    `worst` is the size in points, the contrast ratio, or 0; `other` is the text that overprints.
    """

    fault: Fault
    first: Printed
    count: int
    worst: float = 0.0
    other: str = ""


def illegible(texts: Iterable[Printed]) -> Iterator[Illegible]:
    """Yield what is wrong with the texts of some pages, each kind of element once."""
    seen = [text for text in texts if text.text.strip()]
    small = [(text.size, text) for text in seen if text.size < LEAST_PT - ROUNDING_PT]
    yield from _grouped("small", small)
    yield from _grouped("faint", [*_faint(seen)])
    for _page, group in groupby(seen, key=lambda text: text.page):
        yield from _overprinted(list(group))


def _grouped(fault: Fault, found: Sequence[tuple[float, Printed]]) -> Iterator[Illegible]:
    kinds: dict[str, list[tuple[float, Printed]]] = {}
    for value, text in found:
        kinds.setdefault(text.element, []).append((value, text))
    for group in kinds.values():
        worst = min(value for value, _text in group)
        yield Illegible(fault, group[0][1], len(group), worst)


def _faint(texts: Iterable[Printed]) -> Iterator[tuple[float, Printed]]:
    for text in texts:
        if text.ground is None:
            continue
        large = LARGE_BOLD_PT if text.weight >= BOLD else LARGE_PT
        contrast = ratio(text.colour, text.ground)
        if contrast < (LEAST_RATIO_LARGE if text.size >= large else LEAST_RATIO):
            yield contrast, text


def _overprinted(texts: Sequence[Printed]) -> Iterator[Illegible]:
    """Yield the texts of a page that another one covers in part, the first of each element."""
    in_order = sorted(texts, key=lambda text: text.baseline - ABOVE * text.size)
    found: dict[tuple[str, str], list[tuple[Printed, Printed]]] = {}
    open_texts: list[Printed] = []
    for text in in_order:
        top = text.baseline - ABOVE * text.size
        open_texts = [one for one in open_texts if one.baseline + BELOW * one.size > top]
        for one in open_texts:
            if one.line != text.line and _covers(one, text):
                found.setdefault((one.element, text.element), []).append((one, text))
        open_texts.append(text)
    for pairs in found.values():
        one, text = pairs[0]
        yield Illegible("overprinted", one, len(pairs), other=text.text)


def _covers(one: Printed, two: Printed) -> bool:
    wide = min(one.left + one.width, two.left + two.width) - max(_edge(one), _edge(two))
    high = min(_foot(one), _foot(two)) - max(_head(one), _head(two))
    if wide <= 0 or high <= 0:
        return False
    smaller = min(text.width * text.size * (ABOVE + BELOW) for text in (one, two))
    return wide * high > COVERED * smaller


def _edge(text: Printed) -> float:
    """Return where a text's glyphs begin: an opening mark has its white before it."""
    white = min(WHITE * text.size, text.width / 2) if text.text[0] in OPENING else 0.0
    return text.left + white


def _head(text: Printed) -> float:
    return text.baseline - ABOVE * text.size


def _foot(text: Printed) -> float:
    return text.baseline + BELOW * text.size


# Contrast ---------------------------------------------------------------------------------------


def ratio(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, glossary)."""
    return contrast(_luminance(one), _luminance(other))


@functools.lru_cache(maxsize=1024)
def _luminance(colour: Colour) -> float:
    return luminance(*colour)
