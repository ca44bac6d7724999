"""Pictures of pages as the browser gets them: PNG, written quickly rather than small.

In: a file, which page of it, a resolution. Out: PNG. They go no further than this machine.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from newsletter.review.pixels import DIGEST_DPI, draw_page

if TYPE_CHECKING:
    from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TRUE_COLOUR = 2
FASTEST = 1


def drawn(data: bytes, index: int, dpi: int, known: Image.Image | None = None) -> bytes:
    """Return a page, counted from 0, within its trim; `known` is how it was drawn for its digest.

    Dots of which some make one of those for the digest are not drawn anew: they are its means.
    """
    if DIGEST_DPI % dpi:
        return as_png(draw_page(data, index, dpi))
    image = draw_page(data, index, DIGEST_DPI) if known is None else known
    return as_png(image if dpi == DIGEST_DPI else image.reduce(DIGEST_DPI // dpi))


def as_png(image: Image.Image) -> bytes:
    """Return an RGB image as PNG (ISO/IEC 15948), its rows as they are.

    Pillow tries five filters for every row, which takes half of its time; text on paper is packed
    as well without any.
    """
    rows = memoryview(image.tobytes())
    across = 3 * image.width
    packer = zlib.compressobj(FASTEST)
    packed = [packer.compress(b"".join(_unfiltered(rows, across))), packer.flush()]
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, TRUE_COLOUR, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", b"".join(packed)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _unfiltered(rows: memoryview, across: int) -> list[bytes | memoryview]:
    """Return the rows, each after the number of its filter, none."""
    pieces: list[bytes | memoryview] = []
    for start in range(0, len(rows), across):
        pieces += (b"\0", rows[start : start + across])
    return pieces


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", _sum(name, content))


def _sum(name: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(name))
