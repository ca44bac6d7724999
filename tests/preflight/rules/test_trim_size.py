"""N910: the trimmed size is the one ordered."""

from __future__ import annotations

import pikepdf

from newsletter.preflight.conditions import Conditions
from small_pdf import PT, found, press_pdf

A4 = Conditions(trim_width_mm=210, trim_height_mm=297)


def narrow(pdf: pikepdf.Pdf, by_mm: float) -> None:
    box = [float(side) for side in pdf.pages[2].obj.TrimBox]
    pdf.pages[2].obj.TrimBox = [box[0], box[1], box[2] - by_mm * PT, box[3]]


def test_the_size_that_was_ordered_passes() -> None:
    assert not found(press_pdf(), "N910", A4)


def test_another_size_is_told_with_its_pages() -> None:
    a5 = Conditions(trim_width_mm=148, trim_height_mm=210)
    (finding,) = found(press_pdf(), "N910", a5)
    assert finding.values["found"] == "210.00 × 297.00"
    assert finding.values["pages"] == "1–4"


def test_without_an_order_all_pages_must_be_alike() -> None:
    (finding,) = found(press_pdf(change=lambda pdf: narrow(pdf, 0.1)), "N910")
    assert finding.values["pages"] == "3"


def test_a_twentieth_of_a_millimetre_is_rounding() -> None:
    assert not found(press_pdf(change=lambda pdf: narrow(pdf, 0.04)), "N910", A4)


def test_a_page_that_is_turned_is_measured_as_it_is_read() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = 90

    assert found(press_pdf(change=turn), "N910", A4)
    assert not found(
        press_pdf(change=turn), "N910", Conditions(trim_width_mm=297, trim_height_mm=210)
    )


def test_a_user_unit_counts() -> None:
    def double(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.UserUnit = 2

    (finding, *_rest) = found(press_pdf(change=double), "N910", A4)
    assert finding.values["found"] == "420.00 × 594.00"
