"""The laws by which a line is filled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.justification import EPSILON, Give, fill
from newsletter.typesetting.spacing import Shrink, Stretch

amounts = st.just(0.0) | st.floats(0.01, 1.0)
gives = st.lists(
    st.builds(
        Give,
        shrink=amounts,
        shrink_step=st.sampled_from([int(step) for step in Shrink]),
        stretch=amounts,
        stretch_step=st.sampled_from([int(step) for step in Stretch]),
        gap=st.booleans(),
    ),
    max_size=12,
)
needs = st.floats(-8, 8)


def give(
    *,
    shrink: float = 0.0,
    shrink_step: int = 0,
    stretch: float = 0.0,
    stretch_step: int = 0,
    gap: bool = False,
) -> Give:
    """Return what gives nothing but what is said."""
    return Give(shrink, shrink_step, stretch, stretch_step, gap)


def offers(need: float, row: list[Give]) -> list[tuple[float, int]]:
    """Return what each place offers in the direction that is needed, and when."""
    if need < 0:
        return [(one.shrink, one.shrink_step) for one in row]
    return [(one.stretch, one.stretch_step) for one in row]


@given(needs, gives)
def test_what_was_placed_and_what_remains_is_what_was_needed(need: float, row: list[Give]) -> None:
    filling = fill(need, row)
    assert len(filling.changes) == len(row)
    assert sum(filling.changes) + filling.rest == pytest.approx(need, abs=2 * EPSILON)


@given(needs, gives)
def test_all_changes_and_the_rest_go_one_way(need: float, row: list[Give]) -> None:
    filling = fill(need, row)
    sign = 1 if need > 0 else -1
    assert all(change * sign >= 0 for change in (*filling.changes, filling.rest))


@given(st.floats(-8, 0), gives)
def test_nothing_gives_more_than_it_can(need: float, row: list[Give]) -> None:
    filling = fill(need, row)
    pairs = zip(filling.changes, row, strict=True)
    assert all(-change <= one.shrink + 1e-9 for change, one in pairs)
    assert filling.gap == 0


@given(st.floats(0, 8), gives)
def test_only_common_gaps_grow_beyond_their_own_step_and_all_alike(
    need: float, row: list[Give]
) -> None:
    filling = fill(need, row)
    for change, one in zip(filling.changes, row, strict=True):
        if filling.gap and one.gap:
            assert change == pytest.approx(one.stretch + filling.gap)
        else:
            assert change <= one.stretch + 1e-9


@given(needs, gives)
def test_no_step_is_touched_before_the_one_before_it_is_used_up(
    need: float, row: list[Give]
) -> None:
    filling = fill(need, row)
    offered = offers(need, row)
    used: dict[int, list[float]] = {}
    for change, (amount, step) in zip(filling.changes, offered, strict=True):
        if amount:
            used.setdefault(step, []).append(min(1.0, abs(change) / amount))
    shares = [used[step] for step in sorted(used)]
    for earlier, later in pairwise(shares):
        if max(later) > 1e-4:
            assert min(earlier) == pytest.approx(1, abs=1e-4)
    if filling.gap or abs(filling.rest) > EPSILON:
        assert all(min(step) == pytest.approx(1, abs=1e-4) for step in shares)


@given(needs, gives)
def test_within_a_step_all_give_the_same_share(need: float, row: list[Give]) -> None:
    filling = fill(need, row)
    by_step: dict[int, set[float]] = {}
    for change, (amount, step), one in zip(filling.changes, offers(need, row), row, strict=True):
        if amount:
            own = abs(change) - (filling.gap if one.gap else 0)
            by_step.setdefault(step, set()).add(round(own / amount, 6))
    assert all(max(shares) - min(shares) < 1e-5 for shares in by_step.values())


@given(needs, gives)
def test_a_rest_above_zero_means_that_there_is_no_gap(need: float, row: list[Give]) -> None:
    filling = fill(need, row)
    if filling.rest > 0:
        assert not any(one.gap for one in row)
    if filling.rest < 0:
        assert sum(one.shrink for one in row) == pytest.approx(filling.rest - need)


def test_a_line_that_fits_is_left_alone() -> None:
    filling = fill(0.0, [give(shrink=1, stretch=1, gap=True)])
    assert (filling.changes, filling.gap, filling.rest) == ((0.0,), 0.0, 0.0)


def test_a_line_of_one_character_stays_as_short_or_as_long_as_it_is() -> None:
    assert fill(2.0, []).rest == 2.0
    assert fill(-2.0, []).rest == -2.0


def test_a_line_is_made_tighter_step_by_step() -> None:
    row = [
        give(shrink=0.5, shrink_step=Shrink.STOP),
        give(shrink=0.5, shrink_step=Shrink.PAUSE),
        give(shrink=0.5, shrink_step=Shrink.PAUSE),
        give(shrink=0.2, shrink_step=Shrink.WORD_SPACE),
    ]
    assert fill(-0.1, row).changes == pytest.approx((0, 0, 0, -0.1))
    assert fill(-0.6, row).changes == pytest.approx((0, -0.2, -0.2, -0.2))
    assert fill(-1.4, row).changes == pytest.approx((-0.2, -0.5, -0.5, -0.2))
    assert fill(-2.0, row).rest == pytest.approx(-0.3)


def test_a_line_is_made_looser_step_by_step_and_then_everywhere() -> None:
    row = [
        give(gap=True),
        give(stretch=0.1, stretch_step=Stretch.MARK, gap=True),
        give(stretch=0.2, stretch_step=Stretch.WORD_SPACE, gap=True),
        give(),
    ]
    assert fill(0.1, row).changes == pytest.approx((0, 0, 0.1, 0))
    assert fill(0.25, row).changes == pytest.approx((0, 0.05, 0.2, 0))
    filling = fill(0.6, row)
    assert filling.changes == pytest.approx((0.1, 0.2, 0.3, 0))
    assert (filling.gap, filling.rest) == (pytest.approx(0.1), 0)


def test_the_steps_are_those_of_the_clause_in_its_order() -> None:
    assert [step.name for step in Shrink] == [
        "WORD_SPACE",
        "INTERPUNCT",
        "BRACKET",
        "PAUSE",
        "LATIN_GAP",
        "STOP",
    ]
    assert [step.name for step in Stretch] == ["WORD_SPACE", "LATIN_GAP", "MARK"]
