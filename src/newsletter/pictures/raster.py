"""What the header of a JPEG or a PNG says, and the limits that it is judged by.

In: numbers from a header. Out: nothing, or the `Flaw` that stops the inspection before
any memory is taken for pixels.
"""

from __future__ import annotations

from msgspec import Struct

from newsletter.pictures.problem import flaw

# An A3 spread at 600 dpi has 70 megapixels; Pillow 13 itself warns above 89 and refuses
# above 179, which WeasyPrint 70 answers by leaving the picture out.
MOST_PIXELS = 100_000_000


class Header(Struct, frozen=True):
    """Size in pixels before any rotation, bits of one sample, and samples of one pixel."""

    width: int
    height: int
    bits: int
    channels: int


def judge_size(header: Header) -> None:
    """Refuse pictures without pixels and pictures with too many."""
    width, height = header.width, header.height
    if not width or not height:
        raise flaw("N320", width=width, height=height)
    if width * height > MOST_PIXELS:
        raise flaw(
            "N321",
            width=width,
            height=height,
            megapixels=-(-width * height // 1_000_000),
            limit=MOST_PIXELS // 1_000_000,
        )
