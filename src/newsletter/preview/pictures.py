"""Pictures of pages for the browser, drawn when they are asked for and kept while there is room.

In: a page's digest, a resolution, whether its bleed shows. Out: PNG. A digest says how a page
looks, so that a picture never changes and may be kept by the browser for ever.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from newsletter.geometry import PT_PER_INCH
from newsletter.preview.desk import Desk
from newsletter.preview.drawing import as_png, drawn
from newsletter.review.pixels import DRAWING

RESOLUTIONS = {str(dpi): dpi for dpi in (36, 72, 144, 216, 288)}
"""Dots an inch, as a request says them; 288 is a page of A4 in 2,382 × 3,368 pixels."""

PATIENCE_S = 5.0
"""How long a page that was only glimpsed is waited for."""


async def picture(desk: Desk, digest: str, dpi: int, *, bleed: bool) -> bytes | None:
    """Return a page as PNG; None if no page of now or of a moment ago looks like that."""
    key = digest, f"{dpi}{'+' if bleed else ''}"
    kept = desk.drawn(key)
    if kept is not None:
        return kept
    plate = desk.plate(digest)
    while plate is None and desk.is_coming(digest):
        await desk.after(desk.state.number, PATIENCE_S)
        plate = desk.plate(digest)
    if plate is None:
        return None
    file = plate.bled if bleed else plate.trimmed
    made = await run_in_threadpool(_bled if bleed else drawn, file, plate.at, dpi)
    desk.remember(key, made)
    return made


def _bled(data: bytes, index: int, dpi: int) -> bytes:
    """Draw a page with its bleed: all that its sheet shows."""
    import pypdfium2

    with DRAWING:
        pdf = pypdfium2.PdfDocument(data)
        try:
            image = pdf[index].render(scale=dpi / PT_PER_INCH).to_pil().convert("RGB")
        finally:
            pdf.close()
    return as_png(image)
