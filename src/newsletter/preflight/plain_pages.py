"""Tagged pages as builds write them: what is painted on them, without damage.

In: an open document. Out: its `Content`, read in one go, where every page is of this kind: plain
operators whose resources are there, fonts of two bytes a code that are embedded, pictures,
nothing that has content of its own. Then the interpreter would find no damage in it and no font
that is only named; so whoever asks for these alone need not have it walk the pages.
"""

from __future__ import annotations

import functools
import re
from binascii import unhexlify
from collections.abc import Iterable
from dataclasses import dataclass

from newsletter.pdf import objects
from newsletter.preflight.content import plain
from newsletter.preflight.content.parameters import of_the_look
from newsletter.preflight.content.resources import Library
from newsletter.preflight.document import Document
from newsletter.preflight.limits import (
    LARGEST_CONTENT_IN_ALL,
    MOST_MARKS,
    MOST_OPERATORS,
    MOST_SAVED_STATES,
)
from newsletter.preflight.painted import Content, Kind, Painted
from newsletter.preflight.sheets import Sheet
from newsletter.preflight.unicode import FontMap, font_map

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


class UnusualError(Exception):
    """A page is not as builds write them."""


@functools.lru_cache(maxsize=2)
def plain_content(document: Document) -> Content | None:
    """Return what is painted on the pages of a document, None if any is not plain."""
    root = document.pdf.Root
    if document.pdf.is_encrypted or objects.entry(root, "/StructTreeRoot") is None:
        return None
    try:
        return _read(document)
    except Exception:  # noqa: BLE001 - whatever it is, those who read in full have words for it
        return None


def _read(document: Document) -> Content:
    content, library = Content(), _Library()
    operators = size = 0
    for sheet in document.sheets:
        data = plain.contents(sheet.page) if _is_plain(sheet) else None
        found = plain.operations(data) if data is not None else None
        if data is None or found is None:
            raise UnusualError
        names = library.names(sheet.resources)
        for name in set(plain.STATES.findall(data)):
            names.check_state(name)
        _Page(content, sheet.number, names).walk(found)
        operators, size = operators + plain.count(data), size + len(data)
        if operators > MOST_OPERATORS or size > LARGEST_CONTENT_IN_ALL:
            raise UnusualError
        if len(content.painted) > MOST_MARKS:
            raise UnusualError
    return content


def _is_plain(sheet: Sheet) -> bool:
    """Tell whether a page has resources of its own, and nothing is drawn but its content."""
    page = sheet.page
    space = objects.path(page, "/Group", "/CS")
    return (
        objects.is_dictionary(objects.entry(page, "/Resources"))
        and (space is None or bool(objects.name(space)))
        and all(
            objects.entry(annotation, "/AP") is None
            for annotation in objects.items(objects.entry(page, "/Annots"))
        )
    )


# Resources ----------------------------------------------------------------------------------


class _Library:
    """The resources of all pages."""

    def __init__(self) -> None:
        self.pictures = Library()
        self.fonts: dict[tuple[int, int], FontMap] = {}
        self._names: dict[tuple[int, int], _Names] = {}

    def names(self, holder: objects.Object) -> _Names:
        """Return the names in a dictionary of resources."""
        key = objects.identity(holder)
        if key is None:
            return _Names(self, holder)
        if key not in self._names:
            self._names[key] = _Names(self, holder)
        return self._names[key]


class _Names:
    """What a page's operators may name; what is not as usual raises `UnusualError`."""

    def __init__(self, library: _Library, holder: objects.Object) -> None:
        self._library, self._holder = library, holder
        self._fonts: dict[bytes, FontMap] = {}
        self._sound: set[tuple[str, bytes]] = set()

    def _thing(self, kind: str, name: bytes) -> objects.Object:
        return objects.path(self._holder, kind, f"/{name.decode('ascii')}")

    def font(self, name: bytes) -> FontMap:
        """Return an embedded font whose codes have two bytes."""
        if name not in self._fonts:
            thing = self._thing("/Font", name)
            key = objects.identity(thing)
            if key is None or not _is_plain_font(thing):
                raise UnusualError
            if key not in self._library.fonts:
                self._library.fonts[key] = font_map(thing)
            self._fonts[name] = self._library.fonts[key]
        return self._fonts[name]

    def check_state(self, name: bytes) -> None:
        """Make sure that parameters are there and change the look alone."""
        key = "/ExtGState", name
        if key not in self._sound:
            thing = self._thing(*key)
            if not objects.is_dictionary(thing) or of_the_look(thing) is None:
                raise UnusualError
            self._sound.add(key)

    def check_picture(self, name: bytes) -> None:
        """Make sure that an external object is a picture, and can be read."""
        key = "/XObject", name
        if key not in self._sound:
            thing = self._thing(*key)
            if not objects.is_stream(thing) or thing.get("/Subtype") != "/Image":
                raise UnusualError
            self._library.pictures.picture(thing)
            self._sound.add(key)


