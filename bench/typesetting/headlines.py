"""How often a headline's line ends inside a word: divided by length alone, and by meaning.

In: texts with a bar at each place where a line may end without cutting a word, a name or a
number with its unit (by the dictionary, corrected by hand: tests/typesetting/titles_2021.txt),
and measures in em of the type size. Out: for a group of measures, how many line ends cut
something, by either way and by the best that so many lines allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from newsletter.typesetting import fitting
from newsletter.typesetting.characters import Kind
from newsletter.typesetting.copyfit import line_ends
from newsletter.typesetting.rules import Rules

BAR = "|"
GROUPS = ((12, 17), (18, 23), (24, 30))
"""Measures in em, from and up to, that make one row of the table."""
HEADS = ("measures", "texts × measures", "line ends", "by length", "by meaning", "unavoidable")
Costs = Callable[..., list[float]]


@dataclass(frozen=True, slots=True)
class Title:
    """A text, and the offsets at which a line may end without cutting a word."""

    text: str
    ends: frozenset[int]


@dataclass(slots=True)
class Tally:
    """How many texts were set in more than one line, how many line ends, and how many cut."""

    texts: int = 0
    ends: int = 0
    by_length: int = 0
    by_meaning: int = 0
    unavoidable: int = 0


def titles(path: Path) -> list[Title]:
    """Return the titles of a file, one a line."""
    return [_title(row) for row in path.read_text("utf-8").splitlines() if row]


def _title(row: str) -> Title:
    parts = row.split(BAR)
    ends = frozenset(sum(map(len, parts[:count])) for count in range(1, len(parts)))
    return Title("".join(parts), ends)


def rows(found: Sequence[Title]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for each group of measures, and of one for all."""
    whole = GROUPS[0][0], GROUPS[-1][1]
    for first, last in (*GROUPS, whole):
        tally = Tally()
        for title in found:
            for measure in range(first, last + 1):
                _count(title, measure, tally)
        counts = tally.by_length, tally.by_meaning, tally.unavoidable
        cuts = (f"{count} ({count / tally.ends:.1%})" for count in counts)
        yield f"{first} to {last} em", str(tally.texts), str(tally.ends), *cuts


def _count(title: Title, measure: int, tally: Tally) -> None:
    ends = line_ends(title.text, measure, Rules(), "balanced")[:-1]
    if not ends:
        return
    tally.texts += 1
    tally.ends += len(ends)
    tally.by_meaning += _cuts(title, ends)
    tally.by_length += _cuts(title, _with_costs(title, measure, _free))
    tally.unavoidable += _cuts(title, _with_costs(title, measure, _by_hand(title)))


def _cuts(title: Title, ends: Sequence[int]) -> int:
    return sum(end not in title.ends for end in ends)


def _with_costs(title: Title, measure: int, costs: Costs) -> list[int]:
    with patch.object(fitting, "break_costs", costs):
        return line_ends(title.text, measure, Rules(), "balanced")[:-1]


def _free(_characters: Sequence[str], kinds: Sequence[Kind], _terms: object) -> list[float]:
    """Return costs by which only the lengths of lines count."""
    return [0.0] * len(kinds)


def _by_hand(title: Title) -> Costs:
    """Return costs by which as few places as possible are cut."""

    def costs(characters: Sequence[str], _kinds: object, _terms: object) -> list[float]:
        lengths = (sum(map(len, characters[: k + 1])) for k in range(len(characters)))
        return [0.0 if length in title.ends else 1e3 for length in lengths]

    return costs
