"""Issues and pages that are not those of 2021: long names, long dates, small pages, full ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from test_breaks import boxes, chronicle, news, printed
from test_contents import PICTURE
from test_margins import SMALL, mine

from newsletter.render import Pages
from newsletter.typesetting.seam.tree import boxes_of
from workshop import Workshop, missing

LAYOUTS = ("silkroad", "bulletin")
WIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path d="M0 0h16v9H0z"/></svg>\n'
LEAD = {"file": "wide.svg", "alt": "题图", "kind": "illustration", "span": "page"}
CLAIM = "绿色发展是各方共同的路。"


def codes(pages: Pages) -> list[str]:
    return [finding.code for finding in pages.findings]


def with_wide_picture(shop: Workshop) -> None:
    (shop.issue / "wide.svg").write_text(WIDE, "utf-8")


# Long words


@pytest.mark.parametrize("layout", LAYOUTS)
def test_many_authors_take_the_lines_that_they_need(shop: Workshop, layout: str) -> None:
    names = "、".join(["欧阳建国", "司马明玉", "诸葛青云", "上官静", "慕容晓晓"] * 4)
    pages = printed(shop, layout, news("正文。", kicker="动态", dateline="北京", byline=names))
    assert codes(pages) == []


def test_an_author_alone_stands_above_the_first_letter_of_the_headline(shop: Workshop) -> None:
    pages = printed(shop, "silkroad", news("正文。", byline="李某某"))
    texts = {
        box.text: box.position_x
        for box, _ in boxes_of(pages.document)
        if type(box).__name__ == "TextBox"
    }
    assert texts["李某某"] == pytest.approx(texts["头一篇"])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("date", ["2024-12-28/2025-01-03", "2024-11-28/2024-12-13"])
def test_a_date_that_needs_a_line_of_its_own_has_it(shop: Workshop, layout: str, date: str) -> None:
    events = [
        {"date": "2024-11-03", "title": "开工"},
        {"date": date, "title": "两地同办的活动"},
        {"date": "2025-01-20", "title": "完工"},
    ]
    pages = printed(shop, layout, chronicle(events=events))
    assert codes(pages) == []
    ends = [(box.top, box.top + box.height) for box in boxes(pages, "event")]
    assert all(above <= top + 0.1 for (_, above), (top, _) in pairwise(ends))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("body", ["甲\n\n2021. 年", "甲\n\n- 乙\n\n  1000. 年"])
def test_a_long_number_of_an_item_stands_on_its_line(
    shop: Workshop, layout: str, body: str
) -> None:
    pages = printed(shop, layout, news(body))
    assert codes(pages) == []
    texts = [box.text for box, _ in boxes_of(pages.document) if type(box).__name__ == "TextBox"]
    assert any(text.startswith(("2021", "1000")) for text in texts)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_address_leaves_the_other_columns_of_its_table_their_width(
    shop: Workshop, layout: str
) -> None:
    address = "https://www.example.org/projects/green-silk-road/suzhou/2021/report-final.html"
    words = "与联合国开发计划署合作，二期在建"
    table = f"| 项目 | 网址 | 说明 |\n|---|---|---|\n| 苏州古城河道 | {address} | {words} |"
    pages = printed(shop, layout, news(table))
    assert missing(pages) == []
    _, wide, told = list(boxes(pages, "td"))
    assert told.width > 0.6 * wide.width


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_columns_of_a_table_are_as_wide_as_their_words(shop: Workshop, layout: str) -> None:
    words = "与联合国开发计划署合作，二期在建"
    pages = printed(shop, layout, news(f"| 国 | 备注 |\n|---|---|\n| 甲 | {words} |"))
    narrow, wide = list(boxes(pages, "td"))
    assert wide.width > 2 * narrow.width


def test_a_tagline_of_two_lines_stands_above_the_nameplate(shop: Workshop) -> None:
    shop.publish(layout={"name": "bulletin"})
    shop.write_issue(cover={"tagline": CLAIM * 5})
    assert "N807" not in codes(shop.render())


# Small pages


@pytest.mark.parametrize("base", SMALL)
def test_nothing_is_printed_over_anything_on_a_small_page(shop: Workshop, base: str) -> None:
    mine(shop, base, **SMALL[base])
    publisher = "“一带一路”绿色发展国际联盟"
    shop.publish(layout={"name": "mine"}, publisher=publisher, imprint={"organiser": publisher})
    shop.write_issue(date="2024-12-31")
    assert codes(shop.render()) == []


@pytest.mark.parametrize("layout", ["silkroad", "mine"])
def test_the_nameplate_keeps_its_place_on_the_drawing(shop: Workshop, layout: str) -> None:
    mine(shop, "silkroad", **SMALL["silkroad"])
    name = "“一带一路”绿色发展国际联盟通讯"
    shop.publish(layout={"name": layout}, name=name)
    shop.write_issue(cover={"picture": PICTURE})
    pages = shop.render()
    [plate] = boxes(pages, "nameplate")
    [page] = {box.height for box, _ in boxes_of(pages.document) if box.element_tag == "img"}
    assert (plate.top + plate.height) / (page * 25.4 / 96) < 0.22


def test_a_section_s_band_does_not_stand_alone_on_a_small_page(shop: Workshop) -> None:
    mine(shop, "silkroad", **SMALL["silkroad"])
    with_wide_picture(shop)
    claims = {"title": CLAIM * 5, "standfirst": CLAIM * 13, "kicker": "动态"}
    lead = LEAD | {"size": "large"}
    shop.write_article("\n\n".join([CLAIM * 9] * 5), lead_picture=lead, **claims)
    pages = shop.render()
    [band] = boxes(pages, "band")
    [first, *_] = boxes(pages, "columns")
    [picture] = boxes(pages, "wide")
    assert band.page == picture.page == first.page


@pytest.mark.parametrize(("layout", "lines"), [("silkroad", 12), ("mine", 8)])
def test_a_picture_across_the_page_takes_a_share_of_its_lines(
    shop: Workshop, layout: str, lines: int
) -> None:
    mine(shop, "silkroad", **SMALL["silkroad"])
    with_wide_picture(shop)
    shop.publish(layout={"name": layout})
    shop.write_article(lead_picture=LEAD)
    [picture] = [box for box in boxes(shop.render(), "img") if box.page > 1]
    assert picture.height == pytest.approx((lines * 18 - 26.5) * 25.4 / 72, abs=0.1)


@pytest.mark.parametrize(("layout", "abreast"), [("silkroad", 4), ("mine", 2)])
def test_figures_stand_abreast_where_they_have_room(
    shop: Workshop, layout: str, abreast: int
) -> None:
    mine(shop, "silkroad", **SMALL["silkroad"])
    told = [{"value": f"{n}个国家", "label": "参加"} for n in range(4)]
    pages = printed(shop, layout, chronicle(highlights=told))
    found = list(boxes(pages, "highlight"))
    assert len([box for box in found if box.top == found[0].top]) == abreast


# Pages that end early


def test_a_picture_across_the_page_becomes_lower_before_it_leaves_the_page(shop: Workshop) -> None:
    with_wide_picture(shop)
    events = [{"date": f"2024-01-{n:02}", "title": "开工"} for n in range(1, 20)]
    picture = {key: value for key, value in LEAD.items() if key != "span"}
    pages = printed(shop, "silkroad", chronicle(events=events, picture=picture))
    [last] = {box.page for box in boxes(pages, "event")}
    [closing] = boxes(pages, "closing")
    assert closing.page == last


def test_opinions_that_need_a_page_leave_the_picture_of_their_section_before_it(
    shop: Workshop,
) -> None:
    with_wide_picture(shop)
    picture = {key: value for key, value in LEAD.items() if key != "span"}
    view = {"id": "view", "title": "谈绿色", "body": CLAIM * 40, "person": {"name": "某人"}}
    views = {"id": "views", "kind": "views", "title": "观点", "picture": picture}
    pages = printed(
        shop, "silkroad", news("\n\n".join([CLAIM * 7] * 8)), views | {"articles": [view]}
    )
    [picture_at] = boxes(pages, "opening")
    [opinion] = boxes(pages, "view")
    assert (picture_at.page, opinion.page) == (2, 3)


# Lists


TWO_LEVELS = "1. 甲\n   1. 乙\n2. 丙\n\n   - 丁\n\n先[^1]。\n\n[^1]: 注"


@pytest.mark.parametrize("kind", ["articles", "views", "sidebar", "contacts", "quotation"])
def test_a_list_has_one_marker_an_item_and_stands_within_its_text(
    shop: Workshop, kind: str
) -> None:
    """Wherever Markdown may stand: numbers count, and no marker hangs out into the margin."""
    shop.publish(layout={"name": "silkroad"})
    body = "> 1. 甲\n> 2. 丙" if kind == "quotation" else TWO_LEVELS
    box = {"id": "box", "title": "栏", "body": TWO_LEVELS}
    article: dict[str, Any] = {"id": "first", "title": "头一篇", "body": f"开头。\n\n{body}"}
    if kind == "sidebar":
        article |= {"sidebars": [box], "body": "{sidebar: box}"}
    section: dict[str, Any] = {"id": "news", "kind": "articles", "title": "要闻"}
    if kind == "views":
        article |= {"person": {"name": "某人"}}
        section |= {"kind": "views"}
    section |= {"articles": [article]}
    if kind == "contacts":
        section = {"id": "contacts", "kind": "contacts", "title": "找到我们", "about": body}
    shop.write_issue(sections=[section])
    pages = shop.render()
    found = {tag: [*_texts(pages, f"li::{tag}")] for tag in ("before", "marker")}
    listed = (
        ["1.", "2."] if kind == "quotation" else ["1.", "1.", "2.", "–·"[kind == "sidebar"], "1"]
    )
    assert found == {"before": listed, "marker": []}


def _texts(pages: Pages, tag: str) -> Iterator[str]:
    for box, _ in boxes_of(pages.document):
        if box.element_tag == tag and getattr(box, "text", ""):
            yield box.text


@pytest.mark.parametrize("body_pt", [10.5, 11, 10.75])
def test_lines_beside_a_portrait_stand_one_below_the_other(shop: Workshop, body_pt: float) -> None:
    """A line whose measure was rounded up does not wait for the end of what floats beside it."""
    mine(shop, "silkroad", grid={"body_pt": body_pt})
    view = {"id": "view", "title": "看法", "person": {"name": "某人"}, "body": CLAIM * 20}
    section = {"id": "views", "kind": "views", "title": "观点", "articles": [view]}
    shop.write_issue(sections=[section])
    lines = [line for line in shop.render().lines if "绿色" in line.text and line.page == 2]
    steps = [round(b.baseline_mm - a.baseline_mm, 2) for a, b in pairwise(lines)]
    assert len(steps) > 5
    assert len({*steps}) == 1


@pytest.mark.parametrize("times", [60, 66, 72, 90])
def test_the_band_of_views_stands_with_the_first_of_them(shop: Workshop, times: int) -> None:
    """An opinion that has no room below it on a page is divided rather than sent to the next."""
    shop.publish(layout={"name": "silkroad"})
    body = "\n\n".join([CLAIM * 6] * (times // 6))
    view = {"id": "view", "title": "看法", "person": {"name": "某人"}, "body": body}
    section = {"id": "views", "kind": "views", "title": "观点", "articles": [view]}
    shop.write_issue(sections=[section])
    pages = shop.render()
    [band] = boxes(pages, "band")
    opinion = next(boxes(pages, "view"))
    assert band.page == opinion.page


# The covers


@pytest.mark.parametrize("people", [0, 3, 8, 12])
@pytest.mark.parametrize("layout", ["silkroad", "mine"])
def test_text_of_the_back_cover_stands_clear_of_its_drawing(
    shop: Workshop, layout: str, people: int
) -> None:
    """It may reach into the upper third, which is of the page's colour."""
    mine(shop, "silkroad", **SMALL["silkroad"])
    contacts: dict[str, Any] = {
        "id": "contacts",
        "kind": "contacts",
        "title": "联系方式",
        "about_title": "联系",
        "about": f"{CLAIM * 12}\n\n{CLAIM * 6}",
        "people": [{"name": "某人", "email": "a@example.org"} for _ in range(people)],
        "picture": PICTURE,
    }
    imprint = {"organiser": "某社", "editor": "、".join(["诸葛青云"] * 12)}
    shop.publish(layout={"name": layout}, imprint=imprint)
    shop.write_issue(sections=[news("正文。"), contacts])
    pages = shop.render()
    drawings = list(boxes(pages, "ground"))
    assert len(drawings) == (people <= MOST_PEOPLE[layout])
    for drawing in drawings:
        [imprint] = boxes(pages, "imprint")
        assert imprint.top + imprint.height <= drawing.top + WHOLE[layout] / 3


