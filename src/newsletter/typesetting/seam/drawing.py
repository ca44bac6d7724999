"""Drawing: the glyphs of a composed text as operators of a PDF page.

In: the glyphs of each cell, and where each cell stands. Out: strings and adjustments for TJ
(ISO 32000-2:2020, 9.4.3), exact to a thousandth of an em at every glyph: what rounding leaves
is made good at the next one.

Readers of PDF take a gap of about a tenth of an em for a space. So that copied text gains none,
a wider gap is drawn as a space glyph, and both it and the character before it stand under an
ActualText of that character alone (ISO 32000-2:2020, 14.9.4). docs/typesetting.md has the trial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import normalize

from newsletter.typesetting.characters import SOFT_HYPHEN
from newsletter.typesetting.languages import ENGLISH
from newsletter.typesetting.seam.annotations import ruby_baseline
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.numerals import numerals
from newsletter.typesetting.seam.pango import libraries
from newsletter.typesetting.seam.shaping import UNKNOWN

if TYPE_CHECKING:
    from newsletter.typesetting.seam.piece import Piece
    from newsletter.typesetting.seam.shaping import Glyph

EMPTY = 0x0FFFFFFF
"""Pango's glyph for nothing (PANGO_GLYPH_EMPTY)."""
THOUSANDTHS = 1000
LOOKS_LIKE_SPACE = 0.09
"""The gap in em from which extractors may see a space, and the overlap from which they may see
the end of a line (poppler: minWordBreakSpace and minDupBreakOverlap, 0.1 both)."""
HALF = 0.5
"""The width in em from which a glyph is no narrow letter."""
IS_SPACE = 0.125
"""The gap from which pdfium sees one too, half the width of the font's own space."""
APART = frozenset([" ", SOFT_HYPHEN])
"""What is written otherwise than the characters around it."""


