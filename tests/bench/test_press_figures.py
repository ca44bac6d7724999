"""The figures of the print file in docs/ are those of the file as it is made now."""

from __future__ import annotations

import re

import pytest
from bench.press import colour, raster, sheets
from bench.press.editions import ROOT, built

PAGE = ROOT / "docs" / "press-figures.md"
TOOLS = raster.is_there() and colour.is_there()


@pytest.mark.slow
@pytest.mark.skipif(not TOOLS, reason="Ghostscript and Little CMS are not here: make judges")
def test_preflight_ink_and_likeness_are_current() -> None:
    written = PAGE.read_text("utf-8")
    if raster.version() not in written:
        pytest.skip(f"the figures were not made with Ghostscript {raster.version()}")
    part = written.split("## silkroad")[1].split("\n## ")[0]
    with built("silkroad") as files:
        for line in sheets.preflighted(files):
            assert line in part, "run make press-report"
        row = next(line for line in sheets.pages(files) if line.startswith("| 1 |"))
    assert row in part, "run make press-report"
    assert re.search(r"\| all \| [\d.]+ \(limit 300\)", part)


def test_the_difference_of_colours_is_that_of_the_published_examples() -> None:
    """Pairs 1, 7, 20 and 33 of Sharma, Wu and Dalal, 2005, table 1."""
    import numpy as np

    one = np.array([[50, 2.6772, -79.7751], [50, 0, 0], [50, 2.5, 0], [6.7747, -0.2908, -2.4247]])
    other = np.array([[50, 0, -82.7485], [50, -1, 2], [61, -5, 29], [5.8714, -0.0985, -2.2286]])
    found = colour.difference(one, other)
    assert found == pytest.approx([2.0425, 2.3669, 22.8977, 0.6377], abs=1e-4)
