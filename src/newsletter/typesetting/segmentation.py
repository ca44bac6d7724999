"""A Chinese text divided into words, each with its tag.

In: a text. Out: its words in order; together they are the text. They are those of jieba, and of
`rjieba` to the letter, whose words and tags the tests compare.

1. The text is divided into blocks of Han and of what Latin words, numbers and their marks are
   written with; anything else is a word by itself.
2. A block is a graph: its places are joined by the words of the dictionary. Of all ways through it
   that one is taken whose words, were each drawn by its frequency, are the most probable. It is
   found from the end: the best way from a place is the best of its words with the best way from
   where that ends.
3. Characters that stand alone on this way, several in a row, may be a word that stands in no
   dictionary. Each is hidden in one of four states (begins, in the middle, ends, single); the most
   probable states say where words end. They are found as Viterbi has it (Error bounds for
   convolutional codes, 1967; L. R. Rabiner, A tutorial on hidden Markov models, 1989, III.B).
4. A word that stands in no dictionary has the tag of its longest part by a second such model, in
   which a state has a tag too; one with digits is `m`, with other Latin letters `eng`, else `x`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from newsletter.typesetting.dictionary import (
    BROKEN,
    POSITIONS,
    START,
    TAGS,
    Dictionary,
    dictionary,
    refusal,
)

HAN = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1f"
)
"""Unified and compatibility ideographs up to extension F and their supplement."""
PARTS = re.compile(rf"(?P<block>[{HAN}A-Za-z0-9+#&._%-]+)|\r\n|.", re.DOTALL)
COMMON = "\u4e00-\u9fd5"
"""The Han that the first model knows: the unified ideographs of Unicode 8."""
RUNS = re.compile(
    rf"(?P<han>[{COMMON}]+)"
    r"|[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*%?"  # a Latin word or number, as e-mail, 1.2.3, 15.6%
    rf"|[^{COMMON}A-Za-z0-9]+"
)
LATIN = re.compile("[A-Za-z0-9]")
NEVER = -3.14e100
"""The logarithm of no probability in jieba's first model; sums with it are compared too."""
BEGINS, ENDS, SINGLE = (POSITIONS.index(position) for position in "BES")
ALL_STATES = tuple(POSITIONS.index(position) * TAGS for position in "SMEB")
"""The states of the first model, the one first that is taken of equals."""


Looked = tuple[str, str | None]
"""A word, and its tag where it was looked up."""


class Way(NamedTuple):
    """The best way to a state of a character: its probability, and the way to the one before."""

    probability: float
    state: int
    before: Way | None


def segmented(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text with their tags; raises `Refused` where the dictionary is broken.

    A word that is not of Han, Latin letters or digits is one character, or a line's end.
    """
    known = dictionary()
    try:
        for part in PARTS.finditer(text):
            found = _of_block(part[0], known) if part["block"] else [(part[0], None)]
            for word, tag in found:
                yield word, tag or known.tag_of(word) or _guess(word, known)
    except BROKEN as error:
        raise refusal(error) from error


def _of_block(block: str, known: Dictionary) -> Iterator[Looked]:
    """Yield the words of a block."""
    alone: list[Looked] = []
    for word, tag in _likeliest_words(block, known):
        if len(word) == 1:
            alone.append((word, tag))
        else:
            yield from _joined(alone, known)
            alone = []
            yield word, tag
    yield from _joined(alone, known)


def _likeliest_words(block: str, known: Dictionary) -> Iterator[Looked]:
    """Yield the words of the most probable way through the graph, the longer one of equals."""
    total = math.log(known.total)
    best: list[tuple[float, int, str | None]] = [(0.0, len(block), None)] * (len(block) + 1)
    for start in reversed(range(len(block))):
        ways = (
            (math.log(entry.frequency) - total + best[entry.end][0], entry.end, entry.tag)
            for entry in known.words_at(block, start)
        )
        alone = (-total + best[start + 1][0], start + 1, None)
        best[start] = max(ways, default=alone)
    start = 0
    while start < len(block):
        _, end, tag = best[start]
        yield block[start:end], tag
        start = end


def _joined(alone: Sequence[Looked], known: Dictionary) -> Iterator[Looked]:
    """Yield the words of characters that stand alone on the way; they may be none of it."""
    run = "".join(character for character, _ in alone)
    if len(run) < 2 or known.tag_of(run):  # noqa: PLR2004 - one character is nothing to join
        yield from alone
        return
    for part in RUNS.finditer(run):
        words = _cut(part[0], known) if part["han"] else [part[0]]
        yield from ((word, None) for word in words)


def _cut(run: str, known: Dictionary) -> Iterator[str]:
    """Yield the words of a run of Han by the first model."""
    columns = [
        dict.fromkeys(ALL_STATES, NEVER) | known.cutting.column(character) for character in run
    ]
    starts = dict.fromkeys(ALL_STATES, NEVER) | known.cutting.after(START)
    for start, end, _ in _spans(_likeliest(columns, starts, known.cutting.after)):
        yield run[start:end]


def _guess(word: str, known: Dictionary) -> str:
    """Return a tag for a word that stands in no dictionary."""
    latin = LATIN.findall(word)
    if latin:
        return "m" if all(letter.isdigit() for letter in latin) else "eng"
    columns = [known.tagged(character) for character in word]
    states = _likeliest(columns, known.tagging.after(START), known.tagging.after)
    longest = max(((end - start, start, tag) for start, end, tag in _spans(states)), default=None)
    return known.tags[longest[2]] if longest else "x"


def _likeliest(
    columns: Sequence[Mapping[int, float]],
    starts: Mapping[int, float],
    after: Callable[[int], Mapping[int, float]],
) -> list[int]:
    """Return the most probable states, one a character, or none where there is no way.

    `columns` has for each character how probable it is in its states, `starts` how probable these
    are at first, `after` those that follow one. Of equals the one that comes first is taken.
    """
    ways = [
        Way(starts[state] + seen, state, None)
        for state, seen in columns[0].items()
        if state in starts
    ]
    for column in columns[1:]:
        ways = list(_onward(ways, column, after))
    ends = (way for way in ways if way.state // TAGS in (ENDS, SINGLE))
    last = max(ends, key=attrgetter("probability"), default=None)
    states = []
    while last is not None:
        states.append(last.state)
        last = last.before
    return states[::-1]


def _onward(
    ways: Sequence[Way], column: Mapping[int, float], after: Callable[[int], Mapping[int, float]]
) -> Iterator[Way]:
    """Yield the best way to each state of the next character that can be reached."""
    steps = [(way, after(way.state)) for way in ways]
    for state, seen in column.items():
        longer = (
            Way(way.probability + step[state] + seen, state, way)
            for way, step in steps
            if state in step
        )
        best = max(longer, key=attrgetter("probability"), default=None)
        if best is not None:
            yield best


def _spans(states: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield where words begin and end by the states of their characters, and their tags."""
    start = 0
    for k, state in enumerate(states):
        position, tag = divmod(state, TAGS)
        if position in (BEGINS, SINGLE):
            start = k
        if position in (ENDS, SINGLE):
            yield start, k + 1, tag
