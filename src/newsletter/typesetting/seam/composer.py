"""The composer: what stands in the place of WeasyPrint's functions."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import ModuleType

from newsletter.typesetting.characters import Kind
from newsletter.typesetting.fitting import Goal
from newsletter.typesetting.paragraph import Paragraph
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam.annotations import custom, draw_marks
from newsletter.typesetting.seam.content import Content, NotCovered
from newsletter.typesetting.seam.defaults import Defaults
from newsletter.typesetting.seam.distribution import take_apart
from newsletter.typesetting.seam.drawing import Draughtsman
from newsletter.typesetting.seam.flow import Flow
from newsletter.typesetting.seam.fonts import Fonts, Parts
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.heights import Heights
from newsletter.typesetting.seam.initials import Initials
from newsletter.typesetting.seam.leaders import Leaders
from newsletter.typesetting.seam.lengths import Lengths
from newsletter.typesetting.seam.markers import Markers
from newsletter.typesetting.seam.markup import Markup
from newsletter.typesetting.seam.packing import Packing
from newsletter.typesetting.seam.piece import Piece
from newsletter.typesetting.seam.placing import Placer
from newsletter.typesetting.seam.rhythm import Rhythm
from newsletter.typesetting.seam.setting import Setting
from newsletter.typesetting.seam.shaping import Shaper
from newsletter.typesetting.seam.sparing import Sparing
from newsletter.typesetting.seam.styles import Styles
from newsletter.typesetting.seam.tagging import Tagging
from newsletter.typesetting.seam.vectors import Vectors

NOWHERE = (0.0, 0.0)
"""The size of a containing block that is not known yet: percentages of it are nothing."""
SHRINKING = "absolute", "float", "inline"
"""The modules of layout whose boxes are as wide as their content."""
RESOLVING = ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
"""The modules of WeasyPrint's layout that resolve lengths."""
SLACK = 0.01
"""Pixels added to a preferred width, so that rounding does not break its line."""


