"""N919: fonts travel with the file."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from small_pdf import font, form, found, press_pdf


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    glyph = form(pdf, "500 0 d0 0 0 400 400 re f")
    drawn = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=Array([97, Name.a])), Resources=Dictionary(),
    )  # fmt: skip
    inner = Dictionary(Subtype=Name.CIDFontType2, BaseFont=Name.Song, FontDescriptor=Dictionary())
    song = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Song,
        Encoding=Name("/Identity-H"), DescendantFonts=Array([inner]),
    )  # fmt: skip
    return {"Font": {"Named": font(pdf, embedded=False), "Drawn": drawn, "Song": song}}


def fonts(content: str) -> list[object]:
    return [d.values["font"] for d in found(press_pdf(content, resources=resources), "N919")]


def test_a_font_that_is_only_named_is_told() -> None:
    assert fonts("BT /Named 9 Tf (a) Tj ET") == ["Small"]
    assert fonts("BT /Song 9 Tf <00010002> Tj ET") == ["Song"]


def test_embedded_and_drawn_fonts_pass() -> None:
    assert fonts("BT /F 9 Tf (a) Tj /Drawn 9 Tf (a) Tj ET") == []


def test_a_font_that_no_text_uses_is_not_asked_for() -> None:
    assert fonts("BT /Named 9 Tf ET") == []


def test_text_that_is_not_shown_needs_no_font() -> None:
    assert fonts("BT 3 Tr /Named 9 Tf (a) Tj ET") == []
