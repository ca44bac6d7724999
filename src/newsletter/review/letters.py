"""The letters of a page as PDFium reads them: what they are, where they stand, how they look.

In: the bytes of a PDF. Out: for each page its size and its letters in the order in which they
were set, in millimetres from the upper left corner of the trimmed page. What PDFium itself puts
between words and lines is left out.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from newsletter.geometry import PT_PER_MM
from newsletter.pdf.trim import trim_of
from newsletter.review.pixels import DRAWING

SUBSET = re.compile(r"^[A-Z]{6}\+")
"""What the name of a font begins with when only some of its glyphs are embedded (ISO 32000-2,
9.9.2)."""
LONGEST_NAME = 256
SAME_LINE_MM = 0.2
"""By how much the baselines of letters of one line may differ."""
WIDEST_GAP_EM = 4.0
"""White of more than this ends a run: the next letter stands in another column."""
SURROGATES = 0xD800, 0xDFFF
"""Codes that are no characters, only halves of one in UTF-16."""

RGB = tuple[int, int, int]


class Style(NamedTuple):
    """How a letter looks: font without the mark of its subset, size in points, colour."""

    font: str
    size_pt: float
    colour: RGB


class Letter(NamedTuple):
    """A character and the point of its baseline where it begins, in mm."""

    text: str
    x_mm: float
    y_mm: float
    style: Style

    @property
    def em_mm(self) -> float:
        """Its size in millimetres."""
        return self.style.size_pt / PT_PER_MM


class Run(Struct, frozen=True):
    """Letters of one line that stand together: `start` and `stop` count letters of the page."""

    start: int
    stop: int
    text: str
    y_mm: float


class LetteredPage(Struct, frozen=True):
    """A page's measures in mm and its letters."""

    width_mm: float
    height_mm: float
    letters: tuple[Letter, ...]

    def runs(self) -> Iterator[Run]:
        """Yield its runs in the order in which they were set."""
        start = 0
        for stop in range(1, len(self.letters) + 1):
            if stop == len(self.letters) or not _goes_on(
                self.letters[stop - 1], self.letters[stop]
            ):
                text = "".join(letter.text for letter in self.letters[start:stop])
                yield Run(start, stop, text, self.letters[start].y_mm)
                start = stop


def _goes_on(one: Letter, two: Letter) -> bool:
    """Tell whether a letter stands in the line of the one before it, and near it."""
    gap = two.x_mm - one.x_mm
    return abs(two.y_mm - one.y_mm) <= SAME_LINE_MM and 0 <= gap <= WIDEST_GAP_EM * one.em_mm


def lettered_pages(data: bytes, pages: list[int] | None = None) -> list[LetteredPage]:
    """Return the letters of pages, counted from 0; of all where none are named."""
    import pypdfium2

    with DRAWING:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return [_page(pdf[n]) for n in (range(len(pdf)) if pages is None else pages)]
        finally:
            pdf.close()


def _page(page: Any) -> LetteredPage:  # noqa: ANN401 - a page of PDFium
    left, bottom, right, top = trim_of(page)
    text_page = page.get_textpage()
    try:
        letters = tuple(_letters(text_page.raw, left, top))
    finally:
        text_page.close()
        page.close()
    return LetteredPage((right - left) / PT_PER_MM, (top - bottom) / PT_PER_MM, letters)


def as_character(code: int) -> str:
    """Return the character of a code; U+FFFD where a damaged font gives one that is none."""
    is_none = not 0 < code <= sys.maxunicode or SURROGATES[0] <= code <= SURROGATES[1]
    return "\ufffd" if is_none else chr(code)


def _letters(text_page: Any, left: float, top: float) -> Iterator[Letter]:  # noqa: ANN401
    """Yield the letters of a page whose trim begins at `left`, `top` in points."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, Style] = {}
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        character = as_character(pdfium.FPDFText_GetUnicode(text_page, index))
        if character.isspace() or not pdfium.FPDFText_GetCharOrigin(text_page, index, x, y):
            continue
        owner = pdfium.FPDFText_GetTextObject(text_page, index)
        key = ctypes.addressof(owner.contents) if owner else 0
        style = styles.get(key) or styles.setdefault(key, _style(text_page, index))
        yield Letter(
            character,
            round((x.value - left) / PT_PER_MM, 3),
            round((top - y.value) / PT_PER_MM, 3),
            style,
        )


def _style(text_page: Any, index: int) -> Style:  # noqa: ANN401 - a handle of PDFium
    import pypdfium2.raw as pdfium

    name, flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name, LONGEST_NAME, flags)
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text_page, index, *parts)
    red, green, blue, _alpha = (part.value for part in parts)
    font = SUBSET.sub("", name.value.decode("utf-8", "replace"))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5 or 1.0
    size_pt = round(pdfium.FPDFText_GetFontSize(text_page, index) * scale, 2)
    return Style(font, size_pt, (red, green, blue))
