"""A piece: what stands of a text in one line, carried by its box from layout to drawing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from newsletter.typesetting.characters import SOFT_HYPHEN, Kind
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.shaping import Cell, Glyph, Glyphs


class Piece(Struct):
    """The part of a text that stands in one line.

    A text box carries it where WeasyPrint's own carry a `Layout`. `positions` count from the
    box's left edge; `following` is where the next cell of the line begins. `goes_on` tells whether
    an element with a mark below it goes on before and after this text, and `mark` names the mark,
    which `kinds` and `advances` are for; `foreign` are the cells of words in another language.
    """

    text: str
    glyphs: Glyphs
    cells: Sequence[Cell]
    texts: Sequence[str]
    kinds: Sequence[Kind]
    positions: Sequence[float]
    advances: Sequence[float]
    offsets: dict[int, float]
    left: float
    width: float
    style: Foreign
    following: float | None = None
    first_line_direction: int = 0
    justification_spacing: float = 0
    metrics: Foreign = None
    ruby: Piece | None = None
    mark: str = ""
    goes_on: tuple[bool, bool] = (False, False)
    foreign: tuple[range, ...] = ()

    def origins(self) -> list[float]:
        """Return where each cell's glyphs begin, from the box's left edge."""
        if not self.offsets:
            return list(self.positions)
        return [x + self.offsets.get(k, 0.0) for k, x in enumerate(self.positions)]

    def add_hyphen(self, glyph: Glyph, advance: float) -> None:
        """Add the hyphen that divides a word at the line's end, as a soft one in its text."""
        self.positions = (*self.positions, self.width)
        self.cells = *self.cells, (glyph,)
        self.texts = *self.texts, SOFT_HYPHEN
        if self.mark:
            self.kinds = *self.kinds, Kind.HYPHEN
            self.advances = *self.advances, advance
        self.width += advance

    def reactivate(self, style: Foreign) -> None:
        """Do nothing: the glyphs are there."""

    def deactivate(self) -> None:
        """Do nothing: the glyphs are needed again."""

    def __getattr__(self, name: str) -> Foreign:
        """Return where a line under, over or through the text goes, by the style's font."""
        if name not in OF_DECORATION:
            raise AttributeError(name)
        if self.metrics is None:
            from weasyprint.text.line_break import Layout

            self.metrics = Layout(self.style)
        return getattr(self.metrics, name)


OF_DECORATION = frozenset(
    {
        "ascent",
        "underline_position",
        "underline_thickness",
        "strikethrough_position",
        "strikethrough_thickness",
    }
)
"""What WeasyPrint asks of a `Layout` to draw lines, beside its text."""