class Composer:
    """Stands in for some functions of WeasyPrint while documents are laid out and drawn."""

    def __init__(
        self,
        rules: Rules,
        terms: frozenset[str] = frozenset(),
        parts: Parts | None = None,
        *,
        digests: Mapping[str, str] = {},
        is_final: bool = False,
    ) -> None:
        from weasyprint import draw as drawing
        from weasyprint.draw import text as drawing_text
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout import block, inline, preferred

        self.rules, self.terms, self.shaper = rules, terms, Shaper()
        self.boxes, self.inline, self.preferred = boxes, inline, preferred
        self.block, self.heights = block, Heights()
        self.rhythm = Rhythm(block, self.heights.strut)
        self.drawing, self.drawing_text = drawing, drawing_text
        self.resolve = Lengths().resolve
        self.draughtsman = Draughtsman()
        self.vectors = Vectors(digests)
        self.styles = Styles()
        self.flow, self.markup = Flow(), Markup()
        self.fonts, self.leaders = Fonts(parts), Leaders()
        self.tagging, self.is_final = Tagging(), is_final
        self.adjust_line_height = inline._adjust_line_height  # noqa: SLF001 - the seam
        self._get_next_linebox = inline.get_next_linebox
        self._split_inline_box = inline.split_inline_box
        self._justify_line = inline.justify_line
        self._min_width = preferred.inline_min_content_width
        self._max_width = preferred.inline_max_content_width
        self._draw_text = drawing.draw_text
        self._draw_first_line = drawing_text.draw_first_line

    def replacements(self) -> Iterator[tuple[ModuleType, str, Callable[..., Foreign]]]:
        """Yield what is put in the place of what."""
        yield self.block, "block_level_layout_switch", self.rhythm.lay_out
        yield self.inline, "get_next_linebox", self.get_next_linebox
        yield self.inline, "split_inline_box", self.split_inline_box
        yield self.inline, "justify_line", self.justify_line
        yield self.inline, "strut", self.heights.strut
        yield self.inline, "inline_min_content_width", self.inline_min_content_width
        yield self.preferred, "inline_min_content_width", self.inline_min_content_width
        yield self.preferred, "inline_max_content_width", self.inline_max_content_width
        for name in SHRINKING:
            module = importlib.import_module(f"weasyprint.layout.{name}")
            yield module, "shrink_to_fit", self.shrink_to_fit
        yield self.drawing, "draw_text", self.draw_text
        yield self.drawing_text, "draw_first_line", self.draw_first_line
        yield importlib.import_module("weasyprint.pdf"), "add_tags", self.tagging.add_tags
        yield from self.vectors.replacements()
        yield from self.styles.replacements()
        yield from self.flow.replacements()
        yield from Defaults().replacements()
        yield from self.markup.replacements()
        yield from self.fonts.replacements()
        yield from self.leaders.replacements()
        yield from Initials().replacements()
        yield from Markers().replacements()
        served = [self.tagging.read, take_apart] if self.is_final else [self.tagging.read]
        yield from Packing(served).replacements()
        yield from Sparing().replacements()
        for name in RESOLVING:
            module = importlib.import_module(f"weasyprint.layout.{name}")
            yield module, "resolve_percentages", self.resolve

    # Lines

    def get_next_linebox(
        self,
        context: Foreign,
        linebox: Foreign,
        position_y: float,
        bottom_space: float,
        skip_stack: Foreign,
        containing_block: Foreign,
        *rest: Foreign,
    ) -> Foreign:
        """Return the next line, moved to where it stands, and where to go on.

        Balancing columns asks for each line about three times. A line is the same wherever it
        stands, unless there are floats beside it or boxes in it. It is laid out at the corner of
        the page, so that rounding leaves nothing of where it was tried before.
        """
        setting = None
        if not context.excluded_shapes and rest[-1] is None and rest[-2] is None:
            setting = self._setting(context, linebox, containing_block)
        if setting is None or not setting.is_steady:
            ask = context, linebox, position_y, bottom_space, skip_stack, containing_block, *rest
            return self._get_next_linebox(*ask)
        start = setting.paragraph.first_content(setting.locate(skip_stack))
        if start >= setting.count:
            return None, None
        key = start, containing_block.width, linebox.text_indent
        line = setting.laid_out.get(key)
        if line is None:
            block = _at_nought(containing_block)
            ask = context, linebox, 0.0, bottom_space, skip_stack, block, *rest
            line, _ = self._get_next_linebox(*ask)
            setting.laid_out[key] = line
        line = moved(line, containing_block.content_box_x(), position_y)
        end = line.composed.end
        return line, setting.resume(end) if end < setting.count else None

    def split_inline_box(  # noqa: PLR0913, PLR0917 - WeasyPrint's own
        self,
        context: Foreign,
        box: Foreign,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Foreign,
        containing_block: Foreign,
        *rest: Foreign,
    ) -> Foreign:
        """Return the next line of a line box; of any other box what WeasyPrint makes of it."""
        setting = None
        if isinstance(box, self.boxes.LineBox) and rest[-1] is None:
            setting = self._setting(context, box, containing_block)
        if setting is None:
            return self._split_inline_box(
                context, box, position_x, max_x, bottom_space, skip_stack, containing_block, *rest
            )
        start = setting.paragraph.first_content(setting.locate(skip_stack))
        first = round(max_x - position_x, 3)
        full = round(first + box.text_indent, 3)
        line = setting.line(start, first, full, box.style["text_align_last"])
        placer = Placer(self, context, containing_block, setting, line, position_x, first, rest[:2])
        resume_at = setting.resume(line.end) if line.end < setting.count else None
        is_forced = setting.paragraph.cells.kinds[line.end - 1] is Kind.FORCED
        return placer.line_box(box), resume_at, is_forced, None, None, {"left": 0, "right": 0}

    def justify_line(self, context: Foreign, line: Foreign, extra_width: float) -> None:
        """Leave composed lines as they are."""
        if "composed" not in line.__dict__:
            self._justify_line(context, line, extra_width)

    def _setting(self, context: Foreign, box: Foreign, containing_block: Foreign) -> Setting | None:
        """Return the paragraph of a line box, shaped now or before; None if it is not covered."""
        width, page = containing_block.width, context.current_footnote_area
        kept = self._kept(box, containing_block)
        if kept is not None and kept.is_current(width, page):
            return kept

        def laid_out(inner: Foreign) -> float:
            return float(self.box_at(context, inner, 0, containing_block).margin_width())

        setting = self._set(box, containing_block, width, laid_out)
        if setting is not None:
            box.setting = setting
        return setting

    def _kept(self, box: Foreign, containing_block: Foreign) -> Setting | None:
        """Return the setting of a line box, its own or the one that it inherits."""
        kept: Setting | None = box.__dict__.get("setting")
        heritage = box.__dict__.pop("heritage", None)
        if heritage is not None and kept is None:
            kept = box.setting = heritage.taken()
            for leaf in kept.leaves:
                if leaf.glyphs is not None:
                    self.resolve(leaf.box, containing_block)
        return kept

    def _set(
        self,
        box: Foreign,
        containing_block: Foreign,
        width: float,
        width_of: Callable[[Foreign], float],
    ) -> Setting | None:
        if box.__dict__.get("not_covered") is box.children:
            return None
        try:
            content = Content(self, box, containing_block, width_of)
        except NotCovered:
            box.not_covered = box.children
            return None
        indent = box.style["text_indent"]
        is_indented = getattr(indent, "value", 0) > 0
        paragraph = Paragraph(content.cells, self.rules, indented=is_indented)
        return Setting(content, paragraph, _goal(box.style), width)

    def box_at(
        self,
        context: Foreign,
        box: Foreign,
        x: float,
        containing_block: Foreign,
        out_of_flow: tuple[Foreign, Foreign] | None = None,
    ) -> Foreign:
        """Return a box in the text as it is laid out, at `x` on the page.

        `out_of_flow` are the lists of absolute and fixed boxes that are laid out later, with what
        holds the line.
        """
        self.resolve(box, containing_block)
        absolute, fixed = out_of_flow or ([], [])
        placed = self.inline.atomic_box(context, box, x, None, containing_block, absolute, fixed)
        placed.position_x = x
        return placed

    # Widths

    def inline_min_content_width(
        self,
        context: Foreign,
        box: Foreign,
        outer: bool = True,  # noqa: FBT001, FBT002
        skip_stack: Foreign = None,
        first_line: bool = False,  # noqa: FBT001, FBT002
        is_line_start: bool = False,  # noqa: FBT001, FBT002
    ) -> float:
        """Return how narrow a line box can be: the widest stretch that holds together."""
        setting = self._measured(context, box, self.preferred.min_content_width)
        if setting is None:
            args = outer, skip_stack, first_line, is_line_start
            return float(self._min_width(context, box, *args))
        paragraph = setting.paragraph
        start = paragraph.first_content(setting.locate(skip_stack))
        if first_line:
            width = paragraph.width(start, paragraph.chunk_end(start))
        elif any(leaf.box.style["overflow_wrap"] == "anywhere" for leaf in setting.leaves):
            width = max(paragraph.cells.advances)
        else:
            width = paragraph.widest_chunk()
        return float(self.preferred.adjust(box, outer, width))

    def inline_max_content_width(
        self,
        context: Foreign,
        box: Foreign,
        outer: bool = True,  # noqa: FBT001, FBT002
        is_line_start: bool = False,  # noqa: FBT001, FBT002
    ) -> float:
        """Return how wide a line box would be without breaks."""
        setting = self._measured(context, box, self.preferred.max_content_width)
        if setting is None:
            return float(self._max_width(context, box, outer, is_line_start))
        indent = box.style["text_indent"]
        extra = indent.value if str(getattr(indent, "unit", "")).lower() == "px" else 0.0
        width = setting.paragraph.widest_line() + extra + SLACK
        return float(self.preferred.adjust(box, outer, width))

    def shrink_to_fit(self, context: Foreign, box: Foreign, available: float) -> float:
        """Return how wide a box is that may take some room (CSS 2, 10.3.5).

        How narrow it can be is only asked where it would be wider.
        """
        widest = self.preferred.max_content_width(context, box, outer=False)
        if widest > available:
            narrowest = self.preferred.min_content_width(context, box, outer=False)
            widest = min(max(narrowest, available), widest)
        return float(widest)

    def _measured(
        self, context: Foreign, box: Foreign, width_of: Callable[[Foreign, Foreign], float]
    ) -> Setting | None:
        """Return a line box's paragraph before the width of its block is known.

        With boxes in the text it is another one each time, as they have no width yet.
        """
        if not isinstance(box, self.boxes.LineBox):
            return None
        kept = self._kept(box, NOWHERE)
        if kept is not None and not kept.needs_width and kept.is_current(0.0, None):
            return kept
        setting = self._set(box, NOWHERE, 0.0, lambda inner: width_of(context, inner))
        if setting is not None and not setting.needs_width:
            box.setting = setting
        return setting

    # Measures of a style and of a box

    def edges(self, box: Foreign, containing_block: Foreign) -> tuple[float, float]:
        """Return what margin, border and padding of an inline box take on its left and right."""
        self.resolve(box, containing_block)
        for side in ("left", "right"):
            if getattr(box, f"margin_{side}") == "auto":
                setattr(box, f"margin_{side}", 0)
        left = box.margin_left + box.border_left_width + box.padding_left
        right = box.margin_right + box.border_right_width + box.padding_right
        return left, right

    # Drawing

    def draw_text(
        self,
        stream: Foreign,
        textbox: Foreign,
        offset_x: float,
        text_overflow: str = "clip",
        block_ellipsis: Foreign = "none",
    ) -> None:
        """Draw a text as WeasyPrint does, with the marks below it that its style asks for."""
        piece = textbox.pango_layout
        if isinstance(piece, Piece) and textbox.style["visibility"] == "visible":
            draw_marks(stream, textbox, piece)
        self._draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)

    def draw_first_line(
        self,
        stream: Foreign,
        textbox: Foreign,
        text_overflow: str,
        block_ellipsis: Foreign,
        matrix: Foreign,
    ) -> Foreign:
        """Write the glyphs of a composed text; other text, or cut text, is WeasyPrint's.

        That adds an ellipsis to the text itself, which is taken away: pages are drawn again.
        """
        piece = textbox.pango_layout
        is_cut = text_overflow == "ellipsis" or block_ellipsis != "none"
        if isinstance(piece, Piece):
            if not is_cut and self.draughtsman.draw(stream, piece, matrix):
                return []
            _give_back(textbox)
        draw = partial(
            self._draw_first_line, stream, textbox, text_overflow, block_ellipsis, matrix
        )
        if not is_cut:
            return self.leaders.draw(stream, textbox, matrix, draw)
        text, drawn = textbox.pango_layout.text, draw()
        textbox.pango_layout.text = text
        return drawn


def moved(box: Foreign, dx: float, dy: float) -> Foreign:
    """Return a copy of a line or inline box and all that is in it, elsewhere on the page."""
    new_box = object.__new__(type(box))
    attributes = dict(box.__dict__)
    attributes["position_x"] += dx
    attributes["position_y"] += dy
    children = attributes.get("children")
    if children:
        attributes["children"] = [moved(child, dx, dy) for child in children]
    new_box.__dict__ = attributes
    return new_box


def _at_nought(block: Foreign) -> Foreign:
    """Return a copy of a block whose text begins at the left edge of the page."""
    made = block.copy()
    made.position_x = made.margin_left = made.border_left_width = made.padding_left = 0.0
    return made


def _give_back(textbox: Foreign) -> None:
    """Let WeasyPrint shape a composed text again, for what only it can draw."""
    from weasyprint.text.line_break import Layout

    layout = Layout(textbox.style, 0, max(textbox.room, 0.0))
    layout.set_text(textbox.text)
    textbox.pango_layout = layout


def _goal(style: Foreign) -> Goal:
    if custom(style, "text-wrap") == "balance":
        return "balanced"
    return "justified" if style["text_align_all"] == "justify" else "ragged"
