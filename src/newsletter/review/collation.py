"""Collation: the words of both sides held against each other, over all pages at once.

In: two sides and which page is which. Out: for each pair of pages its edits, the words that stayed
with where they stood and stand, and how many came from or went to other pages. Pages that are the
same to the pixel are passed by; folios and running heads are no words.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.review.alignment import Pair
from newsletter.review.furniture import furniture
from newsletter.review.letters import Letter, LetteredPage
from newsletter.review.sides import Side
from newsletter.review.words import Change, changes, common, is_latin

LEAST_MOVED = 20
"""So many words in one piece that stand elsewhere now have moved; fewer were written anew."""
MOVED_ALIKE = 0.9
CONTEXT = 10


class Word(NamedTuple):
    """A word: its page, counted from 0, its run there, its first letter and the one after it."""

    text: str
    page: int
    run: int
    start: int
    stop: int


class Edit(Struct, frozen=True):
    """Words that differ, with some of those before and after them."""

    old: tuple[Word, ...]
    new: tuple[Word, ...]
    context: tuple[str, str]
    went: bool = False
    """The same words stand elsewhere: they were not written anew."""


class Told(Struct):
    """What collation says of one pair of pages."""

    pair: Pair
    edits: list[Edit] = field(default_factory=list)
    kept: list[tuple[Word, Word]] = field(default_factory=list)
    arrived: list[Word] = field(default_factory=list)
    left: list[Word] = field(default_factory=list)
    rebroken: list[Word] = field(default_factory=list)
    crossed: int = 0
    """How many words crossed the beginning of the page, in either direction."""
    furniture: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    words: int = 0
    """How many words stand on the new page, or on the old one if that is lost."""


def collate(old: Side, new: Side, pairs: Sequence[Pair]) -> list[Told]:
    """Return what can be told of each pair, in their order."""
    changed = [pair for pair in pairs if not is_same(old, new, pair)]
    sides = (
        _Stream(old, [pair.old for pair in changed if pair.old is not None]),
        _Stream(new, [pair.new for pair in changed if pair.new is not None]),
    )
    told = {pair: Told(pair) for pair in pairs}
    _Collation(sides, changed, told).run()
    return [told[pair] for pair in pairs]


def is_same(old: Side, new: Side, pair: Pair) -> bool:
    """Tell whether both pages of a pair are there and the same to the pixel."""
    if pair.old is None or pair.new is None:
        return False
    return old.digests[pair.old] == new.digests[pair.new]


class _Stream:
    """The words of one side in the order of the pairs."""

    def __init__(self, side: Side, pages: Sequence[int]) -> None:
        lettered = {number: side.page(number) for number in pages}
        self.furniture = furniture(lettered, {n: side.blocks_on(n) for n in pages})
        self.words = [
            word
            for number in pages
            for word in _words(number, lettered[number], self.furniture[number])
        ]
        self.texts = [word.text for word in self.words]

    def around(self, start: int, stop: int) -> tuple[str, str]:
        """Return some words before and after a stretch."""
        before = self.texts[max(0, start - CONTEXT) : start]
        return "".join(before), "".join(self.texts[stop : stop + CONTEXT])


def _words(number: int, page: LetteredPage, left_out: frozenset[int]) -> Iterator[Word]:
    letters = page.letters
    for index, run in enumerate(page.runs()):
        start = run.start
        while start < run.stop:
            stop = start + 1
            while stop < run.stop and _joined(letters[stop - 1], letters[stop]):
                stop += 1
            if start not in left_out:
                text = "".join(letter.text for letter in letters[start:stop])
                yield Word(text, number, index, start, stop)
            start = stop


def _joined(one: Letter, two: Letter) -> bool:
    """Tell whether two letters are of one word: Latin, with less than a space between them."""
    near = two.x_mm - one.x_mm < one.em_mm
    return is_latin(one.text) and is_latin(two.text) and near


class _Collation(Struct):
    """The work of comparing two streams."""

    sides: tuple[_Stream, _Stream]
    pairs: Sequence[Pair]
    told: dict[Pair, Told]
    of_old: dict[int, Told] = field(default_factory=dict)
    of_new: dict[int, Told] = field(default_factory=dict)

    def run(self) -> None:
        old, new = self.sides
        for pair in self.pairs:
            self._open(pair)
        stretches = common(old.texts, new.texts)
        for stretch in stretches:
            kept = zip(
                old.words[stretch.old : stretch.old + stretch.length],
                new.words[stretch.new : stretch.new + stretch.length],
                strict=True,
            )
            self._keep(list(kept))
        found = list(changes(stretches, len(old.words), len(new.words)))
        for change in found:
            self._edit(change)
        self._send(found)

    def _open(self, pair: Pair) -> None:
        told, (old, new) = self.told[pair], self.sides
        left_out = [frozenset[int](), frozenset[int]()]
        if pair.old is not None:
            self.of_old[pair.old] = told
            left_out[0] = old.furniture[pair.old]
            told.words = sum(word.page == pair.old for word in old.words)
        if pair.new is not None:
            self.of_new[pair.new] = told
            left_out[1] = new.furniture[pair.new]
            told.words = sum(word.page == pair.new for word in new.words)
        told.furniture = left_out[0], left_out[1]

    def _keep(self, stretch: list[tuple[Word, Word]]) -> None:
        for n, (old, new) in enumerate(stretch):
            here = self.of_new[new.page]
            if self.of_old[old.page] is not here:
                self._cross(old, new, self.of_old[old.page], here)
                continue
            here.kept.append((old, new))
            if n and _same_line(stretch[n - 1][0], old) != _same_line(stretch[n - 1][1], new):
                here.rebroken.append(new)

    @staticmethod
    def _cross(old: Word, new: Word, there: Told, here: Told) -> None:
        """Note a word that was on one page and is on another."""
        here.arrived.append(new)
        there.left.append(old)
        here.crossed += here.pair.old is None or old.page < here.pair.old
        there.crossed += there.pair.new is None or new.page < there.pair.new

    def _edit(self, change: Change) -> None:
        """Note a change on each page that it touches."""
        old, new = self.sides
        gone: dict[int, list[Word]] = {}
        come: dict[int, list[Word]] = {}
        touched: dict[int, Told] = {}
        for word in old.words[change.old : change.old_stop]:
            here = self._here(word, change)
            touched[id(here)] = here
            gone.setdefault(id(here), []).append(word)
        for word in new.words[change.new : change.new_stop]:
            here = self.of_new[word.page]
            touched[id(here)] = here
            come.setdefault(id(here), []).append(word)
        is_new = change.new_stop > change.new
        context = (
            new.around(change.new, change.new_stop)
            if is_new
            else old.around(change.old, change.old_stop)
        )
        for key, told in touched.items():
            edit = Edit(tuple(gone.get(key, ())), tuple(come.get(key, ())), context)
            told.edits.append(edit)

    def _here(self, word: Word, change: Change) -> Told:
        """Return the page on which the loss of an old word shows.

        Where words stand in its stead it is theirs, so that what was replaced stays together.
        """
        new = self.sides[1].words
        if change.new_stop > change.new:
            return self.of_new[new[change.new].page]
        return self.of_old[word.page]

    def _send(self, found: Sequence[Change]) -> None:
        """Find words that went from one place to another, and tell them apart from new ones.

        Where lines flowed from page to page anyway they have flowed too: the order in which a
        page is set is not always the order in which it is read.
        """
        old, new = self.sides
        gone = [old.words[c.old : c.old_stop] for c in found if c.old_stop - c.old >= LEAST_MOVED]
        come = [new.words[c.new : c.new_stop] for c in found if c.new_stop - c.new >= LEAST_MOVED]
        for before in gone:
            for now in come:
                if _alike([w.text for w in before], [w.text for w in now]):
                    come.remove(now)
                    self._went(before, now)
                    break

    def _went(self, before: Sequence[Word], now: Sequence[Word]) -> None:
        flows = any(self.of_new[word.page].crossed for word in now)
        went = set(before), set(now)
        for told in self.told.values():
            told.edits = [part for edit in told.edits for part in _parted(edit, went, flows=flows)]
        if flows:
            for one, two in zip(before, now, strict=False):
                self.of_old[one.page].left.append(one)
                self.of_new[two.page].arrived.append(two)


def _parted(edit: Edit, went: tuple[set[Word], set[Word]], *, flows: bool) -> Iterator[Edit]:
    """Yield what went and what was written anew of an edit; nothing of what flowed."""
    sides = list(zip((edit.old, edit.new), went, strict=True))
    gone, come = (tuple(w for w in words if w in moved) for words, moved in sides)
    if (gone or come) and not flows:
        yield replace(edit, old=gone, new=come, went=True)
    old, new = (tuple(w for w in words if w not in moved) for words, moved in sides)
    if old or new:
        yield replace(edit, old=old, new=new)


def _same_line(one: Word, two: Word) -> bool:
    return one.page == two.page and one.run == two.run


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    shorter, longer = sorted((len(one), len(two)))
    if shorter < MOVED_ALIKE * longer:
        return False
    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() >= MOVED_ALIKE
