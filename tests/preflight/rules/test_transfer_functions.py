"""N937: no transfer functions, no halftones of a device."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from small_pdf import found, press_pdf


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    screen = Dictionary(HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)
    return {
        "ExtGState": {
            "Curve": Dictionary(TR=ramp),
            "Curve2": Dictionary(TR2=ramp),
            "Default": Dictionary(TR2=Name.Default),
            "Screen": Dictionary(HT=screen),
            "Threshold": Dictionary(HT=Dictionary(HalftoneType=6)),
            "Named": Dictionary(HT=Dictionary(HalftoneType=1, HalftoneName="Fine")),
            "Bent": Dictionary(HT=Dictionary(HalftoneType=1, TransferFunction=ramp)),
            "Phase": Dictionary(HTP=[0, 0]),
        }
    }


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Curve", ["transfer function"]),
        ("Curve2", ["transfer function"]),
        ("Default", []),
        ("Screen", []),
        ("Threshold", ["halftone type"]),
        ("Named", ["halftone name"]),
        ("Bent", ["transfer function"]),
        ("Phase", ["halftone phase"]),
    ],
)
def test_settings_of_a_device_are_told(name: str, kinds: list[str]) -> None:
    data = press_pdf(f"/{name} gs", resources=resources)
    assert [finding.values["kind"] for finding in found(data, "N937")] == kinds
