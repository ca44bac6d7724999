"""N926: small text in two inks at most."""

from __future__ import annotations

import pytest

from small_pdf import found, press_pdf


@pytest.mark.parametrize(
    ("colour", "size", "count"),
    [("1 0.5 0 0", 8, 0), ("1 0.5 0.2 0", 8, 1), ("1 0.5 0.2 0", 9, 0), ("1 0.5 0.004 0", 8, 0)],
)
def test_three_inks_are_told_below_nine_points(colour: str, size: int, count: int) -> None:
    data = press_pdf(f"{colour} k BT /F {size} Tf 99 99 Td (text) Tj ET")
    assert len(found(data, "N926")) == count
