"""The order of a chronicle (大事记).

In: the first and last day of each event, in the order in which they are printed. Out: the
events that stand in the wrong place, and those that end before they begin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from newsletter.copydesk.finding import Finding


def read_dates(events: Sequence[tuple[date, date | None]]) -> list[tuple[int, Finding]]:
    """Return the faults of a chronicle, each with the index of its event.

    Out of order are the fewest events that would have to move; events of one day may stand
    in any order. Offsets are zero, since there is no text. Source: the meaning of 大事记;
    GB/T 15834-2011, 4.13.3.2 for the beginning and end of a span.
    """
    faults = [*_ends_first(events), *_misplaced(events)]
    return sorted(faults, key=lambda fault: (fault[0], fault[1].code))


def _ends_first(events: Sequence[tuple[date, date | None]]) -> Iterator[tuple[int, Finding]]:
    for index, (first, last) in enumerate(events):
        if last is not None and last < first:
            span = f"{first.isoformat()}—{last.isoformat()}"
            yield index, Finding("N428", 0, 0, {"found": span})


def _misplaced(events: Sequence[tuple[date, date | None]]) -> Iterator[tuple[int, Finding]]:
    kept = _longest_rising([first for first, _ in events])
    for index, (first, _) in enumerate(events):
        if index not in kept:
            neighbour = _in_conflict([day for day, _ in events], index)
            values = {"date": first.isoformat(), "neighbour": neighbour.isoformat()}
            yield index, Finding("N429", 0, 0, values, hint="default")


def _in_conflict(days: Sequence[date], index: int) -> date:
    """Return the date beside an event that does not agree with its place."""
    following = days[index + 1] if index + 1 < len(days) else days[index]
    return following if following < days[index] else days[index - 1 if index else 1]


def _longest_rising(days: Sequence[date]) -> set[int]:
    """Return the indices of a longest subsequence that never falls (patience sorting)."""
    tops: list[date] = []
    at_top: list[int] = []
    before: list[int] = []
    for index, day in enumerate(days):
        pile = bisect_right(tops, day)
        tops[pile : pile + 1] = [day]
        at_top[pile : pile + 1] = [index]
        before.append(at_top[pile - 1] if pile else -1)
    kept: set[int] = set()
    index = at_top[-1] if at_top else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
