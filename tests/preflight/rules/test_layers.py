"""N935: layers are named."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from small_pdf import found, press_pdf


def test_layers_are_named() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("English")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())

    (finding,) = found(press_pdf(change=change), "N935")
    assert finding.values["names"] == "English"
    assert finding.severity.value == "warning"


def test_a_file_without_layers_passes() -> None:
    assert not found(press_pdf(), "N935")
