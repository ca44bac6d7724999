"""The trim of a page as PDFium sees it, of any PDF.

In: a page of pypdfium2. Out: the part of the trim that a reader shows, and what a drawing of the
page has beside it. PDFium draws the crop box within the medium, turned as the page says.
"""

from __future__ import annotations

from typing import Any

from newsletter.geometry import Box

QUARTER = 90
Sides = tuple[float, float, float, float]


def trim_of(page: Any) -> Box:  # noqa: ANN401 - pypdfium2 has no types
    """Return the trim as far as it is shown, all that is shown where none of it is."""
    shown = _shown(page)
    trim = _box(page.get_trimbox())
    return trim.within(shown) if trim.meets(shown) else shown


def beside_trim(page: Any) -> Sides:  # noqa: ANN401
    """Return what is to be cut off a drawing: left, bottom, right, top of the page as it is seen.

    A page is turned clockwise: after a quarter its bottom is at the left.
    """
    shown, trim = _shown(page), trim_of(page)
    left, bottom = trim.left - shown.left, trim.bottom - shown.bottom
    right, top = shown.right - trim.right, shown.top - trim.top
    for _ in range(page.get_rotation() // QUARTER):
        left, bottom, right, top = bottom, right, top, left
    return left, bottom, right, top


def _shown(page: Any) -> Box:  # noqa: ANN401
    media, crop = _box(page.get_mediabox()), _box(page.get_cropbox())
    return crop.within(media) if crop.meets(media) else media


def _box(sides: Sides) -> Box:
    left, bottom, right, top = sides
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
