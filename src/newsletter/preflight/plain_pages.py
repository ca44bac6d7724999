"""Tagged pages as builds write them: what is painted on them, without damage.

In: an open document. Out: its `Content`, read in one go, where every page is of this kind: plain
operators whose resources are there, fonts of two bytes a code that are embedded, pictures,
forms and tiles of such content. Then the interpreter would find no damage in it and no font
that is only named; so whoever asks for these alone need not have it walk the pages.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from newsletter.pdf import objects
from newsletter.preflight.content import plain
from newsletter.preflight.content.matrix import IDENTITY
from newsletter.preflight.content.parameters import of_the_look
from newsletter.preflight.document import Document
from newsletter.preflight.limits import (
    LARGEST_CONTENT_IN_ALL,
    MOST_MARKS,
    MOST_OPERATORS,
)
from newsletter.preflight.painted import Content, Kind, Painted
from newsletter.preflight.placing import Pen, lines_on, matrix
from newsletter.preflight.sheets import Sheet
from newsletter.preflight.tree import Holder
from newsletter.preflight.unicode import FontMap, font_map, is_whole
from newsletter.preflight.widths import Widths, widths

if TYPE_CHECKING:
    from newsletter.preflight.content.resources import Library

DEEPEST = 8
"""Forms within forms; readers of marked content go deeper than that."""
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
    texts: list[str | None] = []
    for sheet in document.sheets:
        data = plain.contents(sheet.page) if _is_plain(sheet) else None
        lines = lines_on(sheet)
        place = _Place(content, sheet.number, sheet.number, Pen(lines))
        _walk(library, place, data, sheet.resources)
        texts.append(lines.text())
    content.texts = tuple(texts)
    return content


def _is_plain(sheet: Sheet) -> bool:
    """Tell whether a page has resources of its own, and nothing is drawn but its content."""
    annotations = objects.items(objects.entry(sheet.page, "/Annots"))
    return (
        objects.is_dictionary(objects.entry(sheet.page, "/Resources"))
        and _blends_plainly(sheet.page)
        and all(objects.entry(annotation, "/AP") is None for annotation in annotations)
    )


def _blends_plainly(thing: objects.Object) -> bool:
    """Tell whether the group of a page or form, if it is one, blends in a device space."""
    space = objects.path(thing, "/Group", "/CS")
    return space is None or bool(objects.name(space))


# Resources ----------------------------------------------------------------------------------


class _Library:
    """The resources of all pages."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], FontMap] = {}
        self._names: dict[tuple[int, int], _Names] = {}
        self.operators = self.size = self.marks = 0

    def spend(self, operators: int, size: int, marks: int) -> None:
        """Count what the interpreter would walk; raises `UnusualError` if it is too much."""
        self.operators, self.size = self.operators + operators, self.size + size
        self.marks += marks
        if self.operators > MOST_OPERATORS or self.size > LARGEST_CONTENT_IN_ALL:
            raise UnusualError
        if self.marks > MOST_MARKS:
            raise UnusualError

    def font(self, thing: objects.Object) -> FontMap:
        """Return an embedded font whose codes have two bytes."""
        key = objects.identity(thing)
        if key is None or not _is_plain_font(thing):
            raise UnusualError
        if key not in self._fonts:
            font = font_map(thing)
            self._fonts[key] = replace(font, widths=_widths(thing)) if is_whole(font) else font
        return self._fonts[key]

    @functools.cached_property
    def pictures(self) -> Library:
        """Return the pictures; most files of ours have none."""
        from newsletter.preflight.content.resources import Library

        return Library()

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
        """Return a font; see `_Library`."""
        if name not in self._fonts:
            self._fonts[name] = self._library.font(self._thing("/Font", name))
        return self._fonts[name]

    def check_state(self, name: bytes) -> None:
        """Make sure that parameters are there and change the look alone."""
        key = "/ExtGState", name
        if key not in self._sound:
            thing = self._thing(*key)
            if not objects.is_dictionary(thing) or of_the_look(thing) is None:
                raise UnusualError
            self._sound.add(key)

    def pattern(self, name: bytes) -> objects.Object:
        """Return a pattern of tiles in colours of their own."""
        thing = self._thing("/Pattern", name)
        kinds = [
            objects.number(objects.entry(thing, key)) for key in ("/PatternType", "/PaintType")
        ]
        if kinds != [1, 1] or objects.identity(thing) is None:
            raise UnusualError
        return thing

    def form(self, name: bytes) -> objects.Object:
        """Return a form with a box, None for a picture that can be read."""
        if ("/XObject", name) in self._sound:
            return None
        thing = self._thing("/XObject", name)
        kind = objects.name(objects.entry(thing, "/Subtype"))
        if not objects.is_stream(thing) or kind not in {"Image", "Form"}:
            raise UnusualError
        if kind == "Image":
            self._library.pictures.picture(thing)
            self._sound.add(("/XObject", name))
            return None
        if objects.box(objects.entry(thing, "/BBox")) is None or not _blends_plainly(thing):
            raise UnusualError
        return thing


