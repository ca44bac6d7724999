"""N916: the file says that it is PDF/X-4."""

from __future__ import annotations

import pikepdf
import pytest

from small_pdf import XMP, found, press_pdf, set_xmp


@pytest.mark.parametrize("said", ["PDF/X-3:2002", ""])
def test_another_version_is_told(said: str) -> None:
    packet = XMP.replace('GTS_PDFXVersion="PDF/X-4"', f'GTS_PDFXVersion="{said}"')
    (finding,) = found(press_pdf(change=lambda pdf: set_xmp(pdf, packet)), "N916")
    assert finding.values["found"] == (said or "no claim")


def test_a_proof_of_ours_makes_no_claim_and_is_not_to_be_exported_again() -> None:
    packet = XMP.replace('GTS_PDFXVersion="PDF/X-4"', 'GTS_PDFXVersion=""')

    def change(pdf: pikepdf.Pdf) -> None:
        set_xmp(pdf, packet)
        pdf.docinfo["/Creator"] = "newsletter 0.1.0"

    (finding,) = found(press_pdf(change=change), "N916")
    assert finding.hint == "proof"


def test_a_packet_that_is_no_xml_says_nothing() -> None:
    assert found(press_pdf(change=lambda pdf: set_xmp(pdf, "<x")), "N916")


def test_a_file_without_a_packet_says_nothing() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/Metadata"]

    assert found(press_pdf(change=change), "N916")


def test_x_4_passes() -> None:
    assert not found(press_pdf(), "N916")
