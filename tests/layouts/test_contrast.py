"""Contrast: every text of the finished pages against what is drawn behind it.

WCAG 2.2, success criterion 1.4.3, asks 4.5:1 of text and less of large text; we ask 4.5 of all.
The colour of a text is that of its PDF object. What is behind it is seen by drawing the page
without its texts; pictures count as they are drawn.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL.Image import Image
from printed import ISSUES, screen

from workshop import SQUARE, Workshop

LEAST = 4.5
SCALE = 2
EDGE = 1
"""Pixels at the edges of a text's box that are left out: they may show its neighbour."""

Colour = tuple[int, int, int]


class Faint(NamedTuple):
    page: int
    text: str
    contrast: float


@functools.cache
def luminance(colour: Colour) -> float:
    """Return the relative luminance (WCAG 2.2, glossary) of an sRGB colour, 0 to 255."""

    def linear(level: int) -> float:
        share = level / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(level) for level in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, glossary)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour_of(text: pypdfium2.PdfObject) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    assert pdfium.FPDFPageObj_GetFillColor(text.raw, red, green, blue, alpha)
    assert alpha.value == 255, "a transparent text has no colour of its own"
    return red.value, green.value, blue.value


def words_of(text: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    """Return what a text object says; nothing for a space that is drawn for extractors."""
    size = pdfium.FPDFTextObj_GetText(text.raw, text_page.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(text.raw, text_page.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").strip("\0").strip()


def faint_texts(data: bytes) -> Iterator[Faint]:
    """Yield the texts of a PDF whose contrast is too small anywhere behind them."""
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf, start=1):
        text_page = page.get_textpage()
        texts = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1))
        told = [(words_of(t, text_page), colour_of(t), t.get_bounds()) for t in texts]
        for text in texts:
            page.remove_obj(text)
        page.gen_content()
        behind = page.render(scale=SCALE).to_pil().convert("RGB")
        for words, colour, (left, bottom, right, top) in told:
            x, _, _, y = page.get_mediabox()
            box = (left - x, y - top, right - x, y - bottom)
            least = min((contrast(colour, c) for c in colours_in(behind, box)), default=21)
            if words and least < LEAST:
                yield Faint(number, words, round(least, 2))
    pdf.close()


def colours_in(image: Image, box: tuple[float, float, float, float]) -> set[Colour]:
    """Return the colours in a box of points, measured from the top left, without its edges."""
    left, top, right, bottom = (round(side * SCALE) for side in box)
    if right - left <= 2 * EDGE or bottom - top <= 2 * EDGE:
        return set()
    inner = image.crop((left + EDGE, top + EDGE, right - EDGE, bottom - EDGE))
    return {colour for _count, colour in inner.getcolors(inner.width * inner.height)}


@pytest.mark.parametrize(("layout", "issue"), ISSUES)
def test_every_text_stands_out_from_what_is_behind_it(layout: str, issue: str) -> None:
    assert list(faint_texts(screen(layout, issue))) == []


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (118, 118, 118)) == pytest.approx(4.54, abs=0.005)
    assert contrast((10, 20, 30), (10, 20, 30)) == 1


@pytest.mark.parametrize(
    ("style", "faint"),
    [
        ("h2 { color: #777 }", ["头一篇"]),
        ("h2 { color: #767676 }", []),
        ("h2 { background: #222 }", ["头一篇"]),
        ("article { background: url(square.svg) } article p { color: #fff }", ["头一篇"]),
        ("article { background: url(square.svg) } article * { color: #fff }", []),
    ],
)
def test_a_faint_text_is_found_on_colours_and_on_pictures(
    shop: Workshop, style: str, faint: list[str]
) -> None:
    base = (shop.layout / "style.css").read_text("utf-8")
    shop.set_up(style=base + style, parts={"square.svg": SQUARE})
    data, _warnings = shop.render().write(tagged=False)
    assert [text.text for text in faint_texts(data)] == faint
