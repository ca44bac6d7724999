"""N914: no colour that a press must convert."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from small_pdf import FOGRA, SRGB, TEXT, form, found, image, press_pdf, separation, unseen


def icc(pdf: pikepdf.Pdf, profile: bytes, count: int) -> Array:
    stream = pdf.make_stream(profile)
    stream.N = count
    return Array([Name.ICCBased, stream])


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    white = Array([0.96, 1, 0.82])
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    axial = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=ramp)
    tile = form(pdf, "1 0 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1)
    tile.Resources = Dictionary()
    mask = form(pdf, "1 0 0 rg 0 0 5 5 re f", Group=Dictionary(S=Name.Transparency))
    return {
        "ColorSpace": {
            "Srgb": icc(pdf, SRGB, 3),
            "Fogra": icc(pdf, FOGRA, 4),
            "Lab": Array([Name.Lab, Dictionary(WhitePoint=white)]),
            "CalGray": Array([Name.CalGray, Dictionary(WhitePoint=white)]),
            "Green": separation(pdf, "Green", 1, 0, 1, 0),
            "Palette": Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String("abcdef")]),
        },
        "Shading": {"Ramp": axial},
        "Pattern": {"Tile": tile, "Smooth": Dictionary(PatternType=2, Shading=axial)},
        "XObject": {
            "Rgb": image(pdf, 2, 2, ColorSpace=Name.DeviceRGB, data=bytes(12)),
            "Cmyk": image(pdf, 2, 2),
            "Jpx": _jpx(pdf),
            "Form": form(pdf, "0 1 0 RG 0 0 m 9 9 l S"),
        },
        "ExtGState": {"Mask": Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))},
    }


def _jpx(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    stream = pdf.make_stream(b"nothing")
    for key, value in {"Subtype": Name.Image, "Width": 2, "Height": 2}.items():
        stream[f"/{key}"] = value
    return stream


def labels(content: str) -> list[object]:
    return [finding.values["space"] for finding in found(_pdf(content), "N914")]


def _pdf(content: str) -> bytes:
    return press_pdf(content, resources=resources)


@pytest.mark.parametrize(
    "content",
    [
        f"0 0 0 1 k {TEXT}",
        f"0.5 g {TEXT}",
        "/Green cs 1 scn 0 0 9 9 re f",
        "/Fogra cs 0 0 0 1 sc 0 0 9 9 re f",
        "/Cmyk Do",
        "1 0 0 rg",
    ],
)
def test_inks_pass(content: str) -> None:
    assert labels(content) == []


@pytest.mark.parametrize(
    ("content", "label"),
    [
        (f"1 0 0 rg {TEXT}", "DeviceRGB"),
        ("1 0 0 RG 0 0 m 9 9 l S", "DeviceRGB"),
        ("/Srgb cs 1 0 0 sc 0 0 9 9 re f", "ICC RGB"),
        ("/Lab cs 50 0 0 sc 0 0 9 9 re f", "Lab"),
        ("/CalGray cs 0 sc 0 0 9 9 re f", "CalGray"),
        ("/Palette cs 0 sc 0 0 9 9 re f", "Indexed (DeviceRGB)"),
        ("/Rgb Do", "DeviceRGB"),
        ("/Form Do", "DeviceRGB"),
        ("/Ramp sh", "DeviceRGB"),
        ("/Pattern cs /Tile scn 0 0 9 9 re f", "DeviceRGB"),
        ("/Pattern cs /Smooth scn 0 0 9 9 re f", "DeviceRGB"),
        ("/Mask gs", "DeviceRGB"),
        ("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", "DeviceRGB"),
        ("BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <010203>] ID a EI", "Indexed (DeviceRGB)"),
    ],
)
def test_other_colour_is_told_wherever_it_stands(content: str, label: str) -> None:
    assert labels(content) == [label]


def test_a_picture_that_says_no_colour_space_is_not_checked() -> None:
    assert unseen(_pdf("/Jpx Do"), "N914") == ["JPEG 2000"]


def test_many_on_a_page_are_one_finding_with_their_number() -> None:
    (finding,) = found(_pdf("1 0 0 rg 20 20 9 9 re f 40 40 100 100 re f 60 60 9 9 re f"), "N914")
    assert finding.values["count"] == 3
    assert finding.place is not None
    assert "35.3×35.3mm" in str(finding.place)
