"""The page of bulletin, measured against GB/T 9704-2012 in the finished file of 2021.

Clauses: 5.2.1 margins, 5.2.2 text block, 5.2.3 lines and characters, 7.2.4 and 7.2.7 nameplate
and red rule, 7.4 imprint, 7.5 page number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from printed import galley, pages, screen

from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, boxes_of

PT_PER_MM = 72 / 25.4
TOP_MM, BINDING_MM, WIDTH_MM, HEIGHT_MM = 37, 28, 156, 225
LINES, CHARACTERS = 22, 28
LEADING_MM = HEIGHT_MM / LINES
RED = (200, 0, 15)
OFF_MM = 0.3
ISSUES = ("2021", "specimen")


class Line(NamedTuple):
    """A line of text: its page, its element and class, the foot and height of its box in mm."""

    page: int
    element: str
    kind: str
    bottom: float
    height: float


SET_APART = {"sidebar", "outputs", "highlights"}


def lines(issue: str) -> Iterator[Line]:
    apart: set[int] = set()
    for box, where in boxes_of(pages("bulletin", issue).document):
        classes = (box.element.get("class") or "").split() if box.element is not None else ()
        if SET_APART.intersection(classes):
            apart.update(id(element) for element in box.element.iter())
        for child in box.__dict__.get("children", ()):
            if type(child).__name__ == "LineBox" and child.height and box.element is not None:
                bottom = (child.position_y + child.height) * MM_PER_CSS_PIXEL
                height = child.height * MM_PER_CSS_PIXEL
                kind = box.element.get("class") or ("quoted" if box.border_left_width else "")
                kind = f"{kind} apart" if id(box.element) in apart else kind
                yield Line(where.page, str(box.element_tag), kind, bottom, height)


def body_lines(issue: str) -> list[Line]:
    """Return the lines of text, subheads and headlines.

    Contents, standfirsts and what is in boxes stand three on two lines of the grid; pull quotes,
    captions and figures within boxes of whole lines.
    """
    apart = {
        "row",
        "row issued",
        "issued-on",
        "issued-by",
        "entry",
        "group-title",
        "long",
        "words",
        "standfirst",
        "by",
        "quoted",
        "nameplate",
        "apart",
    }
    return [
        line
        for line in lines(issue)
        if line.element != "figcaption" and apart.isdisjoint([line.kind, *line.kind.split()])
    ]


def test_the_grid_is_that_of_the_standard() -> None:
    grid = galley("bulletin", "2021").layout.spec.grid
    assert (grid.lines, grid.column_characters, grid.columns) == (LINES, CHARACTERS, 1)
    assert 0 <= HEIGHT_MM - grid.lines * grid.leading_pt / PT_PER_MM < 0.001
    assert 0 <= WIDTH_MM - grid.type_width_pt / PT_PER_MM < 0.001
    assert 15.75 < grid.body_pt < 16


def distance(height: float) -> float:
    """Return how far a height is from whole lines, in mm."""
    return abs(height - round(height / LEADING_MM) * LEADING_MM)


@pytest.mark.parametrize("issue", ISSUES)
def test_every_line_of_text_stands_on_one_grid(issue: str) -> None:
    found = body_lines(issue)
    off = [line for line in found if distance(line.bottom - TOP_MM) > OFF_MM]
    assert off == []
    assert len(found) > 60


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    heights = {(line.page, round(line.bottom)) for line in body_lines("2021")}
    counts = Counter(page for page, _height in heights)
    assert max(counts.values()) == LINES
    widths = [line.width_mm for line in pages("bulletin", "2021").lines]
    assert sum(width == pytest.approx(WIDTH_MM, abs=0.01) for width in widths) > 200


@pytest.mark.parametrize("number", [2, 3])
def test_the_text_block_lies_where_the_standard_has_it(number: int) -> None:
    """The binding is on the left of a recto and on the right of a verso."""
    page = pages("bulletin", "2021").document.pages[number - 1]._page_box
    left = page.content_box_x() * MM_PER_CSS_PIXEL
    width = page.width * MM_PER_CSS_PIXEL
    assert width == pytest.approx(WIDTH_MM, abs=0.01)
    binding = left if number % 2 else 210 - left - width
    assert binding == pytest.approx(BINDING_MM, abs=0.01)
    assert page.content_box_y() * MM_PER_CSS_PIXEL == pytest.approx(TOP_MM, abs=0.01)
    assert page.height * MM_PER_CSS_PIXEL == pytest.approx(HEIGHT_MM, abs=0.11)


def ink_in(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> list[float]:
    """Return left, top, right and bottom of what is printed in a box, all in mm."""
    scale = 10
    image = page.render(scale=scale / PT_PER_MM).to_pil().convert("L")
    part = image.crop(tuple(round(side * scale) for side in box))
    ink = part.point(lambda level: 255 * (level < 128)).getbbox()
    assert ink is not None
    x, y = box[0], box[1]
    return [x + ink[0] / scale, y + ink[1] / scale, x + ink[2] / scale, y + ink[3] / scale]


@pytest.mark.parametrize("number", [2, 3])
def test_the_page_number_stands_outside_and_its_dashes_seven_millimetres_below(
    number: int,
) -> None:
    pdf = pypdfium2.PdfDocument(screen("bulletin", "2021"))
    foot = (5, TOP_MM + HEIGHT_MM + 1, 205, 290)
    left, _, right, _ = ink_in(pdf[number - 1], foot)
    fourth_mm = 14 / PT_PER_MM
    outer = 210 - 26 - right if number % 2 else left - 26
    assert outer == pytest.approx(fourth_mm, abs=0.8)
    dash = (left, foot[1], left + fourth_mm - 1, 290)
    assert ink_in(pdf[number - 1], dash)[1] == pytest.approx(TOP_MM + HEIGHT_MM + 7, abs=0.2)
    pdf.close()


def colours(page: pypdfium2.PdfPage) -> dict[tuple[int, int, int], float]:
    """Return the fill colours of a page's texts with the size of the largest of each."""
    from test_contrast import colour_of

    found: dict[tuple[int, int, int], float] = {}
    for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        _left, bottom, _right, top = text.get_bounds()
        colour = colour_of(text)
        found[colour] = max(found.get(colour, 0), top - bottom)
    return found


