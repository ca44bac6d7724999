"""The graphics state: what operators change and marks are made from (ISO 32000-2:2020, 8.4)."""

from __future__ import annotations

from msgspec import Struct

from newsletter.geometry import Box
from newsletter.preflight.content.fonts import NO_FONT, Font
from newsletter.preflight.content.marks import Look, Origin
from newsletter.preflight.content.matrix import IDENTITY, Matrix
from newsletter.preflight.content.spaces import BLACK, Colour

EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


class State(Struct):
    """The state at one operator; lengths are in user space as it is then."""

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    look: Look = Look()
    font: Font = NO_FONT
    size: float = 0.0
    scale: float = 1.0
    character_space: float = 0.0
    word_space: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def saved(self) -> State:
        """Return what `Q` will bring back."""
        return State(
            self.matrix,
            self.clip,
            self.fill,
            self.stroke,
            self.line_width,
            self.look,
            self.font,
            self.size,
            self.scale,
            self.character_space,
            self.word_space,
            self.leading,
            self.rise,
            self.mode,
        )


def first_state(matrix: Matrix, clip: Box, origin: Origin) -> State:
    """Return the state that a page begins with."""
    return State(matrix=matrix, clip=clip, look=Look(origin=origin))
