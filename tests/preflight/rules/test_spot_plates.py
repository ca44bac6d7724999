"""N933 and N934: spot colours are listed, and each has one definition."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from small_pdf import found, press_pdf, separation


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    return {
        "ColorSpace": {
            "Red": separation(pdf, "Signal Red", 0, 1, 1, 0),
            "Same": separation(pdf, "Signal Red", 0, 1, 1, 0),
            "Other": separation(pdf, "Signal Red", 0, 0.9, 1, 0),
            "Black": separation(pdf, "Black", 0, 0, 0, 1),
            "All": separation(pdf, "All", 1, 1, 1, 1),
            "Two": Array([Name.DeviceN, Array([Name.Gold, Name.Black]), Name.DeviceCMYK, tint]),
        }
    }


def told(code: str, content: str) -> list[object]:
    return [d.values["name"] for d in found(press_pdf(content, resources=resources), code)]


def test_every_spot_colour_is_listed_once() -> None:
    content = "/Red cs 1 scn 0 0 9 9 re f 9 9 9 9 re f /Two cs 1 1 scn 0 0 9 9 re f"
    assert told("N933", content) == ["Signal Red", "Gold"]


def test_process_inks_and_register_marks_are_no_spot_colours() -> None:
    assert told("N933", "/Black cs 1 scn 0 0 9 9 re f /All cs 1 scn 0 0 9 9 re f") == []


def test_two_definitions_of_one_name_are_told() -> None:
    content = "/Red cs 1 scn 0 0 9 9 re f /Other cs 1 scn 0 0 9 9 re f"
    assert told("N934", content) == ["Signal Red"]


def test_one_definition_in_two_places_passes() -> None:
    assert told("N934", "/Red cs 1 scn 0 0 9 9 re f /Same cs 1 scn 0 0 9 9 re f") == []
