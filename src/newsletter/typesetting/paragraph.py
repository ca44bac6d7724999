"""A paragraph as arithmetic: its cells, their advances, and sums from which any line follows.

In: cells (a cell is what cannot be parted: a character, a ligature, a box in the text), with
their advances. Out: for any two places, how wide the line between them is, by how much it can
shrink and grow, and where its cells stand. All lengths are in the unit of the advances.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import add

from msgspec import Struct, field

from newsletter.typesetting.characters import (
    KINDS,
    MARKS,
    UNCOUNTED,
    WESTERN,
    Kind,
)
from newsletter.typesetting.hyphenation import places
from newsletter.typesetting.justification import Give, fill
from newsletter.typesetting.prohibition import breaks_of
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.spacing import (
    COMMON,
    HALF,
    NONE,
    TRAILING,
    Junction,
    Shrink,
    junctions,
    latin_space,
)

FULL_FROM = 0.75
"""A mark is a full-width one from this advance in em; others have no white to give."""
HANGING = frozenset("，。、．")
"""What may hang (CLREQ, hanging_punctuation_marks_at_line_end)."""
JOINTS = frozenset("-./_:@&=?")
"""Where a web address or a number that is wider than the line is parted first."""
OPENERS = frozenset("#%~+")
"""Marks of a web address that begin what follows: lines end before them (Chicago 2017, 14.18)."""
IN_NUMBERS = frozenset("-.")
"""Joints that part no number: 2021-12-31, 10.1016."""
LONGEST = 1000
"""Letters of an address at most that is parted so: nobody types a longer one, and it takes time."""
PART = 2
"""Letters of an address that a line has at least beside a mark of it."""
DOMAINS = "cn|com|org|net|gov|edu|int|info|io|eu|asia|hk|mo|tw|jp|kr|sg|uk|de|fr|ch|us"
ADDRESS = re.compile(
    rf"://|@|^www\.|(?<![\d.])10\.\d{{4,9}}/."  # the last is a DOI (ISO 26324:2022, 4)
    rf"|(?:[\w-]+\.)+(?:{DOMAINS})/.|(?:[\w-]+\.){{2,}}(?:{DOMAINS})$",
    re.ASCII,
)
"""What makes a word a web or mail address, or a DOI; brigc.net alone is a word like others."""
HEAD = re.compile(r"(?:[a-z]+://|doi:)?(?:www\.)?", re.ASCII | re.IGNORECASE)
"""How an address may begin; it is not parted within that, but after its colon."""
MOST_TRACKING = 0.1
"""White between the letters of an address, in em, that fills a line which has nothing else."""
LITTLE_TRACKING = 0.05
"""The same up to which it does not show beside lines that are set solid."""
SPACES = frozenset({Kind.SPACE, Kind.FORCED, Kind.BREAK})
"""What is nothing at the end of a line."""
WIDE = frozenset({Kind.DASH, Kind.ELLIPSIS, Kind.INTERPUNCT})
"""Marks that take a full em a character in Chinese text, whatever their glyph takes."""


class Cells(Struct):
    """What a paragraph consists of; the lists run parallel.

    `before` and `after` are the edges of inline boxes (padding, border, margin) at a cell;
    `kept` are places after which no line may end, for reasons outside of the text; `kerns` is
    what a cell's advance owes to the cell after it (kerning), and has not at a line's end;
    `hyphens` are stretches of cells and how wide a hyphen is there; `tracking` is the white
    that letter-spacing puts between a cell and the next one; `terms` are names and terms that
    a headline's lines leave whole, whether or not they occur.
    """

    characters: list[str]
    kinds: list[Kind]
    advances: list[float]
    ems: list[float]
    before: Mapping[int, float] = field(default_factory=dict)
    after: Mapping[int, float] = field(default_factory=dict)
    offsets: dict[int, float] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    kerns: dict[int, float] = field(default_factory=dict)
    hyphens: list[tuple[int, int, float]] = field(default_factory=list)
    tracking: dict[int, float] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()


class Line(Struct, frozen=True):
    """A line that was set: cells `start` to `last`, and where each begins.

    `positions` count from the line's left edge; `width` is that of the line, marks trimmed at
    its edges; `gap_em` is by how much its common gaps grew; `rest` is what it lacks (above
    zero) or has too much (below).
    """

    start: int
    last: int
    end: int
    positions: tuple[float, ...]
    width: float
    gap_em: float = 0.0
    rest: float = 0.0
    measure: float | None = None
    hyphen: float = 0.0
    """How wide the hyphen is that divides a word at the line's end; 0 if none does."""

    @property
    def is_natural(self) -> bool:
        """Tell whether the line was left as it came."""
        return self.measure is None


