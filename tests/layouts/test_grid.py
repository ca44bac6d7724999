"""The baseline grid: every line of body text of the issue of 2021 stands on it, on all pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from newsletter.render import Pages, render
from newsletter.typesetting.seam.tree import boxes_of
from workshop import issue_2021

PT_PER_PX = 0.75
MOST_OFF_PT = 0.5
LIKE_BODY = 0.1
"""Opinions and the like, set a tenth larger or smaller, count as body text too."""


@dataclass(frozen=True)
class Baseline:
    """A line of body text: its page, and how far its baseline stands below the page's top."""

    page: int
    y_pt: float
    text: str


def body_lines(pages: Pages) -> Iterator[Baseline]:
    """Yield the lines that have the size, weight, leading and family of body text."""
    grid = pages.galley.layout.spec.grid
    family = None
    for box, where in boxes_of(pages.document):
        if family is None and box.element_tag == "html":
            family = box.style["font_family"][0]
        if type(box).__name__ != "LineBox" or box.style["font_weight"] != 400:
            continue
        size = box.style["font_size"] * PT_PER_PX
        is_body = abs(size / grid.body_pt - 1) <= LIKE_BODY and box.element_tag in {"p", "li"}
        if is_body and box.style["font_family"][0] == family:
            text = "".join(getattr(child, "text", "") for child in box.children)
            yield Baseline(where.page, (box.position_y + box.baseline) * PT_PER_PX, text)


def offset(pages: Pages, line: Baseline) -> float:
    """Return how far a line stands from the nearest line of the grid, in points.

    The grid begins with the first line that stands on a page with nothing above it.
    """
    leading = pages.galley.layout.spec.grid.leading_pt
    first = min(each.y_pt for each in body_lines(pages))
    return (line.y_pt - first + leading / 2) % leading - leading / 2


@pytest.fixture(scope="module")
def pages() -> Pages:
    return render(issue_2021())


def test_every_body_line_stands_on_the_grid(pages: Pages) -> None:
    lines = list(body_lines(pages))
    off = {(line.page, line.text): offset(pages, line) for line in lines}
    assert {line.page for line in lines} >= set(range(2, 16))
    assert {where: by for where, by in off.items() if abs(by) > MOST_OFF_PT} == {}
