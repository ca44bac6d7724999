"""Saving: how a PDF leaves the press, with the boxes of its pages.

In: an open PDF. Out: its bytes, the same for the same content.
"""

from __future__ import annotations

import io
from typing import Any

from newsletter.geometry import Box


def saved(pdf: Any, **version: str) -> bytes:  # noqa: ANN401 - pikepdf.Pdf
    """Return the bytes of a PDF; `version` is what pikepdf's `save` takes of it.

    The XMP packet stays as it is: it names no version, and another's may be damaged.
    """
    from pikepdf import ObjectStreamMode

    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        **version,
    )
    return out.getvalue()


def set_boxes(page: Any, media: Box, bleed: Box, trim: Box) -> None:  # noqa: ANN401
    """Write all boxes of a page's dictionary, in its own space (ISO 32000-2:2020, 14.11.2).

    What is shown is the medium; an art box goes, as PDF/X allows none beside the trim.
    """
    from pikepdf import Array

    boxes = {"/MediaBox": media, "/CropBox": media, "/BleedBox": bleed, "/TrimBox": trim}
    for key, box in boxes.items():
        page[key] = Array(box.rounded())
    if "/ArtBox" in page:
        del page["/ArtBox"]
