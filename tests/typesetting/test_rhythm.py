"""Vertical rhythm: what `--block-step` and the tops of columns do to the lines of a page."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.typesetting.seam.tree import boxes_of as boxes_with_places
from setting import EDGE, LEADING, PT, PX, boxes_of, laid_out, page

HEADING = "h2 { margin: 0; font-size: 16.5pt; line-height: 24pt; --block-step: %s }"
TEXT = "<p>" + "绿色发展，共建共享。" * 6 + "</p>"


def tops(document: Any, tag: str) -> list[float]:  # noqa: ANN401 - WeasyPrint is untyped
    """Return where the lines of an element begin, in points from the top of the first page."""
    return [
        box.position_y / PX
        for box in boxes_of(document)
        if type(box).__name__ == "LineBox" and box.element_tag == tag
    ]


@pytest.mark.parametrize(("words", "lines"), [("绿色", 2), ("绿色发展" * 5, 3)])
def test_a_heading_takes_whole_lines(words: str, lines: int) -> None:
    document = laid_out(page(f"<h2>{words}</h2>{TEXT}", 22, HEADING % "start"))
    first = tops(document, "h2")[0]
    assert tops(document, "p")[0] - first == pytest.approx(lines * LEADING, abs=0.01)


@pytest.mark.parametrize(("where", "share"), [("start", 0), ("center", 0.5), ("end", 1)])
def test_the_added_height_stands_where_the_style_says(where: str, share: float) -> None:
    plain = tops(laid_out(page(f"<h2>绿</h2>{TEXT}", 22, HEADING % "none")), "h2")[0]
    stepped = tops(laid_out(page(f"<h2>绿</h2>{TEXT}", 22, HEADING % where)), "h2")[0]
    assert stepped - plain == pytest.approx((2 * LEADING - 24) * share, abs=0.01)


@pytest.mark.parametrize("asked", ["", "; --close-up: 4", "; --wait: 2", "; --yield: 4"])
def test_a_ground_begins_below_the_margin_of_what_stands_at_its_top(asked: str) -> None:
    """CSS 2.2, 8.3.1: the margins of a block and of its first child collapse."""
    css = f"h3 {{ margin: 18pt 0 0 }} div {{ background: silver{asked} }}"
    document = laid_out(page(f"{TEXT}<div><h3>绿</h3>{TEXT}</div>", 22, css))
    (ground,) = [box for box in boxes_of(document) if box.element_tag == "div"]
    before = tops(document, "p")[-1 - len(tops(document, "p")) // 2]
    assert ground.position_y / PX - before == pytest.approx(LEADING + 18, abs=0.01)


def test_a_block_that_takes_whole_lines_already_gains_none() -> None:
    css = "h2 { margin: 0; font-size: 16pt; line-height: 18pt; --block-step: end }"
    document = laid_out(page(f"<h2>绿</h2>{TEXT}", 22, css))
    assert tops(document, "p")[0] - tops(document, "h2")[0] == pytest.approx(LEADING, abs=0.01)


def test_what_is_within_a_stepped_block_is_not_stepped_itself() -> None:
    css = "div { --block-step: start } div p { text-indent: 0; line-height: 10pt }"
    document = laid_out(page("<div><p>绿</p><p>色</p><p>路</p></div><p>青</p>", 22, css))
    first, second, third, after = tops(document, "p")
    assert second - first == pytest.approx(10, abs=0.01)
    assert third - first == pytest.approx(20, abs=0.01)
    assert after - first == pytest.approx(2 * LEADING, abs=0.01)


def test_a_box_takes_whole_lines_with_its_padding_and_border() -> None:
    css = "div { --block-step: end; padding: 5pt; border: 1pt solid } div p { text-indent: 0 }"
    document = laid_out(page("<div><p>绿</p></div><p>青</p>", 22, css))
    inner, after = tops(document, "p")
    assert after - 30 == pytest.approx(2 * LEADING, abs=0.01)
    natural = LEADING + 2 * (5 + 1)
    assert inner - 30 == pytest.approx(5 + 1 + 2 * LEADING - natural, abs=0.01)


def test_a_block_that_goes_on_over_a_page_takes_whole_lines_at_its_end() -> None:
    css = "div { --block-step: end; padding-bottom: 5pt } p { text-indent: 0 }"
    document = laid_out(
        page(f"<div>{TEXT * 19}</div><h3>绿</h3>", 22, css + "h3 { font: inherit; margin: 0 }")
    )
    assert len(document.pages) > 1
    assert tops(document, "p")[0] == pytest.approx(EDGE, abs=0.01)
    assert tops(document, "h3")[0] - tops(document, "p")[-1] == pytest.approx(36, abs=0.01)


def test_the_margin_below_a_stepped_block_counts_for_its_lines() -> None:
    css = "div { --block-step: start; margin-bottom: 9pt } div p { line-height: 12pt }"
    document = laid_out(page("<div><p>绿</p></div><p>青</p>", 22, css))
    inner, after = tops(document, "p")
    assert after - inner == pytest.approx(2 * LEADING, abs=0.01)


def test_balanced_columns_take_whole_lines() -> None:
    css = "div { columns: 2; column-gap: 0; --block-step: start } h3 { font: inherit; margin: 0 }"
    for count in range(3, 9):
        document = laid_out(page(f"<div>{TEXT * count}</div><h3>绿</h3>", 22, css))
        [after] = tops(document, "h3")
        assert (after - EDGE) % LEADING == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("lines", [(1, 5, 1), (2, 4, 1), (4, 4, 3)])
def test_balanced_columns_end_with_their_lowest_line(lines: tuple[int, ...]) -> None:
    """WeasyPrint makes columns higher until all stands in them, and may pass the least height."""
    css = """
    div { columns: 2; column-gap: 0 } h3, h4 { font: inherit; margin: 0; break-after: avoid }
    p { text-indent: 0 } h4 { margin-top: 18pt }
    """
    first, second, third = [f"<p>{'绿' * 11 * count}</p>" for count in lines]
    html = f"<div>{first}{second}<h4>色</h4>{third}</div><h3>路</h3>"
    document = laid_out(page(html, 22, css))
    [after] = tops(document, "h3")
    assert after == pytest.approx(max(tops(document, "p")) + LEADING, abs=0.01)


COLUMNS = """
div { columns: 2; column-gap: 0; column-fill: auto; height: 180pt }
h3 { font: inherit; margin: 18pt 0 0 }
"""


def test_a_heading_at_the_top_of_a_column_has_no_margin_above() -> None:
    lines = "".join(f"<p>{'绿' * 8}</p>" for _ in range(10))
    document = laid_out(page(f"<div>{lines}<h3>色</h3><p>路</p></div>", 22, COLUMNS))
    assert tops(document, "h3") == pytest.approx([30], abs=0.01)


def test_a_heading_at_the_top_of_columns_that_go_on_has_no_margin_above() -> None:
    text = "<p>" + "绿" * 11 * 60 + "</p>"
    css = "div { columns: 2; column-gap: 0 } p { text-indent: 0 } h3 { margin: 18pt 0 0 }"
    document = laid_out(page(f"<div>{text}<h3>色</h3><p>路</p></div>", 22, css))
    assert len(document.pages) == 2
    assert tops(document, "h3") == pytest.approx([30], abs=0.01)


def test_a_heading_within_or_at_the_beginning_of_columns_keeps_its_margin() -> None:
    document = laid_out(page("<div><h3>色</h3><p>路</p><h3>青</h3></div>", 22, COLUMNS))
    assert tops(document, "h3") == pytest.approx([48, 102], abs=0.01)


PICTURE = (
    "<figure><img alt='' style='width: 100%; height: 126pt' src=\"data:image/svg+xml,"
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'/>\"></figure>"
)
FIGURE = "figure { margin: 0; break-inside: avoid; --yield: 4 } img { display: block }"
"""A picture seven lines high on pages of a known number of lines."""


def lines_of_a_page() -> int:
    document = laid_out(page("<p>绿</p>" * 99, 22, "p { text-indent: 0 }"))
    first = document.pages[0]._page_box
    return int(first.height / PX / LEADING + 0.01)


@pytest.mark.parametrize(("room", "height"), [(8, 7), (7, 7), (6, 6), (4, 4), (3, 7)])
def test_a_picture_yields_where_room_is_short(room: int, height: int) -> None:
    before = "<p>绿</p>" * (lines_of_a_page() - room)
    document = laid_out(page(before + PICTURE, 22, FIGURE))
    (picture,) = [box for box in boxes_of(document) if box.element_tag == "img"]
    assert picture.height / PX / LEADING == pytest.approx(height, abs=0.01)
    assert len(document.pages) == (2 if room < 4 else 1)


def test_a_picture_that_yields_becomes_narrower_too() -> None:
    before = "<p>绿</p>" * (lines_of_a_page() - 5)
    document = laid_out(page(before + PICTURE, 22, FIGURE))
    (picture,) = [box for box in boxes_of(document) if box.element_tag == "img"]
    assert picture.width / PX == pytest.approx(22 * PT * 5 / 7, abs=0.01)


def text_of(line: Any) -> str:  # noqa: ANN401 - WeasyPrint is untyped
    return "".join(child.text for child in line.children if hasattr(child, "text")).strip()


def order(document: Any) -> list[str]:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the pictures and the texts of paragraphs, each with its page."""
    found = []
    for box, where in boxes_with_places(document):
        if box.element_tag == "img":
            found.append(f"img {where.page}")
        elif type(box).__name__ == "LineBox" and box.element_tag == "p":
            found.append(f"{text_of(box)[:1]} {where.page}")
    return found


