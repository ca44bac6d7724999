"""N913: pages come in fours."""

from __future__ import annotations

import pytest

from small_pdf import found, press_pdf


@pytest.mark.parametrize(("pages", "missing"), [(4, 0), (8, 0), (1, 3), (6, 2), (7, 1)])
def test_pages_that_are_missing_to_a_multiple_of_four_are_counted(pages: int, missing: int) -> None:
    told = [finding.values["missing"] for finding in found(press_pdf(pages=pages), "N913")]
    assert told == ([missing] if missing else [])
