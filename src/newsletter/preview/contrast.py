"""Contrast: the texts of a page that do not stand out from what is drawn behind them.

In: a page of a PDF. Out: the place, the colours and the ratio of each text below 4.5:1, which
WCAG 2.2 asks in 1.4.3; large text may have less there, here it may not. The colour of a text is
that of its PDF object; what is behind it is seen by drawing the page without its texts. Texts in
transparent groups are left out.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter.geometry import PT_PER_MM
from newsletter.luminance import contrast, luminance
from newsletter.review import pixels

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 4.5
SCALE = 2
EDGE = 1
"""Pixels at the edges of a text's box that may show its neighbour."""
OPAQUE = 255

Colour = tuple[int, int, int]
Sides = tuple[float, float, float, float]


class Faint(NamedTuple):
    """A text that is hard to read: left, top, width, height in millimetres from the trim."""

    left: float
    top: float
    width: float
    height: float
    ratio: float
    text: Colour
    behind: Colour


def faint_texts(data: bytes, index: int) -> list[Faint]:
    """Return the faint texts of a page, counted from 0, in the order of drawing."""
    import pypdfium2

    with pixels.DRAWING:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return list(_faint(pdf[index]))
        finally:
            pdf.close()


def _faint(page: Any) -> Iterator[Faint]:  # noqa: ANN401 - pypdfium2's page
    import pypdfium2.raw as pdfium

    left, _bottom, _right, top = page.get_mediabox()
    texts = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1))
    met = [(_colour(text), text.get_bounds()) for text in texts]
    for text in texts:
        page.remove_obj(text)
    page.gen_content()
    behind = page.render(scale=SCALE).to_pil().convert("RGB")
    for (colour, alpha), (x, y, right, upper) in met:
        box = (x - left, top - upper, right - left, top - y)
        worst = min(
            ((ratio(_mixed(colour, under, alpha), under), under) for under in _within(behind, box)),
            default=None,
        )
        if worst is not None and worst[0] < LEAST:
            yield _told(box, worst[0], colour, worst[1])


def _told(box: Sides, contrast: float, colour: Colour, behind: Colour) -> Faint:
    left, top, right, bottom = (side / PT_PER_MM for side in box)
    return Faint(
        left=round(left, 2),
        top=round(top, 2),
        width=round(right - left, 2),
        height=round(bottom - top, 2),
        ratio=round(contrast, 2),
        text=colour,
        behind=behind,
    )


def _colour(text: Any) -> tuple[Colour, int]:  # noqa: ANN401 - pypdfium2's object
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(text.raw, red, green, blue, alpha)
    return (red.value, green.value, blue.value), alpha.value


def _mixed(colour: Colour, behind: Colour, alpha: int) -> Colour:
    """Return how a colour comes out that lets some of what is behind it through."""
    if alpha == OPAQUE:
        return colour
    share = alpha / OPAQUE
    red, green, blue = (
        round(above * share + below * (1 - share))
        for above, below in zip(colour, behind, strict=True)
    )
    return red, green, blue


def _within(image: Image, box: Sides) -> set[Colour]:
    """Return the colours in a box of points from the top left, without its edges."""
    left, top, right, bottom = (round(side * SCALE) for side in box)
    if right - left <= 2 * EDGE or bottom - top <= 2 * EDGE:
        return set()
    inner = image.crop((left + EDGE, top + EDGE, right - EDGE, bottom - EDGE))
    counted: Any = inner.getcolors(inner.width * inner.height) or ()
    return {colour for _count, colour in counted}


def ratio(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, glossary)."""
    return contrast(_luminance(one), _luminance(other))


@functools.lru_cache(maxsize=65536)
def _luminance(colour: Colour) -> float:
    red, green, blue = colour
    return luminance(red / 255, green / 255, blue / 255)
