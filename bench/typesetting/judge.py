"""What is wrong with the lines of a paragraph, and how even they are.

In: the lines of one paragraph as drawn, its text as written, the measure. Out: plain values;
every function is pure. Lengths come in points and leave in em.

The text as written is needed because a PDF does not draw the space at which a line was
broken: without it `Git|Hub` and `GitHub|Actions` look alike.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bench.typesetting.drawn import TOLERANCE_EM, Line
from bench.typesetting.marks import (
    ASCII_STOPS,
    HANGING,
    NOT_AT_START,
    OPENING,
    PAIRED,
    TRIMMED_LEFT,
    TRIMMED_RIGHT,
    UNBREAKABLE,
    is_han,
    is_mark,
)

ADDRESS = re.compile(r"://|@|\bwww\.|\b10\.\d{4}|\.(?:cn|com|org|net|gov|invalid)\b", re.ASCII)
"""What makes Latin text without spaces an address on the web, or of mail, or a DOI."""
LEAST_LAST_LINE = 2
"""A last line of fewer characters, not counting marks, is a runt."""
HYPHENS = "-‐\u00ad\x02"

Split = Literal["split word", "split long word", "split address"]
Rule = Literal["line start", "line end", "split mark", "text"] | Split


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: `line` is the line (from 0) that ends where it is broken."""

    rule: Rule
    line: int
    around: str


@dataclass(frozen=True, slots=True)
class Evenness:
    """A line that is to fill the measure: its stretch, how far its edges are off, in em.

    `stretch` is the median over the gaps between two ideographs, None without such a gap;
    `space` is the widest distance between two words or a word and an ideograph, with the space
    that is drawn there: a line may hide its looseness in these. `squeeze` is the most by which
    a mark that stands alone was narrowed, which is how a line is kept from being loose.
    """

    text: str
    stretch: float | None
    space: float
    squeeze: float
    edge: float
    is_last: bool

    @property
    def is_flush(self) -> bool:
        """Whether both edges are where they should be."""
        return self.edge <= TOLERANCE_EM


# Breaks -------------------------------------------------------------------------------------


def faults(lines: Sequence[Line], source: str, measure: float) -> list[Fault]:
    """Return the broken rules of CLREQ 3.1.4 (line start, line end, what stays together).

    A word or number has to be split when it is wider than the measure, with the marks that it
    may not be parted from; that has a name of its own, "split long word", and so has an address
    that is parted, which is no word: neither is to be counted with the others.
    """
    try:
        places = breaks([line.text for line in lines], source)
    except ValueError as error:
        return [Fault("text", 0, str(error))]
    widths = _widths(lines)
    wholes = {
        match.span(): _what_is_split(source, match.span(), widths, measure)
        for match in UNBREAKABLE.finditer(source)
    }
    return [
        Fault(rule, number, f"{source[max(place - 6, 0) : place]}|{source[place : place + 6]}")
        for number, place in enumerate(places)
        for rule in _rules_broken(source, place, wholes)
        if not (rule.startswith("split") and _is_hyphenated(lines[number], source, place))
    ]


def _is_hyphenated(line: Line, source: str, place: int) -> bool:
    """Tell whether a word was divided by a hyphen that is not written: that is no fault."""
    drawn = line.text.rstrip()[-1:]
    return drawn in HYPHENS and source[place - 1] not in HYPHENS and source[place].islower()


def _what_is_split(
    source: str, span: tuple[int, int], widths: Mapping[str, float], measure: float
) -> Split:
    """Return what it is called when a line ends within a word."""
    if _held_together(source, span, widths) > measure:
        return "split long word"
    first, last = _western_around(source, span)
    return "split address" if ADDRESS.search(source[first:last]) else "split word"


def _western_around(source: str, span: tuple[int, int]) -> tuple[int, int]:
    first, last = span
    while first and _is_western(source[first - 1]):
        first -= 1
    while last < len(source) and _is_western(source[last]):
        last += 1
    return first, last


def _held_together(source: str, span: tuple[int, int], widths: Mapping[str, float]) -> float:
    """Return how wide a word is with all that holds on to it; marks count half at the edges."""
    first, last = _western_around(source, span)
    width = sum(widths.get(character, 0.0) for character in source[first:last])
    while first and source[first - 1] in OPENING:
        first -= 1
        width += widths.get(source[first], 0.0) / 2
    while last < len(source) and source[last] in NOT_AT_START:
        width += widths.get(source[last], 0.0) / 2
        last += 1
    return width


def _is_western(character: str) -> bool:
    return character.isascii() and not character.isspace()


