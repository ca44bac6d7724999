"""Content: what a line box holds, taken apart into leaves and cells.

In: a line box of WeasyPrint. Out: its `Leaf`s in order, and the `Cells` of the paragraph they
make. `NotCovered` says that the composer leaves the line box to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.typesetting.characters import (
    ATOM,
    WESTERN,
    Kind,
    dropped_spaces,
    is_joined,
    kinds_of,
)
from newsletter.typesetting.paragraph import JOINTS, Cells, addresses_in
from newsletter.typesetting.seam.annotations import reading_of, set_ruby
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.shaping import Glyphs

if TYPE_CHECKING:
    from newsletter.typesetting.seam.composer import Composer

RIGHT_TO_LEFT = frozenset(map(chr, range(0x590, 0x900)))
WITHOUT_SPACES = frozenset(map(chr, (*range(0xE00, 0x10A0), *range(0x1780, 0x1800))))
"""Thai, Lao, Tibetan, Burmese and Khmer, whose lines end where a dictionary says."""
UNCOVERED = frozenset("\u00ad\t\r\f\u0085\u2028\u2029") | RIGHT_TO_LEFT | WITHOUT_SPACES
MOST_OF_A_NOTE = 8
"""Characters of a note's mark at most; what is raised and longer is text."""
NO_WIDTH = frozenset("\u200b\u2060\ufeff\n")


class NotCovered(Exception):  # noqa: N818 - a verdict: WeasyPrint goes its own way
    """A line box holds something that the composer leaves to WeasyPrint."""


class Leaf(Struct):
    """A text, a box in the text, or an inline box without content, and its cells.

    `path` are the indices of children from the line box down; an inline box without content
    has -1 at the end of its path and no cells. `metrics` are the height of its text, the
    half-leading above it and its baseline from there; `ruby` is what stands over it and over
    the cells up to `ruby_end`.
    """

    path: tuple[int, ...]
    box: Foreign
    text: str
    start: int = 0
    end: int = 0
    glyphs: Glyphs | None = None
    ruby: Glyphs | None = None
    ruby_end: int = 0
    metrics: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def is_box(self) -> bool:
        """Tell whether it is a box in the text."""
        return self.text == ATOM


