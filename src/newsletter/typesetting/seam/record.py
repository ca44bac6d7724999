"""Records: what is kept of a layout, so that its pages may stand in the next.

In: WeasyPrint's state while it lays out. Out: plain values, and the pages themselves.
"""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.turns import Orders
from newsletter.typesetting.seam.units import Unit


class State(NamedTuple):
    """Where a page begins or ends: at what of the tree, and what kind of page is asked for.

    `orders` are those of the children along the way, as a place is made of their numbers.
    """

    resume_at: Foreign
    next_page: Mapping[str, Foreign]
    orders: Orders


class Notes(NamedTuple):
    """What of the boxes of a page others ask for: names of anchors, and boxes with lookups."""

    anchors: Sequence[str]
    asking: Sequence[Foreign]

    @classmethod
    def of(cls, page: Foreign) -> Notes:
        """Return what the boxes of a page have, each anchor once, in their order."""
        boxes = list(page.descendants(placeholders=True))
        named = dict.fromkeys(anchor for box in boxes if (anchor := box.style["anchor"]))
        return cls(tuple(named), [box for box in boxes if box.missing_link is not None])


class Made(Struct):
    """A page as it was made, before it got its margin boxes, and what it was made from.

    `units` are the first unit and the last one that was tried; `parts` the children of the page,
    `below` those of the root element on it; `cascades` what the stylesheets say of the page.
    `ends_in` is the line box that goes on on the next page, `NOWHERE` where that is not clear.
    `notes` are made when they are asked for. `margins` are what stood in its margins, with the
    counters `state`, on the page of `number`. `open_sides` are the boxes that go on elsewhere, with
    the sides at which they do. `keeping` are the flexes and grids that were tried on it, by id.
    """

    page: Foreign
    begin: State
    end: State
    units: tuple[int, int]
    parts: list[Foreign]
    below: list[Foreign]
    cascades: Mapping[Foreign, Foreign]
    is_sound: bool
    ends_in: Foreign
    notes: Notes | None = None
    margins: list[Foreign] | None = None
    state: Foreign = None
    number: int = -1
    open_sides: Sequence[tuple[Foreign, set[str]]] | None = None
    keeping: Mapping[int, Foreign] = field(default_factory=dict)

    def noted(self) -> Notes:
        """Return what others ask of the page's boxes."""
        if self.notes is None:
            self.notes = Notes.of(self.page)
        return self.notes

    def open_again(self) -> None:
        """Tell boxes again at which sides they go on elsewhere, which drawing forgets."""
        if self.open_sides is None:
            boxes = self.page.descendants()
            self.open_sides = [
                (box, sides) for box in boxes if (sides := box.remove_decoration_sides)
            ]
        for box, sides in self.open_sides:
            box.remove_decoration_sides = sides


class Strings(Struct):
    """Named strings by name and page number, from 1: what running heads show (CSS GCPM 3, 1)."""

    by_name: Mapping[str, Mapping[int, Sequence[str]]]
    _numbers: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {name: sorted(pages) for name, pages in self.by_name.items()}

    def on(self, page: int) -> Mapping[str, tuple[Sequence[str], str | None]]:
        """Return what a page may show of each: what is set on it, and what was last set before."""
        shown = dict[str, tuple[Sequence[str], str | None]]()
        for name, pages in self.by_name.items():
            numbers = self._numbers[name]
            earlier = bisect_left(numbers, page)
            last = pages[numbers[earlier - 1]][-1] if earlier else None
            if page in pages or earlier:
                shown[name] = pages.get(page, ()), last
        return shown


class Record(Struct):
    """What is kept of a layout: its units and pages, and the counters that others show.

    `targets` has the counters of the pages that others refer to, by anchor; `lookups` those of the
    pages that refer to others, by the id of the box. `sheets` has the `Page` of each page, by its
    id, once it is made.
    """

    units: Sequence[Unit] = ()
    pages: list[Made] = field(default_factory=list)
    targets: Mapping[str, Foreign] = field(default_factory=dict)
    lookups: Mapping[int, Foreign] = field(default_factory=dict)
    strings: Strings | None = None
    sheets: Mapping[int, Foreign] = field(default_factory=dict)


def part_shared(pages: Sequence[Made]) -> None:
    """Mark the pages that must not be parted, as a flex or a grid was tried on several of them."""
    tried_on: dict[int, list[int]] = {}
    for number, made in enumerate(pages):
        for box in made.keeping:
            tried_on.setdefault(box, []).append(number)
    for numbers in tried_on.values():
        if len(numbers) > 1:
            for made in pages[numbers[0] : numbers[-1] + 1]:
                made.is_sound = False


# What WeasyPrint knows ----------------------------------------------------------------------


def is_free(context: Foreign) -> bool:
    """Tell whether nothing is carried from page to page beside the text."""
    carried = context.footnotes, context.reported_footnotes, context.broken_out_of_flow
    noted, running = context.page_footnotes.values(), context.running_elements.values()
    return not any((*carried, *noted, *running))


def margin_places(style_for: Foreign) -> set[str | None]:
    """Return the pages' margin boxes of which any stylesheet says something; None is the page."""
    rules = (rule for sheet, _, _ in style_for._sheets for rule in sheet.page_rules)  # noqa: SLF001
    return {pseudo for _, selectors, _ in rules for _, pseudo, _ in selectors}


def shows_total(style_for: Foreign) -> bool:
    """Tell whether the margins of a page may show how many pages there are."""
    contents = (
        value
        for sheet, _, _ in style_for._sheets  # noqa: SLF001 - the seam
        for _rule, _selectors, declarations in sheet.page_rules
        for name, value, _is_important in declarations
        if name == "content"
    )
    known = (value if isinstance(value, str | list | tuple) else "pages" for value in contents)
    return any("pages" in repr(value) for value in known)  # others stand for what is not known yet


def named_strings(context: Foreign) -> Strings | None:
    """Return the named strings; None where boxes run."""
    if any(context.running_elements.values()):
        return None
    return Strings({name: dict(pages) for name, pages in context.string_set.items()})


def lookups(collector: Foreign) -> Mapping[Foreign, Foreign]:
    """Return the texts in which page numbers are missing, by box."""
    items = collector.counter_lookup_items.items()
    return {box: item for (box, of), item in items if of == "content"}


def is_plain(item: Foreign) -> bool:
    """Tell whether a text asks for pages of other places, and not for the number of all pages."""
    asked = item.missing_target_counters.values()
    return bool(asked) and all("pages" not in names for names in (item.missing_counters, *asked))


def targets(collector: Foreign) -> Mapping[str, Foreign]:
    """Return on which page each target is."""
    return {
        name: copy.deepcopy(item.cached_page_counter_values)
        for name, item in collector.target_lookup_items.items()
    }
