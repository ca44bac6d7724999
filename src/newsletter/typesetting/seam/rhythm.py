"""Vertical rhythm: blocks that take whole lines of the grid, and columns that begin at their top.

`--block-step: start`, `center` or `end` on a block rounds its height up to whole lines of the
root element (CSS Rhythmic Sizing 1, block-step-size, with 1rlh); the word says where the content
stands in it (block-step-align). CLREQ, handling_of_headings: larger sizes are set in whole lines.

`--yield: 4` on a block with a picture lets the picture become lower by whole lines, four at the
least, where the block would not stand on what is left of the page.
`--close-up: 8` on a block takes the margins above and below it where fewer than eight lines are
left on the page.

The margin above a block that an unforced break puts at the top of a column is dropped (CSS
Fragmentation 3, 5.2), which WeasyPrint does for pages only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from newsletter.typesetting.seam.annotations import custom
from newsletter.typesetting.seam.foreign import Foreign

PROPERTY = "__block_step"
"""WeasyPrint's key of `--block-step`."""
YIELD = "__yield"
"""WeasyPrint's key of `--yield`."""
CLOSE_UP = "__close_up"
"""WeasyPrint's key of `--close-up`."""
SHARE_ABOVE = {"start": 0.0, "center": 0.5, "end": 1.0}
"""The share of the added height that stands above the content."""
TOLERANCE = 0.01
"""Pixels by which a height may be over whole lines, as sums of decimal fractions are."""


class Rhythm:
    """Stands in for `block_level_layout_switch`, which lays out any block-level box."""

    def __init__(self, lay_out: Callable[..., Foreign], strut: Callable[..., Foreign]) -> None:
        self._lay_out, self._strut = lay_out, strut
        self._shares: dict[int, tuple[Foreign, float | None]] = {}
        self._go_on = False

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
        if self._begins_column(box, containing_block):
            box.margin_top = 0
        self._close_up(context, box, bottom_space)
        ask = context, box, bottom_space, skip_stack, containing_block, *rest
        with self._columns(box, skip_stack):
            result = self._lay_out_within(ask, named)
        new_box, resume_at = result[:2]
        if new_box is not None and resume_at is None:
            share = self._share_above(box.style)
            if share is not None:
                room = context.page_bottom - bottom_space - _bottom(new_box)
                self._round_up(new_box, share if skip_stack is None else 0.0, room)
        return result

    def _lay_out_within(self, ask: tuple[Foreign, ...], named: dict[str, Foreign]) -> Foreign:
        """Lay out a block, with a lower picture if that lets it stand on the page and may be."""
        context, box, bottom_space = ask[:3]
        result = self._lay_out(*ask, **named)
        picture = self._yielding(box)
        if picture is None or _stands(context, bottom_space, result):
            return result
        whole = picture.style
        for style in self._lower(box, whole):
            picture.style = style
            lower = self._lay_out(*ask, **named)
            picture.style = whole
            if _stands(context, bottom_space, lower):
                return lower
        return result

    def _yielding(self, box: Foreign) -> Foreign | None:
        """Return the picture in a block that may become lower; None if there is none."""
        if not _is_own(box.style, YIELD):
            return None
        return next((child for child in box.children if child.element_tag == "img"), None)

    def _lower(self, box: Foreign, style: Foreign) -> Iterator[Foreign]:
        """Yield a picture's style with heights less by one line, two lines and so on.

        Copies, since what is known of a style is kept for as long as the pages are laid out.
        """
        line, _baseline = self._strut(box.style.root_style)
        least = float(custom(box.style, "yield")) * line
        height = style["height"]
        while (value := height.value - line) > least - TOLERANCE:
            height = height._replace(value=value)
            lower = style.copy()
            lower["height"] = height
            yield lower

    def _close_up(self, context: Foreign, box: Foreign, bottom_space: float) -> None:
        """Take the margins of a block that asks for it where the page has little room left."""
        if _is_own(box.style, CLOSE_UP):
            line, _baseline = self._strut(box.style.root_style)
            room = float(custom(box.style, "close-up")) * line
            if context.overflows_page(bottom_space, box.position_y + room - TOLERANCE):
                box.margin_top = box.margin_bottom = 0

    def _share_above(self, style: Foreign) -> float | None:
        """Return where a block's content stands in its lines; None if it need not be rounded.

        The property is not inherited, as custom properties else are.
        """
        known = self._shares.get(id(style))
        if known is None:
            is_own = _is_own(style, PROPERTY)
            share = SHARE_ABOVE.get(custom(style, "block-step")) if is_own else None
            known = self._shares[id(style)] = style, share  # so that the id stays its own
        return known[1]

    def _round_up(self, box: Foreign, share_above: float, room: float) -> None:
        """Add to a block's height what it lacks of whole lines, as far as there is room."""
        line, _baseline = self._strut(box.style.root_style)
        height = box.border_height()
        lacking = ceil((height - TOLERANCE) / line) * line - height
        lacking = max(min(lacking, room), 0.0)
        for child in box.children:
            child.translate(dy=lacking * share_above)
        box.height += lacking

    @contextmanager
    def _columns(self, box: Foreign, skip_stack: Foreign) -> Iterator[None]:
        """Note of the columns that are laid out whether they go on from another page."""
        outer = self._go_on
        if box.style["column_count"] != "auto" or box.style["column_width"] != "auto":
            self._go_on = skip_stack is not None
        yield
        self._go_on = outer

    def _begins_column(self, box: Foreign, containing_block: Foreign) -> bool:
        """Tell whether a block is the first one after an unforced break between columns."""
        if not getattr(containing_block, "is_column", False):
            return False
        is_after_break = self._go_on or box is not containing_block.children[0]
        return is_after_break and bool(box.position_y == containing_block.content_box_y())


def _bottom(box: Foreign) -> float:
    """Return where a block ends, with its border."""
    return float(box.border_box_y() + box.border_height())


def _is_own(style: Foreign, name: str) -> bool:
    """Tell whether a custom property was set for this very element: ours are not inherited."""
    return name in getattr(style, "cascaded", ())


def _stands(context: Foreign, bottom_space: float, result: Foreign) -> bool:
    """Tell whether a block was laid out to its end on what is left of the page.

    WeasyPrint counts its padding below as bottom space, and asks again with it.
    """
    box, resume_at = result[:2]
    if box is None or resume_at is not None:
        return False
    return not context.overflows_page(bottom_space, box.content_box_y() + box.height)