class Span(Struct):
    """An inline box, and which leaves it holds; `reading` is what stands over all of it."""

    box: Foreign
    first: Leaf
    last: Leaf
    reading: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether no line may end within it."""
        return bool(self.reading) or self.box.style["white_space"] == "nowrap"

    @property
    def depends_on_width(self) -> bool:
        """Tell whether its edges are shares of the width of the block."""
        names = (f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right"))
        return any(getattr(self.box.style[name], "unit", "") == "%" for name in names)


class Content:
    """What a line box holds; raises `NotCovered` when it is made from what is not ours.

    `width_of` tells how wide a box in the text is: as it is laid out, or at least, or at most.
    """

    def __init__(
        self,
        composer: Composer,
        box: Foreign,
        containing_block: Foreign,
        width_of: Callable[[Foreign], float],
    ) -> None:
        self.composer, self.box, self.width_of = composer, box, width_of
        self.containing_block = containing_block
        self.leaves: list[Leaf] = []
        self.spans: dict[int, Span] = {}
        self.seen: list[tuple[Foreign, str, Foreign]] = []
        self.notes: set[int] = set()
        style = box.style
        if not (style["lang"] or "").lower().startswith("zh") or style["direction"] != "ltr":
            raise NotCovered
        self._collect(box, (), is_note=False)
        self.cells = self._cells("".join(leaf.text for leaf in self.leaves))

    @property
    def needs_width(self) -> bool:
        """Tell whether there is anything in the text whose width depends on where it stands."""
        spans = self.spans.values()
        return any(leaf.is_box for leaf in self.leaves) or any(
            span.depends_on_width for span in spans
        )

    @property
    def is_steady(self) -> bool:
        """Tell whether all boxes in the text are plain, so that they are the same anywhere."""
        plain = [self._is_plain(leaf.box) for leaf in self.leaves if leaf.is_box]  # notes them all
        return all(plain)

    def _is_plain(self, box: Foreign) -> bool:
        """Tell whether a box holds only text in its flow; note what it holds."""
        boxes = self.composer.boxes
        if isinstance(box, boxes.TextBox):
            self.seen.append((box, "text", box.text))
            return True
        plain = boxes.InlineBlockBox, boxes.BlockBox, boxes.LineBox, boxes.InlineBox
        if not isinstance(box, plain) or box.style["position"] != "static":
            return False
        self.seen.append((box, "children", box.children))
        are_plain = [
            child.is_in_normal_flow() and not child.is_leader and self._is_plain(child)
            for child in box.children
        ]
        return all(are_plain)

    # Leaves

    def _collect(self, box: Foreign, path: tuple[int, ...], *, is_note: bool) -> None:
        boxes = self.composer.boxes
        self.seen.append((box, "children", box.children))
        for index, child in enumerate(box.children):
            here = (*path, index)
            if not child.is_in_normal_flow() or child.is_leader:
                raise NotCovered
            if isinstance(child, boxes.TextBox):
                self._take_text(child, here, is_note=is_note)
            elif isinstance(child, boxes.InlineBox):
                self._take_inline(child, here, is_note=is_note)
            elif isinstance(child, boxes.AtomicInlineLevelBox):
                self.leaves.append(Leaf(here, child, ATOM))
            else:
                raise NotCovered

    def _take_text(self, box: Foreign, path: tuple[int, ...], *, is_note: bool) -> None:
        style, text = box.style, box.text
        self.seen.append((box, "text", text))
        if not text:
            return
        if style["white_space"] not in ("normal", "nowrap", "pre-line") and not _is_marker(box):
            raise NotCovered
        if style["word_break"] == "break-all" or not style["font_size"]:
            raise NotCovered
        if not UNCOVERED.isdisjoint(text):
            raise NotCovered
        self.composer.resolve(box, self.containing_block)
        if is_note:
            self.notes.add(len(self.leaves))
        self.leaves.append(Leaf(path, box, text))

    def _take_inline(self, box: Foreign, path: tuple[int, ...], *, is_note: bool) -> None:
        style = box.style
        if style["box_decoration_break"] == "clone" or style["direction"] != "ltr":
            raise NotCovered
        first = len(self.leaves)
        self._collect(box, path, is_note=is_note or _is_raised(style))
        if len(self.leaves) == first:
            self.leaves.append(Leaf((*path, -1), box, ""))
        self.spans[id(box)] = Span(box, self.leaves[first], self.leaves[-1], reading_of(box))

    # Cells

    def _cells(self, text: str) -> Cells:
        if not text.strip(" \n\u200b\u2060"):
            raise NotCovered
        kinds = self._kinds(text)
        dropped = dropped_spaces(kinds) if Kind.SPACE in kinds else set()
        cells = Cells([], [], [], [], terms=self.composer.terms)
        kept: set[int] = set()
        offset = 0
        for index, leaf in enumerate(self.leaves):
            leaf.start, after = len(cells.characters), offset + len(leaf.text)
            if leaf.is_box:
                self._add_box(leaf, cells)
            elif leaf.text:
                gone = {k - offset for k in dropped if offset <= k < after}
                self._add_text(leaf, kinds[offset:after], gone, cells)
                if index in self.notes and len(leaf.text) <= MOST_OF_A_NOTE:
                    cells.kinds[leaf.start :] = [Kind.NOTE] * (len(cells.kinds) - leaf.start)
            leaf.end, offset = len(cells.characters), after
        for span in self.spans.values():
            if span.is_whole:
                kept.update(range(span.first.start, span.last.end - 1))
            if span.reading:
                self._add_reading(span, cells)
        if self.box.style["white_space"] == "nowrap":
            kept.update(range(len(cells.characters)))
        cells.kept = frozenset(kept)
        self._add_edges(cells)
        return cells

    def _add_reading(self, span: Span, cells: Cells) -> None:
        """Set what stands over an element, at the first text in it that has cells."""
        first = self.leaves.index(span.first)
        for leaf in self.leaves[first : self.leaves.index(span.last) + 1]:
            if leaf.glyphs is not None and leaf.start < leaf.end:
                here = range(leaf.start, span.last.end)
                leaf.ruby = set_ruby(self.composer, leaf.box.style, span.reading, cells, here)
                leaf.ruby_end = span.last.end
                return

    def _kinds(self, text: str) -> list[Kind]:
        latin: list[tuple[int, int]] = []
        offset = 0
        for leaf in self.leaves:
            lang = leaf.box.style["lang"] or ""
            if leaf.text and lang and not lang.lower().startswith("zh"):
                latin.append((offset, offset + len(leaf.text)))
            offset += len(leaf.text)
        return kinds_of(text, latin)

    def _add_box(self, leaf: Leaf, cells: Cells) -> None:
        cells.characters.append(ATOM)
        cells.kinds.append(Kind.ATOM)
        cells.advances.append(self.width_of(leaf.box))
        cells.ems.append(float(leaf.box.style["font_size"]))

    def _add_text(self, leaf: Leaf, kinds: Sequence[Kind], gone: set[int], cells: Cells) -> None:
        """Add a text's cells; `gone` are the spaces that are not set."""
        style = leaf.box.style
        key = self.composer.shaper.key(style)
        glyphs = leaf.glyphs = self.composer.shaper.shape(leaf.text, style, key, kinds)
        leaf.metrics = self.composer.heights.of_text(style, key)
        if Kind.GLUE in kinds:
            glyphs.join_to_the_one_before(is_joined)
        if len(glyphs.texts) != len(leaf.text):
            kinds = _of_clusters(glyphs.texts, kinds)
            gone = _clusters_at(glyphs.texts, gone)
        if gone:
            kinds = [kind for k, kind in enumerate(kinds) if k not in gone]
            glyphs.leave_out(gone)
        self._note_kerning(glyphs, kinds, len(cells.characters), cells)
        self._note_tracking(glyphs, kinds, style, cells)
        if Kind.LATIN in kinds and glyphs.hyphen is not None:
            first = len(cells.characters)
            cells.hyphens.append((first, first + len(kinds), glyphs.hyphen_advance))
        cells.characters += glyphs.texts
        cells.kinds += kinds
        cells.advances += glyphs.advances
        cells.ems += [float(style["font_size"])] * len(kinds)

    def _note_kerning(
        self, glyphs: Glyphs, kinds: Sequence[Kind], first: int, cells: Cells
    ) -> None:
        """Note what Latin letters owe to those after them, where a line may end between them."""
        addresses = addresses_in(kinds, glyphs.texts)
        parted = {k for start, end in addresses for k in range(start, end)}
        for k, (kind, following) in enumerate(pairwise(kinds)):
            ends = following is Kind.SPACE or glyphs.texts[k] in JOINTS or k in parted
            if kind in WESTERN and ends:
                kern = self.composer.shaper.kerning(glyphs, k)
                if kern:
                    cells.kerns[first + k] = kern

    def _note_tracking(
        self, glyphs: Glyphs, kinds: Sequence[Kind], style: Foreign, cells: Cells
    ) -> None:
        """Widen spaces by word-spacing; note what letter-spacing puts between cells.

        What has no width has none of both.
        """
        letter, word = style["letter_spacing"], float(style["word_spacing"] or 0)
        spacing = 0.0 if letter == "normal" else float(letter)
        if not NO_WIDTH.isdisjoint(glyphs.texts):
            for k, text in enumerate(glyphs.texts):
                if text in NO_WIDTH:
                    glyphs.advances[k] = 0.0
        if not spacing and not word:
            return
        first = len(cells.characters)
        for k, (text, kind) in enumerate(zip(glyphs.texts, kinds, strict=True)):
            glyphs.advances[k] += word if kind is Kind.SPACE else 0.0
            if text not in NO_WIDTH:
                cells.tracking[first + k] = spacing

    def _add_edges(self, cells: Cells) -> None:
        """Note the padding, borders and margins of inline boxes at their first and last cell."""
        before: dict[int, float] = {}
        after: dict[int, float] = {}
        final = len(cells.characters) - 1
        for span in self.spans.values():
            left, right = self.composer.edges(span.box, self.containing_block)
            start, end = span.first.start, span.last.end
            if start == end:
                left, right = left + right, 0.0
            if left:
                before[min(start, final)] = before.get(min(start, final), 0.0) + left
            if right:
                after[end - 1] = after.get(end - 1, 0.0) + right
        cells.before, cells.after = before, after


def _is_marker(box: Foreign) -> bool:
    """Tell whether a text is a list's marker within its line: its white space is a plain space."""
    tag = str(box.element_tag)
    return tag.endswith("::marker") and not ("\n" in box.text or "  " in box.text)


def _is_raised(style: Foreign) -> bool:
    """Tell whether an element is raised, as marks of notes are (CLREQ, h-annotation_marks).

    WeasyPrint's computed value of `super` is a length.
    """
    shift = style["vertical_align"]
    return isinstance(shift, int | float) and shift > 0


def _of_clusters(texts: Sequence[str], kinds: Sequence[Kind]) -> list[Kind]:
    """Return the kind of each cell's first character."""
    found: list[Kind] = []
    at = 0
    for text in texts:
        found.append(kinds[at])
        at += len(text)
    return found


def _clusters_at(texts: Sequence[str], indices: set[int]) -> set[int]:
    """Return the cells that hold the characters at some indices."""
    found: set[int] = set()
    at = 0
    for number, text in enumerate(texts):
        if not indices.isdisjoint(range(at, at + len(text))):
            found.add(number)
        at += len(text)
    return found
