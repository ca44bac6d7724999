"""Pages as pixels, drawn by PDFium for both sides of a comparison.

In: the bytes of a PDF. Out: Pillow images of the trimmed pages, and for each page a digest that
changes when anything that can be seen on it changes. PDFium is not safe between threads: all
drawing goes through one lock.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.geometry import PT_PER_INCH
from newsletter.pdf.trim import beside_trim

if TYPE_CHECKING:
    from PIL import Image

DIGEST_DPI = 144
"""At which pages are drawn for their digest: two pixels a point, so that a hairline shows."""
MOST_PIXELS = 100_000_000
"""Of a larger page fewer dots are drawn: A0 has 32 million at 144 dpi."""
DRAWING = threading.Lock()
"""Held by whoever uses PDFium."""


def page_count(data: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with DRAWING:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return len(pdf)
        finally:
            pdf.close()


def draw(data: bytes, dpi: float, pages: range | None = None) -> Iterator[Image.Image]:
    """Yield the pages of a range, counted from 0, as RGB images within their trim."""
    for number in range(page_count(data)) if pages is None else pages:
        yield draw_page(data, number, dpi)


def draw_page(data: bytes, number: int, dpi: float) -> Image.Image:
    """Return a page, counted from 0, as an RGB image within its trim."""
    import pypdfium2

    with DRAWING:
        pdf = pypdfium2.PdfDocument(data)
        try:
            page = pdf[number]
            crop, scale = beside_trim(page), dpi / PT_PER_INCH
            scale = min(scale, math.sqrt(MOST_PIXELS / max(math.prod(page.get_size()), 1)))
            drawn = page.render(scale=scale, crop=crop, rev_byteorder=True)
            image: Image.Image = drawn.to_pil()
            image = image if image.mode == "RGB" else image.convert("RGB")
            page.close()
            return image
        finally:
            pdf.close()


def page_digest(image: Image.Image) -> str:
    """Return the SHA-256 of a page's pixels and their measure."""
    digest = hashlib.sha256(f"{image.width}x{image.height}".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()


def page_digests(data: bytes) -> list[str]:
    """Return the digest of every page: what an approval holds."""
    return [page_digest(image) for image in draw(data, DIGEST_DPI)]


def renderer() -> str:
    """Return the name and version of what draws, to be kept with everything drawn."""
    import pypdfium2

    return f"PDFium {pypdfium2.PDFIUM_INFO.build}"