def _widths(font: objects.Object) -> Widths | None:
    """Return the widths of a font's glyphs; None where they cannot be read, or lead downwards."""
    if objects.name(objects.entry(font, "/Encoding")) != "Identity-H":
        return None
    try:
        return widths(objects.items(objects.entry(font, "/DescendantFonts"))[0])
    except (ValueError, TypeError):
        return None


def _is_plain_font(font: objects.Object) -> bool:
    descendants = objects.items(objects.entry(font, "/DescendantFonts"))
    inner = descendants[0] if descendants else None
    descriptor = objects.entry(inner, "/FontDescriptor")
    return (
        objects.name(objects.entry(font, "/Subtype")) == "Type0"
        and objects.name(objects.entry(font, "/Encoding")) in {"Identity-H", "Identity-V"}
        and any(objects.is_stream(objects.entry(descriptor, key)) for key in PROGRAMS)
    )


# Content ------------------------------------------------------------------------------------


class _Around(Struct, frozen=True):
    """All marks around something, as one; `actual` are the words of the last of them."""

    is_artifact: bool = False
    holder: Holder = 0
    mcid: int = -1
    language: str = ""
    has_words: bool = False
    actual: str | None = None


class _Place(Struct, frozen=True):
    """Where a stream is read: into which content, on which page, in what, under which marks.

    `pen` places its text on the page.
    """

    content: Content
    page: int
    holder: Holder
    pen: Pen
    around: _Around = _Around()
    depth: int = 0

    def within(self, holder: Holder, pen: Pen, around: _Around) -> _Place:
        """Return the place of a form."""
        if self.depth >= DEEPEST:
            raise UnusualError
        return _Place(self.content, self.page, holder, pen, around, self.depth + 1)


def _walk(library: _Library, place: _Place, data: bytes | None, holder: objects.Object) -> None:
    """Add what a stream with these resources paints; raises `UnusualError`."""
    found = plain.operations(data) if data is not None else None
    if data is None or found is None or not objects.is_dictionary(holder) or not holder.keys():
        raise UnusualError
    names, states = library.names(holder), plain.STATES.findall(data)
    for name in set(states):
        names.check_state(name)
    patterns = set(plain.PATTERNS.findall(data))
    for name in patterns:
        _check_tile(library, place, names.pattern(name), times=len(states) + 1)
    before = len(place.content.painted)
    _Stream(library, place, names, has_patterns=bool(patterns)).walk(found)
    library.spend(plain.count(data), len(data), len(place.content.painted) - before)


def _check_tile(library: _Library, place: _Place, tile: objects.Object, times: int) -> None:
    """Make sure that a tile is plain; it is walked anew for each look that it is painted with."""
    before = library.operators, library.size, library.marks
    aside = _Place(Content(), place.page, 0, place.pen.aside(), depth=place.depth)
    inner = aside.within(0, aside.pen, _Around())
    _walk(library, inner, plain.content(tile), objects.entry(tile, "/Resources"))
    after = library.operators, library.size, library.marks
    library.spend(*((times - 1) * (b - a) for a, b in zip(before, after, strict=True)))


