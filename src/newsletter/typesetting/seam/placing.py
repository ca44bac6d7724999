"""Placing: the boxes of one line, copies of those that the paragraph was shaped from."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsletter.typesetting.paragraph import Line
from newsletter.typesetting.seam.annotations import custom, place_ruby
from newsletter.typesetting.seam.content import Leaf
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.piece import Piece
from newsletter.typesetting.seam.setting import Setting
from newsletter.typesetting.seam.shaping import Glyphs

if TYPE_CHECKING:
    from newsletter.typesetting.seam.composer import Composer


class Placer:
    """Makes the boxes of a line, placed from `x` on the page; `room` is the width it has.

    `out_of_flow` are WeasyPrint's lists of absolute and fixed boxes that are laid out later.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a line is made from
        self,
        composer: Composer,
        context: Foreign,
        containing_block: Foreign,
        setting: Setting,
        line: Line,
        x: float,
        room: float,
        out_of_flow: tuple[Foreign, Foreign],
    ) -> None:
        self.composer, self.context = composer, context
        self.containing_block = containing_block
        self.setting, self.line, self.x, self.room = setting, line, x, room
        self.out_of_flow = out_of_flow

    def line_box(self, box: Foreign) -> Foreign:
        """Return the line box with its children."""
        children = self._children(box, 0, self.setting.within(self.line))
        new_box = box.copy_with_children(children)
        new_box.width = self.x - new_box.content_box_x() + self.line.width
        self._adjust_height(new_box, box)
        new_box.composed = self.line
        return new_box

    def _children(self, parent: Foreign, depth: int, leaves: Sequence[Leaf]) -> list[Foreign]:
        """Return the children of a box that have leaves in the line."""
        children: list[Foreign] = []
        at = 0
        while at < len(leaves):
            path = leaves[at].path
            index = path[depth]
            end = at + 1
            while end < len(leaves) and leaves[end].path[depth] == index:
                end += 1
            child = parent.children[index]
            child.position_y = parent.position_y
            if len(path) > depth + 1:
                children.append(self._inline(child, depth + 1, leaves[at:end]))
            else:
                placed = self._leaf(child, leaves[at])
                if placed is not None:
                    children.append(placed)
            at = end
        return children

    def _leaf(self, box: Foreign, leaf: Leaf) -> Foreign:
        line = self.line
        if leaf.is_box:
            return self._box(box, leaf) if leaf.start <= line.last else None
        start, end = max(leaf.start, line.start), min(leaf.end, line.last + 1)
        return self._text(box, leaf, start, end) if start < end else None

    def _box(self, box: Foreign, leaf: Leaf) -> Foreign:
        x = self.x + self._left(leaf.start)
        where = self.containing_block
        return self.composer.box_at(self.context, box, x, where, self.out_of_flow)

    def _text(self, box: Foreign, leaf: Leaf, start: int, end: int) -> Foreign:
        line = self.line
        key = line.start, line.end, None if line.is_natural else line.measure, start
        piece = self.setting.pieces.get(key)
        if piece is None:
            piece = self.setting.pieces[key] = self._piece(leaf, start, end)
        new_box = box.copy()
        new_box.text = piece.text
        new_box.pango_layout = piece
        new_box.room = self.room - piece.left
        new_box.position_x = self.x + piece.left
        new_box.width = piece.width
        height, half_leading, baseline = leaf.metrics
        new_box.height = height
        new_box.margin_top = new_box.margin_bottom = half_leading
        new_box.baseline = baseline
        return new_box

    def _piece(self, leaf: Leaf, start: int, end: int) -> Piece:
        glyphs = leaf.glyphs or Glyphs()
        line, cells = self.line, self.setting.paragraph.cells
        within = slice(start - leaf.start, end - leaf.start)
        texts = glyphs.texts[within]
        left = self._left(start)
        positions = line.positions[start - line.start : end - line.start]
        following = None
        if end <= line.last:
            following = line.positions[end - line.start] + cells.offsets.get(end, 0.0) - left
        text, name = "".join(texts), custom(leaf.box.style, "interlinear")
        marked = slice(start, end if name else start)
        piece = Piece(
            text=text,
            glyphs=glyphs,
            cells=tuple(glyphs.cells[within]),
            texts=text if len(text) == len(texts) and all(texts) else texts,
            kinds=cells.kinds[marked],
            positions=array("d", [x - left for x in positions]),
            advances=cells.advances[marked],
            offsets={k - start: cells.offsets[k] for k in range(start, end) if k in cells.offsets},
            left=left,
            width=self._right(end - 1) - left,
            style=leaf.box.style,
            following=following,
            foreign=self.setting.foreign(start, end),
        )
        if name:
            piece.mark = name
            before = start > line.start and self.setting.is_marked_on(start - 1, name)
            piece.goes_on = before, end <= line.last and self.setting.is_marked_on(end - 1, name)
        if line.hyphen and end == line.last + 1 and glyphs.hyphen is not None:
            piece.add_hyphen(glyphs.hyphen, line.hyphen)
        if leaf.ruby is not None and start == leaf.start and leaf.ruby_end <= line.last + 1:
            last = leaf.ruby_end - 1
            right = line.positions[last - line.start] + cells.advances[last] - left
            piece.ruby = place_ruby(leaf.ruby, piece, right)
        return piece

    def _left(self, cell: int) -> float:
        """Return where a cell's content begins, from the line's beginning."""
        line = self.line
        trim = self.setting.paragraph.start_trim[cell] if cell == line.start else 0.0
        return line.positions[cell - line.start] + trim

    def _right(self, cell: int) -> float:
        """Return where a cell's content ends.

        A gap after it belongs to neither side, but to an element that both are in.
        """
        line, paragraph = self.line, self.setting.paragraph
        at = cell - line.start
        right = line.positions[at] + paragraph.advances[cell]
        if cell == line.last:
            return right - paragraph.end_trim[cell]
        cells = paragraph.cells
        following = line.positions[at + 1] - cells.before.get(cell + 1, 0.0)
        following -= cells.after.get(cell, 0.0)
        return following if self.setting.is_within_one(cell) else min(right, following)

    def _inline(self, box: Foreign, depth: int, leaves: Sequence[Leaf]) -> Foreign:
        """Return a copy of an inline box with those of its leaves that are in the line."""
        span = self.setting.spans[id(box)]
        left, _right = self.composer.edges(box, self.containing_block)
        children = [] if leaves[0].path[depth] < 0 else self._children(box, depth, leaves)
        is_start = span.first.start >= self.line.start
        new_box = box.copy_with_children(children)
        new_box.remove_decoration(start=not is_start, end=span.last.end > self.line.end)
        if children:
            inner = children[0].position_x
            new_box.position_x = inner - (left if is_start else 0.0)
            new_box.width = children[-1].position_x + children[-1].margin_width() - inner
        else:
            new_box.position_x, new_box.width = self.x + self._empty(span.first.start), 0.0
        self._adjust_height(new_box, box)
        return new_box

    def _adjust_height(self, new_box: Foreign, box: Foreign) -> None:
        """Give a line or inline box the height and margins that make its line height."""
        known = self.setting.heights.get(id(box))
        if known is None:
            self.composer.adjust_line_height(new_box)
            self.setting.heights[id(box)] = (
                new_box.height, new_box.margin_top, new_box.margin_bottom, new_box.baseline,
            )  # fmt: skip
        else:
            (
                new_box.height, new_box.margin_top, new_box.margin_bottom, new_box.baseline,
            ) = known  # fmt: skip

    def _empty(self, cell: int) -> float:
        """Return where an inline box without content in this line stands."""
        if self.line.last < self.line.start:
            return 0.0
        if cell > self.line.last:
            return self._right(self.line.last)
        return self._left(cell) - self.setting.paragraph.cells.before.get(cell, 0.0)
