"""Text objects: strings become runs of text with size and place (ISO 32000-2:2020, 9.4)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.content.fonts import SPACE, Font
from newsletter.preflight.content.marks import Origin, Text
from newsletter.preflight.content.matrix import (
    IDENTITY,
    Matrix,
    height,
    placed,
    product,
)
from newsletter.preflight.content.state import State
from newsletter.preflight.content.tokens import Operands

if TYPE_CHECKING:
    from newsletter.preflight.content.interpreter import Interpreter

FILLS, STROKES, CLIPS = {0, 2, 4, 6}, {1, 2, 5, 6}, {4, 5, 6, 7}
"""Rendering modes that fill, stroke and clip (Table 104)."""
MOST_BODIES = 256
"""Sizes that are kept: a page has some twenty."""


class Typist:
    """Sets the strings of one content stream."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._of = interpreter
        self._line: Matrix = IDENTITY
        self._here: Matrix = IDENTITY
        self._clip: Box | None = None

    @property
    def _state(self) -> State:
        return self._of.state

    def begin(self, _operands: Operands) -> None:
        """Begin a text object: BT."""
        self._line = self._here = IDENTITY
        self._clip = None

    def end(self, _operands: Operands) -> None:
        """End it, and clip to what modes 4 to 7 showed: ET."""
        if self._clip:
            self._state.clip = self._clip.within(self._state.clip)
        self._clip = None

    def font(self, operands: Operands) -> None:
        """Choose font and size: Tf."""
        self._state.font = self._of.resources.font(operands[0])
        self._state.size = float(operands[1])
        if self._state.font.kind == "none":
            self._of.record.note(self._of.page, "fonts")

    def matrix(self, operands: Operands) -> None:
        """Set the text matrix: Tm."""
        a, b, c, d, e, f = operands
        self._line = self._here = (a, b, c, d, e, f)

    def move(self, operands: Operands) -> None:
        """Move to the next line: Td."""
        x, y = operands
        self._line = self._here = product((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def move_and_lead(self, operands: Operands) -> None:
        """Move, and take the distance as leading: TD."""
        self._state.leading = -operands[1]
        self.move(operands)

    def next_line(self, _operands: Operands) -> None:
        """Move down by the leading: T*."""
        self.move([0.0, -self._state.leading])

    def character_space(self, operands: Operands) -> None:
        """Set the space after each character: Tc."""
        self._state.character_space = float(operands[0])

    def word_space(self, operands: Operands) -> None:
        """Set the space added to each blank: Tw."""
        self._state.word_space = float(operands[0])

    def scale(self, operands: Operands) -> None:
        """Set the width of glyphs in per cent: Tz."""
        self._state.scale = operands[0] / 100

    def leading(self, operands: Operands) -> None:
        """Set the leading: TL."""
        self._state.leading = float(operands[0])

    def rise(self, operands: Operands) -> None:
        """Set the rise: Ts."""
        self._state.rise = float(operands[0])

    def mode(self, operands: Operands) -> None:
        """Set the rendering mode: Tr."""
        self._state.mode = int(operands[0])

    def show_next(self, operands: Operands) -> None:
        """Show a string on the next line: '."""
        self.next_line([])
        self.show(operands)

    def show_next_spaced(self, operands: Operands) -> None:
        """Set both spaces and show a string on the next line: "."""
        self._state.word_space, self._state.character_space = map(float, operands[:2])
        self.show_next(operands[2:])

    def show(self, operands: Operands) -> None:
        """Show a string: Tj."""
        if not isinstance(operands[0], bytes):
            raise TypeError("a string")
        self.show_spaced([operands])

    def show_spaced(self, operands: Operands) -> None:
        """Show strings with moves between: TJ."""
        state = self._of.state
        font = state.font
        along = 0.0
        codes: list[int] = []
        for item in operands[0]:
            if isinstance(item, bytes):
                found = font.codes(item)
                along += self._length(found)
                codes += found
            else:
                along -= item / 1000 * state.size * (state.scale if font.upright else 1.0)
        if codes and (font.is_composite or any(code != SPACE for code in codes)):
            self._mark(along, codes)
        x, y = (along, 0.0) if font.upright else (0.0, along)
        self._here = product((1.0, 0.0, 0.0, 1.0, x, y), self._here)

    def _length(self, codes: Sequence[int]) -> float:
        """Return how far a string moves on (9.4.4)."""
        state = self._of.state
        font = state.font
        if not font.upright:
            return sum(font.advance(code) * state.size + state.character_space for code in codes)
        total = font.width(codes) * state.size
        total += len(codes) * state.character_space
        if state.word_space and not font.is_composite:
            total += state.word_space * sum(code == SPACE for code in codes)
        return total * state.scale

    def _mark(self, along: float, codes: Sequence[int]) -> None:
        state = self._of.state
        font = state.font
        to_page = product(self._here, state.matrix)
        extent = placed(to_page, _extent(state, font, along))
        if state.mode in CLIPS:
            self._clip = extent if self._clip is None else self._clip.around(extent)
        fill = state.fill if state.mode in FILLS else None
        stroke = state.stroke if state.mode in STROKES else None
        mark = Text(
            self._of.page,
            self._of.visible(extent),
            state.look,
            font,
            self._size(to_page),
            state.mode,
            None if font.glyphs else fill,
            None if font.glyphs else stroke,
        )
        self._of.record.add(mark)
        for colour in (fill, stroke):
            if colour and colour.pattern:
                self._of.pattern(colour, mark.box)
        if font.glyphs and state.mode in FILLS | STROKES:
            self._draw(codes, product(font.matrix, product(_sized(state), to_page)), mark.box)

    def _size(self, to_page: Matrix) -> float:
        """Return the size on the page in points: the body, or a Type 3 font's tallest glyph."""
        state = self._of.state
        font = state.font
        body = _body(state.size * state.scale, state.size, to_page[:4])
        if font.kind != "Type3":
            return body
        tall = font.bounds.top - font.bounds.bottom if font.bounds else 0.0
        return body * height(font.matrix) * tall

    def _draw(self, codes: Sequence[int], matrix: Matrix, box: Box) -> None:
        """Walk the procedures of glyphs, each once a page for a colour and a size (9.6.4)."""
        state, font = self._state, self._state.font
        shape = tuple(round(value, 4) for value in matrix[:4])
        for code in set(codes):
            thing = font.glyphs.get(code)
            key = ("glyph", self._of.page, font.key, code, state.fill, state.look, shape)
            if not objects.is_stream(thing) or not self._of.record.is_new(key):
                continue
            inner = state.saved()
            inner.matrix = matrix
            inner.mode = 0
            if inner.look.origin in {Origin.PAGE, Origin.PATTERN}:
                inner.look = replace(inner.look, origin=Origin.GLYPH)
            outer = self._of.resources
            if font.resources is not None:
                self._of.resources = outer.library.resources(font.resources)
            try:
                self._of.nested(thing, inner, box)
            finally:
                self._of.resources = outer


@functools.lru_cache(MOST_BODIES)
def _body(wide: float, high: float, linear: tuple[float, float, float, float]) -> float:
    """Return the height on the page of a body, by what takes text space there."""
    return height(product((wide, 0.0, 0.0, high, 0.0, 0.0), (*linear, 0.0, 0.0)))


def _sized(state: State) -> Matrix:
    return (state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise)


def _extent(state: State, font: Font, along: float) -> Box:
    """Return the box of a run in text space, its baseline from the origin."""
    if not font.upright:
        return Box(-state.size / 2, min(along, 0.0), state.size / 2, max(along, 0.0))
    low, high = font.descent, font.ascent
    if font.kind == "Type3" and font.bounds:
        low, high = (edge * font.matrix[3] for edge in (font.bounds.bottom, font.bounds.top))
    ends = sorted((low * state.size + state.rise, high * state.size + state.rise))
    return Box(min(along, 0.0), ends[0], max(along, 0.0), ends[1])