LISTED = "甲\n\n- 乙\n- 丙\n- 丁\n- 戊\n\n## 己\n\n| 庚 |\n|---|\n| 辛 |\n| 壬 |"


@pytest.mark.parametrize("kind", ["photo", "illustration"])
@pytest.mark.parametrize("about", [CLAIM * 12, LISTED])
def test_no_text_stands_on_a_photograph_of_the_back_cover(
    shop: Workshop, about: str, kind: str
) -> None:
    """Only of a drawing the upper third is of the page's colour."""
    contacts = {
        "id": "contacts",
        "kind": "contacts",
        "title": "联系方式",
        "about": about,
        "people": [{"name": "某人", "email": "a@example.org"} for _ in range(5)],
        "picture": PICTURE | {"kind": kind},
    }
    shop.publish(layout={"name": "silkroad"}, imprint={"organiser": "某社", "editor": "某人"})
    shop.write_issue(sections=[news("正文。"), contacts])
    pages = shop.render()
    [photograph] = boxes(pages, "ground")
    [imprint] = boxes(pages, "imprint")
    assert (imprint.top + imprint.height <= photograph.top) == (kind == "photo")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_about_a_portrait_are_printed(shop: Workshop, layout: str) -> None:
    portrait = PICTURE | {"caption": "在坝上", "credit": "画者"}
    person = {"name": "何远", "portrait": portrait}
    view = {"id": "v", "title": "观点", "body": "甲。", "person": person}
    pages = printed(
        shop, layout, {"id": "views", "kind": "views", "title": "观点", "articles": [view]}
    )
    assert pages.galley.warnings == ()
    assert missing(pages) == []


