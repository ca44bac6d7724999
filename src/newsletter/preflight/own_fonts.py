"""The fonts of files that were just made: proven sound without a check of PDF/A.

In: an open document. Out: whether each font of its text is of the one kind that a build embeds,
and as it should be; where it is not, pikepdf.pdfa finds the words for it. That check takes a
second, most of it to draw glyphs that HarfBuzz has read and written a moment ago.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from newsletter.pdf import objects
from newsletter.preflight.document import Document
from newsletter.preflight.font_programs import program, width
from newsletter.preflight.marked import fonts_used, read_content
from newsletter.preflight.unicode import FontMap
from newsletter.preflight.widths import widths

TOLERANCE = 1.0
"""Thousandths of an em that a width may differ from the font's (ISO 19005-3:2012, 6.2.11.5)."""
DESCRIPTION = {"/Type": "Font", "/Subtype": "Type0", "/Encoding": "Identity-H"}
PROGRAMS = {"CIDFontType0": "/FontFile3", "CIDFontType2": "/FontFile2"}
UNEXPECTED = ("/W2", "/DW2")

_JUST_MADE: ContextVar[bool] = ContextVar("just_made", default=False)


def is_just_made() -> bool:
    """Tell whether the file that is examined was just made."""
    return _JUST_MADE.get()


@contextlib.contextmanager
def just_made() -> Iterator[None]:
    """Take what is examined meanwhile for a file that was just made."""
    token = _JUST_MADE.set(True)
    try:
        yield
    finally:
        _JUST_MADE.reset(token)


# Proof --------------------------------------------------------------------------------------


def are_sound(document: Document) -> bool:
    """Tell whether all fonts are embedded and sound, and have every glyph that is shown."""
    content = read_content(document)
    if content.unread:
        return False
    return all(_is_sound(font, codes) for font, _page, codes in fonts_used(content))


def _is_sound(font: FontMap, codes: Iterable[int]) -> bool:
    holders = objects.dictionaries(font.source, "/DescendantFonts")
    if len(holders) != 1 or not _is_described(font.source, holders[0]):
        return False
    (holder,) = holders
    descriptor = objects.dictionary(holder, "/FontDescriptor")
    try:
        key = PROGRAMS[objects.name(objects.entry(holder, "/Subtype"))]
        read = program(objects.read_stream(objects.entry(descriptor, key)))
        wide = widths(holder) if font.widths is None else font.widths
        return all(_is_shown(read.glyph(code), read.advance, wide[code]) for code in codes)
    except (ValueError, KeyError, IndexError, TypeError):
        return False


def _is_shown(glyph: int | None, advance: Callable[[int], float | None], described: float) -> bool:
    if not glyph:
        return False
    drawn = advance(glyph)
    return drawn is not None and abs(drawn - described) <= TOLERANCE


def _is_described(font: objects.Object, holder: objects.Object) -> bool:
    """Tell whether the dictionaries are as a build writes them."""
    names = {key: objects.name(objects.entry(font, key)) for key in DESCRIPTION}
    kind = objects.name(objects.entry(holder, "/Subtype"))
    system = objects.dictionary(holder, "/CIDSystemInfo")
    descriptor = objects.dictionary(holder, "/FontDescriptor")
    files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    return (
        names == DESCRIPTION
        and objects.name(objects.entry(holder, "/Type")) == "Font"
        and files == [PROGRAMS.get(kind)]
        and _is_open_type(descriptor, kind)
        and objects.name(objects.entry(holder, "/CIDToGIDMap")) == "Identity"
        and all(key in system for key in ("/Registry", "/Ordering", "/Supplement"))
        and all(objects.name(objects.entry(each, "/BaseFont")) for each in (font, holder))
        and objects.is_number(objects.entry(descriptor, "/Flags"))
        and "/CIDSet" not in descriptor
        and not any(key in holder for key in UNEXPECTED)
    )


def _is_open_type(descriptor: objects.Object, kind: str) -> bool:
    if kind == "CIDFontType2":
        return True
    return objects.name(objects.path(descriptor, "/FontFile3", "/Subtype")) == "OpenType"


# The check of PDF/A -------------------------------------------------------------------------


@contextlib.contextmanager
def read_lightly() -> Iterator[None]:
    """Have pikepdf.pdfa read no more of a glyph than is asked; where it cannot be had so, all.

    Of a charstring the beginning is read, and an outline counts as there when its number is.
    """
    try:
        from pikepdf.pdfa import _fontprogram as theirs

        cff: Any = theirs.CFFProgram
        truetype: Any = theirs.TrueTypeProgram
        advance, has_glyph = cff.advance_1000, truetype.has_gid
    except (ImportError, AttributeError):
        yield
        return
    cff.advance_1000, truetype.has_gid = _advance_or(advance), _is_a_glyph
    try:
        yield
    finally:
        cff.advance_1000, truetype.has_gid = advance, has_glyph


def _advance_or(drawn: Callable[[Any, int], float | None]) -> Callable[[Any, int], float | None]:
    """Return a method that gives a glyph's width in thousandths of an em."""

    def advance(font: Any, glyph: int) -> float | None:  # noqa: ANN401 - pikepdf's, private
        if not font.has_gid(glyph):
            return None
        try:
            charstring = font._charstrings[font._charset[glyph]]  # noqa: SLF001
            private = charstring.private
            found = width(charstring.bytecode, private.defaultWidthX, private.nominalWidthX)
        except (AttributeError, KeyError, TypeError):
            found = None
        return drawn(font, glyph) if found is None else found

    return advance


def _is_a_glyph(font: Any, glyph: int) -> bool:  # noqa: ANN401
    return bool(0 <= glyph < font.num_glyphs)
