"""From the bytes of a string to the CIDs of a composite font (ISO 32000-2:2020, 9.7.5).

Identity and embedded CMaps are read; of the other predefined ones only how many bytes a code
takes is known, so that widths are the font's default: enough to place a run of text.
"""

from __future__ import annotations

import bisect
import struct
from collections.abc import Callable, Sequence

from newsletter.pdf import objects
from newsletter.preflight.content.tokens import Words

Codes = Callable[[bytes], Sequence[int]]
LARGEST = 4 * 2**20
MOST_RANGES = 70_000
FIRST_OF_TWO = 0x81
"""In GB, Big5, Shift-JIS and KS encodings a byte from here on begins a code of two."""
UNKNOWN_CID = -1


def decoder(thing: objects.Object) -> tuple[Codes, bool]:
    """Return how an encoding's strings are read, and whether it is written horizontally."""
    if objects.is_stream(thing):
        data = objects.decoded(thing, LARGEST) or b""
        upright = objects.number(objects.entry(thing, "/WMode"), 0) != 1
        return _embedded(data) or two_bytes, upright
    name = objects.name(thing)
    upright = not name.endswith("-V") and name != "V"
    if name.startswith("Identity"):
        return two_bytes, upright
    if any(sign in name for sign in ("UCS2", "UTF16")):
        return lambda text: [UNKNOWN_CID] * (len(text) // 2), upright
    return mixed, upright


def two_bytes(text: bytes) -> Sequence[int]:
    """Return codes of two bytes each."""
    return struct.unpack_from(f">{len(text) // 2}H", text)


def mixed(text: bytes) -> Sequence[int]:
    """Return as many unknown CIDs as a text in a national encoding has characters."""
    count, at = 0, 0
    while at < len(text):
        at += 2 if text[at] >= FIRST_OF_TWO else 1
        count += 1
    return [UNKNOWN_CID] * count


def _embedded(data: bytes) -> Codes | None:
    """Return the decoder of an embedded CMap, None if it has no ranges of its own."""
    lengths: set[int] = set()
    ranges: list[tuple[int, int, int]] = []
    for operator, operands in Words(data):
        if operator == "endcodespacerange":
            lengths |= {len(each) for each in operands if isinstance(each, bytes)}
        elif operator in {"endcidrange", "endcidchar"} and len(ranges) < MOST_RANGES:
            ranges += _ranges(operands, 3 if operator == "endcidrange" else 2)
    if len(lengths) != 1 or 0 in lengths:
        return None
    ranges.sort()
    return lambda text: _looked_up(text, min(lengths), ranges)


def _ranges(operands: list[object], width: int) -> list[tuple[int, int, int]]:
    """Return first code, last code and first CID of each line."""
    found = []
    for at in range(0, len(operands) - width + 1, width):
        first, last, cid = operands[at], operands[at + width - 2], operands[at + width - 1]
        if isinstance(first, bytes) and isinstance(last, bytes) and isinstance(cid, float):
            found.append((int.from_bytes(first, "big"), int.from_bytes(last, "big"), int(cid)))
    return found


def _looked_up(text: bytes, length: int, ranges: list[tuple[int, int, int]]) -> Sequence[int]:
    cids = []
    for at in range(0, len(text) - length + 1, length):
        code = int.from_bytes(text[at : at + length], "big")
        index = bisect.bisect_right(ranges, (code, 2**32, 0)) - 1
        inside = index >= 0 and ranges[index][0] <= code <= ranges[index][1]
        cids.append(ranges[index][2] + code - ranges[index][0] if inside else UNKNOWN_CID)
    return cids
