"""Small pictures of pages, for the report.

In: a document, the numbers of pages. Out: for each a PNG, and where on it the trimmed page
lies: findings are measured from there.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from newsletter.preflight.document import Document
from newsletter.preflight.sheets import Area, Sheet

LONG_SIDE = 480
"""Pixels: enough to tell a page and a paragraph on it."""
MOST = 64
"""Pictures in one report: each takes some 60 kB."""


class Thumbnail(Struct, frozen=True):
    """A picture of a page; `view` is what it shows, in millimetres from the trim's corner."""

    png: bytes
    view: Area


def thumbnails(document: Document, pages: Iterable[int]) -> dict[int, Thumbnail]:
    """Return pictures of pages; of one that cannot be drawn, none."""
    import pypdfium2

    made: dict[int, Thumbnail] = {}
    try:
        opened = pypdfium2.PdfDocument(document.data)
    except pypdfium2.PdfiumError:
        return made
    with contextlib.closing(opened) as pdf:
        for number in sorted(set(pages))[:MOST]:
            try:
                png = _drawn(pdf, number)
            except (pypdfium2.PdfiumError, ValueError, MemoryError):
                continue
            made[number] = Thumbnail(png, _view(document.sheets[number - 1]))
    return made


def _drawn(pdf: Any, number: int) -> bytes:  # noqa: ANN401 - pypdfium2 has no types
    page = pdf[number - 1]
    width, height = page.get_size()
    bitmap = page.render(scale=LONG_SIDE / max(width, height, 1.0))
    out = io.BytesIO()
    bitmap.to_pil().quantize(64).save(out, "PNG", optimize=True)
    page.close()
    return out.getvalue()


def _view(sheet: Sheet) -> Area:
    """Return what a viewer shows of a page: the crop box within the medium."""
    crop = sheet.boxes.get("/CropBox")
    return sheet.area(crop.within(sheet.media) if crop else sheet.media)
