"""N920: pictures have pixels enough."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from small_pdf import form, found, image, press_pdf


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"XObject": {"Photo": image(pdf, 300, 300), "Dot": image(pdf, 1, 1)}}


def told(content: str) -> list[tuple[str, object]]:
    data = press_pdf(content, resources=resources)
    return [(d.severity.value, d.values["ppi"]) for d in found(data, "N920")]


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (72, []),
        (96, []),
        (97, [("warning", 223)]),
        (144, [("warning", 150)]),
        (150, [("error", 144)]),
    ],
)
def test_density_is_that_of_the_placed_size(side: int, expected: list[object]) -> None:
    assert told(f"{side} 0 0 {side} 100 100 cm /Photo Do") == expected


def test_a_picture_that_is_turned_is_measured_along_its_sides() -> None:
    assert told("0 150 -150 0 300 300 cm /Photo Do") == [("error", 144)]


def test_the_coarser_side_counts() -> None:
    assert told("72 0 0 150 100 100 cm /Photo Do") == [("error", 144)]


def test_matrices_of_forms_count() -> None:
    def within(pdf: pikepdf.Pdf) -> dict[str, Any]:
        held = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image(pdf, 300, 300)))
        inner = form(pdf, "75 0 0 75 0 0 cm /Photo Do", Matrix=[2, 0, 0, 2, 0, 0], Resources=held)
        return {"XObject": {"Form": inner}}

    (finding,) = found(press_pdf("/Form Do", resources=within), "N920")
    assert finding.values["ppi"] == 144


@pytest.mark.parametrize(
    "content",
    [
        "9 0 0 9 9 9 cm /Dot Do",
        "400 0 0 400 -900 0 cm /Photo Do",
        "0 0 1 1 re W n 400 0 0 400 50 50 cm /Photo Do",
    ],
)
def test_flat_colour_and_what_is_not_seen_is_no_coarse_picture(content: str) -> None:
    assert told(content) == []
