"""Shaping: from a text and its style to glyphs, by Pango, each text once.

In: a text, WeasyPrint's style and the kinds of its characters. Out: `Glyphs` by cell, in
pixels of CSS. The fonts' own spacing of marks (OpenType `chws`) is off: the composer knows what
stands on both sides of an element's edge, and at the edges of a line, which a font does not.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsletter.typesetting.characters import Kind, kind_of
from newsletter.typesetting.seam.foreign import Foreign

PROPORTIONAL = frozenset("“”‘’…")
"""Marks with a proportional form for Latin text (OpenType `pwid`)."""
ADDED = " -"
"""What is shaped with each text, for the gaps that are drawn and the words that are divided."""
NUMBERS_A_GLYPH = 5
"""A PangoGlyphInfo is five integers: glyph, width, x, y, flags."""


class Glyph(NamedTuple):
    """A glyph, where it stands from its cell's beginning, and which of the fonts it is from."""

    number: int
    x: float
    y: float
    font: int


Cell = Sequence[Glyph]


@dataclass(slots=True)
class Glyphs:
    """The glyphs of one text, by cell: the lists run parallel.

    `starts` count bytes of UTF-8, as WeasyPrint does; `space` and `hyphen` are glyphs in the
    text's font.
    """

    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    fonts: list[Foreign] = field(default_factory=list)
    space: Glyph | None = None
    hyphen: Glyph | None = None
    hyphen_advance: float = 0.0

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


class Shaper:
    """Shapes texts, with one Pango layout for each style.

    A layout in which a font appeared for the first time is kept aside for good, as Pango's
    fonts live as long as something refers to them.
    """

    def __init__(self) -> None:
        self.layouts: dict[str, Foreign] = {}
        self.widths: dict[tuple[Foreign, int], float] = {}
        self.keys: dict[int, tuple[Foreign, str]] = {}
        self.kept: list[Foreign] = []
        self.known: set[Foreign] = set()
        self.plain: dict[int, dict[int, Cell]] = {}
        self.configurations: list[Foreign] = []

    def key(self, style: Foreign) -> str:
        """Return a key that is the same for styles that shape alike and take as much height.

        An element that says nothing of its own about fonts has the key of the one around it.
        """
        known = self.keys.get(id(style))
        if known is not None:
            return known[1]
        parent = style.parent_style
        cascaded = getattr(style, "cascaded", None)
        inherits = cascaded is None or OF_FONTS.isdisjoint(cascaded)
        key = self.key(parent) if parent is not None and inherits else _own_key(style)
        if cascaded is not None:
            self.keys[id(style)] = style, key
        return key

    def shape(self, text: str, style: Foreign, key: str, kinds: Sequence[Kind]) -> Glyphs:
        """Return the glyphs of a text; a line feed takes no room. `key` is that of the style."""
        from weasyprint.text.ffi import ffi, pango

        encoded = (text.replace("\n", "\u200b") + ADDED).encode()
        proportional = _proportional(text, kinds)
        layout = self._layout(style, key, proportional)
        pointer = ffi.new("char[]", encoded)
        pango.pango_layout_set_text(layout.layout, pointer, len(encoded))
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
        glyphs = Glyphs()
        run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
        while run != ffi.NULL:
            self._take(run.data, glyphs)
            run = run.next
        self._keep(layout, glyphs)
        _finish(glyphs, encoded)
        return glyphs

    def kerning(self, glyphs: Glyphs, cell: int) -> float:
        """Return by how much a cell's advance differs from that of its last glyph alone."""
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango

        last = glyphs.cells[cell][-1]
        font = glyphs.fonts[last.font]
        key = font, last.number
        width = self.widths.get(key)
        if width is None:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(font, last.number, ink, logical)
            width = self.widths[key] = logical.width * FROM_UNITS
        return glyphs.advances[cell] - last.x - width

    def _layout(self, style: Foreign, key: str, proportional: Sequence[tuple[int, int]]) -> Foreign:
        """Return a layout of the style, an unused one if its features differ from the usual."""
        from weasyprint.text.line_break import Layout

        layout = None if proportional else self.layouts.get(key)
        if layout is None:
            self.configurations.append(style.font_config)
            layout = Layout(style)
            _set_features(layout, proportional)
            if not proportional:
                self.layouts[key] = layout
        return layout

    def _take(self, item: Foreign, glyphs: Glyphs) -> None:
        """Add the glyphs of one run; most runs have one plain glyph for each cell."""
        from weasyprint.text.ffi import FROM_UNITS, ffi

        string = item.glyphs
        count = string.num_glyphs
        glyphs.fonts.append(item.item.analysis.font)
        font = len(glyphs.fonts) - 1
        numbers = array("i")
        size = count * NUMBERS_A_GLYPH * numbers.itemsize
        numbers.frombytes(ffi.buffer(string.glyphs, size)[:])
        indices, widths, right, up = (numbers[k::NUMBERS_A_GLYPH] for k in range(4))
        clusters = ffi.unpack(string.log_clusters, count)
        offset = item.item.offset
        if len(set(clusters)) == count and not any(right) and not any(up):
            glyphs.starts += [offset + cluster for cluster in clusters]
            cells = self.plain.setdefault(font, {})
            for number in set(indices).difference(cells):
                cells[number] = (Glyph(number, 0.0, 0.0, font),)
            glyphs.cells += [cells[number] for number in indices]
            glyphs.advances += [width * FROM_UNITS for width in widths]
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

    def _keep(self, layout: Foreign, glyphs: Glyphs) -> None:
        if self.known.issuperset(glyphs.fonts):
            return
        self.known.update(glyphs.fonts)
        self.kept.append(layout)
        self.layouts = {key: value for key, value in self.layouts.items() if value is not layout}


def _own_key(style: Foreign) -> str:
    from weasyprint.text.line_break import _font_style_cache_key

    return f"{id(style.font_config)} {_font_style_cache_key(style, include_size=True)}"


def _proportional(text: str, kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Return where marks of Latin text stand, in bytes."""
    marks = [k for k, c in enumerate(text) if c in PROPORTIONAL and kinds[k] != kind_of(c)]
    starts = [len(text[:k].encode()) for k in marks]
    return [(at, at + len(text[k].encode())) for at, k in zip(starts, marks, strict=True)]


def _set_features(layout: Foreign, proportional: Sequence[tuple[int, int]]) -> None:
    from weasyprint.text.ffi import ffi, pango

    features = pango.pango_layout_get_attributes(layout.layout)
    if features == ffi.NULL:
        features = pango.pango_attr_list_new()
    pango.pango_attr_list_insert(features, _feature(b"chws 0", 0, 2**31))
    for start, end in proportional:
        pango.pango_attr_list_insert(features, _feature(b"pwid 1", start, end))
    pango.pango_layout_set_attributes(layout.layout, features)


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
        glyphs.texts = list(text)
    else:
        glyphs.texts = [
            encoded[start:end].decode() for start, end in zip(glyphs.starts, ends, strict=True)
        ]
