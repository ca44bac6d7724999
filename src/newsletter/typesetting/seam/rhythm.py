"""Vertical rhythm: blocks that take whole lines of the grid, and columns that begin at their top.

`--block-step: start`, `center` or `end` on a block rounds its height up to whole lines of the
root element (CSS Rhythmic Sizing 1, block-step-size, with 1rlh); the word says where the content
stands in it (block-step-align). CLREQ, handling_of_headings: larger sizes are set in whole lines.

`--yield: 4` on a block with a picture lets the picture become lower by whole lines, four at the
least, where the block would not stand on what is left of the page.
With its height it loses width, so that it shows the same part; `margin: auto` centres it.
`--wait: 2` on a block that would not stand on what is left of the page, two lines at the least,
lets the paragraphs after it go first; a picture that has to lose one line only does not wait.
`--close-up: 8` on a block takes the margins above and below it where fewer than eight lines are
left on the page, `--close-up: auto` where with them nothing of it would stand there.

Balanced columns end with their lowest line.
The margin above a block that an unforced break puts at the top of a column is dropped (CSS
Fragmentation 3, 5.2), which WeasyPrint does for pages only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil, inf
from typing import NamedTuple

from newsletter.typesetting.seam.annotations import custom
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.turns import Turns

SHARE_ABOVE = {"start": 0.0, "center": 0.5, "end": 1.0}
"""The share of the added height that stands above the content."""
TOLERANCE = 0.01
"""Pixels by which a height may be over whole lines, as sums of decimal fractions are."""
ABOVE = 3
"""Where the margins above a block stand among what WeasyPrint gives with `page_is_empty`."""
NEEDED = -1.0
"""Stands for `--close-up: auto`; there is never less room than that."""


class Traits(NamedTuple):
    """What a style asks of the rhythm; None where it asks for nothing.

    `share_above` tells where the content stands in whole lines, `least` how many lines a picture
    keeps, `wait` for how many lines of room a block lets others pass, `close_up` from how many on
    the margins stay.
    """

    share_above: float | None
    least: float | None
    wait: float | None
    close_up: float | None
    has_columns: bool


class Ask(NamedTuple):
    """What WeasyPrint asks for when it has a block laid out; `rest` begins with `page_is_empty`.

    `margins` are those above the block as they were, if it is told any: the block's own, and those
    of what stands at its top, are added to them.
    """

    context: Foreign
    box: Foreign
    bottom_space: float
    skip_stack: Foreign
    parent: Foreign
    rest: tuple[Foreign, ...]
    named: dict[str, Foreign]
    margins: tuple[float, ...] | None

    @property
    def is_first(self) -> bool:
        """Tell whether the block begins here, on a page that has something already."""
        within = self.context.in_column or not self.rest or self.rest[0]
        return self.skip_stack is None and not within


class Rhythm:
    """Stands in for `block_level_layout_switch`, which lays out any block-level box.

    `block` is the module of WeasyPrint that it is taken from.
    """

    def __init__(self, block: Foreign, strut: Callable[..., Foreign]) -> None:
        self._block, self._strut = block, strut
        self._lay_out = block.block_level_layout_switch
        self._known: dict[int, tuple[Foreign, Traits]] = {}
        self.turns = Turns()
        self._called: Foreign = None
        self._go_on = False
        self.visited: Callable[[Foreign], None] | None = None
        """Is told of every block that is tried."""

    def lay_out(
        self,
        context: Foreign,
        box: Foreign,
        bottom_space: float,
        skip_stack: Foreign,
        containing_block: Foreign,
        *rest: Foreign,
        **named: Foreign,
    ) -> Foreign:
        """Lay out a block; round its height up to whole lines if its style asks for that.

        Of a block that goes on over columns or pages the last part is rounded, at its end.
        """
        margins = rest[ABOVE] if len(rest) > ABOVE else None
        ask = Ask(
            context, box, bottom_space, skip_stack, containing_block, rest, named,
            None if margins is None else tuple(margins),
        )  # fmt: skip
        if self.visited is not None:
            self.visited(box)
        turn = box if box is self._called else self.turns.now(box, containing_block)
        self._called = None
        if turn is not box:
            return self._lay_out_for(turn, ask)
        self.turns.begin(box, afresh=skip_stack is None)
        if self._begins_column(box, containing_block):
            box.margin_top = 0
        traits = self._traits(box.style)
        if traits.close_up is not None:
            self._close_up(context, box, bottom_space, traits.close_up)
        outer = self._go_on
        if traits.has_columns:
            self._go_on = skip_stack is not None
        result = self._lay_out_waiting(traits, ask)
        if result[0] is None and traits.close_up == NEEDED and skip_stack is None:
            box.margin_top = box.margin_bottom = 0
            result = self._lay_out_waiting(traits, ask)
        self._go_on = outer
        new_box, resume_at = result[:2]
        if traits.has_columns and new_box is not None and resume_at is None:
            self._end_columns(new_box)
        share = traits.share_above
        if new_box is not None and resume_at is None and share is not None:
            room = context.page_bottom - bottom_space - _bottom(new_box)
            self._round_up(new_box, share if skip_stack is None else 0.0, room)
        return result

    def _lay_out_for(self, turn: Foreign, ask: Ask) -> Foreign:
        """Lay out a box in place of the one that was asked for."""
        turn.position_x, turn.position_y = ask.box.position_x, ask.box.position_y
        self._called = turn
        return self._try(ask._replace(box=turn), self._block.block_level_layout)

    def _lay_out_waiting(self, traits: Traits, ask: Ask) -> Foreign:
        """Lay out a block, or the one after it first, where it has to wait for the next page."""
        if traits.wait is None or not ask.is_first:
            return self._lay_out_yielding(traits.least, inf, ask)
        context, box, bottom_space = ask[:3]
        result = self._lay_out_yielding(traits.least, 1, ask)
        if _stands(context, bottom_space, result):
            return result
        self._take_back(ask, result)
        line, _baseline = self._strut(box.style.root_style)
        has_room = not context.overflows_page(bottom_space, box.position_y + traits.wait * line)
        after = self._passing(box, ask.parent) if has_room else None
        if after is not None:
            passing = self._lay_out_for(after, ask)
            if passing[0] is not None:
                self.turns.let_pass(box, after, ask.parent)
                return passing
        return self._lay_out_yielding(traits.least, inf, ask)

    def _passing(self, box: Foreign, parent: Foreign) -> Foreign:
        """Return the paragraph that may go before a block and those that wait with it, or None.

        What is kept with what stands before or after it may not.
        """
        for after in self.turns.following(box, parent):
            if self._traits(after.style).wait is None:
                breaks = {after.style["break_before"], after.style["break_after"]}
                return after if after.element_tag == "p" and breaks == {"auto"} else None
        return None

    def _try(self, ask: Ask, lay_out: Callable[..., Foreign] | None = None) -> Foreign:
        """Lay out a block, as if it were for the first time."""
        if ask.margins is not None:
            ask.rest[ABOVE][:] = ask.margins
        return (lay_out or self._lay_out)(*ask[:5], *ask.rest, **ask.named)

    def _take_back(self, ask: Ask, result: Foreign) -> None:
        """Forget a block that was laid out on trial: its floats, and what it has placed."""
        if result[0] is not None:
            self._block.remove_placeholders(ask.context, [result[0]], *ask.rest[1:3])

    def _traits(self, style: Foreign) -> Traits:
        """Return what a style asks for. The properties are not inherited, as custom ones else are.

        The style is kept, so that its id stays its own.
        """
        known = self._known.get(id(style))
        if known is None:
            has_columns = style["column_count"] != "auto" or style["column_width"] != "auto"
            traits = Traits(
                SHARE_ABOVE.get(_own(style, "block-step")),
                _number(_own(style, "yield")),
                _number(_own(style, "wait")),
                _number(_own(style, "close-up").replace("auto", str(NEEDED))),
                has_columns,
            )
            known = self._known[id(style)] = style, traits
        return known[1]

    def _lay_out_yielding(self, least: float | None, most: float, ask: Ask) -> Foreign:
        """Lay out a block, with a lower picture if that lets it stand on the page and may be.

        The picture keeps `least` lines and loses `most`.
        """
        context, box, bottom_space = ask[:3]
        result = self._try(ask)
        if least is None or _stands(context, bottom_space, result):
            return result
        picture = next((child for child in box.children if child.element_tag == "img"), None)
        if picture is None:
            return result
        whole = picture.style
        for lost, style in enumerate(self._lower(whole, least), start=1):
            if lost > most:
                break
            picture.style = style
            lower = self._try(ask)
            picture.style = whole
            if _stands(context, bottom_space, lower):
                return lower
        return result

    def _lower(self, style: Foreign, least: float) -> Iterator[Foreign]:
        """Yield a picture's style with heights less by one line, two lines and so on.

        The width goes with the height, so that no more of the picture is trimmed. Copies, since
        what is known of a style is kept for as long as the pages are laid out.
        """
        line, _baseline = self._strut(style.root_style)
        height, width = style["height"], style["width"]
        while (value := height.value - line) > least * line - TOLERANCE:
            if width != "auto":
                width = width._replace(value=width.value * value / height.value)
            height = height._replace(value=value)
            lower = style.copy()
            lower["height"], lower["width"] = height, width
            yield lower

    def _close_up(self, context: Foreign, box: Foreign, bottom_space: float, lines: float) -> None:
        """Take the margins of a block where the page has room for fewer lines."""
        line, _baseline = self._strut(box.style.root_style)
        if context.overflows_page(bottom_space, box.position_y + lines * line - TOLERANCE):
            box.margin_top = box.margin_bottom = 0

    def _round_up(self, box: Foreign, share_above: float, room: float) -> None:
        """Add to a block's height what it lacks of whole lines, as far as there is room.

        Its margin below counts: WeasyPrint asks room for padding at the foot of a page twice.
        """
        line, _baseline = self._strut(box.style.root_style)
        height = box.border_height() + box.margin_bottom
        lacking = ceil((height - TOLERANCE) / line) * line - height
        lacking = max(min(lacking, room), 0.0)
        for child in box.children:
            child.translate(dy=lacking * share_above)
        box.height += lacking

    def _end_columns(self, box: Foreign) -> None:
        """Let balanced columns end with what reaches lowest in them.

        WeasyPrint makes them higher until all stands in them, and may pass the least height.
        """
        columns = box.children
        is_plain = columns and all(column.is_column for column in columns)
        if not is_plain or box.style["height"] != "auto":
            return
        lowest = max(self._end(*around) for around in pairwise([*columns, None]))
        spare = columns[0].content_box_y() + columns[0].height - lowest
        if spare > TOLERANCE:
            for stretched in (box, *columns):
                stretched.height -= spare

    def _end(self, box: Foreign, after: Foreign) -> float:
        """Return where a box ends; `after` is what it may go on with in the next column, or None.

        One that goes on is as high as its column, so what stands in it is asked.
        """
        goes_on = after is not None and after.element is box.element
        if isinstance(box, self._block.boxes.LineBox) or not (box.is_column or goes_on):
            return float(box.position_y + box.margin_height())
        placed = [child for child in box.children if not child.is_absolutely_positioned()]
        within = after.children[0] if goes_on and after.children else None
        afters = [None] * (len(placed) - 1) + [within]
        return max(map(self._end, placed, afters), default=float(box.position_y))

    def _begins_column(self, box: Foreign, containing_block: Foreign) -> bool:
        """Tell whether a block is the first one after an unforced break between columns."""
        if not getattr(containing_block, "is_column", False):
            return False
        is_after_break = self._go_on or box is not containing_block.children[0]
        return is_after_break and bool(box.position_y == containing_block.content_box_y())


def _bottom(box: Foreign) -> float:
    """Return where a block ends, with its border."""
    return float(box.border_box_y() + box.border_height())


def _own(style: Foreign, name: str) -> str:
    """Return the value of a custom property that was set for this very element, else ""."""
    is_own = f"__{name.replace('-', '_')}" in getattr(style, "cascaded", ())
    return custom(style, name) if is_own else ""


def _number(word: str) -> float | None:
    return float(word) if word else None


def _stands(context: Foreign, bottom_space: float, result: Foreign) -> bool:
    """Tell whether a block was laid out to its end on what is left of the page.

    WeasyPrint counts its padding below as bottom space, and asks again with it.
    """
    box, resume_at = result[:2]
    if box is None or resume_at is not None:
        return False
    return not context.overflows_page(bottom_space, box.content_box_y() + box.height)
