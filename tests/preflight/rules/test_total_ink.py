"""N922: ink is summed, or said to be unknown."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from newsletter.preflight.conditions import Conditions
from small_pdf import found, image, press_pdf, separation, unseen

HEAVY = bytes([200, 200, 200, 200])  # 4 × 78 % = 314 %
LIGHT = bytes([150, 150, 150, 150])


def jpeg(pdf: pikepdf.Pdf, pixel: tuple[int, ...]) -> pikepdf.Stream:
    """A JPEG as Adobe's programs write it: turned over, with a Decode that turns it back."""
    out = io.BytesIO()
    Image.new("CMYK", (16, 16), pixel).save(out, "JPEG", quality=100)
    entries = {"Filter": Name.DCTDecode, "Decode": [1, 0, 1, 0, 1, 0, 1, 0], "data": out.getvalue()}
    return image(pdf, 16, 16, **entries)


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 0.5], N=1)
    axial = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=ramp
    )
    palette = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(LIGHT + HEAVY)])
    packed = {"BitsPerComponent": 1, "ColorSpace": palette}
    return {
        "ColorSpace": {"Deep": separation(pdf, "Deep", 1, 1, 1, 0.2)},
        "Shading": {"Ramp": axial},
        "XObject": {
            "Heavy": image(pdf, 300, 300, data=HEAVY * 90_000),
            "Spot": image(pdf, 2, 2, data=HEAVY + bytes(12)),
            "Light": image(pdf, 2, 2, data=LIGHT * 4),
            "Turned": image(pdf, 2, 2, data=LIGHT * 4, Decode=[1, 0, 1, 0, 1, 0, 1, 0]),
            "Jpeg": jpeg(pdf, (200, 200, 200, 200)),
            "LightJpeg": jpeg(pdf, (150, 150, 150, 150)),
            "Ones": image(pdf, 8, 1, data=b"\xff", **packed),
            "Noughts": image(pdf, 8, 1, data=b"\x00", **packed),
            "Odd": image(pdf, 2, 2, data=LIGHT * 4, Decode=[0, 0.5] * 4),
        },
        "ExtGState": {"Multiply": Dictionary(BM=Name.Multiply)},
    }


def pdf(content: str) -> bytes:
    return press_pdf(f"1 0 0 1 100 100 cm {content}", resources=resources)


def totals(content: str, limit: float = 300.0) -> list[object]:
    return [d.values["found"] for d in found(pdf(content), "N922", Conditions(ink_limit=limit))]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1 1 1 0 k 0 0 9 9 re f", []),
        ("1 1 1 0.2 k 0 0 9 9 re f", [320]),
        ("1 1 1 0.2 K 0 0 9 9 re S", [320]),
        ("1 1 1 0.2 k 0 0 0 0 K BT /F 9 Tf (a) Tj ET", [320]),
        ("/Deep cs 1 scn 0 0 9 9 re f", [320]),
        ("/Deep cs 0.5 scn 0 0 9 9 re f", []),
        ("0 0 9 9 re W n /Ramp sh", [350]),
        ("9 0 0 9 0 0 cm /Heavy Do", [314]),
        ("9 0 0 9 0 0 cm /Spot Do", [314]),
        ("9 0 0 9 0 0 cm /Light Do", []),
        ("9 0 0 9 0 0 cm /Turned Do", []),
        ("9 0 0 9 0 0 cm /Jpeg Do", [314]),
        ("9 0 0 9 0 0 cm /LightJpeg Do", []),
        ("9 0 0 9 0 0 cm /Ones Do", [314]),
        ("9 0 0 9 0 0 cm /Noughts Do", []),
    ],
)
def test_each_object_is_weighed(content: str, expected: list[object]) -> None:
    assert totals(content) == expected
    assert unseen(pdf(content), "N922") == []


def test_uncoated_paper_takes_less() -> None:
    assert totals("0.9 0.9 0.9 0.2 k 0 0 9 9 re f", 280.0) == [290]


def test_register_marks_outside_the_bleed_do_not_count() -> None:
    assert not found(press_pdf("1 1 1 1 k -50 100 40 9 re f", resources=resources), "N922")


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ("1 0 0 rg 0 0 9 9 re f", ["ink of RGB"]),
        ("9 0 0 9 0 0 cm /Odd Do", ["pictures that cannot be decoded"]),
        ("9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI", ["inline pictures"]),
        ("1 1 1 0 k 0 0 9 9 re f /Multiply gs 0 0 0 1 k 0 0 9 9 re f", ["overprinted ink"]),
        ("1 1 1 0 k 0 0 9 9 re f /Over gs 0 0 0 1 k 0 0 9 9 re f", ["overprinted ink"]),
        ("1 1 0 0 k 0 0 9 9 re f /Over gs 0 0 0 1 k 0 0 9 9 re f", []),
        ("1 1 1 0 k 0 0 9 9 re f /Over gs 0 0 0 1 k 20 20 9 9 re f", []),
        ("1 1 1 0 k 0 0 9 9 re f /Half gs 0 0 0 1 k 0 0 9 9 re f", []),
    ],
)
def test_what_cannot_be_summed_is_not_checked(content: str, reasons: list[str]) -> None:
    assert totals(content) == []
    assert unseen(pdf(content), "N922") == reasons


def test_marks_too_many_to_compare_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "/Over gs " + "0 0 0 1 k 0 0 9 9 re f 0.1 0 0 0 k 0 0 9 9 re f " * 50
    assert unseen(pdf(content), "N922") == []
    monkeypatch.setattr("newsletter.preflight.rules.total_ink.MOST_PAIRS", 20)
    assert unseen(pdf(content), "N922") == ["overprinted ink"]
