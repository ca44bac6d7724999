"""Unicode: which characters the codes of a font stand for.

In: a font dictionary. Out: a `FontMap`, which divides shown strings into codes and gives each its
text by the ToUnicode map (ISO 32000-1:2008, 9.10.3), or says that codes are known without one.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from newsletter.pdf.objects import dictionaries, dictionary, is_dictionary, read_stream
from newsletter.preflight.widths import Widths

PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL
)
HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
WHOLE = re.compile(
    rb"""[^<>]*<<[^<>]*>>[^<>]*\n1\ begincodespacerange\n<0000>\ <ffff>\nendcodespacerange\n
    (?:\d+\ beginbfchar\n(?:<[0-9a-f]{4}>\ <(?:[0-9a-f]{4})+>\n)*endbfchar\n)*+endcmap\n[^<>]*""",
    re.VERBOSE,
)
COUNTED = re.compile(rb"\n(\d+) beginbfchar\n(.*?)endbfchar", re.DOTALL)
"""A map as builds write it, every code with at least a character, and a block of it."""
IDENTITY = ("/Identity-H", "/Identity-V")
ENCODINGS = ("/MacRomanEncoding", "/MacExpertEncoding", "/WinAnsiEncoding")
ORDERINGS = ("GB1", "CNS1", "Japan1", "Korea1")
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
LONGEST_RANGE = 65_536
DIGITS, SURROGATES = 4, range(0xD800, 0xE000)
"""Of one unit of UTF-16, and the units that stand for no character alone."""
NONSYMBOLIC = 32
"""The flag of a font with the letters of Latin text (ISO 32000-1:2008, table 123)."""


class FontMap(Struct, frozen=True, eq=False):
    """A font as text is read: its name, the bytes of a code, what each code stands for.

    `width` is 1 or 2, or 0 where codes cannot be told apart here; `characters` is None without a
    ToUnicode map, and `is_known` tells whether codes have a meaning without one. `is_embedded`
    tells whether the drawings of its glyphs are in the file; `source` is its dictionary. `widths`
    are known only of the fonts of plain pages.
    """

    name: str
    width: int
    characters: Mapping[int, str] | None
    is_known: bool
    is_embedded: bool
    source: Any = None
    widths: Widths | None = None

    def codes(self, shown: bytes) -> list[int]:
        """Divide a shown string into codes."""
        if not self.width:
            return []
        if self.width == 1:
            return list(shown)
        return list(struct.unpack_from(f">{len(shown) // 2}H", shown))

    def text(self, codes: Sequence[int]) -> str:
        """Return what codes stand for, as far as it is said."""
        characters = self.characters or {}
        try:
            return "".join(map(characters.__getitem__, codes))
        except KeyError:
            return "".join([characters.get(code, "") for code in codes])


def font_map(font: Any) -> FontMap:  # noqa: ANN401 - a PDF object
    """Return how the text of a font is read."""
    name = str(font.get("/BaseFont", font.get("/Name", "?"))).lstrip("/")
    encoding, stream = font.get("/Encoding"), font.get("/ToUnicode")
    is_composite = font.get("/Subtype") == "/Type0"
    characters = None if stream is None else _read(read_stream(stream))
    is_embedded = font.get("/Subtype") == "/Type3" or _has_program(font)
    if is_composite:
        width = 2 if str(encoding) in IDENTITY else 0
        return FontMap(name, width, characters, _has_ordering(font), is_embedded, font)
    return FontMap(name, 1, characters, _has_encoding(font, encoding), is_embedded, font)


def is_whole(font: FontMap) -> bool:
    """Tell whether a font's ToUnicode map is as builds write it, so that all read it alike."""
    data = read_stream(font.source.get("/ToUnicode"))
    said = [(int(count), block.count(b"\n")) for count, block in COUNTED.findall(data)]
    return (
        WHOLE.fullmatch(data) is not None
        and all(count == lines for count, lines in said)
        and len(font.characters or {}) == sum(lines for _count, lines in said)
    )


def _has_program(font: Any) -> bool:  # noqa: ANN401
    """Tell whether a font's program is in the file (9.9)."""
    holders = [font, *dictionaries(font, "/DescendantFonts")]
    descriptors = [dictionary(holder, "/FontDescriptor") for holder in holders]
    return any(key in each for each in descriptors for key in PROGRAMS)


def _has_ordering(font: Any) -> bool:  # noqa: ANN401
    """Tell whether a composite font's glyphs are those of a collection of Adobe's (9.10.2)."""
    infos = [dictionary(each, "/CIDSystemInfo") for each in dictionaries(font, "/DescendantFonts")]
    return any(str(info.get("/Ordering", "")) in ORDERINGS for info in infos)


def _has_encoding(font: Any, encoding: Any) -> bool:  # noqa: ANN401
    """Tell whether a simple font's codes have names that all readers know (9.10.2).

    Names in Differences are taken for known ones; so is the encoding of a text font that has none.
    """
    if encoding is None:
        flags = int(dictionary(font, "/FontDescriptor").get("/Flags", NONSYMBOLIC))
        return bool(flags & NONSYMBOLIC) and font.get("/Subtype") != "/Type3"
    return str(encoding) in ENCODINGS or is_dictionary(encoding)


def _read(data: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in PAIRS.findall(data):
        for code, text in PAIR.findall(block):
            found[int(b"".join(code.split()), 16)] = _text(text)
    for block in RANGES.findall(data):
        for first, last, start, listed in RANGE.findall(block):
            found |= _of_range(int(first, 16), int(last, 16), start, listed)
    return found


def _of_range(first: int, last: int, start: bytes, listed: bytes) -> dict[int, str]:
    codes = range(first, min(last, first + LONGEST_RANGE) + 1)
    if listed:
        return dict(zip(codes, (_text(text) for text in HEX.findall(listed)), strict=False))
    head, final = _text(start)[:-1], _text(start)[-1:]
    if not final:
        return {}
    return {code: head + chr(min(ord(final) + code - first, 0x10FFFF)) for code in codes}


def _text(digits: bytes) -> str:
    if len(digits) == DIGITS and digits.isalnum():
        unit = int(digits, 16)
        return chr(unit) if unit not in SURROGATES else "\N{REPLACEMENT CHARACTER}"
    joined = b"".join(digits.split())
    return bytes.fromhex(joined.decode("ascii")).decode("utf-16-be", "replace")
