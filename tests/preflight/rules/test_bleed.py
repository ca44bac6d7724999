"""N911: there is bleed enough on all four sides."""

from __future__ import annotations

import pikepdf
import pytest

from small_pdf import BLEED, HEIGHT, PT, WIDTH, found, press_pdf


@pytest.mark.parametrize("side", range(4))
def test_too_little_on_one_side_is_told(side: int) -> None:
    def cut(pdf: pikepdf.Pdf) -> None:
        box = [0.0, 0.0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED]
        box[side] += PT / 10 * (1 if side < 2 else -1)
        pdf.pages[1].obj.BleedBox = box

    (finding,) = found(press_pdf(change=cut), "N911")
    assert finding.values["found"] == "2.90"
    assert finding.values["pages"] == "2"


def test_three_millimetres_pass() -> None:
    assert not found(press_pdf(), "N911")
