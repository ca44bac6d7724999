"""N928: white does not overprint."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from small_pdf import TEXT, found, press_pdf, separation


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"ColorSpace": {"Spot": separation(pdf, "Spot", 0, 1, 0, 0)}}


@pytest.mark.parametrize(
    ("content", "used"),
    [
        (f"/Over gs 0 0 0 0 k {TEXT}", ["Text"]),
        ("/Over gs 1 g 99 99 9 9 re f", ["Path"]),
        ("/Over gs 0 0 0 0 K 99 99 9 9 re S", ["Path"]),
        ("/Over gs /Spot cs 0 scn 99 99 9 9 re f", ["Path"]),
        (f"0 0 0 0 k {TEXT}", []),
        (f"/Over gs 0 0 0 1 k {TEXT}", []),
        ("/Over gs 0 0 0 0 K 99 99 9 9 re f", []),
    ],
)
def test_white_that_would_vanish_is_told(content: str, used: list[str]) -> None:
    data = press_pdf(content, resources=resources)
    assert [finding.values["used"] for finding in found(data, "N928")] == used
