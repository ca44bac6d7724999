"""N936: text keeps five millimetres from the trim."""

from __future__ import annotations

import pikepdf
import pytest

from newsletter.diagnostics import Spot
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


def test_many_pages_are_one_finding_that_shows_the_nearest_text() -> None:
    def move(pdf: pikepdf.Pdf) -> None:
        text = f"BT /F 10 Tf {BLEED + 2 * PT:.3f} {MIDDLE} Td (text) Tj ET"
        pdf.pages[2].obj.Contents = pdf.make_stream(text.encode())

    data = press_pdf(f"BT /F 10 Tf {BLEED + 4 * PT:.3f} {MIDDLE} Td (text) Tj ET", change=move)
    (finding,) = found(data, "N936")
    assert isinstance(finding.place, Spot)
    assert (finding.values["distance"], finding.place.page) == ("2.0", 3)
    assert finding.values["pages"] == "1, 3"
