"""N931: no attachments."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary

from small_pdf import found, press_pdf


def test_attachments_are_named() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["notes.txt"] = b"notes"

    (finding,) = found(press_pdf(change=change), "N931")
    assert finding.values["names"] == "notes.txt"


def test_associated_files_count() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF = Array([Dictionary()])

    assert found(press_pdf(change=change), "N931")


def test_a_file_alone_passes() -> None:
    assert not found(press_pdf(), "N931")
