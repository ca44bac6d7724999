"""Which breaks a paragraph takes, so that all of its lines are good, not the first ones only.

In: a paragraph, the width of its next line and that of the lines after it. Out: the places
where lines end. The method is that of Knuth and Plass, “Breaking paragraphs into lines” (1981):
the cheapest way through all allowed breaks, each line costing what its gaps have to bear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from math import inf
from typing import Literal

from msgspec import Struct

from newsletter.typesetting.characters import Kind
from newsletter.typesetting.paragraph import LITTLE_TRACKING, MOST_TRACKING, Paragraph
from newsletter.typesetting.phrases import break_costs

Goal = Literal["justified", "ragged", "balanced"]
PASSES = ((0.06, False), (0.2, False), (0.2, True), (inf, True))
"""Growth of a gap, in em, up to which breaks are considered, and whether words may be divided
by a hyphen and addresses between their letters; the next pass when none is found. In ragged
text neither is divided."""
EPSILON = 1e-4
LOOSE = 1.0e4
"""Cost of a gap that grew by a whole em; it goes with the square (0.05 em costs 25)."""
TOO_LOOSE = 2.0e5
TRACKED = 1.6e5
"""Cost of an address whose letters part by an em; it goes with the square (a little costs 400)."""
SHRUNK = 50.0
"""Cost of a line whose marks give all that they can; it goes with the square."""
GROWN = 12.0
RUNT = 1.5e5
"""Cost of a last line that is too short: about that of gaps that grew by a whole em."""
SAME_HEAD = 40.0
HYPHEN = 150.0
"""Cost of a line that ends within a word, after a hyphen that is written or not."""
PARTED = 400.0
"""Cost of a line that ends between the letters of an address: gaps of 0.2 em cost as much."""
PARTED_NUMBER = 100.0
"""Cost of one that ends after a mark within a number of an address."""
FORLORN = 60.0
"""Cost of a line's end that parts the first or last character of a quotation from the others."""
OVERFULL = 1.0e8
RAGGED = 60.0
"""Cost of a ragged line that lacks a tenth of its measure."""
HEADLINE_LINES = 12
LONELY = 8.0
"""Cost of a headline's line of one character: more than that of cutting a word in two."""
NOWHERE: Mapping[int, bool] = {}
PAIR = 2
"""Characters that a headline's line has at least, where that can be."""


class Way(Struct):
    """The cheapest way to a place: its cost, and the place before it."""

    cost: float
    origin: int


def fit(
    paragraph: Paragraph,
    start: int,
    first: float,
    full: float,
    goal: Goal = "justified",
    torn: frozenset[int] = frozenset(),
) -> list[int]:
    """Return the ends of the lines from `start`, the next forced break or the end the last.

    `first` is the measure of the line that begins at `start`, `full` that of the others; `torn`
    are places where a line may end besides those that the rules allow.
    """
    stop = paragraph.stop(start)
    begin = paragraph.first_content(start)
    if begin >= stop or paragraph.width(begin, stop) <= first + EPSILON:
        return [stop]
    if goal == "balanced":
        return _balanced(paragraph, start, stop, first, full)
    found: list[int] = []
    for tolerance, dividing in PASSES:
        places = [place for place in torn if start < place < stop]
        if dividing and goal == "justified":
            places += paragraph.hyphens_between(start, stop)
            places += paragraph.partings_between(start, stop)
        search = Search(paragraph, start, stop, first, full, tolerance, goal, places)
        found, is_good = search.run()
        if is_good:
            return found
    return found


def fit_dividing(
    paragraph: Paragraph,
    start: int,
    first: float,
    full: float,
    goal: Goal,
    may_divide: Callable[[int], bool],
) -> list[int]:
    """Return the ends of lines as `fit` does, where words that no line can hold are divided.

    `may_divide` tells of a cell whether its text allows that (CSS: overflow-wrap).
    """
    torn: frozenset[int] = frozenset()
    while True:
        ends = fit(paragraph, start, first, full, goal, torn)
        more: set[int] = set()
        for origin, end in pairwise([start, *ends]):
            begin = paragraph.first_content(origin)
            measure = first if origin == start else full
            is_held = paragraph.narrowest(begin, end) <= measure + EPSILON
            if not is_held and may_divide(begin):
                more |= paragraph.torn(begin, end, torn)
        if not more:
            return ends
        torn |= more


