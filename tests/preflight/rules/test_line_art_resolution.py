"""N921: line art has pixels enough."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from small_pdf import found, image, press_pdf


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    line = {"BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, "data": bytes(100 * 800)}
    stencil = {"BitsPerComponent": 1, "ImageMask": True, "data": bytes(100 * 800)}
    return {
        "XObject": {
            "Line": image(pdf, 800, 800, **line),
            "Stencil": image(pdf, 800, 800, **stencil),
        }
    }


@pytest.mark.parametrize("name", ["Line", "Stencil"])
@pytest.mark.parametrize(
    ("side", "expected"), [(72, []), (90, [("warning", 640)]), (110, [("error", 524)])]
)
def test_one_bit_a_pixel_needs_more(name: str, side: int, expected: list[object]) -> None:
    data = press_pdf(f"0 g {side} 0 0 {side} 100 100 cm /{name} Do", resources=resources)
    assert [(d.severity.value, d.values["ppi"]) for d in found(data, "N921")] == expected
    assert not found(data, "N920")
