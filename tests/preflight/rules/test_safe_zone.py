"""N936: text keeps five millimetres from the trim."""

from __future__ import annotations

import pytest

from small_pdf import BLEED, HEIGHT, PT, WIDTH, found, press_pdf

MIDDLE = 300.0


@pytest.mark.parametrize(
    ("x", "y", "distances"),
    [
        (BLEED + 5.1 * PT, MIDDLE, []),
        (BLEED + 4 * PT, MIDDLE, ["4.0"]),
        (BLEED + WIDTH - 4 * PT - 20, MIDDLE, ["4.0"]),
        (MIDDLE, BLEED + 4 * PT + 0.8, ["4.0"]),
        (MIDDLE, BLEED + HEIGHT - 4 * PT - 8, ["4.0"]),
        (BLEED - 10, MIDDLE, ["-3.0"]),
        (-50, MIDDLE, []),
    ],
)
def test_the_distance_is_that_to_the_nearest_edge(x: float, y: float, distances: list[str]) -> None:
    data = press_pdf(f"BT /F 10 Tf {x:.3f} {y:.3f} Td (text) Tj ET")
    assert [finding.values["distance"] for finding in found(data, "N936")] == distances