class Paragraph:
    """Cells with all sums made once; `lines` and `fitting` only subtract."""

    __slots__ = (
        "_hyphen_places",
        "_hyphens",
        "_partings",
        "addresses",
        "advances",
        "allowed",
        "base",
        "breaks",
        "cells",
        "contents",
        "counted",
        "edge",
        "end_trim",
        "forlorn",
        "gaps",
        "gives",
        "last_of",
        "rules",
        "shrinks",
        "spare",
        "start_trim",
        "steps",
        "stops",
        "stretches",
    )

    def __init__(self, cells: Cells, rules: Rules, *, indented: bool = False) -> None:
        self.cells, self.rules = cells, rules
        slack = _set_marks(cells, rules)
        self._trim(slack, indented=indented)
        self._join(slack)
        self._find_breaks()
        self._hyphens: dict[int, float] | None = None
        self._partings: dict[int, bool] | None = None

    # Making

    def _trim(self, slack: Sequence[float], *, indented: bool) -> None:
        """Note what an opening mark loses at a line's start and a closing one at its end."""
        kinds, rules, count = self.cells.kinds, self.rules, len(slack)
        self.advances = self.cells.advances
        self.start_trim, self.end_trim = [0.0] * count, [0.0] * count
        for k, kern in self.cells.kerns.items():
            self.end_trim[k] = kern
        for k, white in enumerate(slack):
            if kinds[k] is Kind.OPEN and rules.line_start == "half":
                self.start_trim[k] = white
            elif kinds[k] in TRAILING and rules.line_end == "half":
                self.end_trim[k] = white
            if rules.hanging == "stops" and self._hangs(k):
                self.end_trim[k] = self.advances[k]
        first = next((k for k in range(count) if kinds[k] is not Kind.SPACE), 0)
        self.spare = {}
        if indented and count and rules.paragraph_start == "full" and self.start_trim[first]:
            self.spare[first] = self.start_trim[first]
            self.start_trim[first] = 0.0

    def _hangs(self, k: int) -> bool:
        """Tell whether a mark may hang: a stop or a comma, not in a row of marks."""
        kinds = self.cells.kinds
        if self.cells.characters[k] not in HANGING:
            return False
        after = kinds[k + 1] if k + 1 < len(kinds) else None
        return not (k and kinds[k - 1] in MARKS) and after not in MARKS

    def _join(self, slack: Sequence[float]) -> None:
        """Sum up advances and what the junctions take, give and share."""
        cells, kinds, ems = self.cells, self.cells.kinds, self.cells.ems
        table, space = junctions(self.rules), latin_space(self.rules)
        advances, before, after = cells.advances, cells.before, cells.after
        count = len(kinds)
        steps = advances[:-1]
        gives: list[Give] = []
        for k in range(count - 1):
            junction = table[kinds[k] * KINDS + kinds[k + 1]]
            is_space = kinds[k] is Kind.SPACE
            if junction is COMMON and not is_space:
                gives.append(GAP)
            elif junction is NONE and not is_space:
                gives.append(NOTHING)
            else:
                if is_space and self.rules.latin_gap and _is_mixed(kinds, k):
                    junction = space
                em = min(ems[k], ems[k + 1])
                kern, give = _scaled(junction, k, cells, slack, em, self.rules)
                steps[k] += kern
                gives.append(give)
        for k, white in cells.tracking.items():
            if k < count - 1:
                steps[k] += white
        if before or after:
            for k in range(count - 1):
                steps[k] += after.get(k, 0.0) + before.get(k + 1, 0.0)
        self.steps, self.gives = steps, gives
        starts = [before.get(0, 0.0), *steps]
        positions = list(accumulate(starts)) if count else []
        self.base = [positions[k] - before.get(k, 0.0) + self.start_trim[k] for k in range(count)]
        self.edge = [
            positions[k] + advances[k] + after.get(k, 0.0) - self.end_trim[k] for k in range(count)
        ]
        self.shrinks = [0.0, *accumulate([give.shrink for give in gives])]
        self.stretches = [0.0, *accumulate([give.stretch for give in gives])]
        self.gaps = [0, *accumulate([give.gap for give in gives])]
        texts = zip(kinds, cells.characters, strict=True)
        counts = [0 if kind in UNCOUNTED else len(text) for kind, text in texts]
        self.counted = [0, *accumulate(counts)]
        """How many characters of a last line stand before each place."""

    def _find_breaks(self) -> None:
        cells = self.cells
        self.allowed = breaks_of(cells.characters, cells.kinds, self.rules)
        for k in cells.kept:
            if k < len(self.allowed):
                self.allowed[k] = False
        self.addresses = list(addresses_in(cells.kinds, cells.characters))
        self._divide_addresses()
        count = len(cells.kinds)
        self.last_of = list(range(-1, count))
        for end in range(1, count + 1):
            if cells.kinds[end - 1] in SPACES:
                self.last_of[end] = self.last_of[end - 1]
        self.contents = list(range(count + 1))
        for start in range(count - 1, -1, -1):
            if cells.kinds[start] is Kind.SPACE:
                self.contents[start] = self.contents[start + 1]
        self.breaks = [k + 1 for k, allowed in enumerate(self.allowed) if allowed]
        if count:
            self.breaks.append(count)
        self.forlorn = _forlorn(cells.kinds).intersection(self.breaks)
        forced = (k + 1 for k in range(count - 1) if cells.kinds[k] is Kind.FORCED)
        self.stops = [*forced, count]

    def _divide_addresses(self) -> None:
        """Allow breaks at the marks of a web or mail address, which no rule covers.

        A solidus that ends one divides no words (as in GB/T 15834-2011, 5.1.9).
        """
        kinds, characters = self.cells.kinds, self.cells.characters
        for start, end in self.addresses:
            if characters[end - 1] == "/" and kinds[end : end + 1] == [Kind.HAN]:
                self.allowed[end - 1] = end - 1 not in self.cells.kept
            for k in range(start + 1, end - PART):
                if self._is_joint(k) and not self._is_in_number(k):
                    self.allowed[k] = k not in self.cells.kept

    def _is_joint(self, k: int) -> bool:
        """Tell whether two parts of an address meet after a cell."""
        left, right = self.cells.characters[k : k + 2]
        if left in OPENERS or right in JOINTS:
            return False
        return left in JOINTS or right in OPENERS

    def _is_in_number(self, k: int) -> bool:
        """Tell whether a mark stands within a number."""
        kinds = self.cells.kinds
        is_between = kinds[k - 1] is Kind.DIGIT and kinds[k + 1] is Kind.DIGIT
        return is_between and self.cells.characters[k] in IN_NUMBERS

    # Asking

    @property
    def hyphens(self) -> Mapping[int, float]:
        """Where a hyphen may divide a word, and how wide it is there; no other line ends there."""
        if self._hyphens is None:
            self._hyphens = dict(self._found_hyphens())
            self._hyphen_places = list(self._hyphens)
        return self._hyphens

    def hyphens_between(self, start: int, stop: int) -> list[int]:
        """Return the places between two others where a hyphen may divide a word."""
        if not self.hyphens:
            return []
        places = self._hyphen_places
        return places[bisect_right(places, start) : bisect_left(places, stop)]

    @property
    def partings(self) -> Mapping[int, bool]:
        """Where an address may be parted when no line could be even without it.

        They tell whether that is after a mark in a number; all others are between letters.
        """
        if self._partings is None:
            self._partings = dict(self._found_partings())
        return self._partings

    def partings_between(self, start: int, stop: int) -> list[int]:
        """Return the places between two others where an address may be parted so."""
        return [place for place in self.partings if start < place < stop]

    def _found_partings(self) -> Iterator[tuple[int, bool]]:
        """Yield the partings of every address, in their order."""
        for start, end in self.addresses:
            if end - start > LONGEST:
                continue
            characters = self.cells.characters[start:end]
            head = HEAD.match("".join(characters))
            first = start + max(head.end() if head else 0, PART)
            colon = "".join(characters).find("://") + start
            if colon >= start + PART and colon not in self.cells.kept:
                yield colon + 1, False
            marks = [start - 1, end]
            marks += (k for k in range(start, end) if self.cells.characters[k] in JOINTS | OPENERS)
            near = {mark + by for mark in marks for by in range(-PART, PART)}
            for k in range(first - 1, end - PART):
                if self.allowed[k] or k in self.cells.kept:
                    continue
                if self._is_joint(k):
                    yield k + 1, True
                elif k not in near and k >= first:
                    yield k + 1, False

    def _found_hyphens(self) -> Iterator[tuple[int, float]]:
        """Yield where words may be divided, but for addresses: who types one types its hyphens."""
        if self.rules.hyphenate == "none":
            return
        kinds, characters = self.cells.kinds, self.cells.characters
        addressed = {k for start, end in self.addresses for k in range(start, end)}
        for first, last, width in self.cells.hyphens:
            for start, end in _letters(kinds, first, last):
                word = "".join(characters[start:end])
                if len(word) != end - start:
                    continue
                for at in places(word, self.rules.hyphenate):
                    if start + at - 1 not in self.cells.kept and start not in addressed:
                        yield start + at, width

    def torn(self, start: int, end: int, known: frozenset[int]) -> frozenset[int]:
        """Return more places to part what stands between two places, which no line can hold.

        First after the marks that join the parts of a name or a number; when these are known
        already, anywhere in the Latin words, then anywhere. Marks keep to the words that they
        open or close as long as there is another way.
        """
        kinds, characters = self.cells.kinds, self.cells.characters
        inner = [
            k for k in range(start, end - 1) if kinds[k] in WESTERN and kinds[k + 1] in WESTERN
        ]
        joints = [k for k in inner if characters[k] in JOINTS and characters[k + 1] not in JOINTS]
        for cells in (joints, inner, range(start, end - 1)):
            found = frozenset(k + 1 for k in cells if k not in self.cells.kept) - known
            if found.difference(self.breaks):
                return found
        return frozenset()

    def first_content(self, start: int) -> int:
        """Return the first cell from `start` that is not a space."""
        return self.contents[start]

    def stop(self, start: int) -> int:
        """Return where the text that begins at `start` ends: a forced break, or the end."""
        return self.stops[bisect_right(self.stops, start)] if start < self.stops[-1] else start

    def width(self, start: int, end: int) -> float:
        """Return the natural width of the line from `start` to before `end`."""
        last = self.last_of[end]
        if last < start:
            return 0.0
        width = self.edge[last] - self.base[start]
        return width + self._hyphens.get(end, 0.0) if self._hyphens else width

    @property
    def hyphens_known(self) -> Mapping[int, float]:
        """Where words may be divided, as far as anybody has asked for that."""
        return self._hyphens or NO_HYPHENS

    def hyphen_at(self, end: int) -> float:
        """Return how wide the hyphen is with which a line ends at a place; mostly there is none."""
        return self._hyphens.get(end, 0.0) if self._hyphens else 0.0

    def narrowest(self, start: int, end: int) -> float:
        """Return how narrow the line from `start` to before `end` can be made."""
        return self.width(start, end) - self.shrinkable(start, self.last_of[end])

    def shrinkable(self, start: int, last: int) -> float:
        """Return by how much the line from `start` to `last` can shrink.

        The mark that begins an indented paragraph can too, as at the start of any line.
        """
        return self.shrinks[last] - self.shrinks[start] + self.spare.get(start, 0.0)

    def chunk_end(self, start: int) -> int:
        """Return the first place after `start` where a line may end."""
        return self.breaks[bisect_left(self.breaks, start + 1)]

    def widest_chunk(self) -> float:
        """Return the width of the widest stretch that holds together."""
        widest, start = 0.0, 0
        while start < len(self.cells.kinds):
            end = self.chunk_end(start)
            widest = max(widest, self.width(self.first_content(start), end))
            start = end
        return widest

    def widest_line(self) -> float:
        """Return the width of the text when only forced breaks end its lines."""
        widest, start = 0.0, 0
        while start < len(self.cells.kinds):
            end = self.stop(start)
            widest = max(widest, self.width(self.first_content(start), end))
            start = end
        return widest

    def set_line(self, start: int, end: int, measure: float | None) -> Line:
        """Return the line from `start` to before `end`, filled to `measure`, or natural."""
        last = self.last_of[end]
        if last < start:
            return Line(start, last, end, (), 0.0, measure=measure)
        natural = self.width(start, end)
        need = 0.0 if measure is None else measure - natural
        gives = self.gives[start:last]
        if need > 0 and not self.gaps[last] - self.gaps[start]:
            gives = self._tracked(start, last, need)
        elif need > 0 and self.addresses:
            gives = self._eased(start, last, need)
        taken = min(self.spare.get(start, 0.0), max(0.0, -need))
        filling = fill(need + taken, gives)
        at = self.cells.before.get(start, 0.0) - self.start_trim[start] - taken
        positions = tuple(accumulate(map(add, self.steps[start:last], filling.changes), initial=at))
        em = self.cells.ems[start]
        return Line(
            start=start,
            last=last,
            end=end,
            positions=positions,
            width=natural + need - filling.rest,
            gap_em=filling.gap / em if em else 0.0,
            rest=filling.rest,
            measure=measure,
            hyphen=self.hyphen_at(end),
        )

    def _tracked(self, start: int, last: int, need: float) -> list[Give]:
        """Return what a line without a gap can give: of one address a little between all letters.

        A hole after one of its marks could be taken for a space that belongs to it. Words are not
        spaced (CLREQ, handling_western_text…), nor addresses by more than can be borne.
        """
        inner = self.parted_letters(start, last)
        if not inner or need > MOST_TRACKING * self.cells.ems[start] * len(inner):
            return self.gives[start:last]
        those = set(inner)
        return [GAP if k in those else self.gives[k] for k in range(start, last)]

    def _eased(self, start: int, last: int, need: float) -> list[Give]:
        """Return what a line can give when its gaps would be holes: addresses give a little too."""
        eased = self.easing(start, last, need)
        letters = set(self.addressed(start, last)) if eased else set()
        share = Give(0.0, 0, eased / max(len(letters), 1), 0, gap=False)
        return [share if k in letters else self.gives[k] for k in range(start, last)]

    def easing(self, start: int, last: int, need: float) -> float:
        """Return how much of what a line lacks the letters of its addresses take over.

        That is what gaps above `gap_most` would bear, up to a little between any two letters.
        """
        gaps = self.gaps[last] - self.gaps[start]
        em = self.cells.ems[start]
        steps = self.stretches[last] - self.stretches[start]
        over = need - steps - gaps * self.rules.gap_most * em
        letters = len(self.addressed(start, last)) if over > 0 else 0
        return min(over, LITTLE_TRACKING * em * letters) if letters else 0.0

    def addressed(self, start: int, last: int) -> list[int]:
        """Return the cells of a line after which letters of an address may part."""
        return [
            k for first, end in self.addresses for k in range(max(first, start), min(end - 1, last))
        ]

    def parted_letters(self, start: int, last: int) -> list[int]:
        """Return the cells of a line of one address after which its letters may part."""
        kinds, characters = self.cells.kinds, self.cells.characters
        inner = [k for k in range(start, last) if kinds[k] in WESTERN and kinds[k + 1] in WESTERN]
        return inner if any(characters[k] in JOINTS for k in inner) else []


