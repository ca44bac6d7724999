"""Contents of silkroad: on the cover while they leave it its picture, else on their own pages."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from test_grid import MOST_OFF_PT, body_lines, offset
from test_margins import SMALL, mine

from newsletter.edition import build
from newsletter.preflight.completeness import page_texts, squeeze
from newsletter.preflight.document import Document
from newsletter.preflight.tree import read_tree
from newsletter.press.finish import finish
from newsletter.render import Pages
from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, boxes_of
from workshop import Workshop, missing

PICTURE = {"file": "square.svg", "alt": "方", "kind": "illustration"}
LONG = "很长的标题要排两行的" * 6
HEIGHT_MM = {"silkroad": 297, "mine": 210}
HOLDS = {"silkroad": 22, "mine": 15}
"""How many entries of one line the cover holds below one section's title: 19 + 13 n points have to
go into two fifths of the page, less 8 mm."""
ON_BARE = 44
"""The same without a picture, where 213 mm of A4 are left below the nameplate and its white."""


def write(
    shop: Workshop,
    titles: list[str],
    layout: str = "silkroad",
    contents: str = "auto",
    **cover: str | None,
) -> None:
    """Write an issue of one section, with an article for each title."""
    if layout == "mine":
        mine(shop, "silkroad", **SMALL["silkroad"])
    shop.publish(layout={"name": layout, "options": {"contents": contents}})
    articles = [{"id": f"a{n}", "title": t, "body": "正文一行。"} for n, t in enumerate(titles, 1)]
    section = {"id": "news", "kind": "articles", "title": "要闻", "articles": articles}
    shop.write_issue(cover=cover or {"picture": PICTURE}, sections=[section])


def short(count: int) -> list[str]:
    return [f"第{n}篇" for n in range(1, count + 1)]


def has_own_page(shop: Workshop) -> bool:
    return 'class="listing"' in shop.compose().html


def on_the_cover(shop: Workshop) -> list[str]:
    """Return what the contents of the cover name."""
    cover = shop.compose().html.split("</section>")[0]
    return re.findall(r'<a href="#[^"]+"><span class="words">([^<]+)</span></a>', cover)


# Which page they stand on


@pytest.mark.parametrize("layout", ["silkroad", "mine"])
def test_a_list_stands_on_the_cover_until_it_is_higher_than_its_room(
    shop: Workshop, layout: str
) -> None:
    write(shop, short(HOLDS[layout]), layout)
    assert not has_own_page(shop)
    write(shop, short(HOLDS[layout] + 1), layout)
    assert has_own_page(shop)


def test_a_title_of_two_lines_counts_twice(shop: Workshop) -> None:
    write(shop, [*short(20), LONG])
    assert not has_own_page(shop)
    write(shop, [*short(21), LONG])
    assert has_own_page(shop)


def test_without_a_picture_it_may_fill_the_cover_below_the_nameplate(shop: Workshop) -> None:
    write(shop, short(ON_BARE), tagline=None)
    assert not has_own_page(shop)
    write(shop, short(ON_BARE), tagline="一句")
    assert has_own_page(shop)
    write(shop, short(ON_BARE + 1), tagline=None)
    assert has_own_page(shop)


@pytest.mark.parametrize("layout", ["silkroad", "mine"])
def test_the_longest_list_on_a_cover_leaves_the_picture_its_upper_three_fifths(
    shop: Workshop, layout: str
) -> None:
    write(shop, [*short(HOLDS[layout] - 2), LONG], layout)
    pages = shop.render()
    [top] = [
        box.position_y * MM_PER_CSS_PIXEL
        for box, _ in boxes_of(pages.document)
        if box.element_tag == "nav" and type(box).__name__ == "BlockBox"
    ]
    assert HEIGHT_MM[layout] * 0.6 <= top <= HEIGHT_MM[layout] * 0.6 + 13
    assert pages.findings == ()


def test_an_issue_may_ask_for_either(shop: Workshop) -> None:
    write(shop, short(1), contents="page")
    assert has_own_page(shop)
    write(shop, short(HOLDS["silkroad"] + 1), contents="cover")
    assert not has_own_page(shop)
    assert len(on_the_cover(shop)) == HOLDS["silkroad"] + 2


def test_a_layout_that_takes_the_option_back_has_its_default(shop: Workshop) -> None:
    mine(shop, "silkroad", options={"contents": None})
    assert not has_own_page(shop)


# What the cover keeps


def sections(count: int) -> list[dict[str, Any]]:
    def articles(n: int) -> list[dict[str, str]]:
        return [{"id": f"{x}{n}", "title": f"{x}{n}", "body": "正文。"} for x in ("one", "two")]

    found: list[dict[str, Any]] = [
        {"id": f"s{n}", "kind": "articles", "title": f"栏目{n}", "articles": articles(n)}
        for n in range(1, count + 1)
    ]
    return [*found, {"id": "contacts", "kind": "contacts", "title": "找到我们", "about": "某社。"}]


@pytest.mark.parametrize(
    ("count", "kept"),
    [
        (9, ["栏目1", "one1", "栏目2", "one2"]),
        (10, ["栏目1", "栏目2", "栏目3", "栏目4"]),
        (16, ["栏目1", "栏目2", "栏目3", "栏目4"]),
        (17, []),
    ],
)
def test_the_cover_keeps_what_sections_open_with_or_their_titles_or_nothing(
    shop: Workshop, count: int, kept: list[str]
) -> None:
    shop.publish(layout={"name": "silkroad"})
    shop.write_issue(cover={"picture": PICTURE}, sections=sections(count))
    assert has_own_page(shop)
    assert on_the_cover(shop)[:4] == kept
    assert "找到我们" not in on_the_cover(shop)


# The page itself


@pytest.mark.parametrize(
    ("count", "shape", "opening"),
    [
        (37, "contents", 3),
        (38, "contents in-columns", 3),
        (72, "contents in-columns", 3),
        (73, "contents in-columns small", 3),
        (96, "contents in-columns small", 3),
        (97, "contents in-columns", 4),
    ],
)
def test_it_is_one_page_as_long_as_type_of_some_size_allows(
    shop: Workshop, count: int, shape: str, opening: int
) -> None:
    write(shop, short(count))
    pages = shop.render()
    assert re.findall(r'<nav class="([^"]+)"', pages.galley.html)[-1] == shape
    assert pages.anchors["section-news"] + 1 == opening
    assert "N809" not in {found.code for found in pages.findings}


@pytest.mark.parametrize(
    ("count", "shape", "opening"), [(60, "contents small", 4), (105, "contents", 7)]
)
def test_a_page_with_narrow_columns_keeps_the_full_measure(
    shop: Workshop, count: int, shape: str, opening: int
) -> None:
    write(shop, short(count), "mine")
    pages = shop.render()
    assert re.findall(r'<nav class="([^"]+)"', pages.galley.html)[-1] == shape
    assert pages.anchors["section-news"] + 1 == opening
    assert "N809" not in {found.code for found in pages.findings}


@pytest.mark.parametrize("count", [25, 40, 97])
def test_its_lines_stand_on_the_grid(shop: Workshop, count: int) -> None:
    titles = short(count)
    write(shop, [LONG, *titles[1:10], LONG, *titles[11:]])
    pages = shop.render()
    lines = [line for line in body_lines(pages) if line.page == 2]
    assert len(lines) >= min(count, 70)
    assert [by for line in lines if abs(by := offset(pages, line)) > MOST_OFF_PT] == []


def numbers(pages: Pages) -> dict[str, int]:
    """Return the number that the contents page prints before each title."""
    text = page_texts(pages.write(tagged=True)[0])[1]
    return {title: int(n) for n, title in re.findall(r"(\d+)(第\d+篇|要闻)", squeeze(text))}


def test_its_page_numbers_are_those_of_the_articles(shop: Workshop) -> None:
    write(shop, short(40))
    pages = shop.render()
    anchors = pages.anchors
    told = {f"第{n}篇": anchors[f"article-a{n}"] + 1 for n in range(1, 41)}
    found = numbers(pages)
    assert len(set(told.values())) > 2
    assert found == told | {"要闻": anchors["section-news"] + 1}


def test_it_is_in_the_outline_and_a_table_of_contents(shop: Workshop) -> None:
    write(shop, short(40))
    pages = shop.render()
    data = finish(pages.write(tagged=True)[0], pages.galley.layout.spec.page)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_outline() as outline:
            assert [mark.title for mark in outline.root][:2] == ["目录", "要闻"]
        of_cover, of_page = read_tree(Document("x.pdf", pdf, data)).of_role("TOC")
        assert [len(toc.kids) for toc in (of_cover, of_page)] == [2, 41]
        labels = [str(pdf.pages[n].label) for n in range(3)]
        assert labels == ["封面", "2", "3"]
    assert missing(pages) == []


def test_an_issue_of_many_articles_builds_without_a_warning_of_its_contents(
    shop: Workshop,
) -> None:
    write(shop, short(97))
    found = build(shop.root, "one").findings
    assert {each.code for each in found} & {"N807", "N809", "N950", "N972"} == set()