def breaks(drawn: Sequence[str], source: str) -> list[int]:
    """Return for each line but the last the place in `source` where the next one begins.

    Spaces may be missing at line ends and a hyphen may have been added there; raises
    ValueError where anything else is not as written.
    """
    places, place = [], 0
    for number, text in enumerate(drawn):
        rest = [character for character in text if not character.isspace()]
        for position, character in enumerate(rest):
            place = _after_spaces(source, place)
            if source.startswith(character, place):
                place += 1
            elif position < len(rest) - 1 or number == len(drawn) - 1 or character not in HYPHENS:
                written = source[place : place + 6]
                message = f"line {number + 1} has “{character}” where “{written}” is written"
                raise ValueError(message)
        places.append(_after_spaces(source, place))
    if places and places[-1] != len(source):
        message = f"“{source[places[-1] : places[-1] + 6]}” is not drawn"
        raise ValueError(message)
    return places[:-1]


def as_broken(lines: Sequence[Line], source: str) -> str:
    """Return the source with a line feed where a line was drawn to its end."""
    try:
        places = [0, *breaks([line.text for line in lines], source), len(source)]
    except ValueError:
        return source
    return "\n".join(source[first:last] for first, last in pairwise(places))


def _after_spaces(source: str, place: int) -> int:
    while place < len(source) and source[place].isspace():
        place += 1
    return place


def _widths(lines: Iterable[Line]) -> dict[str, float]:
    """Return how wide each character is drawn in this paragraph."""
    return {glyph.text: glyph.advance for line in lines for glyph in line.glyphs}


def _rules_broken(
    source: str, place: int, wholes: Mapping[tuple[int, int], Split]
) -> Iterator[Rule]:
    """Yield what a break at `place` breaks; `wholes` tells what the words are called."""
    before, after = source[:place].rstrip()[-1:], source[place]
    if source[place - 1] == after and after in PAIRED:
        yield "split mark"
    elif _must_not_begin(source, place):
        yield "line start"
    if before in OPENING:
        yield "line end"
    for (first, last), split in wholes.items():
        if first < place < last:
            yield split


def _must_not_begin(source: str, place: int) -> bool:
    """Tell whether the character here is kept from line starts.

    —— and …… may stand there, a single — not; a stop within an address or a number is no stop.
    """
    character, after = source[place], source[place + 1 : place + 2]
    if character in PAIRED and after == character:
        return False
    if character in ASCII_STOPS and after.isascii() and after.isalnum():
        return False
    return character in NOT_AT_START


# Evenness -----------------------------------------------------------------------------------


def evenness(
    lines: Sequence[Line], measure: float, size: float, *, hanging: bool = False
) -> list[Evenness]:
    """Judge each line of a paragraph; `hanging` lets 、，。 stand outside at the right.

    The first line is not asked where it begins, the last only that it does not overshoot.
    """
    return [
        Evenness(
            text=line.text,
            stretch=stretch(line),
            space=widest_space(line),
            squeeze=squeeze(line),
            edge=max(
                abs(line.left()) / size if number else 0.0,
                _right(line, measure, size, last=number == len(lines) - 1, hanging=hanging),
            ),
            is_last=number == len(lines) - 1,
        )
        for number, line in enumerate(lines)
    ]


def stretch(line: Line) -> float | None:
    """Return the median of what was added between two neighbouring ideographs, in em."""
    added = [gap for one, two, gap in line.gaps() if is_han(one.text) and is_han(two.text)]
    return statistics.median(added) if added else None


def widest_space(line: Line) -> float:
    """Return the widest distance between two words, or of a word and an ideograph, in em."""
    apart = [
        gap
        for one, two, gap in line.gaps()
        if not is_mark(one.text[-1:]) and not is_mark(two.text[:1])
        if not (is_han(one.text) and is_han(two.text))
    ]
    return max(apart, default=0.0)


def squeeze(line: Line) -> float:
    """Return the most that was taken from a mark between two characters that are none, in em."""
    taken = [
        -gap
        for one, two, gap in line.gaps()
        if (one.text in TRIMMED_RIGHT and not is_mark(two.text[:1]))
        or (two.text in TRIMMED_LEFT and not is_mark(one.text[-1:]))
    ]
    return max(taken, default=0.0)


def _right(line: Line, measure: float, size: float, *, last: bool, hanging: bool) -> float:
    """Return how far the right edge is off, in em."""
    off = (line.right(measure) - measure) / size
    end = line.inked[-1]
    if hanging and end.text in HANGING and end.x > measure - TOLERANCE_EM * size:
        off = (end.x - measure) / size
    return max(off, 0.0) if last else abs(off)


# Ends ---------------------------------------------------------------------------------------


def is_runt(lines: Sequence[Line]) -> bool:
    """Tell whether the paragraph ends in a line that is hardly there."""
    if len(lines) < LEAST_LAST_LINE:
        return False
    return sum(not is_mark(character) for character in lines[-1].text) < LEAST_LAST_LINE
