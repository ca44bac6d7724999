"""Drawing: the glyphs of a composed text as operators of a PDF page.

In: the glyphs of each cell, and where each cell stands. Out: strings and adjustments for TJ
(ISO 32000-2:2020, 9.4.3), exact to a thousandth of an em at every glyph: what rounding leaves
is made good at the next one.

Readers of PDF take a gap of about a tenth of an em for a space. So that copied text gains none,
a wider gap is drawn as a space glyph, and both it and the character before it stand under an
ActualText of that character alone (ISO 32000-2:2020, 14.9.4). docs/typesetting.md has the trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsletter.typesetting.characters import SOFT_HYPHEN
from newsletter.typesetting.languages import ENGLISH
from newsletter.typesetting.seam.annotations import ruby_baseline
from newsletter.typesetting.seam.foreign import Foreign

if TYPE_CHECKING:
    from newsletter.typesetting.seam.setting import Piece
    from newsletter.typesetting.seam.shaping import Glyph

EMPTY = 0x0FFFFFFF
"""Pango's glyph for nothing (PANGO_GLYPH_EMPTY)."""
UNKNOWN = 0x10000000
"""Pango's flag of a character that no font has (PANGO_GLYPH_UNKNOWN_FLAG)."""
THOUSANDTHS = 1000
LOOKS_LIKE_SPACE = 0.09
"""The gap in em from which extractors may see a space, and the overlap from which they may see
the end of a line (poppler: minWordBreakSpace and minDupBreakOverlap, 0.1 both)."""
HALF = 0.5
"""The width in em from which a glyph is no narrow letter."""
IS_SPACE = 0.125
"""The gap from which pdfium sees one too, half the width of the font's own space."""


def draw(stream: Foreign, placed: Piece, matrix: Foreign) -> bool:
    """Write a composed text at a matrix, within BT and ET.

    False, with nothing written, if its fonts need WeasyPrint's own way.
    """
    fonts = _fonts(stream, placed)
    if fonts is None:
        return False
    ruby_fonts = _fonts(stream, placed.ruby) if placed.ruby else None
    if placed.ruby and ruby_fonts:
        with _standing_for(stream, placed.text):
            _write(stream, fonts, placed, matrix, 0.0)
            _write(stream, ruby_fonts, placed.ruby, matrix, ruby_baseline(placed.style))
            _reach(stream, fonts, placed, matrix)
    else:
        _write(stream, fonts, placed, matrix, 0.0)
    return True


@contextmanager
def _standing_for(stream: Foreign, text: str) -> Iterator[None]:
    """Draw what extractors are to take for `text`.

    A reading repeats the words it stands over; copied text goes on without it.
    """
    encoded = text.encode("utf-16-be").hex()
    stream.begin_marked_content("Span", f"<</ActualText<feff{encoded}>>>")
    yield
    stream.end_marked_content()


def _fonts(stream: Foreign, placed: Piece) -> dict[int, _Font] | None:
    """Return the fonts of a text; None if they draw in colour, or lack one of its characters."""
    used = {glyph.font for cell in placed.cells for glyph in cell}
    fonts = {index: _Font(stream, placed.glyphs.fonts[index]) for index in sorted(used)}
    if any(font.is_coloured for font in fonts.values()):
        return None
    if any(g.number & UNKNOWN and g.number != EMPTY for cell in placed.cells for g in cell):
        return None
    return fonts


def _write(
    stream: Foreign, fonts: dict[int, _Font], placed: Piece, matrix: Foreign, rise: float
) -> None:
    a, b, c, d, x, y = matrix.values
    stream.set_text_matrix(a, b, c, d, x, y - rise)
    _Pen(stream, fonts, placed).write()


def _reach(stream: Foreign, fonts: dict[int, _Font], placed: Piece, matrix: Foreign) -> None:
    """Draw a space that ends where what follows a text with a reading begins.

    Extractors take what stands under one ActualText to end with the last glyph in it.
    """
    space = placed.glyphs.space
    if placed.following is None or space is None or space.font not in fonts:
        return
    a, b, c, d, x, y = matrix.values
    left = placed.following - fonts[space.font].width(space.number)
    stream.set_text_matrix(a, b, c, d, x + left, y)
    _Pen(stream, fonts, placed).write_cell([space._replace(x=0.0)], " ")


class _Font:
    """A font of the PDF, its size, and the widths of its glyphs as the PDF will state them."""

    def __init__(self, stream: Foreign, pango_font: Foreign) -> None:
        self.stream, self.pango_font = stream, pango_font
        self.font, self.size = stream.add_font(pango_font)

    @property
    def is_coloured(self) -> bool:
        """Tell whether it draws pictures, or in colours."""
        font = self.font
        return bool(font.bitmap or font.svg or font.png or font.colr)

    def width(self, glyph: int) -> float:
        """Return the width of a glyph in pixels of CSS."""
        widths = self.font.widths
        thousandths = widths.get(glyph)
        if thousandths is None:
            from weasyprint.text.ffi import FROM_UNITS, pango

            stream = self.stream
            pango.pango_font_get_glyph_extents(
                self.pango_font, glyph, stream.ink_rect, stream.logical_rect
            )
            width = stream.logical_rect.width * THOUSANDTHS * FROM_UNITS / self.size
            thousandths = widths[glyph] = round(width)
        return float(thousandths * self.size / THOUSANDTHS)


