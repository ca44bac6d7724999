"""Pango's functions for shaping alone, beside those that WeasyPrint declares for itself.

And HarfBuzz's for the advance of a glyph: Pango, asked for that, has the glyph's outline looked
at, too, and with it most of its font's file.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from newsletter.typesetting.seam.foreign import Foreign

DECLARATIONS = """
    typedef struct _GList { gpointer data; struct _GList *next; struct _GList *prev; } GList;
    typedef ... PangoAttrIterator;
    PangoContext * pango_layout_get_context (PangoLayout *layout);
    const PangoFontDescription * pango_layout_get_font_description (PangoLayout *layout);
    void pango_context_set_font_description (
        PangoContext *context, const PangoFontDescription *desc);
    GList * pango_itemize (
        PangoContext *context, const char *text, int start_index, int length,
        PangoAttrList *attrs, PangoAttrIterator *cached_iter);
    void pango_item_free (PangoItem *item);
    PangoGlyphString * pango_glyph_string_new (void);
    void pango_glyph_string_free (PangoGlyphString *string);
    void pango_shape_full (
        const char *item_text, int item_length, const char *paragraph_text,
        int paragraph_length, const PangoAnalysis *analysis, PangoGlyphString *glyphs);
    void g_list_free (GList *list);
    gpointer g_object_ref (gpointer object);
    typedef int32_t hb_position_t;
    hb_position_t hb_font_get_glyph_h_advance (hb_font_t *font, hb_codepoint_t glyph);
"""
"""As in the reference manuals of Pango (since 1.32), GLib (2.0) and HarfBuzz (0.9.2)."""


class Libraries(Struct, frozen=True):
    """cffi's object, the libraries as WeasyPrint opened them, and the types used with them.

    A name of a type is read by a parser of C whenever it is met; so each is read once.
    """

    ffi: Foreign
    pango: Foreign
    gobject: Foreign
    harfbuzz: Foreign
    characters: Foreign
    item: Foreign

    def advance(self, font: Foreign, glyph: int) -> int:
        """Return the advance of a glyph in a font of Pango's, in Pango's units."""
        hb_font = self.pango.pango_font_get_hb_font(font)
        return int(self.harfbuzz.hb_font_get_glyph_h_advance(hb_font, glyph))


@cache
def libraries() -> Libraries:
    """Return the libraries with what shaping needs declared."""
    from weasyprint.text.ffi import ffi, gobject, harfbuzz, pango

    ffi.cdef(DECLARATIONS)
    types = map(ffi.typeof, ("char[]", "PangoItem *"))
    return Libraries(ffi, pango, gobject, harfbuzz, *types)
