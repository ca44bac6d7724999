"""Font files while pages are laid out and drawn: looked at where they lie, and not for longer.

WeasyPrint copies each font whole into Python's memory when its first glyph is drawn, and needs
of it four bytes and, at the end, the part that HarfBuzz makes, which it makes twice over; and
what HarfBuzz has once looked at of a file stays in memory with the file. In: a face of HarfBuzz.
Out: its bytes as a view that holds them for as long as it is there, or a part of it that is made
once; memory, where it has been made use of.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.typesetting.seam.foreign import Foreign

MAPPED = Path("/proc/self/maps")
"""Where Linux lists what a process has mapped: addresses, rights, …, path (proc(5))."""
FOLDER = "weasyprint-"
"""What the name of WeasyPrint's folder of fonts begins with (`text.fonts`)."""
DROPPED = b"BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT SVG".split()
"""Tables of a font that nobody needs who draws its glyphs by their numbers."""
MADV_DONTNEED = 4
"""Of madvise(2): pages of a file that was only read are read again when they are needed."""


class Fonts:
    """Stands in for what WeasyPrint's `pdf.fonts` asks of font files."""

    def __init__(self, parts: Parts | None = None) -> None:
        from weasyprint.pdf import fonts
        from weasyprint.text.ffi import ffi, harfbuzz

        self._parts = parts
        self._fonts, self._ffi, self._harfbuzz = fonts, ffi, harfbuzz
        self._get_hb_object_data = fonts.get_hb_object_data
        self._clean, self._theirs = fonts.Font.clean, fonts.Font._harfbuzz_subset  # noqa: SLF001

    def replacements(self) -> Iterator[tuple[Foreign, str, Callable[..., Foreign]]]:
        """Yield what is put in the place of what."""
        yield self._fonts, "get_hb_object_data", self.get_hb_object_data

        def clean(font: Foreign, to_unicode: Foreign, hinting: Foreign) -> None:
            def make(glyphs: Foreign) -> None:
                self._clean(font, glyphs, hinting)

            if self._parts is not None and self._parts.are_taken:
                self._parts.take(font, to_unicode, make)
                return
            if self._parts is not None:
                self._parts.note(font, to_unicode, make)
            let_go()  # of the other fonts, whose glyphs were measured
            self._clean(font, to_unicode, hinting)
            font.file_content = bytes(font.file_content)  # the whole font, where no part was made

        yield self._fonts.Font, "clean", clean

        def subset(font: Foreign, to_unicode: Foreign, hinting: Foreign) -> None:
            found = self._part(font, sorted(to_unicode), hinting=bool(hinting))
            if found:
                font.file_content = found
            else:
                self._theirs(font, to_unicode, hinting)

        yield self._fonts.Font, "_harfbuzz_subset", subset

    def _part(self, font: Foreign, glyphs: list[int], *, hinting: bool) -> Foreign:
        """Return a font with some glyphs, which keep their numbers, and none after the last.

        WeasyPrint has HarfBuzz make it anew from what it made, which cuts off what follows the
        last glyph; HarfBuzz has left that out before (6.0 does), so that both are equal.
        """
        ffi, harfbuzz, subsetting = self._ffi, self._harfbuzz, self._fonts.harfbuzz_subset
        wanted = ffi.gc(
            subsetting.hb_subset_input_create_or_fail(), subsetting.hb_subset_input_destroy
        )
        tags = [harfbuzz.hb_tag_from_string(name, -1) for name in DROPPED]
        tables = subsetting.HB_SUBSET_SETS_DROP_TABLE_TAG
        for numbers, kept in (
            (glyphs, subsetting.hb_subset_input_glyph_set(wanted)),
            (sorted(tags), subsetting.hb_subset_input_set(wanted, tables)),
        ):
            listed = ffi.new("hb_codepoint_t[]", numbers)
            harfbuzz.hb_set_add_sorted_array(kept, listed, len(numbers))
        flags = (
            subsetting.HB_SUBSET_FLAGS_RETAIN_GIDS
            | subsetting.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
            | subsetting.HB_SUBSET_FLAGS_DESUBROUTINIZE
            | (0 if hinting else subsetting.HB_SUBSET_FLAGS_NO_HINTING)
            | (subsetting.HB_SUBSET_FLAGS_NOTDEF_OUTLINE if font.missing else 0)
        )
        subsetting.hb_subset_input_set_flags(wanted, flags)
        face = ffi.gc(subsetting.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
        return self.get_hb_object_data(face) if face else None

    def get_hb_object_data(
        self, hb_object: Foreign, ot_color: str | None = None, glyph: Foreign = None
    ) -> Foreign:
        """Return the bytes of a face without copying them; of a glyph in colour a copy."""
        if ot_color is not None:
            return self._get_hb_object_data(hb_object, ot_color, glyph)
        ffi, harfbuzz = self._ffi, self._harfbuzz
        blob = harfbuzz.hb_face_reference_blob(hb_object)
        with ffi.new("unsigned int *") as length:
            data = harfbuzz.hb_blob_get_data(blob, length)
            size = int(length[0])
        if data == ffi.NULL:
            harfbuzz.hb_blob_destroy(blob)
            return None
        return ffi.buffer(ffi.gc(data, lambda _data: harfbuzz.hb_blob_destroy(blob)), size)


Make = Callable[[dict[int, str]], None]
"""Makes the part of a font with some glyphs, and leaves it there."""


class Noted(NamedTuple):
    """The glyphs of a font that are somewhere in a document."""

    font: Foreign
    glyphs: dict[int, str]
    make: Make


class Parts(Struct):
    """The parts of fonts that were made for one file, kept for the next of the same document.

    A part with more glyphs than a file needs draws those that it needs alike: glyphs keep their
    numbers. For files that are only drawn, again and again; none of them is given to anybody.
    Files that are given to somebody only say which glyphs there are, while `are_taken` is false.
    """

    are_taken: bool = False
    _noted: dict[str, Noted] = field(default_factory=dict)
    _made: dict[str, tuple[dict[int, str], bytes]] = field(default_factory=dict)

    def taken(self) -> Parts:
        """Return the same parts for a file that takes them."""
        return replace(self, are_taken=True)

    def note(self, font: Foreign, glyphs: dict[int, str], make: Make) -> None:
        """Note glyphs that the part of a font should have when it is next made."""
        known = self._noted[font.hash].glyphs if font.hash in self._noted else {}
        if not font.missing and glyphs:
            self._noted[font.hash] = Noted(font, known | glyphs, make)

    def prepare(self) -> None:
        """Make the parts that do not have what was noted, before they are needed."""
        for noted in self._noted.values():
            self.take(noted.font, noted.glyphs, noted.make)

    def take(self, font: Foreign, glyphs: dict[int, str], make: Make) -> None:
        """Give a font a part with some glyphs, one that is there or else one that `make` makes."""
        if font.missing or not glyphs:
            make(glyphs)
            font.file_content = bytes(font.file_content)
            return
        known, content = self._made.get(font.hash, ({}, b""))
        if not glyphs.keys() <= known.keys():
            noted = self._noted[font.hash].glyphs if font.hash in self._noted else {}
            known = known | noted | glyphs
            make(known)
            content = bytes(font.file_content)
            self._made[font.hash] = known, content
        font.file_content = content


def let_go() -> None:
    """Have the system take back what is free, and where font files lie that were read; on Linux.

    Only files that are mapped to be read and nothing else are let go, those of WeasyPrint's
    folders, so that nothing is lost: what is asked for again comes from the file.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for start, end in _mapped_fonts():
            length = ctypes.c_size_t(end - start)
            library.madvise(ctypes.c_void_p(start), length, MADV_DONTNEED)
        library.malloc_trim(0)  # glibc's only


def _mapped_fonts() -> Iterator[tuple[int, int]]:
    """Yield first address and end of each font file that is mapped."""
    with MAPPED.open(encoding="utf-8", errors="surrogateescape") as lines:
        found = [line.rstrip("\n").split(maxsplit=5) for line in lines if FOLDER in line]
    for addresses, rights, *_, path in found:
        if rights == "r--p" and Path(path).parent.name.startswith(FOLDER):
            start, _, end = addresses.partition("-")
            yield int(start, 16), int(end, 16)
