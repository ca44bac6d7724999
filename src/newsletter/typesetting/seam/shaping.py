"""Shaping: from a text and its style to glyphs, by Pango, each text once.

In: a text, WeasyPrint's style and the kinds of its characters. Out: `Glyphs` by cell, in
pixels of CSS. The fonts' own spacing of marks (OpenType `chws`) is off: the composer knows what
stands on both sides of an element's edge, and at the edges of a line, which a font does not.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from newsletter.typesetting.characters import Kind, kind_of
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.pango import libraries

PROPORTIONAL = frozenset("“”‘’…")
"""Marks with a proportional form for Latin text (OpenType `pwid`)."""
ADDED = " -"
"""What is shaped with each text, for the gaps that are drawn and the words that are divided."""
UNKNOWN = 0x10000000
"""Pango's flag of a character that no font has (PANGO_GLYPH_UNKNOWN_FLAG)."""
NUMBERS_A_GLYPH = 5
"""A PangoGlyphInfo is five integers: glyph, width, x, y, flags."""


class Glyph(NamedTuple):
    """A glyph, where it stands from its cell's beginning, and which of the fonts it is from."""

    number: int
    x: float
    y: float
    font: int


Cell = Sequence[Glyph]


class Glyphs(Struct):
    """The glyphs of one text, by cell: the lists run parallel.

    `starts` count bytes of UTF-8, as WeasyPrint does; `space` and `hyphen` are glyphs in the
    text's font. `has_unknown` tells of characters that no font has.
    """

    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    fonts: list[Foreign] = field(default_factory=list)
    space: Glyph | None = None
    hyphen: Glyph | None = None
    hyphen_advance: float = 0.0
    has_unknown: bool = False

    def join_to_the_one_before(self, is_joined: Callable[[str], bool]) -> None:
        """Put cells that begin with what is joined into the cells before them."""
        for k in range(len(self.texts) - 1, 0, -1):
            if is_joined(self.texts[k][0]):
                x = self.advances[k - 1]
                moved = [glyph._replace(x=glyph.x + x) for glyph in self.cells[k]]
                self.cells[k - 1] = [*self.cells[k - 1], *moved]
                self.texts[k - 1] += self.texts[k]
                self.advances[k - 1] += self.advances[k]
                for row in (self.texts, self.starts, self.cells, self.advances):
                    del row[k]

    def let_go(self) -> None:
        """Let go of what there is by cell; fonts, space and hyphen stay for what is drawn."""
        self.texts, self.starts, self.cells, self.advances = [], [], [], []

    def leave_out(self, cells: set[int]) -> None:
        """Take some cells out."""
        kept = [k for k in range(len(self.texts)) if k not in cells]
        self.texts = [self.texts[k] for k in kept]
        self.starts = [self.starts[k] for k in kept]
        self.cells = [self.cells[k] for k in kept]
        self.advances = [self.advances[k] for k in kept]


OF_FONTS = frozenset(
    {
        *(f"font_{name}" for name in ("family", "style", "stretch", "weight", "size", "kerning")),
        *(f"font_variant_{name}" for name in ("ligatures", "position", "caps", "numeric")),
        *(f"font_variant_{name}" for name in ("alternates", "east_asian")),
        *("font_feature_settings", "font_variation_settings", "font_language_override"),
        *("line_height", "lang", "direction"),
    }
)
"""The properties on which shaping and the height of a line depend; all are inherited."""


class _Characters(dict[str, str]):
    """Each character as one object: as many as a page has take more memory than its boxes."""

    def __missing__(self, character: str) -> str:
        return self.setdefault(character, character)


CHARACTERS = _Characters()


class _Lengths(dict[int, float]):
    """Pango's units in pixels of CSS, each length as one object."""

    def __missing__(self, units: int) -> float:
        from weasyprint.text.ffi import FROM_UNITS

        return self.setdefault(units, units * FROM_UNITS)


