"""Lengths and boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.geometry import PT_PER_CSS_PIXEL, Box, points, trim_box


def test_an_inch_has_72_points_and_96_css_pixels() -> None:
    assert points(25.4) == pytest.approx(72)
    assert pytest.approx(72) == PT_PER_CSS_PIXEL * 96


def test_a4_has_the_size_that_printers_know() -> None:
    assert trim_box(210, 297).rounded() == [0, 0, 595.276, 841.89]


def test_bleed_reaches_out_on_every_side() -> None:
    assert trim_box(210, 297).grown(points(3)).rounded() == [-8.504, -8.504, 603.78, 850.394]


@given(*[st.floats(-5000, 5000)] * 4, st.floats(0, 500))
def test_growing_and_shrinking_by_the_same_leaves_a_box_as_it_was(
    left: float, bottom: float, right: float, top: float, margin: float
) -> None:
    box = Box(left, bottom, right, top)
    assert box.grown(margin).grown(-margin) == pytest.approx(box)