@pytest.mark.parametrize(("layout", "people"), [("silkroad", 40), ("bulletin", 1)])
def test_words_about_a_back_cover_that_is_not_shown_are_not_printed(
    shop: Workshop, layout: str, people: int
) -> None:
    contacts: dict[str, Any] = {
        "id": "contacts",
        "kind": "contacts",
        "title": "联系方式",
        "about": CLAIM * 12,
        "people": [{"name": "某人", "email": "a@example.org"} for _ in range(people)],
        "picture": PICTURE | {"kind": "illustration", "caption": "暮色中的山", "credit": "画者"},
    }
    pages = printed(shop, layout, contacts)
    assert [(note.code, note.hint) for note in pages.galley.warnings] == [("N357", "words")]
    assert list(boxes(pages, "ground")) == list(boxes(pages, "ground-note")) == []
    assert missing(pages) == []


MOST_PEOPLE = {"silkroad": 8, "mine": 3}
"""Of the numbers tried, with how many the drawing keeps half its height."""

WHOLE = {name: (width + 6) * 153 / 216 for name, width in (("silkroad", 210), ("mine", 148))}
"""How high the drawing of a back cover is where nothing of it is trimmed, in mm."""


@pytest.mark.parametrize("entries", [1, 12, 30])
def test_a_cover_without_a_picture_is_of_one_colour_down_to_its_contents(
    shop: Workshop, entries: int
) -> None:
    shop.publish(layout={"name": "silkroad"})
    articles = [{"id": f"a{n}", "title": f"第{n}篇", "body": "正文。"} for n in range(entries)]
    section = {"id": "news", "kind": "articles", "title": "要闻", "articles": articles}
    shop.write_issue(sections=[section])
    pages = shop.render()
    [ground] = boxes(pages, "nameplate")
    [contents] = boxes(pages, "contents")
    foot = next(
        box.border_box_y() + box.border_height()
        for box, _ in boxes_of(pages.document)
        if box.element is not None and box.element.get("class") == "nameplate"
    )
    assert 15 < contents.top - foot * 25.4 / 96 < 25
    assert ground.page == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_titles_in_the_contents_are_set_as_they_are_elsewhere(shop: Workshop, layout: str) -> None:
    """Lines that the composer sets: with gaps, and no white of a mark at their beginning."""
    shop.publish(layout={"name": layout})
    shop.write_article("正文。", title="“一带一路”2021年会")
    pages = shop.render()
    of_contents = [line for line in pages.lines if line.page == 1 and not line.article]
    assert sum("2021" in line.text for line in of_contents) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_article_may_begin_with_a_large_letter(shop: Workshop, layout: str) -> None:
    """It begins with the line beside it, as far below the title as text is elsewhere."""
    plain = printed(shop, layout, news(CLAIM * 20))
    first = next(line for line in plain.lines if line.text.startswith("绿色发展"))
    large = printed(shop, layout, news(f"[绿]{{首字}}{CLAIM[1:]}{CLAIM * 20}"))
    beside = next(line for line in large.lines if line.text.startswith("色发展"))
    letter = next(boxes(large, "drop-cap"))
    paragraph = next(boxes(large, "after-drop-cap"))
    assert beside.baseline_mm == pytest.approx(first.baseline_mm, abs=0.1)
    assert letter.top == pytest.approx(paragraph.top, abs=0.5)


def test_a_picture_at_the_end_leaves_the_foot_to_the_source(shop: Workshop) -> None:
    """Of ten lines left in bulletin it takes seven, and the source stands below it."""
    with_wide_picture(shop)
    pictures = [{"id": "last", "file": "wide.svg", "alt": "图", "kind": "illustration"}]
    body = "\n\n".join([*["正文。"] * 9, "![](last)"])
    shop.publish(layout={"name": "bulletin", "options": {"sections_open_pages": "true"}})
    shop.write_article(body, pictures=pictures, source="某社")
    pages = shop.render()
    [picture] = boxes(pages, "img")
    [source] = boxes(pages, "ending")
    assert picture.page == source.page == 2
    assert picture.height < 8 * 225 / 22