class _Pen:
    """Writes cells from left to right; `at` is where the PDF's own pen stands."""

    def __init__(self, stream: Foreign, fonts: dict[int, _Font], placed: Piece) -> None:
        self.stream, self.fonts, self.placed = stream, fonts, placed
        self.at = 0.0
        self.current: Foreign = None
        self.parts: list[str] = []

    def write(self) -> None:
        """Write the operators of the whole text."""
        placed = self.placed
        starts = placed.origins()
        followed = [*starts[1:], placed.following]
        for index, (cell, text, start, following) in enumerate(
            zip(placed.cells, placed.texts, starts, followed, strict=True)
        ):
            self._set_language(index)
            if following is not None and text != " " and self._misleads(cell, start, following):
                self._write_to(cell[0], start, following, text)
            elif text == SOFT_HYPHEN:
                self._flush()
                with _standing_for(self.stream, text):
                    self._write_cell(cell, start, "-")
                    self._flush()
            else:
                self._write_cell(cell, start, text)
        self._flush()
        self._set_language(len(placed.cells))

    def _set_language(self, index: int) -> None:
        """Say in a tagged file where words of another language begin and end (14.9.2.3)."""
        if self.stream._tags is None:  # noqa: SLF001 - the seam
            return
        for run in self.placed.foreign:
            if index == run.stop:
                self._flush()
                self.stream.end_marked_content()
            if index == run.start:
                self._flush()
                self.stream.begin_marked_content("Span", f"<</Lang({ENGLISH})>>")

    def write_cell(self, cell: Sequence[Glyph], text: str) -> None:
        """Write the operators of one cell."""
        self._write_cell(cell, 0.0, text)
        self._flush()

    def _misleads(self, cell: Sequence[Glyph], start: float, following: float) -> bool:
        """Tell whether a glyph stands so far from the next, or so deep in it, that it misleads.

        A gap could be taken for a space that is none, an overlap for the end of a line. A narrow
        letter without room of its own is left as it is.
        """
        if len(cell) != 1 or cell[0].number == EMPTY or cell[0].y or self.placed.ruby is not None:
            return False
        font = self.fonts[cell[0].font]
        width, room = font.width(cell[0].number), following - start - cell[0].x
        least = LOOKS_LIKE_SPACE * font.size
        return bool(abs(room - width) > least and (room > least or width > HALF * font.size))

    def _write_cell(self, cell: Iterable[Glyph], start: float, text: str) -> None:
        for glyph in cell:
            if glyph.number == EMPTY:
                continue
            font = self._use(glyph)
            self._move(start + glyph.x, font)
            if font.font.to_unicode.setdefault(glyph.number, text) is text:
                text = ""
            if glyph.y:
                self._flush()
                self.stream.set_text_rise(-glyph.y)
            self.parts.append(f"<{glyph.number:04x}>")
            if glyph.y:
                self._flush()
                self.stream.set_text_rise(0)
            self.at += font.width(glyph.number)

    def _write_to(self, glyph: Glyph, start: float, following: float, text: str) -> None:
        """Write a glyph that reaches to what follows, as one piece with the glyph's text.

        It has some room in any case: pdfium passes over what is not wide.
        """
        font = self._use(glyph)
        following = max(following, start + glyph.x + LOOKS_LIKE_SPACE * font.size)
        self._move(start + glyph.x, font)
        self._flush()
        with _standing_for(self.stream, text):
            self._fill(glyph, start, following, text)

    def _fill(self, glyph: Glyph, start: float, following: float, text: str) -> None:
        """Write a glyph and a space that reaches to what follows, or so much more advance."""
        font = self.fonts[glyph.font]
        gap = following - self.at - font.width(glyph.number)
        space = self.placed.glyphs.space
        if gap < IS_SPACE * font.size or space is None or not self._has(space, font):
            self._set_spacing(gap)
            self._write_cell([glyph], start, text)
            self._flush()
            self._set_spacing(0)
            self.at += gap
            return
        self._write_cell([glyph], start, text)
        self._move(following - font.width(space.number), font)
        font.font.to_unicode.setdefault(space.number, " ")
        self.parts.append(f"<{space.number:04x}>")
        self.at += font.width(space.number)
        self._flush()

    def _set_spacing(self, spacing: float) -> None:
        """Set the character spacing (Tc), which pydyf 0.12 has no method for."""
        self.stream.stream.append(f"{round(spacing, 4):g} Tc")

    def _has(self, space: Glyph, font: _Font) -> bool:
        return bool(self.stream.add_font(self.placed.glyphs.fonts[space.font])[0] is font.font)

    def _use(self, glyph: Glyph) -> _Font:
        font = self.fonts[glyph.font]
        if self.current is not font.font:
            self._flush()
            self.stream.set_font_size(font.font.hash, font.size)
            self.current = font.font
        return font

    def _move(self, to: float, font: _Font) -> None:
        adjustment = round((to - self.at) / font.size * THOUSANDTHS)
        if adjustment:
            self.parts.append(f"{-adjustment}")
            self.at += adjustment * font.size / THOUSANDTHS

    def _flush(self) -> None:
        if self.parts:
            self.stream.show_text("".join(self.parts).replace("><", ""))
            self.parts.clear()
