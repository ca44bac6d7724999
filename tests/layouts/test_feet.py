"""How pages of bulletin end: no page but the last has more than a third of its lines empty at its
foot, none ends with a heading, none begins or ends with a single line of a paragraph.

As the issue of 2021 would pass by luck, it is also laid out with its articles beginning lower,
each by another number of lines.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from printed import galley

from newsletter.render import Pages, render
from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, boxes_of

LINES, CHARACTERS = 22, 28
LEADING_MM = 225 / LINES
MOST_EMPTY = LINES // 3
TEXT = '<div class="text">'
LENGTHENED = (0, 1, 4, 11, 15)
"""Ways in which articles are lengthened; 0 leaves them as they are."""


@functools.cache
def pages(way: int) -> Pages:
    """Return the issue of 2021, each article begun with up to ten lines of filling text."""
    issue = galley("bulletin", "2021")
    head, *articles = issue.html.split(TEXT)
    fillings = [filling(way * (number * way + number + 2) % 11) for number in range(len(articles))]
    texts = [f"{TEXT}{before}{text}" for before, text in zip(fillings, articles, strict=True)]
    return render(replace(issue, html=head + "".join(texts)))


def filling(lines: int) -> str:
    return f"<p>{'绿' * (CHARACTERS * lines - 3)}</p>" if lines else ""


def printed_boxes(of_issue: Pages) -> Iterator[tuple[Any, int]]:
    """Yield lines of text and pictures within the text block, with their pages."""
    for box, where in boxes_of(of_issue.document):
        is_printed = type(box).__name__ == "LineBox" or box.element_tag == "img"
        if is_printed and box.height and box.position_y < foot(of_issue, where.page):
            yield box, where.page


def foot(of_issue: Pages, number: int) -> float:
    block = of_issue.document.pages[number - 1]._page_box
    return float(block.content_box_y() + block.height)


def empty_lines(of_issue: Pages) -> dict[int, float]:
    """Return how many lines are empty at the foot of each page but the last."""
    ends: dict[int, float] = {}
    for box, page in printed_boxes(of_issue):
        ends[page] = max(ends.get(page, 0), box.position_y + box.height)
    leading = LEADING_MM / MM_PER_CSS_PIXEL
    return {n: (foot(of_issue, n) - ends[n]) / leading for n in range(1, of_issue.count)}


@pytest.mark.parametrize("way", LENGTHENED)
def test_no_page_but_the_last_has_more_than_a_third_empty(way: int) -> None:
    empty = empty_lines(pages(way))
    assert {n: lines for n, lines in empty.items() if lines > MOST_EMPTY + 0.1} == {}
    assert len(empty) > 30


@pytest.mark.parametrize("way", LENGTHENED)
def test_no_page_ends_with_a_heading(way: int) -> None:
    last = {page: box for box, page in printed_boxes(pages(way))}
    headings = {n: box.element_tag for n, box in last.items() if box.element_tag in HEADINGS}
    assert headings == {}


HEADINGS = {"h1", "h2", "h3", "h4", "header"}


@pytest.mark.parametrize("way", LENGTHENED)
def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph(way: int) -> None:
    counts: dict[Any, Counter[int]] = defaultdict(Counter)
    for box, page in printed_boxes(pages(way)):
        if box.element_tag == "p":
            counts[box.element][page] += 1
    divided = [on_pages for on_pages in counts.values() if len(on_pages) > 1]
    assert [on_pages for on_pages in divided if min(on_pages.values()) < 2] == []
    assert len(divided) > 6


@pytest.mark.parametrize("way", LENGTHENED)
def test_what_is_printed_does_not_overlap(way: int) -> None:
    """Line after line and picture after picture, nothing begins above the end of what precedes it.

    Only what stands side by side may: a date beside an event, a figure beside its label, words of
    the contents in their line.
    """
    before: dict[int, Any] = {}
    for box, page in printed_boxes(pages(way)):
        if (box.element.get("class") or "") == "words":
            continue
        above = before.get(page)
        if above is not None and box.position_x == pytest.approx(above.position_x, abs=1):
            assert box.position_y >= above.position_y + above.height - 1, (page, box.element_tag)
        before[page] = box
