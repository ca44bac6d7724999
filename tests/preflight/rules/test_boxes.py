"""N912: boxes are there and nested."""

from __future__ import annotations

import pikepdf

from newsletter.diagnostics import terms
from newsletter.preflight.rules.boxes import FAULTS, NESTED
from small_pdf import found, press_pdf


def hints(change: object) -> list[tuple[str | None, object]]:
    return [(d.hint, d.values["box"]) for d in found(press_pdf(change=change), "N912")]  # type: ignore[arg-type]


def test_a_missing_trim_box_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj["/TrimBox"]

    assert hints(change) == [("missing", "TrimBox")]
    (finding,) = found(press_pdf(change=change), "N912")
    assert finding.message("zh") == "页面框TrimBox缺失（第1页）"
    assert finding.message("en") == "page box TrimBox is missing (pages 1)"


def test_a_bleed_box_beyond_the_medium_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.BleedBox = [-1, 0, 612, 858]

    assert ("not nested", "BleedBox") in hints(change)
    said = {finding.message("zh") for finding in found(press_pdf(change=change), "N912")}
    assert "页面框BleedBox超出MediaBox（第1页）" in said


def test_a_crop_box_within_the_bleed_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = [5, 5, 600, 840]

    assert ("not nested", "BleedBox") in hints(change)


def test_an_art_box_beside_a_trim_box_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.ArtBox = [20, 20, 300, 300]

    assert hints(change) == [("art box", "ArtBox")]


def test_a_box_that_is_no_box_is_missing() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.TrimBox = ["a", 1]

    assert hints(change) == [("missing", "TrimBox")]


def test_boxes_that_are_inherited_are_there() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        del pdf.pages[0].obj["/MediaBox"]

    assert hints(change) == []


def test_every_fault_has_its_words() -> None:
    outer = {f"beyond {outer[1:]}" for _inner, outer in NESTED}
    assert {*FAULTS.values(), *outer} <= {*terms()}