NO_HYPHENS: Mapping[int, float] = {}
NOTHING = Give(0.0, 0, 0.0, 0, gap=False)
GAP = Give(0.0, 0, 0.0, 0, gap=True)


def _forlorn(kinds: Sequence[Kind]) -> set[int]:
    """Return the places that leave a single character with the mark that opens or closes it."""
    found: set[int] = set()
    for k, kind in enumerate(kinds):
        if kind is Kind.OPEN and kinds[k + 1 : k + 2] == [Kind.HAN]:
            found.add(k + 2)
        elif kind is Kind.CLOSE and k and kinds[k - 1] is Kind.HAN:
            found.add(k - 1)
    return {end for end in found if 1 < end < len(kinds) - 1}


def _set_marks(cells: Cells, rules: Rules) -> list[float]:
    """Give marks the width of the style; return the white that each still has to give."""
    slack = [0.0] * len(cells.kinds)
    for k, kind in enumerate(cells.kinds):
        if kind in MARKS:
            em = cells.ems[k]
            white = cells.advances[k] - HALF * em
            if cells.advances[k] < FULL_FROM * em:
                continue
            if rules.style == "kaiming" and kind is not Kind.STOP:
                cells.advances[k] -= white
                if kind is Kind.OPEN:
                    cells.offsets[k] = cells.offsets.get(k, 0.0) - white
            else:
                slack[k] = white
        elif kind in WIDE:
            _widen(cells, k)
        elif kind is Kind.SPACE and rules.latin_gap and _is_mixed(cells.kinds, k):
            cells.advances[k] = rules.latin_gap * cells.ems[k]
    return slack


