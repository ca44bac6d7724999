"""Overlong text: which texts of an issue are too long for their places in the layout.

In: the copy, and the layout whose slots say how much they hold. Out: a warning for each text
that takes more lines than its slot has, estimated without laying out pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from newsletter.compose.estimate import fit
from newsletter.compose.resolution import placed
from newsletter.diagnostics import Diagnostic, Term, Values
from newsletter.issue.loader import Copy
from newsletter.issue.models import Part
from newsletter.issue.slots import fillings, parts_in, rank
from newsletter.issue.texts import Passage
from newsletter.layouts import LayoutFile, Room, Slot

if TYPE_CHECKING:
    from newsletter.typesetting.fitting import Goal

ANY_PICTURE = "picture."
"""A slot of this name serves pictures in a column and across the page."""


def too_long(copy: Copy, layout: LayoutFile) -> Iterator[Diagnostic]:
    """Yield N801 for each text that its slot does not hold."""
    widened = _widened(copy, layout)
    rules = layout.typesetting.rules
    for slot, room, owner, passage in _filled(copy, layout):
        factor = widened.get(id(owner), 1.0) if slot.name.startswith(ANY_PICTURE) else 1.0
        goal: Goal = "justified" if room.justified else "ragged"
        measure = room.measure * factor
        needed, lines_over, characters_over = fit(passage.text, measure, room.lines, rules, goal)
        if lines_over:
            values: Values = {
                "slot": Term(slot.name),
                "characters": characters_over,
                "lines": lines_over,
                "needed": needed,
                "holds": room.lines,
            }
            yield Diagnostic("N801", passage.place(0, len(passage.text)), values)


def _filled(copy: Copy, layout: LayoutFile) -> list[tuple[Slot, Room, Part, Passage]]:
    """Return each text with the slot that describes it most closely, of those with a fit."""
    slots = sorted(layout.slots, key=lambda slot: rank(slot.name))
    parts = list(chain(parts_in(copy.publication), parts_in(copy.issue)))
    found: dict[int, tuple[Slot, Room, Part, Passage]] = {}
    for slot in slots:
        if slot.fit is not None:
            for owner, passage in fillings(slot.name, parts):
                found[id(passage.scalar)] = slot, slot.fit, owner, passage
    return list(found.values())


def _widened(copy: Copy, layout: LayoutFile) -> dict[int, float]:
    """Return how many columns wide each picture stands, by its identity."""
    column = layout.grid.column_width_pt
    return {id(picture): width / column for picture, width in placed(copy.issue, layout)}
