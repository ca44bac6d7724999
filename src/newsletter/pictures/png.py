"""PNG: chunks, checksums and the length of the image data (ISO/IEC 15948, W3C PNG 3).

In: the file's bytes. Out: its header; `check` walks the whole file and inflates the image
data piece by piece, so that a picture of any size is verified in a few hundred kilobytes.

Pillow is not asked: whether it notices a wrong checksum or a missing half depends on
`LOAD_TRUNCATED_IMAGES`, which WeasyPrint 70 switches on. With it a PNG cut in the middle is
printed with a black remainder.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.pictures.problem import Flaw, flaw
from newsletter.pictures.raster import Header

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 100_000  # 8 KB of image data a chunk, as libpng writes them, make 800 MB
PIECE = 262_144

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PALETTE, _PALETTE_SIZES = 3, range(3, 3 * 256 + 1, 3)
_KNOWN_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
# Start and step of the seven passes of Adam7: column, row, column step, row step.
_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_LAST_FILTER = 4


class Chunk(NamedTuple):
    """A chunk of the file, whose checksum is right."""

    kind: bytes
    data: bytes
    offset: int


class PngHeader(Header, frozen=True):
    """What IHDR says."""

    colour: int
    interlaced: bool

    @property
    def sixteen_bit_gray(self) -> bool:
        """Tell whether Pillow will read it as I;16.

        WeasyPrint 70 then says 'Unknown image mode: I;16' and prints a black field.
        RGB, RGBA and gray with alpha of 16 bits are printed right, in 8 bits.
        """
        return self.colour == 0 and self.bits == 16  # noqa: PLR2004 - bits, as IHDR says


def read_header(data: bytes) -> PngHeader:
    """Return the header, without looking at what follows."""
    chunk = next(chunks(data))
    if chunk.kind != b"IHDR" or len(chunk.data) != 13:  # noqa: PLR2004 - 11.2.1 IHDR
        raise flaw("N316", offset=chunk.offset)
    width, height, bits, colour, *methods, interlaced = struct.unpack(">IIBBBBB", chunk.data)
    if bits not in _DEPTHS.get(colour, ()) or any(methods) or interlaced > 1:
        raise flaw("N316", offset=chunk.offset)
    return PngHeader(width, height, bits, _CHANNELS[colour], colour, bool(interlaced))


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yield all chunks up to IEND; a wrong checksum or a missing end is a flaw."""
    offset = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        head = data[offset : offset + 8]
        if len(head) < 8:  # noqa: PLR2004 - length and kind
            raise flaw("N315")
        length, kind = struct.unpack(">I4s", head)
        if not kind.isalpha():
            raise flaw("N316", offset=offset)
        end = offset + 8 + length
        if end + 4 > len(data):
            raise flaw("N315")
        content = data[offset + 8 : end]
        if zlib.crc32(content, zlib.crc32(kind)) != int.from_bytes(data[end : end + 4], "big"):
            raise flaw("N316", offset=offset)
        yield Chunk(kind, content, offset)
        if kind == b"IEND":
            return
        offset = end + 4
    raise flaw("N324")


def check(data: bytes, header: PngHeader) -> None:
    """Walk the whole file; raise the first flaw of its structure or its image data."""
    pixels = _Pixels(header)
    palette = False
    last = b""
    for chunk in chunks(data):
        _judge_chunk(chunk, pixels, last)
        if chunk.kind == b"IDAT":
            pixels.feed(chunk)
        palette |= chunk.kind == b"PLTE"
        last = chunk.kind
    if header.colour == _PALETTE and not palette:
        raise flaw("N316", offset=len(SIGNATURE))
    if not pixels.complete:
        raise flaw("N315")


def _judge_chunk(chunk: Chunk, pixels: _Pixels, last: bytes) -> None:
    if chunk.kind in _ANIMATION:
        raise flaw("N323")
    critical = chunk.kind[:1].isupper()
    repeated = chunk.kind == b"IHDR" and last != b""
    split = chunk.kind == b"IDAT" and pixels.begun and last != b"IDAT"
    late = chunk.kind == b"PLTE" and (pixels.begun or len(chunk.data) not in _PALETTE_SIZES)
    if (critical and chunk.kind not in _KNOWN_CRITICAL) or repeated or split or late:
        raise flaw("N316", offset=chunk.offset)


class _Pixels:
    """The inflated image data, of which only the length and the filter bytes are kept."""

    def __init__(self, header: PngHeader) -> None:
        self._inflate = zlib.decompressobj()
        self._passes = list(_passes(header))
        self._pass = 0
        self._seen = 0  # bytes of the current pass
        self.begun = False

    @property
    def complete(self) -> bool:
        return self._pass == len(self._passes)

    def feed(self, chunk: Chunk) -> None:
        self.begun = True
        data = chunk.data
        try:
            while data and not self.complete:
                self._take(self._inflate.decompress(data, PIECE))
                data = self._inflate.unconsumed_tail
                if self._inflate.eof:
                    break
        except (zlib.error, Flaw):
            raise flaw("N316", offset=chunk.offset) from None

    def _take(self, piece: bytes) -> None:
        while piece and not self.complete:
            stride, rows = self._passes[self._pass]
            wanted = piece[: stride * rows - self._seen]
            filters = wanted[-self._seen % stride :: stride]
            if filters and max(filters) > _LAST_FILTER:
                raise flaw("N316")
            self._seen += len(wanted)
            piece = piece[len(wanted) :]
            if self._seen == stride * rows:
                self._pass, self._seen = self._pass + 1, 0


def _passes(header: PngHeader) -> Iterator[tuple[int, int]]:
    """Yield bytes of a row, filter byte included, and number of rows of every pass."""
    pixel = header.bits * header.channels
    steps = _ADAM7 if header.interlaced else ((0, 0, 1, 1),)
    for column, row, column_step, row_step in steps:
        columns = -((column - header.width) // column_step)
        rows = -((row - header.height) // row_step)
        if columns > 0 and rows > 0:
            yield 1 + -(-columns * pixel // 8), rows