class _Stream:
    """Goes through the operations of a stream."""

    def __init__(
        self, library: _Library, place: _Place, names: _Names, *, has_patterns: bool
    ) -> None:
        self._library, self._place, self._names = library, place, names
        self._has_patterns = has_patterns
        self._painted_here = place.content.painted
        self._around = place.around
        self._outer: list[_Around] = []
        self._pen, self._lines = place.pen, place.pen.lines
        self._line: Painted | None = None
        """What line work here is painted as, once there was some."""

    def walk(self, operations: Iterable[re.Match[bytes]]) -> None:
        """Add what is painted; raises `UnusualError`."""
        simple = {
            b"q": self._pen.save,
            b"Q": self._pen.restore,
            b"EMC": self._close,
            b"BT": self._pen.begin,
        }
        other = {
            plain.SHOW: self._show,
            plain.FONT: self._choose,
            plain.PLACE: self._draw,
            plain.MARK: self._mark,
            plain.PROPERTIES: self._mark,
            plain.MATRIX: self._begin,
            plain.CONCATENATE: self._concatenate,
            plain.STATE: self._set,
            plain.MOVE: self._move,
        }
        for found in operations:
            kind = found.lastindex
            if kind == plain.SIMPLE:
                simple.get(found[1], self._fill)()
            elif kind:
                other[kind](found)
        if not self._pen.is_balanced:
            raise UnusualError

    def _choose(self, found: re.Match[bytes]) -> None:
        self._pen.choose(self._names.font(found[plain.NAME]), float(found[plain.FONT]))

    # Places

    def _begin(self, found: re.Match[bytes]) -> None:
        self._pen.begin(matrix(found[plain.MATRIX]))

    def _concatenate(self, found: re.Match[bytes]) -> None:
        self._pen.concatenate(matrix(found[plain.MATRIX]))

    def _set(self, found: re.Match[bytes]) -> None:
        self._pen.set_state(found[plain.STATE], float(found[plain.NUMBER]))

    def _move(self, _found: re.Match[bytes]) -> None:
        self._lines.is_clear = False

    # Marks

    def _mark(self, found: re.Match[bytes]) -> None:
        said = plain.properties(found[plain.PROPERTIES] or b"")
        if said is None:
            raise UnusualError
        around, is_artifact = self._around, found[plain.NAME] == b"Artifact"
        content, holder = self._place.content, self._place.holder
        is_numbered = said.mcid >= 0
        if is_artifact and around.mcid >= 0:
            content.artifacts_in_tagged.add(self._place.page)
        if is_numbered and around.is_artifact:
            content.tagged_in_artifacts.add(self._place.page)
        if is_numbered and not isinstance(holder, int):
            content.marked_forms.add(holder)
        if said.actual is not None and not around.has_words:
            self._lines.stand_for()
        self._outer.append(around)
        self._around = _Around(
            is_artifact or around.is_artifact,
            holder if is_numbered else around.holder,
            said.mcid if is_numbered else around.mcid,
            said.language or around.language,
            said.actual is not None or around.has_words,
            said.actual,
        )
        self._line = None

    def _close(self) -> None:
        """Add the words that stood for what was drawn, unless words around stand for them."""
        if not self._outer:
            return
        outer, actual = self._outer.pop(), self._around.actual
        if actual is not None and not outer.has_words:
            self._lines.said(actual)
            if actual:
                self._painted_here.append(self._painted("text", text=actual))
        self._around = outer
        self._line = None

    # What is painted

    def _show(self, found: re.Match[bytes]) -> None:
        codes, text = self._pen.show(found[plain.SHOW])
        if codes and self._pen.font:
            self._place.content.use(self._pen.font, self._place.page, codes)
        text = "" if self._around.has_words else text
        self._painted_here.append(self._painted("text", text, codes))

    def _fill(self) -> None:
        if self._line is None:
            self._line = self._painted("line work")
        self._painted_here.append(self._line)

    def _draw(self, found: re.Match[bytes]) -> None:
        form = self._names.form(found[plain.NAME])
        if form is None:
            self._painted_here.append(self._painted("picture"))
            return
        if self._has_patterns:
            raise UnusualError  # it may be drawn in one, which it has to name, too
        forms, key = self._place.content.forms, form.objgen
        forms[key] = forms.get(key, 0) + 1
        a, b, c, d, e, f = objects.matrix_numbers(objects.entry(form, "/Matrix")) or IDENTITY
        if objects.entry(form, "/OC") is not None:
            self._lines.is_clear = False
        inner = self._place.within(key, self._pen.within((a, b, c, d, e, f)), self._around)
        _walk(self._library, inner, plain.content(form), objects.entry(form, "/Resources"))

    def _painted(self, kind: Kind, text: str = "", codes: tuple[int, ...] = ()) -> Painted:
        around = self._around
        return Painted(
            self._place.page,
            kind,
            around.holder,
            around.mcid,
            around.is_artifact,
            around.language,
            text,
            self._pen.font if codes else None,
            codes,
        )