def _widen(cells: Cells, k: int) -> None:
    """Centre a mark in as many em as it has characters, if its glyph is narrower."""
    lacking = cells.ems[k] * len(cells.characters[k]) - cells.advances[k]
    if lacking > 0:
        cells.advances[k] += lacking
        cells.offsets[k] = cells.offsets.get(k, 0.0) + lacking / 2


def _is_mixed(kinds: Sequence[Kind], k: int) -> bool:
    """Tell whether the space at k stands between Chinese and Latin text."""
    if not 0 < k < len(kinds) - 1:
        return False
    left, right = kinds[k - 1], kinds[k + 1]
    return (left is Kind.HAN and right in WESTERN) or (left in WESTERN and right is Kind.HAN)


def _scaled(
    junction: Junction, k: int, cells: Cells, slack: Sequence[float], em: float, rules: Rules
) -> tuple[float, Give]:
    """Return a junction's kern and what it can give, in the unit of the advances."""
    kinds = cells.kinds
    white = (slack[k] if kinds[k] in TRAILING else 0.0) + (
        slack[k + 1] if kinds[k + 1] is Kind.OPEN else 0.0
    )
    kern = junction.kern * em
    if kern < 0:
        kern = -min(-kern, white)
    shrink, stretch = junction.shrink * em, junction.stretch * em
    if kinds[k] is Kind.SPACE and junction.shrink_step == Shrink.WORD_SPACE:
        shrink = max(0.0, cells.advances[k] - rules.word_space_least * em)
        stretch = max(0.0, rules.word_space_most * em - cells.advances[k])
    elif junction.shrink_step in (Shrink.BRACKET, Shrink.PAUSE, Shrink.STOP):
        shrink = min(shrink, white + kern)
    return kern, Give(shrink, junction.shrink_step, stretch, junction.stretch_step, junction.gap)


def _letters(kinds: Sequence[Kind], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of letters between two cells."""
    for is_latin, group in groupby(range(first, last), lambda k: kinds[k] is Kind.LATIN):
        if is_latin:
            cells = list(group)
            yield cells[0], cells[-1] + 1


def addresses_in(kinds: Sequence[Kind], characters: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where web and mail addresses and DOIs begin and end."""
    text = "".join(characters)
    if not ("@" in text or "/" in text or "." in text):
        return
    for start, end in _words(kinds):
        if ADDRESS.search("".join(characters[start:end])):
            yield start, end


def _words(kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Return the stretches of Latin text without a space."""
    found: list[tuple[int, int]] = []
    start = None
    for k, kind in enumerate([*kinds, Kind.HAN]):
        inside = kind in WESTERN or kind is Kind.SOLIDUS
        if inside and start is None:
            start = k
        elif not inside and start is not None:
            found.append((start, k))
            start = None
    return found