class Shaper:
    """Shapes texts, with one Pango context for each style; keeps the fonts that it meets."""

    def __init__(self) -> None:
        self.libraries = libraries()
        self.setups: dict[str, Setup] = {}
        self.fonts: dict[Foreign, tuple[Foreign, Foreign]] = {}
        self.widths: dict[tuple[Foreign, int], float] = {}
        self.keys: dict[int, tuple[Foreign, str]] = {}
        self.plain: dict[int, dict[int, Cell]] = {}
        self.lengths = _Lengths()
        self.configurations: list[Foreign] = []

    def key(self, style: Foreign) -> str:
        """Return a key that is the same for styles that shape alike and take as much height.

        An element that says nothing of its own about fonts has the key of the one around it; a
        first letter's style says all (see `initials`).
        """
        known = self.keys.get(id(style))
        if known is not None:
            return known[1]
        parent = style.parent_style
        cascaded = getattr(style, "cascaded", None)
        says_all = getattr(style, "says_all", False)
        inherits = parent is not None and not says_all and _inherits_fonts(cascaded or {})
        key = self.key(parent) if inherits else _own_key(style)
        if cascaded is not None:
            self.keys[id(style)] = style, key
        return key

    def shape(self, text: str, style: Foreign, key: str, kinds: Sequence[Kind]) -> Glyphs:
        """Return the glyphs of a text; a line feed takes no room. `key` is that of the style.

        Pango's layouts would also look for the places where lines, words and sentences may
        end, which takes them longer than all else; so they are not asked (docs/decisions, 7).
        """
        ffi, pango = self.libraries.ffi, self.libraries.pango
        encoded = (text.replace("\n", "\u200b") + ADDED).encode()
        setup = self._setup(style, key, _proportional(text, kinds))
        pointer, length = ffi.new(self.libraries.characters, encoded), len(encoded)
        glyphs = Glyphs()
        items = pango.pango_itemize(setup.context, pointer, 0, length, setup.features, ffi.NULL)
        node = items
        string = pango.pango_glyph_string_new()
        while node != ffi.NULL:
            item = ffi.cast(self.libraries.item, node.data)
            analysis = ffi.addressof(item[0], "analysis")
            pango.pango_shape_full(
                pointer + item.offset, item.length, pointer, length, analysis, string
            )
            self._take(item, string, glyphs)
            pango.pango_item_free(item)
            node = node.next
        pango.pango_glyph_string_free(string)
        self.libraries.gobject.g_list_free(items)
        _finish(glyphs, encoded)
        return glyphs

    def kerning(self, glyphs: Glyphs, cell: int) -> float:
        """Return by how much a cell's advance differs from that of its last glyph alone."""
        last = glyphs.cells[cell][-1]
        font = glyphs.fonts[last.font]
        key = font, last.number
        width = self.widths.get(key)
        if width is None:
            width = self.widths[key] = self.lengths[self.libraries.advance(font, last.number)]
        return glyphs.advances[cell] - last.x - width

    def _setup(self, style: Foreign, key: str, proportional: Sequence[tuple[int, int]]) -> Setup:
        """Return what Pango needs to shape text of a style."""
        setup = None if proportional else self.setups.get(key)
        if setup is None:
            setup = _set_up(style, proportional)
            self.configurations.append(style.font_config)
            if not proportional:
                self.setups[key] = setup
        return setup

    def _take(self, item: Foreign, string: Foreign, glyphs: Glyphs) -> None:
        """Add the glyphs of one run; most runs have one plain glyph for each cell."""
        from weasyprint.text.ffi import FROM_UNITS, ffi

        count = string.num_glyphs
        glyphs.fonts.append(self._kept(item.analysis.font))
        font = len(glyphs.fonts) - 1
        numbers = array("i")
        size = count * NUMBERS_A_GLYPH * numbers.itemsize
        numbers.frombytes(ffi.buffer(string.glyphs, size)[:])
        indices, widths, right, up = (numbers[k::NUMBERS_A_GLYPH] for k in range(4))
        glyphs.has_unknown |= count > 0 and max(indices) >= UNKNOWN
        clusters = ffi.unpack(string.log_clusters, count)
        offset = item.offset
        if len(set(clusters)) == count and not any(right) and not any(up):
            glyphs.starts += [offset + cluster for cluster in clusters]
            cells = self.plain.setdefault(font, {})
            for number in set(indices).difference(cells):
                cells[number] = (Glyph(number, 0.0, 0.0, font),)
            glyphs.cells += [cells[number] for number in indices]
            glyphs.advances += [self.lengths[width] for width in widths]
            return
        before = -1
        for index, width, dx, dy, cluster in zip(indices, widths, right, up, clusters, strict=True):
            if cluster != before:
                glyphs.starts.append(offset + cluster)
                glyphs.cells.append([])
                glyphs.advances.append(0.0)
                before = cluster
            x = glyphs.advances[-1]
            glyph = Glyph(index, x + dx * FROM_UNITS, dy * FROM_UNITS, font)
            glyphs.cells[-1] = [*glyphs.cells[-1], glyph]
            glyphs.advances[-1] = x + width * FROM_UNITS

    def _kept(self, font: Foreign) -> Foreign:
        """Return a font that lives as long as this shaper."""
        known = self.fonts.get(font)
        if known is None:
            ffi, gobject = self.libraries.ffi, self.libraries.gobject
            held = ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
            known = self.fonts[font] = font, held
        return known[0]


