"""N929: no annotation where it is printed."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from small_pdf import found, press_pdf


@pytest.mark.parametrize(
    ("kind", "box", "count"),
    [
        ("Link", [100, 100, 200, 110], 1),
        ("Text", [2, 2, 4, 4], 1),
        ("Link", [700, 100, 800, 110], 0),
        ("PrinterMark", [100, 100, 200, 110], 0),
    ],
)
def test_annotations_within_the_bleed_are_told(kind: str, box: list[int], count: int) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        notes = [Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=box) for _ in range(3)]
        pdf.pages[1].obj.Annots = Array(notes)

    told = found(press_pdf(change=change), "N929")
    assert [finding.values["count"] for finding in told] == [3] * count