def test_red_is_for_the_nameplate_and_ink_for_all_other_text() -> None:
    pdf = pypdfium2.PdfDocument(screen("bulletin", "2021"))
    first, *others = [colours(page) for page in pdf]
    assert first.keys() == {RED, (26, 26, 26)}
    assert first[RED] > 50
    assert {colour for found in others for colour in found} == {(26, 26, 26)}
    pdf.close()


@pytest.mark.parametrize("issue", ISSUES)
def test_the_imprint_ends_at_the_foot_of_the_last_text_block(issue: str) -> None:
    count = pages("bulletin", issue).count
    assert {line.page for line in lines(issue) if line.kind == "row"} == {count}
    last = max(line.bottom for line in lines(issue) if line.page == count)
    assert last == pytest.approx(TOP_MM + HEIGHT_MM, abs=0.5)


def test_pictures_take_whole_lines_and_are_trimmed_not_stretched() -> None:
    seen = 0
    for box, _where in boxes_of(pages("bulletin", "2021").document):
        if box.element_tag == "img" and box.element.get("class") in (None, "at-top", "at-bottom"):
            height = box.height * MM_PER_CSS_PIXEL / LEADING_MM
            assert height == pytest.approx(round(height), abs=0.01)
            assert box.style["object_fit"] in ("cover", "contain")
            seen += 1
    assert seen == 18


def places_of_pictures() -> dict[str, str]:
    """Return the article of each picture, by the line of YAML where the picture begins."""
    articles = galley("bulletin", "2021").copy.issue.articles()
    pictures = [(a.id, p.place()) for a in articles for p in (a.lead_picture, *a.pictures) if p]
    return {f"{place.file}:{place.line}": name for name, place in pictures}


def test_no_picture_waits_until_it_stands_under_the_next_headline() -> None:
    document = pages("bulletin", "2021").document
    articles = places_of_pictures()
    headlines = {w.article: (w.page, b.position_y) for b, w in boxes_of(document) if is_headline(b)}
    order = list(headlines)
    seen = set()
    for box, where in boxes_of(document):
        if box.element_tag == "figure" and where.origin in articles:
            name = articles[where.origin]
            following = [headlines[other] for other in order[order.index(name) + 1 :]]
            here = where.page, box.position_y
            assert headlines[name] < here < min(following, default=(999, 0.0)), name
            seen.add(where.origin)
    assert seen == set(articles)


def test_no_headline_stands_without_text_below_it() -> None:
    document = pages("bulletin", "2021").document
    below = dict.fromkeys(places_of_pictures().values(), 0)
    headlines: dict[str, int] = {}
    for box, where in boxes_of(document):
        if is_headline(box) and where.article:
            headlines[where.article] = where.page
        elif box.element_tag == "p" and headlines.get(where.article) == where.page:
            below[where.article] = below.get(where.article, 0) + 1
    assert [name for name in headlines if not below.get(name)] == []


def is_headline(box: Any) -> bool:  # noqa: ANN401 - a box of WeasyPrint
    return box.element_tag == "h2" and type(box).__name__ == "BlockBox"
