"""The widths of a font are read in each form that a dictionary may have."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary

from newsletter.preflight.widths import widths


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ([], {}),
        ([1, Array([500])], {1: 500}),
        ([1, Array([500, 250.5]), 9, Array([])], {1: 500, 2: 250.5}),
        ([3, 5, 600], {3: 600, 4: 600, 5: 600}),
        ([3, 4, 600, 9, Array([1, 2])], {3: 600, 4: 600, 9: 1, 10: 2}),
        ([1, Array([-20])], {1: -20}),
    ],
)
def test_lists_and_ranges_are_read(given: list[object], listed: dict[int, float]) -> None:
    found = widths(Dictionary(W=Array(given), DW=777))
    assert found == listed
    assert [found[cid] for cid in listed] == [*listed.values()]
    assert found[60_000] == 777


def test_what_no_dictionary_names_is_an_em_wide() -> None:
    assert widths(Dictionary())[1] == 1000


@pytest.mark.parametrize(
    "given",
    [
        [1],
        [1, 2],
        [1, Array([500]), 1, Array([500])],
        [1, Array([500, 500]), 2, 4, 500],
        [1, Array([Array([])])],
        [Array([]), 1],
    ],
)
def test_widths_that_cannot_be_read_are_refused(given: list[object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        widths(Dictionary(W=Array(given)))
