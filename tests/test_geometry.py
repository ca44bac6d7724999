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


BOXES = st.builds(
    lambda left, bottom, width, height: Box(left, bottom, left + width, bottom + height),
    *[st.integers(-50, 50)] * 2,
    *[st.integers(1, 50)] * 2,
)


@given(BOXES, BOXES)
def test_two_boxes_lie_in_the_box_around_them_and_their_common_part_in_each(
    one: Box, two: Box
) -> None:
    around, common = one.around(two), one.within(two)
    assert around == two.around(one)
    assert common == two.within(one)
    assert min(around.room_around(one), around.room_around(two)) == 0
    assert one.meets(two) == (common.left < common.right and common.bottom < common.top)
    if one.meets(two):
        assert min(one.room_around(common), two.room_around(common)) == 0


@pytest.mark.parametrize("beside", [Box(10, 0, 20, 10), Box(0, -5, 10, 0), Box(11, 11, 12, 12)])
def test_boxes_that_share_an_edge_or_nothing_do_not_meet(beside: Box) -> None:
    box = Box(0, 0, 10, 10)
    assert not box.meets(beside)
    assert not beside.meets(box)
    assert box.meets(beside.grown(1.5))
