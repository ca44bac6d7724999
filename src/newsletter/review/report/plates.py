"""The pictures in the report: pages as WebP in data URIs, as small as they may be.

In: a side and a page. Out: a URI. Pages that are the same get a thumbnail alone; the more pages
changed, the fewer dots each of them gets, so that a report can be sent by mail.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from newsletter.review.pixels import draw_page

if TYPE_CHECKING:
    from PIL import Image

THUMBNAIL_DPI, THUMBNAIL_QUALITY = 14, 55
DOTS = ((40, 110, 60), (100, 84, 52), (10**9, 66, 48))
"""Up to how many changed pages are shown at how many dots an inch, in which quality."""
EFFORT = 2
"""WebP's method, 0 to 6: more takes thrice the time for 5 % fewer bytes."""


def thumbnail(pdf: bytes, page: int) -> str:
    """Return a page, counted from 0, about 30 mm wide on a screen."""
    return _uri(draw_page(pdf, page, THUMBNAIL_DPI), THUMBNAIL_QUALITY)


def plate(pdf: bytes, page: int, changed: int) -> str:
    """Return a page, counted from 0, to be looked at; `changed` is how many are shown so."""
    dpi, quality = next((dpi, quality) for most, dpi, quality in DOTS if changed <= most)
    return _uri(draw_page(pdf, page, dpi), quality)


def _uri(image: Image.Image, quality: int) -> str:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=EFFORT)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")
