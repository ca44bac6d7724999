"""Flow: what WeasyPrint asks of boxes again and again, answered at once where it is plain.

Most boxes are in the flow, nothing floats beside most lines, and most styles have no ground,
no round corner and no border of pictures. All else is left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from newsletter.typesetting.seam.defaults import CORNERS, SQUARE, tell_classes
from newsletter.typesetting.seam.foreign import Foreign

IN_FLOW = frozenset(["static", "relative"])
NO_RADIUS = (0, "px")
PICTURED = "border_image_source", "mask_border_source"
ROUNDED = 0.001
"""Pixels by which a line's measure, which is rounded, can be wider than its room is."""


class Flow:
    """Stands in for methods of boxes, for `collapse_margin`, `avoid_collisions` and grounds."""

    def __init__(self) -> None:
        from weasyprint.draw.color import get_color
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout import background, block, inline

        tell_classes()
        self._inline, self._background, self._boxes, self._block = inline, background, boxes, block
        self._box, self._parent, self._line = boxes.Box, boxes.ParentBox, boxes.LineBox
        self._silent = boxes.TableBox, boxes.LineBox
        self._get_color = get_color
        self._avoid_collisions = inline.avoid_collisions
        self._lay_out_background = background.layout_box_backgrounds
        self._in_flow = boxes.Box.is_in_normal_flow
        self._establishes = boxes.Box.establishes_formatting_context
        self._bare: dict[int, tuple[Foreign, bool]] = {}

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        theirs = self._in_flow

        def is_in_normal_flow(box: Foreign) -> bool:
            style = box.style
            if style["float"] == "none" and style["position"] in IN_FLOW:
                return True
            return bool(theirs(box))

        def page_values(box: Foreign) -> tuple[Foreign, Foreign]:
            return self.page_value(box, 0), self.page_value(box, -1)

        yield self._box, "is_in_normal_flow", is_in_normal_flow
        yield self._box, "establishes_formatting_context", self._known_contexts()
        yield self._box, "descendants", _descendants(self._box)
        yield self._block, "collapse_margin", collapse_margin
        yield self._parent, "page_values", page_values
        yield self._inline, "avoid_collisions", self.avoid_collisions
        yield self._background, "layout_box_backgrounds", self.layout_box_backgrounds

    def _known_contexts(self) -> Callable[[Foreign], bool]:
        """Return what tells whether floats and margins stay within a box: its style, or a column.

        Styles are kept, so that their ids stay their own.
        """
        known: dict[tuple[int, type], tuple[Foreign, bool]] = {}
        theirs = self._establishes

        def establishes_formatting_context(box: Foreign) -> bool:
            if box.is_column:
                return True
            key = id(box.style), type(box)
            if key not in known:
                known[key] = box.style, bool(theirs(box))
            return known[key][1]

        return establishes_formatting_context

    def page_value(self, box: Foreign, edge: int) -> Foreign:
        """Return the page that a box begins on, for edge 0, or ends on, for -1.

        It is what the first or last box in the flow says, and the first or last in that; a line,
        and what stands in it, has no say (CSS Paged Media 3, 8).
        """
        value = box.style["page"]
        while isinstance(box, self._parent) and not isinstance(box, self._silent):
            children = box.children if edge == 0 else reversed(box.children)
            for child in children:
                if child.is_in_normal_flow() or child.is_floated():
                    break
            else:
                break
            box = child
            value = box.style["page"] or value
        return value

    def avoid_collisions(
        self,
        context: Foreign,
        box: Foreign,
        containing_block: Foreign,
        outer: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's own
    ) -> tuple[float, float, float]:
        """Return where a box may stand beside what floats, and how much room it has.

        The sums for a line are WeasyPrint's, as they are rounded.
        """
        is_plain = not outer and not context.excluded_shapes and isinstance(box, self._line)
        if not is_plain or containing_block.style["direction"] != "ltr" or box.is_floated():
            return self._beside_floats(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width - box.margin_right
        left += box.margin_left
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    def _beside_floats(
        self,
        context: Foreign,
        box: Foreign,
        containing_block: Foreign,
        outer: bool,  # noqa: FBT001 - WeasyPrint's own
    ) -> tuple[float, float, float]:
        """Return what WeasyPrint does, to which a line that was set in rounded measure fits."""
        width = box.width
        if isinstance(box, self._line) and containing_block.style["direction"] == "ltr":
            box.width = max(width - ROUNDED, 0)
        found: tuple[float, float, float]
        found = self._avoid_collisions(context, box, containing_block, outer)
        box.width = width
        return found

    def layout_box_backgrounds(
        self,
        page: Foreign,
        box: Foreign,
        get_image_from_uri: Foreign,
        layout_children: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's own
        style: Foreign = None,
    ) -> None:
        """Lay out the ground of a box and of those in it."""
        if style is not None or box is page or not self._is_bare(box.style):
            args = page, box, get_image_from_uri, layout_children, style
            self._lay_out_background(*args)
            return
        if box.background is not None:
            box.background = None
        for corner in CORNERS:
            if getattr(box, corner) != SQUARE:
                setattr(box, corner, SQUARE)
        if layout_children:
            for child in box.all_children():
                self.layout_box_backgrounds(page, child, get_image_from_uri)

    def _is_bare(self, style: Foreign) -> bool:
        """Tell whether boxes of a style have no ground, no shadow, no radius and no picture.

        The style is kept, so that its id stays its own.
        """
        known = self._bare.get(id(style))
        if known is None:
            known = self._bare[id(style)] = style, self._has_nothing(style)
        return known[1]

    def _has_nothing(self, style: Foreign) -> bool:
        return (
            all(NO_RADIUS in style[corner] for corner in CORNERS)
            and all(style[name][0] == "none" for name in PICTURED)
            and all(kind == "none" for kind, _value in style["background_image"])
            and style["visibility"] != "hidden"
            and self._get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
        )


def _descendants(kind: Foreign) -> Callable[..., Iterator[Foreign]]:
    """Return what yields a box and all in it, in the order of the document."""

    def descendants(box: Foreign, placeholders: bool = False) -> Iterator[Foreign]:  # noqa: FBT001, FBT002 - WeasyPrint's own
        """Yield also placeholders, or what they stand for if these are asked for."""
        waiting = [box]
        while waiting:
            found = waiting.pop()
            if isinstance(found, kind):
                yield found
                waiting += found.children[::-1]
            elif placeholders:
                yield from found.descendants(placeholders)
            else:
                yield found

    return descendants


def collapse_margin(adjoining_margins: Iterable[float]) -> float:
    """Return what margins that adjoin are together (CSS 2, 8.3.1)."""
    highest = lowest = 0.0
    for margin in adjoining_margins:
        if margin > highest:
            highest = margin
        elif margin < lowest:
            lowest = margin
    return highest + lowest
