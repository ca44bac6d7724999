"""N923: small black text is black ink alone."""

from __future__ import annotations

import pytest

from small_pdf import found, press_pdf


@pytest.mark.parametrize(
    ("colour", "size", "inks"),
    [
        ("0 0 0 1 k", 10, []),
        ("0 g", 10, []),
        ("0.6 0.4 0.4 1 k", 10, ["C60 M40 Y40 K100"]),
        ("0.6 0.4 0.4 1 k", 24, []),
        ("0.75 0.68 0.67 0.9 k", 23, ["C75 M68 Y67 K90"]),
        ("0.8 0.3 0.8 0.5 k", 10, []),
    ],
)
def test_black_in_several_inks_is_told_below_24_points(
    colour: str, size: int, inks: list[str]
) -> None:
    data = press_pdf(f"{colour} BT /F {size} Tf 99 99 Td (text) Tj ET")
    assert [finding.values["inks"] for finding in found(data, "N923")] == inks