class Search:
    """One pass over the allowed breaks between two places."""

    def __init__(  # noqa: PLR0913, PLR0917 - the measures of one pass
        self,
        paragraph: Paragraph,
        start: int,
        stop: int,
        first: float,
        full: float,
        tolerance: float,
        goal: Goal,
        places: Sequence[int] = (),
    ) -> None:
        self.paragraph, self.start, self.stop = paragraph, start, stop
        self.first, self.full = first, full
        self.tolerance, self.goal = tolerance, goal
        low = bisect_right(paragraph.breaks, start)
        self.ends = paragraph.breaks[low : bisect_right(paragraph.breaks, stop)]
        if not self.ends or self.ends[-1] != stop:
            self.ends.append(stop)
        if places:
            self.ends = sorted({*self.ends, *places})
        last_of, edge, hyphens = paragraph.last_of, paragraph.edge, paragraph.hyphens_known
        self.edges = [edge[last_of[end]] + hyphens.get(end, 0.0) for end in self.ends]
        self.em = paragraph.cells.ems[start] or 1.0
        self.parted = paragraph.partings if places else NOWHERE
        self.costs = self._costs()

    def run(self) -> tuple[list[int], bool]:
        """Return the ends of the lines, and whether the result needs no further pass."""
        ways: dict[int, Way] = {self.start: Way(0.0, -1)}
        for index, origin in enumerate([self.start, *self.ends[:-1]]):
            way = ways.get(origin)
            if way is not None:
                self._extend(index, origin, way, ways)
        if self.stop not in ways:
            return [], False
        ends: list[int] = []
        at = self.stop
        while at != self.start:
            ends.append(at)
            at = ways[at].origin
        ends.reverse()
        return ends, self._is_good(ends, ways[self.stop].cost)

    def _is_good(self, ends: list[int], cost: float) -> bool:
        if self.goal == "ragged":
            return cost < OVERFULL
        origin = ends[-2] if len(ends) > 1 else self.start
        return cost < OVERFULL and not self._is_runt(origin, self.stop)

    def _extend(self, index: int, origin: int, way: Way, ways: dict[int, Way]) -> None:
        """Try every line that begins at `origin`."""
        paragraph, ends, edges, costs = self.paragraph, self.ends, self.edges, self.costs
        begin = paragraph.first_content(origin)
        if begin >= self.stop:
            _improve(ways, self.stop, way.cost, way.origin)
            return
        measure = self.first if index == 0 else self.full
        limit = paragraph.base[begin] + measure
        low, most = index, limit + 3 * self.em
        if self.tolerance < 1 and self.goal == "justified":
            slack = self.tolerance * (measure / self.em + 1) * self.em + 3 * self.em
            low = max(index, bisect_left(edges, limit - slack) - 1)
        so_far = way.cost + self._same_head(way, begin)
        is_any = False
        count = len(ends)
        for at in range(low, count):
            over = edges[at] - limit
            if over > most - limit and is_any:
                break
            end = ends[at]
            cost = self._cost(begin, end, -over, measure)
            if cost is None:
                if over > 0 and (is_any or at > index):
                    if over > 3 * self.em:
                        break
                    continue
                if over > 0 and self.tolerance > 1:
                    cost = OVERFULL * (1 + over / self.em)
                else:
                    continue
            is_any = True
            _improve(ways, end, cost + so_far + costs[at], origin)

    def _costs(self) -> list[float]:
        """Return what it costs that a line ends at each of the places, whatever the line."""
        paragraph, parted, kinds = self.paragraph, self.parted, self.paragraph.cells.kinds
        forlorn, hyphens = paragraph.forlorn, paragraph.hyphens_known
        costs = [FORLORN if end in forlorn else 0.0 for end in self.ends]
        for index, end in enumerate(self.ends):
            if end in parted:
                costs[index] += PARTED_NUMBER if parted[end] else PARTED
            elif kinds[end - 1] is Kind.HYPHEN or hyphens.get(end):
                costs[index] += HYPHEN
        return costs

    def _same_head(self, way: Way, begin: int) -> float:
        """Return what it costs that this line begins like the one before it."""
        if way.origin < 0:
            return 0.0
        characters = self.paragraph.cells.characters
        before = self.paragraph.first_content(way.origin)
        return SAME_HEAD if characters[before] == characters[begin] else 0.0

    def _cost(self, begin: int, end: int, slack: float, measure: float) -> float | None:
        """Return what a line costs, or None if it cannot be set in this pass."""
        is_last = end == self.stop
        runt = RUNT if is_last and self._is_runt(begin, end) else 0.0
        if self.goal == "ragged":
            if slack < -EPSILON:
                return None
            share = 0.0 if is_last or not measure else 10 * slack / measure
            return RAGGED * share * share + 10 + runt
        if is_last and slack >= -EPSILON:
            return runt
        paragraph, last = self.paragraph, self.paragraph.last_of[end]
        if slack < -EPSILON:
            capacity = paragraph.shrinkable(begin, last)
            if -slack > capacity + EPSILON:
                return None
            share = -slack / capacity
            return SHRUNK * share * share + runt
        return self._looseness(begin, last, slack)

    def _looseness(self, begin: int, last: int, slack: float) -> float | None:
        paragraph = self.paragraph
        steps = paragraph.stretches[last] - paragraph.stretches[begin]
        if slack <= steps:
            share = slack / steps if steps else 0.0
            return GROWN * share * share
        gaps = paragraph.gaps[last] - paragraph.gaps[begin]
        growth = (slack - steps) / self.em / gaps if gaps else inf
        if gaps and growth > paragraph.rules.gap_most and paragraph.addresses:
            growth -= paragraph.easing(begin, last, slack) / self.em / gaps
        if growth > self.tolerance:
            return None
        if not gaps:
            letters = len(paragraph.parted_letters(begin, last))
            parted = slack / self.em / letters if letters else inf
            if parted > LITTLE_TRACKING and not self.parted and paragraph.partings:
                return None
            if parted > MOST_TRACKING:
                return TOO_LOOSE * (1 + slack / self.em)
            return GROWN + TRACKED * parted * parted
        cost = GROWN + LOOSE * growth * growth
        most = paragraph.rules.gap_most
        return cost + TOO_LOOSE * (growth - most) if growth > most else cost

    def _is_runt(self, begin: int, end: int) -> bool:
        """Tell whether a last line is too short, or nothing but the end of a divided word."""
        paragraph = self.paragraph
        if begin == self.start:
            return False
        characters = paragraph.counted[end] - paragraph.counted[begin]
        is_tail = paragraph.hyphen_at(begin) and paragraph.chunk_end(begin) >= end
        return bool(is_tail) or characters < paragraph.rules.last_line