class Setup(Struct):
    """What Pango needs to shape text of one style; `layout` keeps the other two alive."""

    layout: Foreign
    context: Foreign
    features: Foreign


def _set_up(style: Foreign, proportional: Sequence[tuple[int, int]]) -> Setup:
    from weasyprint.text.line_break import Layout

    ffi, pango = libraries().ffi, libraries().pango
    layout = Layout(style)
    context = pango.pango_layout_get_context(layout.layout)
    font = pango.pango_layout_get_font_description(layout.layout)
    pango.pango_context_set_font_description(context, font)
    features = pango.pango_layout_get_attributes(layout.layout)
    if features == ffi.NULL:
        features = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    pango.pango_attr_list_insert(features, _feature(b"chws 0", 0, 2**31))
    for start, end in proportional:
        pango.pango_attr_list_insert(features, _feature(b"pwid 1", start, end))
    return Setup(layout, context, features)


def _inherits_fonts(cascaded: Mapping[str, tuple[Foreign, Foreign]]) -> bool:
    """Tell whether an element says nothing of its own about fonts, or only `inherit`."""
    return all(cascaded[name][0] == "inherit" for name in OF_FONTS.intersection(cascaded))


def _own_key(style: Foreign) -> str:
    from weasyprint.text.line_break import _font_style_cache_key

    return f"{id(style.font_config)} {_font_style_cache_key(style, include_size=True)}"


def _proportional(text: str, kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Return where marks of Latin text stand, in bytes."""
    marks = [k for k, c in enumerate(text) if c in PROPORTIONAL and kinds[k] != kind_of(c)]
    starts = [len(text[:k].encode()) for k in marks]
    return [(at, at + len(text[k].encode())) for at, k in zip(starts, marks, strict=True)]


def _feature(text: bytes, start: int, end: int) -> Foreign:
    from weasyprint.text.ffi import pango

    attribute = pango.pango_attr_font_features_new(text)
    attribute.start_index, attribute.end_index = start, end
    return attribute


def _finish(glyphs: Glyphs, encoded: bytes) -> None:
    """Set the last glyphs aside, which are those of what was added; name each cell's text."""
    end = len(encoded) - len(ADDED)
    if glyphs.starts[-len(ADDED) :] == [end, end + 1]:
        glyphs.hyphen, glyphs.hyphen_advance = glyphs.cells.pop()[-1], glyphs.advances.pop()
        glyphs.space = glyphs.cells.pop()[-1]
        glyphs.advances.pop()
        del glyphs.starts[-len(ADDED) :]
    ends = [*glyphs.starts[1:], end]
    text = encoded[:end].decode()
    if len(glyphs.starts) == len(text):
        glyphs.texts = [CHARACTERS[character] for character in text]
    else:
        glyphs.texts = [
            encoded[start:end].decode() for start, end in zip(glyphs.starts, ends, strict=True)
        ]
