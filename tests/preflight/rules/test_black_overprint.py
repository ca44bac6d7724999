"""N924: black text overprints."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary

from small_pdf import TEXT, found, press_pdf, separation


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {
        "ColorSpace": {"K": separation(pdf, "Black", 0, 0, 0, 1)},
        "ExtGState": {
            "Mode0": Dictionary(op=True, OP=True, OPM=0),
            "Old": Dictionary(OP=True, OPM=1),
        },
    }


@pytest.mark.parametrize(
    ("content", "hints"),
    [
        (f"0 0 0 1 k {TEXT}", ["default"]),
        (f"/Over gs 0 0 0 1 k {TEXT}", []),
        (f"/Old gs 0 0 0 1 k {TEXT}", []),
        (f"/Mode0 gs 0 0 0 1 k {TEXT}", ["default"]),
        (f"0 g {TEXT}", ["default"]),
        (f"/Over gs 0 g {TEXT}", ["gray"]),
        (f"/Mode0 gs /K cs 1 scn {TEXT}", []),
        (f"0 0 0 0.5 k {TEXT}", []),
        (f"q /Over gs Q 0 0 0 1 k {TEXT}", ["default"]),
    ],
)
def test_black_that_knocks_out_is_told(content: str, hints: list[str]) -> None:
    found_here = found(press_pdf(content, resources=resources), "N924")
    assert [finding.hint for finding in found_here] == hints
    assert all(finding.severity.value == "warning" for finding in found_here)
