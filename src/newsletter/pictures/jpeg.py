"""JPEG: markers, frame and scans (ITU-T T.81), and whether the file is whole.

In: the file's bytes. Out: its frame; `check` walks every marker up to the end of the image.

Measured with WeasyPrint 70: a JPEG without an end marker is embedded as it is; a CMYK one is
embedded as DeviceCMYK, past every colour conversion; a progressive one is fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.pictures.problem import flaw
from newsletter.pictures.raster import Header

# A progressive JPEG has about ten scans. Each of thousands can cost a few bytes and a pass
# over all coefficients; libjpeg-turbo's own tools stop at 500 when they are being attacked.
MOST_SCANS = 100
MOST_SEGMENTS = 10_000  # a profile and metadata of 50 MB, in segments of 64 KB, are 800

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_TEMPORARY, _RESTARTS = 0x01, range(0xD0, 0xD8)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PRINTED_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive; all Huffman-coded
_PRINTED_BITS, _CMYK_CHANNELS, _PRINTED_CHANNELS = 8, 4, (1, 3)
_FILL = re.compile(rb"\xff*+")
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


class Segment(NamedTuple):
    """A marker, where it stands, and what it carries."""

    marker: int
    offset: int
    data: bytes


class Frame(Header, frozen=True):
    """What the frame header says; `process` is the number n of its marker SOFn."""

    process: int


def read_header(data: bytes) -> Frame:
    """Return the first frame, without looking at what follows."""
    for segment in segments(data):
        if segment.marker in _FRAMES:
            return _frame(segment)
        if segment.marker in (_SCAN, _END):
            raise flaw("N316", offset=segment.offset)
    raise flaw("N315")


def judge_kind(frame: Frame) -> None:
    """Refuse CMYK, and the kinds that readers of PDF need not know (ISO 32000-2, 7.4.8)."""
    if frame.channels == _CMYK_CHANNELS:
        raise flaw("N319")
    printed = 0xC0 + frame.process in _PRINTED_FRAMES and frame.bits == _PRINTED_BITS
    if not printed or frame.channels not in _PRINTED_CHANNELS:
        raise flaw("N322", process=frame.process, bits=frame.bits, channels=frame.channels)


def check(data: bytes) -> None:
    """Walk all segments; raise a flaw if the image has no scan, no end or too many scans."""
    scans = 0
    for segment in segments(data):
        scans += segment.marker == _SCAN
        if scans > MOST_SCANS:
            raise flaw("N324")
    if not scans:
        raise flaw("N316", offset=2)


def segments(data: bytes) -> Iterator[Segment]:
    """Yield all segments up to the end of the image; what stands behind it is not read."""
    position = 2
    for _ in range(MOST_SEGMENTS):
        if position + 2 > len(data):
            raise flaw("N315")
        if data[position] != 0xFF:  # noqa: PLR2004 - B.1.1.2: every marker begins so
            raise flaw("N316", offset=position)
        position = _last_fill_byte(data, position)
        marker = data[position + 1]
        if marker in (0, _START):
            raise flaw("N316", offset=position)
        segment = Segment(marker, position, _payload(data, marker, position))
        yield segment
        if marker == _END:
            return
        position = _behind(data, segment)
    raise flaw("N324")


def _last_fill_byte(data: bytes, position: int) -> int:
    """Skip the bytes FF with which any marker may be padded (B.1.1.2)."""
    found = _FILL.match(data, position)
    end = found.end() if found else position
    if end == len(data):
        raise flaw("N315")
    return end - 1


def _payload(data: bytes, marker: int, position: int) -> bytes:
    if marker in (_END, _TEMPORARY) or marker in _RESTARTS:
        return b""
    length = int.from_bytes(data[position + 2 : position + 4], "big")
    if position + 2 + max(length, 2) > len(data):
        raise flaw("N315")
    if length < 2:  # noqa: PLR2004 - the length counts itself
        raise flaw("N316", offset=position)
    return data[position + 4 : position + 2 + length]


def _behind(data: bytes, segment: Segment) -> int:
    """Return where the next marker stands, after the coded data if this is a scan."""
    bare = segment.marker == _TEMPORARY or segment.marker in _RESTARTS
    end = segment.offset + 2 + (0 if bare else 2 + len(segment.data))
    if segment.marker != _SCAN:
        return end
    found = _NEXT_MARKER.search(data, end)
    if not found:
        raise flaw("N315")
    return found.end() - 2


def _frame(segment: Segment) -> Frame:
    header = segment.data
    if len(header) < 6 or len(header) != 6 + 3 * header[5]:  # noqa: PLR2004 - B.2.2
        raise flaw("N316", offset=segment.offset)
    bits, channels = header[0], header[5]
    height, width = int.from_bytes(header[1:3], "big"), int.from_bytes(header[3:5], "big")
    return Frame(width, height, bits, channels, segment.marker - 0xC0)
