"""A setting: a paragraph that was shaped, the plans made for it, and its lines.

WeasyPrint asks for one line at a time, the same one several times where it balances columns,
and goes on from any place on another page; so plans and lines are kept with the paragraph.
"""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import pairwise
from weakref import ref

from msgspec.structs import replace

from newsletter.typesetting.fitting import Goal, fit_dividing
from newsletter.typesetting.languages import foreign_runs
from newsletter.typesetting.paragraph import Line, Paragraph
from newsletter.typesetting.seam.annotations import custom
from newsletter.typesetting.seam.content import Content, Leaf
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.piece import Piece

TOLERANCE = 0.001
"""Pixels by which a line may seem too wide, as sums of decimal fractions do."""
Plan = dict[int, int]
"""Where lines begin, and where each ends."""


class Setting:
    """A paragraph with its leaves; knows where each of its lines ends and how it is filled."""

    def __init__(self, content: Content, paragraph: Paragraph, goal: Goal, width: float) -> None:
        self.leaves, self.spans = content.leaves, content.spans
        self.paragraph, self.goal, self.containing_width = paragraph, goal, width
        self.needs_width, self.is_steady = content.needs_width, content.is_steady
        self.count = len(paragraph.cells.kinds)
        self.seen, self.box = content.seen, content.box
        self._plans: dict[tuple[int, float, float], Plan] = {}
        self._inner: dict[float, Plan] = {}
        self._lines: dict[tuple[int, int, float | None], Line] = {}
        self.pieces: dict[tuple[int, int, float | None, int], Piece] = {}
        self.laid_out: dict[tuple[int, float, float], Foreign] = {}
        self.heights: dict[int, tuple[float, float, float, float]] = {}
        self._page: Callable[[], Foreign] = _nothing
        self._foreign: list[range] | None = None

    @property
    def is_of_one_plan(self) -> bool:
        """Tell whether all its lines follow from one plan, and are the same anywhere."""
        starts = [start for start, _first, _full in self._plans]
        return self.is_steady and not self.needs_width and starts == [self._beginning]

    @property
    def _beginning(self) -> int:
        return self.paragraph.first_content(0)

    def handed_on(self, heir_of: Mapping[int, Foreign]) -> Setting:
        """Return the same setting for other boxes that say the same; `heir_of` has them by id."""
        made = copy.copy(self)
        leaves = {id(leaf): replace(leaf, box=heir_of[id(leaf.box)]) for leaf in self.leaves}
        made.leaves = list(leaves.values())
        made.spans = {}
        for span in self.spans.values():
            heir, first, last = heir_of[id(span.box)], leaves[id(span.first)], leaves[id(span.last)]
            made.spans[id(heir)] = replace(span, box=heir, first=first, last=last)
        made.box, made.heights = heir_of[id(self.box)], {}
        heirs = ((heir_of[id(box)], name) for box, name, _content in self.seen)
        made.seen = [(heir, name, getattr(heir, name)) for heir, name in heirs]
        return made

    def let_go(self) -> None:
        """Take the setting apart; whoever asks for a line of its paragraph again makes another."""
        self.box.__dict__.pop("setting", None)
        for leaf in self.leaves:
            if leaf.glyphs is not None:
                leaf.glyphs.let_go()
        self.__dict__.clear()

    def foreign(self, start: int, end: int) -> tuple[range, ...]:
        """Return what of a stretch of cells is in another language, counted from its start."""
        if self._foreign is None:
            self._foreign = foreign_runs(self.paragraph.cells.characters)
        cut = (range(max(run.start, start), min(run.stop, end)) for run in self._foreign)
        return tuple(range(run.start - start, run.stop - start) for run in cut if run)

    def is_current(self, width: float, page: Foreign) -> bool:
        """Tell whether the boxes still hold what was shaped, in a block of the same width.

        `page` is an object that each making of a page has for itself: while one is made, no text
        changes, so that it need not be looked at again. It is not kept: that would keep the page,
        whose paragraphs would keep pages of layouts before.
        """
        if self.needs_width and width != self.containing_width:
            return False
        if page is not None and page is self._page():
            return True
        self._page = _nothing if page is None else ref(page)
        for box, name, content in self.seen:  # noqa: SIM110 - asked for each line
            if getattr(box, name) is not content:
                return False
        return True

    def line(self, start: int, first: float, full: float, align_last: str) -> Line:
        """Return the line from a cell.

        `first` is the width that is offered to it, `full` that of the lines after it.
        """
        paragraph = self.paragraph
        end = self._end(start, first, full)
        is_last = end == paragraph.stop(start)
        fills = self.goal == "justified"
        if is_last:
            is_tight = fills and paragraph.width(start, end) > first + TOLERANCE
            fills = is_tight or align_last == "justify"
        key = start, end, first if fills else None
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = paragraph.set_line(*key)
        return line

    def _end(self, start: int, first: float, full: float) -> int:
        """Return where the line from `start` ends, by the plan that holds or a new one."""
        if first == full:
            end = self._inner.get(full, {}).get(start)
            if end is not None:
                return end
        plan = self._plans.get((start, first, full))
        if plan is None:
            plan = self._plans[start, first, full] = self._planned(start, first, full)
        return plan[start]

    def _planned(self, start: int, first: float, full: float) -> Plan:
        ends = fit_dividing(self.paragraph, start, first, full, self.goal, self._may_divide)
        plan = dict(pairwise([start, *ends]))
        inner = self._inner.setdefault(full, {})
        inner.update(
            {
                self.paragraph.first_content(origin): end
                for origin, end in plan.items()
                if origin != start or first == full
            }
        )
        return plan

    def _may_divide(self, cell: int) -> bool:
        """Tell whether a text allows breaks within its words (CSS Text 3, overflow-wrap)."""
        style = self.leaves[self.leaf_of(cell)].box.style
        return style["overflow_wrap"] in ("anywhere", "break-word")

    # Places

    def leaf_of(self, cell: int) -> int:
        """Return the index of the leaf that holds a cell."""
        if len(self.leaves) == 1:
            return 0
        index = bisect_left(self.leaves, cell + 1, key=_end_of)
        while self.leaves[index].start == self.leaves[index].end:
            index += 1
        return index

    def is_within_one(self, cell: int) -> bool:
        """Tell whether a cell and the next one are in one inline element of the line."""
        if len(self.leaves) == 1:
            return False
        one, other = self.leaves[self.leaf_of(cell)], self.leaves[self.leaf_of(cell + 1)]
        return one is not other and shares_element(one, other)

    def is_marked_on(self, cell: int, name: str) -> bool:
        """Tell whether the element around a cell and the next one has a mark below it."""
        if not self.is_within_one(cell):
            return False
        one, other = self.leaves[self.leaf_of(cell)], self.leaves[self.leaf_of(cell + 1)]
        around = self.box
        for step, same in zip(one.path[:-1], other.path[:-1], strict=False):
            if step != same:
                break
            around = around.children[step]
        return custom(around.style, "interlinear") == name

    def locate(self, skip_stack: Foreign) -> int:
        """Return the cell at which WeasyPrint's skip stack points."""
        if skip_stack is None:
            return 0
        path: tuple[int, ...] = ()
        while skip_stack:
            ((index, skip_stack),) = skip_stack.items()
            path = (*path, index)
        if len(self.leaves) == 1 and len(path) > 1 and self.leaves[0].glyphs is not None:
            return bisect_left(self.leaves[0].glyphs.starts, path[-1])
        at = bisect_left(self.leaves, path, key=_path_of)
        if at and path and self.leaves[at - 1].path == path[:-1]:
            leaf = self.leaves[at - 1]
            if leaf.glyphs is not None:
                return leaf.start + bisect_left(leaf.glyphs.starts, path[-1])
        return self.leaves[at].start if at < len(self.leaves) else self.count

    def resume(self, cell: int) -> dict[int, Foreign]:
        """Return the skip stack that points at a cell."""
        leaf = self.leaves[self.leaf_of(cell)]
        stack: dict[int, Foreign] | None = None
        if leaf.glyphs is not None and leaf.glyphs.starts[cell - leaf.start]:
            stack = {leaf.glyphs.starts[cell - leaf.start]: None}
        for index in reversed(leaf.path):
            stack = {index: stack}
        return stack or {}

    def within(self, line: Line) -> list[Leaf]:
        """Return the leaves that have a part in a line, boxes without content too."""
        if len(self.leaves) == 1:
            return self.leaves
        stop = self.count + 1 if line.end >= self.count else line.end
        found: list[Leaf] = []
        for leaf in self.leaves[bisect_left(self.leaves, line.start, key=_end_of) :]:
            if leaf.start >= stop:
                break
            is_empty = leaf.start == leaf.end
            if leaf.end > line.start or (is_empty and leaf.start >= line.start):
                found.append(leaf)
        return found


def _nothing() -> None:
    """Stand for a reference to no page."""


def shares_element(one: Leaf, other: Leaf) -> bool:
    """Tell whether two leaves are in one inline element, not only in one line."""
    return len(one.path) > 1 and len(other.path) > 1 and one.path[0] == other.path[0]


def _end_of(leaf: Leaf) -> int:
    return leaf.end


def _path_of(leaf: Leaf) -> tuple[int, ...]:
    return leaf.path