WAITING = FIGURE.replace("4", "5; --wait: 2")


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (6, ["img 1", "青 2", "红 2"]),
        (5, ["青 1", "红 1", "img 2"]),
        (1, ["img 2", "青 2", "红 2"]),
    ],
)
def test_a_picture_lets_paragraphs_pass_where_it_would_lose_more_than_a_line(
    room: int, expected: list[str]
) -> None:
    before = "<p>绿</p>" * (lines_of_a_page() - room)
    document = laid_out(page(f"{before}{PICTURE}<p>青</p><p>红</p>", 22, WAITING))
    assert [line for line in order(document) if line[0] != "绿"] == expected


def test_a_paragraph_that_passes_may_go_on_overleaf_before_the_picture() -> None:
    before = "<p>绿</p>" * (lines_of_a_page() - 4)
    after = "<p>" + "青" * (22 * 6 - 2) + "</p><p>红</p>"
    document = laid_out(page(f"{before}{PICTURE}{after}", 22, WAITING))
    assert [line for line in order(document) if line[0] != "绿"] == [
        *["青 1"] * 4,
        *["青 2"] * 2,
        "img 2",
        "红 2",
    ]


@pytest.mark.parametrize("after", ["<h3>青</h3><p>红</p>", "<p class=kept>青</p>"])
def test_what_is_kept_with_its_neighbours_does_not_pass(after: str) -> None:
    css = WAITING + "h3 { font: inherit; break-after: avoid } .kept { break-before: avoid }"
    before = "<p>绿</p>" * (lines_of_a_page() - 5)
    found = [line[0] for line in order(laid_out(page(before + PICTURE + after, 22, css)))]
    assert next(line for line in found if line != "绿") == "i"


