"""N925: text is five points at least."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from small_pdf import form, found, press_pdf, unseen


@pytest.mark.parametrize(
    ("content", "sizes"),
    [
        ("BT /F 5 Tf 99 99 Td (a) Tj ET", []),
        ("BT /F 4.9 Tf 99 99 Td (a) Tj ET", ["4.90"]),
        ("0.4 0 0 0.4 0 0 cm BT /F 12 Tf 99 99 Td (a) Tj ET", ["4.80"]),
        ("BT /F 1 Tf 0 4 -4 0 99 99 Tm (a) Tj ET", ["4.00"]),
        ("BT /F 10 Tf 50 Tz 99 99 Td (a) Tj ET", []),
        ("BT /F 4 Tf -99 99 Td (a) Tj ET", []),
        ("BT /F 4 Tf 3 Tr 99 99 Td (a) Tj ET", []),
        ("BT /F 4 Tf 99 99 Td ( ) Tj ET", []),
    ],
)
def test_the_size_is_that_on_the_page(content: str, sizes: list[str]) -> None:
    assert [d.values["size"] for d in found(press_pdf(content), "N925")] == sizes


@pytest.mark.parametrize(
    ("bounds", "sizes", "reasons"),
    [
        ([0, 0, 500, 400], ["4.00"], []),
        ([0, 0, 0, 0], [], ["Type 3 sizes"]),
    ],
)
def test_a_drawn_font_is_as_large_as_its_tallest_glyph(
    bounds: list[int], sizes: list[str], reasons: list[str]
) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        drawn = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=bounds, Resources=Dictionary(),
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
            CharProcs=Dictionary(a=form(pdf, "500 0 d0 0 0 400 400 re f")),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
        )  # fmt: skip
        return {"Font": {"Drawn": drawn}}

    data = press_pdf("BT /Drawn 10 Tf 99 99 Td (a) Tj ET", resources=resources)
    assert [d.values["size"] for d in found(data, "N925")] == sizes
    assert unseen(data, "N925") == reasons
