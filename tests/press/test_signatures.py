"""Signatures: every page once, on the leaf where a reader finds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.press.signatures import Binding, Fold, Sheet, Side, blanks_for, plan

COUNTS = st.integers(1, 400)
FOLDS = st.sampled_from(["saddle", "perfect"])
SIGNATURES = st.integers(1, 16).map(lambda sheets: 4 * sheets)
BINDINGS = st.sampled_from(["left", "right"])


def pairs(sheets: list[Sheet]) -> list[tuple[int | None, int | None]]:
    return [(side.left, side.right) for sheet in sheets for side in (sheet.front, sheet.back)]


def test_eight_pages_in_saddle_stitch() -> None:
    assert pairs(plan(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_eight_pages_bound_at_the_right_are_mirrored() -> None:
    assert pairs(plan(8, binding="right")) == [(1, 8), (7, 2), (3, 6), (5, 4)]


def test_sixteen_pages_in_two_signatures() -> None:
    sheets = plan(16, "perfect", 8)
    assert pairs(sheets) == [
        *[(8, 1), (2, 7), (6, 3), (4, 5)],
        *[(16, 9), (10, 15), (14, 11), (12, 13)],
    ]
    assert [(s.number, s.signature) for s in sheets] == [(1, 1), (2, 1), (3, 2), (4, 2)]


def test_signatures_of_four_are_single_sheets() -> None:
    assert pairs(plan(8, "perfect", 4)) == [(4, 1), (2, 3), (8, 5), (6, 7)]


def test_the_last_signature_has_what_is_left() -> None:
    sheets = plan(20, "perfect", 16)
    assert [s.signature for s in sheets] == [1, 1, 1, 1, 2]
    assert pairs(sheets)[-2:] == [(20, 17), (18, 19)]


@pytest.mark.parametrize("count", [4, 8, 12, 20, 48])
def test_in_saddle_stitch_pages_on_a_side_add_up_to_one_more_than_all(count: int) -> None:
    sheets = plan(count)
    assert len(sheets) == count // 4
    assert all(left + right == count + 1 for left, right in pairs(sheets) if left and right)
    assert pairs(sheets)[0] == (count, 1)
    assert pairs(sheets)[-1] == (count // 2, count // 2 + 1)


@pytest.mark.parametrize(("count", "blanks"), [(1, 3), (2, 2), (3, 1), (4, 0), (45, 3), (48, 0)])
def test_blanks_fill_up_the_last_sheet(count: int, blanks: int) -> None:
    assert blanks_for(count) == blanks
    numbers = [number for pair in pairs(plan(count)) for number in pair]
    assert numbers.count(None) == blanks


@given(COUNTS, FOLDS, SIGNATURES, BINDINGS)
def test_imposition_is_a_permutation_of_the_pages_and_blanks(
    count: int, fold: Fold, signature: int, binding: Binding
) -> None:
    numbers = [n for pair in pairs(plan(count, fold, signature, binding)) for n in pair]
    assert len(numbers) == count + blanks_for(count)
    assert sorted(n for n in numbers if n is not None) == list(range(1, count + 1))


@given(COUNTS, FOLDS, SIGNATURES, BINDINGS)
def test_the_two_pages_of_a_leaf_follow_each_other(
    count: int, fold: Fold, signature: int, binding: Binding
) -> None:
    """What is left on the front is right on the back: the paper is turned about the fold."""
    for sheet in plan(count, fold, signature, binding):
        for front, back in (
            (sheet.front.left, sheet.back.right),
            (sheet.front.right, sheet.back.left),
        ):
            if front and back:
                first, second = sorted((front, back))
                assert second == first + 1
                assert first % 2 == 1  # an odd page is the front of its leaf


@given(COUNTS, FOLDS, SIGNATURES, BINDINGS)
def test_a_folded_book_reads_in_order(
    count: int, fold: Fold, signature: int, binding: Binding
) -> None:
    """Fold all sheets, lay each into the one before, set signatures behind each other: 1, 2, 3."""
    read: list[int | None] = []
    sheets = plan(count, fold, signature, binding)
    for number in sorted({sheet.signature for sheet in sheets}):
        inner: list[int | None] = []
        for sheet in reversed([s for s in sheets if s.signature == number]):
            first, last = (sheet.front.right, sheet.back.left), (sheet.back.right, sheet.front.left)
            if binding == "right":
                first = (sheet.front.left, sheet.back.right)
                last = (sheet.back.left, sheet.front.right)
            inner = [*first, *inner, *last]
        read += inner
    assert read == [*range(1, count + 1), *[None] * blanks_for(count)]


@given(COUNTS, FOLDS, SIGNATURES)
def test_depth_grows_evenly_from_the_outermost_sheet(
    count: int, fold: Fold, signature: int
) -> None:
    sheets = plan(count, fold, signature)
    for number in {sheet.signature for sheet in sheets}:
        depths = [sheet.depth for sheet in sheets if sheet.signature == number]
        last = max(len(depths) - 1, 1)
        assert depths == [pytest.approx(index / last) for index in range(len(depths))]


@pytest.mark.parametrize("signature", [0, 2, 6, -4])
def test_a_signature_of_other_than_fours_is_refused(signature: int) -> None:
    with pytest.raises(ValueError, match="multiple of four"):
        plan(8, "perfect", signature)


def test_no_pages_need_no_sheets() -> None:
    assert plan(0) == []
    assert Side(None, None) not in [sheet.front for sheet in plan(1)]