class Draughtsman:
    """Writes composed texts; knows the fonts of each PDF that it has met."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Foreign], tuple[Foreign, _Font]] = {}

    def draw(self, stream: Foreign, placed: Piece, matrix: Foreign) -> bool:
        """Write a composed text at a matrix, within BT and ET.

        False, with nothing written, if its fonts need WeasyPrint's own way.
        """
        fonts = self._fonts(stream, placed)
        if fonts is None:
            return False
        ruby_fonts = self._fonts(stream, placed.ruby) if placed.ruby else None
        if placed.ruby and ruby_fonts:
            with _standing_for(stream, placed.text):
                _write(stream, fonts, placed, matrix, 0.0)
                _write(stream, ruby_fonts, placed.ruby, matrix, ruby_baseline(placed.style))
                _reach(stream, fonts, placed, matrix)
        else:
            _write(stream, fonts, placed, matrix, 0.0)
        return True

    def _fonts(self, stream: Foreign, placed: Piece) -> dict[int, _Font] | None:
        """Return the fonts of a text; None if they draw in colour or lack a character."""
        glyphs = placed.glyphs
        used = {glyph.font for cell in placed.cells for glyph in cell}
        fonts = {index: self._font(stream, glyphs.fonts[index]) for index in sorted(used)}
        if any(font.is_coloured for font in fonts.values()):
            return None
        if glyphs.has_unknown and any(g.number >= UNKNOWN for cell in placed.cells for g in cell):
            return None
        return fonts

    def _font(self, stream: Foreign, pango_font: Foreign) -> _Font:
        """Return a font as a PDF has it, whose fonts are kept, so that their id is theirs."""
        of_file = stream._fonts  # noqa: SLF001 - the seam
        key = id(of_file), pango_font
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = of_file, _Font(stream, pango_font)
        return known[1]


def _shared_out(text: str, glyphs: int) -> Sequence[str]:
    """Return what each glyph of a cell says: a letter and its marks have one each, if they can.

    A font may have one glyph for a letter with a mark, or two for what is one character. Else the
    first says all.
    """
    for form in (text, normalize("NFC", text), normalize("NFD", text)):
        if len(form) == glyphs:
            return form
    return [text, *[""] * (glyphs - 1)]


@contextmanager
def _standing_for(stream: Foreign, text: str) -> Iterator[None]:
    """Draw what extractors are to take for `text`.

    A reading repeats the words it stands over; copied text goes on without it.
    """
    encoded = text.encode("utf-16-be").hex()
    stream.begin_marked_content("Span", f"<</ActualText<feff{encoded}>>>")
    yield
    stream.end_marked_content()


def _write(
    stream: Foreign, fonts: dict[int, _Font], placed: Piece, matrix: Foreign, rise: float
) -> None:
    a, b, c, d, x, y = matrix.values
    numbers = numerals((a, b, c, d, x, y - rise))
    stream.stream.append(" ".join([*numbers, "Tm"]).encode("ascii"))
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
    """A font of the PDF, its size, and the widths of its glyphs as the PDF will state them.

    A gap of `least` could be taken for a space; no glyph of `half` its size is a narrow letter.
    """

    def __init__(self, stream: Foreign, pango_font: Foreign) -> None:
        self.pango_font = pango_font
        self.font, self.size = stream.add_font(pango_font)
        font = self.font
        self.is_coloured = bool(font.bitmap or font.svg or font.png or font.colr)
        self.least, self.half = LOOKS_LIKE_SPACE * self.size, HALF * self.size
        self.written: dict[int, tuple[float, str]] = {}
        """The width of each glyph in pixels of CSS, and the glyph as a string of a PDF."""

    def width(self, glyph: int) -> float:
        """Return the width of a glyph in pixels of CSS."""
        return (self.written.get(glyph) or self.take(glyph))[0]

    def take(self, glyph: int) -> tuple[float, str]:
        """Return the width of a glyph that was not met before, and how it is written."""
        widths = self.font.widths
        thousandths = widths.get(glyph)
        if thousandths is None:
            from weasyprint.text.ffi import FROM_UNITS

            width = libraries().advance(self.pango_font, glyph) * THOUSANDTHS * FROM_UNITS
            thousandths = widths[glyph] = round(width / self.size)
        found = float(thousandths * self.size / THOUSANDTHS), f"<{glyph:04x}>"
        self.written[glyph] = found
        return found


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
        says_language = bool(placed.foreign) and self.stream._tags is not None  # noqa: SLF001 - the seam
        for index, (cell, text, start, following) in enumerate(
            zip(placed.cells, placed.texts, starts, followed, strict=True)
        ):
            if says_language:
                self._set_language(index)
            if len(cell) == 1 and text not in APART:
                self._write_one(cell[0], start, following, text)
            elif text == SOFT_HYPHEN:
                self._flush()
                with _standing_for(self.stream, text):
                    self._write_cell(cell, start, "-")
                    self._flush()
            else:
                self._write_cell(cell, start, text)
        self._flush()
        if says_language:
            self._set_language(len(placed.cells))

    def _set_language(self, index: int) -> None:
        """Say in a tagged file where words of another language begin and end (14.9.2.3)."""
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

    def _write_one(self, glyph: Glyph, start: float, following: float | None, text: str) -> None:
        """Write a cell of one glyph, the commonest; this is asked for each character.

        A glyph may stand so far from the next, or so deep in it, that it misleads: a gap could be
        taken for a space that is none, an overlap for the end of a line. A narrow letter without
        room of its own is left as it is.
        """
        number, x, y, index = glyph
        if number == EMPTY:
            return
        font = self.fonts[index]
        width, code = font.written.get(number) or font.take(number)
        if following is not None and not y and self.placed.ruby is None:
            room, least = following - start - x, font.least
            if abs(room - width) > least and (room > least or width > font.half):
                self._write_to(glyph, start, following, text)
                return
        if self.current is not font.font:
            self._use(glyph)
        adjustment = round((start + x - self.at) / font.size * THOUSANDTHS)
        if adjustment:
            self.parts.append(f"{-adjustment}")
            self.at += adjustment * font.size / THOUSANDTHS
        font.font.to_unicode.setdefault(number, text)
        if y:
            self._raise(code, y)
        else:
            self.parts.append(code)
        self.at += width

    def _raise(self, code: str, y: float) -> None:
        """Write a glyph that stands below or above the line."""
        self._flush()
        self.stream.set_text_rise(-y)
        self.parts.append(code)
        self._flush()
        self.stream.set_text_rise(0)

    def _write_cell(self, cell: Sequence[Glyph], start: float, text: str) -> None:
        drawn = [glyph for glyph in cell if glyph.number != EMPTY]
        for glyph, said in zip(drawn, _shared_out(text, len(drawn)), strict=False):
            font = self._use(glyph)
            self._move(start + glyph.x, font)
            font.font.to_unicode.setdefault(glyph.number, said)
            width, code = font.written.get(glyph.number) or font.take(glyph.number)
            if glyph.y:
                self._raise(code, glyph.y)
            else:
                self.parts.append(code)
            self.at += width

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