def _is_plain_font(font: objects.Object) -> bool:
    descendants = objects.items(objects.entry(font, "/DescendantFonts"))
    inner = descendants[0] if descendants else None
    descriptor = objects.entry(inner, "/FontDescriptor")
    return (
        objects.name(objects.entry(font, "/Subtype")) == "Type0"
        and objects.name(objects.entry(font, "/Encoding")) in {"Identity-H", "Identity-V"}
        and any(objects.is_stream(objects.entry(descriptor, key)) for key in PROGRAMS)
    )


# Pages --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Around:
    """All marks around something, as one; `actual` are the words of the last of them."""

    is_artifact: bool = False
    mcid: int = -1
    language: str = ""
    has_words: bool = False
    actual: str | None = None


class _Page:
    """Goes through the operations of a page."""

    def __init__(self, content: Content, number: int, names: _Names) -> None:
        self._content, self._number, self._names = content, number, names
        self._around = _Around()
        self._outer: list[_Around] = []
        self._font: FontMap | None = None
        self._kept: list[FontMap | None] = []
        self._line: Painted | None = None
        """What line work here is painted as, once there was some."""

    def walk(self, operations: Iterable[re.Match[bytes]]) -> None:
        """Add what is painted; raises `UnusualError`."""
        simple = {b"q": self._save, b"Q": self._restore, b"EMC": self._close}
        other = {
            plain.SHOW: self._show,
            plain.FONT: self._choose,
            plain.PLACE: self._place,
            plain.MARK: self._mark,
            plain.PROPERTIES: self._mark,
        }
        for found in operations:
            kind = found.lastindex
            if kind == plain.SIMPLE:
                simple.get(found[1], self._draw)()
            elif kind:
                other[kind](found)
        if self._kept:
            raise UnusualError

    def _save(self) -> None:
        self._kept.append(self._font)
        if len(self._kept) > MOST_SAVED_STATES:
            raise UnusualError

    def _restore(self) -> None:
        if not self._kept:
            raise UnusualError
        self._font = self._kept.pop()

    def _choose(self, found: re.Match[bytes]) -> None:
        self._font = self._names.font(found[3])

    # Marks

    def _mark(self, found: re.Match[bytes]) -> None:
        said = plain.properties(found[6] or b"")
        if said is None:
            raise UnusualError
        around, is_artifact = self._around, found[3] == b"Artifact"
        if is_artifact and around.mcid >= 0:
            self._content.artifacts_in_tagged.add(self._number)
        if said.mcid >= 0 and around.is_artifact:
            self._content.tagged_in_artifacts.add(self._number)
        self._outer.append(around)
        self._around = _Around(
            is_artifact or around.is_artifact,
            said.mcid if said.mcid >= 0 else around.mcid,
            said.language or around.language,
            said.actual is not None or around.has_words,
            said.actual,
        )
        self._line = None

    def _close(self) -> None:
        """Add the words that stood for what was drawn, unless words around stand for them."""
        if not self._outer:
            return
        outer = self._outer.pop()
        if self._around.actual and not outer.has_words:
            self._content.painted.append(self._painted("text", text=self._around.actual))
        self._around = outer
        self._line = None

    # What is painted

    def _show(self, found: re.Match[bytes]) -> None:
        codes: list[int] = []
        text = ""
        if self._font is not None:
            for digits in plain.STRING.findall(found[2]):
                codes += self._font.codes(unhexlify(digits))
            text = "" if self._around.has_words else self._font.text(codes)
        self._content.painted.append(self._painted("text", text, tuple(codes)))

    def _draw(self) -> None:
        if self._line is None:
            self._line = self._painted("line work")
        self._content.painted.append(self._line)

    def _place(self, found: re.Match[bytes]) -> None:
        self._names.check_picture(found[3])
        self._content.painted.append(self._painted("picture"))

    def _painted(self, kind: Kind, text: str = "", codes: tuple[int, ...] = ()) -> Painted:
        around = self._around
        return Painted(
            self._number,
            kind,
            self._number if around.mcid >= 0 else 0,
            around.mcid,
            around.is_artifact,
            around.language,
            text,
            self._font if codes else None,
            codes,
        )