def _improve(ways: dict[int, Way], end: int, cost: float, origin: int) -> None:
    known = ways.get(end)
    if known is None or cost < known.cost:
        ways[end] = Way(cost, origin)


def _balanced(paragraph: Paragraph, start: int, stop: int, first: float, full: float) -> list[int]:
    """Return the ends of as few lines as possible, of about one length, divided by meaning.

    CLREQ, handling_of_headings: no line of a heading is left with a character or two, and its
    lines end where its phrases do.
    """
    greedy = _greedy(paragraph, start, stop, first, full)
    count = len(greedy)
    if not 1 < count <= HEADLINE_LINES:
        return greedy
    headline = Headline(paragraph, start, stop, _average(paragraph, start, greedy))
    ways: dict[int, Way] = {start: Way(0.0, -1)}
    trail: list[dict[int, Way]] = [ways]
    for number in range(count):
        ways = headline.extended(ways, first if number == 0 else full)
        trail.append(ways)
    if stop not in trail[-1]:
        return greedy
    return _followed_back(trail, stop)


def _average(paragraph: Paragraph, start: int, ends: list[int]) -> float:
    """Return the average width of some lines."""
    return sum(paragraph.width(*line) for line in pairwise([start, *ends])) / len(ends)


class Headline:
    """The places where the lines of a headline may end, and what a line costs.

    It costs the square of what it lacks of the average line, or has more, and what its end
    cuts apart (`phrases`).
    """

    def __init__(self, paragraph: Paragraph, start: int, stop: int, target: float) -> None:
        self.paragraph, self.stop, self.target = paragraph, stop, target
        self.ends = [end for end in paragraph.breaks if start < end < stop] + [stop]
        cells = paragraph.cells
        costs = break_costs(cells.characters[start:stop], cells.kinds[start:stop], cells.terms)
        self.cost_at = {end: costs[end - 1 - start] for end in self.ends} | {stop: 0.0}

    def extended(self, ways: dict[int, Way], measure: float) -> dict[int, Way]:
        """Return the cheapest ways that have one line more than these."""
        paragraph, target, counted = self.paragraph, self.target, self.paragraph.counted
        following: dict[int, Way] = {}
        for origin, way in ways.items():
            begin = paragraph.first_content(origin)
            for end in islice(self.ends, bisect_right(self.ends, origin), None):
                width = paragraph.width(begin, end)
                if width > measure + EPSILON:
                    break
                uneven = (width - target) / target
                cost = uneven * uneven + self.cost_at[end]
                if counted[end] - counted[begin] < PAIR:
                    cost += LONELY
                _improve(following, end, way.cost + cost, origin)
        return following


def _followed_back(trail: list[dict[int, Way]], stop: int) -> list[int]:
    ends = [stop]
    for ways in reversed(trail[1:]):
        ends.append(ways[ends[-1]].origin)
    ends.reverse()
    return ends[1:]


def _greedy(paragraph: Paragraph, start: int, stop: int, first: float, full: float) -> list[int]:
    """Return the ends of lines that each take as much as they can."""
    ends: list[int] = []
    origin, measure = start, first
    while origin < stop:
        begin = paragraph.first_content(origin)
        best = None
        for end in islice(paragraph.breaks, bisect_right(paragraph.breaks, origin), None):
            if end > stop or (best and paragraph.width(begin, end) > measure + EPSILON):
                break
            best = end
        origin = best or stop
        ends.append(origin)
        measure = full
    return ends