def test_two_that_wait_keep_their_order() -> None:
    before = "<p>绿</p>" * (lines_of_a_page() - 4)
    boxed = "<section><p>白</p><p>白</p><p>白</p><p>白</p><p>白</p></section>"
    css = WAITING + "section { --wait: 2; break-inside: avoid }"
    document = laid_out(page(f"{before}{PICTURE}{boxed}<p>青</p><p>红</p>", 22, css))
    assert [line for line in order(document) if line[0] != "绿"] == [
        "青 1",
        "红 1",
        "img 2",
        *["白 2"] * 5,
    ]


def test_a_block_closes_up_where_nothing_of_it_would_stand_else() -> None:
    css = "p { text-indent: 0 } div { margin-top: 18pt; break-inside: avoid; --close-up: auto }"
    for room, blank, pages in ((4, 1, 1), (3, 1, 1), (2, 0, 1), (1, 0, 2)):
        before = "<p>绿</p>" * (lines_of_a_page() - room)
        document = laid_out(page(f"{before}<div><p>青</p><p>红</p></div>", 22, css))
        assert len(document.pages) == pages
        if pages == 1:
            *_, last, first, _second = tops(document, "p")
            assert first - last == pytest.approx((1 + blank) * LEADING, abs=0.01)


@pytest.mark.parametrize(("room", "blank"), [(9, 1), (8, 1), (7, 0), (6, 0)])
def test_a_block_closes_up_where_little_room_is_left(room: int, blank: int) -> None:
    css = "p { text-indent: 0 } h2 { font: inherit; margin: 18pt 0; --close-up: 8 }"
    before = "<p>绿</p>" * (lines_of_a_page() - room)
    document = laid_out(page(f"{before}<h2>色</h2><p>路</p>", 22, css))
    heading, last = tops(document, "h2")[0], tops(document, "p")[-1]
    assert last - heading == pytest.approx((1 + blank) * LEADING, abs=0.01)
