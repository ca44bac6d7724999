"""What stands beside or below what: rules, quotations, figures, sources, pictures."""

from __future__ import annotations

from typing import Any

import pytest
from test_breaks import boxes, chronicle, news, printed
from test_stress import CLAIM, LEAD, with_wide_picture

from newsletter.render import Pages
from newsletter.typesetting.seam.tree import MM_PER_CSS_PIXEL, boxes_of
from workshop import Workshop

LINES, LEADING_MM = 22, 225 / 22
"""Of a page of bulletin (GB/T 9704-2012, 5.2.3)."""
FIGURES = [{"value": f"{n}家", "label": "机构"} for n in range(7)]


def of_class(pages: Pages, name: str) -> list[Any]:
    """Return the boxes of elements of a class, as WeasyPrint has them."""
    found = (box for box, _ in boxes_of(pages.document) if box.element is not None)
    return [box for box in found if name in (box.element.get("class") or "").split()]


def views(*bodies: str) -> dict[str, Any]:
    articles = [
        {"id": f"view{n}", "title": "看法", "person": {"name": "某人"}, "body": body}
        for n, body in enumerate(bodies)
    ]
    return {"id": "views", "kind": "views", "title": "观点", "articles": articles}


# silkroad


def test_the_rule_between_articles_is_stronger_than_that_below_a_title(shop: Workshop) -> None:
    section = news("正文。", standfirst="导语。")
    section["articles"].append({"id": "second", "title": "又一篇", "body": "正文。"})
    pages = printed(shop, "silkroad", section)
    _, between = of_class(pages, "article")
    [below, *_] = of_class(pages, "standfirst")
    assert between.border_top_width > below.border_top_width > 0


def test_a_picture_that_ends_a_section_stands_clear_of_it_by_a_line(shop: Workshop) -> None:
    with_wide_picture(shop)
    picture = {key: value for key, value in LEAD.items() if key != "span"}
    events = [{"date": "2024-01-05", "title": "开工"}]
    pages = printed(shop, "silkroad", chronicle(events=events, picture=picture))
    [road], [closing] = of_class(pages, "road"), of_class(pages, "closing")
    between = closing.border_box_y() - road.border_box_y() - road.border_height()
    assert between * MM_PER_CSS_PIXEL == pytest.approx(18 * 25.4 / 72, abs=0.1)


@pytest.mark.parametrize("many", [5, 6, 7])
def test_figures_of_a_last_row_stand_in_its_middle(shop: Workshop, many: int) -> None:
    box = {"id": "box", "title": "数字", "figures": FIGURES[:many]}
    pages = printed(shop, "silkroad", news("正文。\n\n{sidebar: box}", sidebars=[box]))
    [row] = of_class(pages, "numbers")
    shown = of_class(pages, "highlight")
    last = [one for one in shown if one.position_y == shown[-1].position_y]
    before = last[0].position_x - row.content_box_x()
    after = row.content_box_x() + row.width - last[-1].position_x - last[-1].margin_width()
    assert len(last) == many - 4
    assert before == pytest.approx(after, abs=0.1)


def test_the_standfirst_of_a_view_begins_at_its_edge(shop: Workshop) -> None:
    section = views(CLAIM)
    section["articles"][0]["standfirst"] = "导语。"
    pages = printed(shop, "silkroad", section)
    [edge] = {box.content_box_x() for box in of_class(pages, "opinion") if box.width}
    words = next(box for box, _ in boxes_of(pages.document) if getattr(box, "text", "") == "导语。")
    assert words.position_x == pytest.approx(edge, abs=0.1)


# bulletin


@pytest.mark.parametrize("lead", [None, LEAD])
@pytest.mark.parametrize(
    ("body", "is_above"),
    [
        ("正文。\n\n{sidebar: box}", True),
        ("{sidebar: box}", False),
        ("同一段。\n\n{sidebar: box}\n\n同一段。", False),
    ],
)
def test_the_source_stands_below_the_text_and_above_boxes_that_end_it(
    shop: Workshop, *, body: str, is_above: bool, lead: dict[str, Any] | None
) -> None:
    with_wide_picture(shop)
    box = {"id": "box", "title": "栏", "items": ["甲", "乙"]}
    given = {"sidebars": [box], "source": "某社", "contributor": "某处"}
    given |= {"lead_picture": lead} if lead else {}
    pages = printed(shop, "bulletin", news(body, **given))
    source, contributor = boxes(pages, "ending")
    sidebar = next(boxes(pages, "sidebar"))
    assert (source.page, source.top) <= (contributor.page, contributor.top)
    assert ((source.page, source.top) < (sidebar.page, sidebar.top)) == is_above


FOOT_MM = 37 + LINES * LEADING_MM


@pytest.mark.parametrize("above", range(LINES))
def test_an_opinion_begins_where_four_lines_are_left_below_a_blank_one(
    shop: Workshop, above: int
) -> None:
    """Title, author and two lines of text; the blank line above those is given up there."""
    pages = printed(shop, "bulletin", views("\n\n".join(["绿。"] * (above + 1)), CLAIM * 20))
    first, second = boxes(pages, "header")
    text = next(boxes(pages, "text"))
    if first.page == text.page == second.page - 1:
        assert FOOT_MM - text.top - text.height < 4.9 * LEADING_MM


@pytest.mark.parametrize("above", range(LINES))
def test_four_figures_stand_where_four_lines_are_left(shop: Workshop, above: int) -> None:
    section = chronicle(highlights=FIGURES[:4])
    body = "\n\n".join(["绿。"] * (above + 1))
    shown = list(boxes(printed(shop, "bulletin", news(body), section), "highlight"))
    assert len(shown) == 4
    if FOOT_MM - shown[0].top > 3.9 * LEADING_MM:
        assert {box.page for box in shown} == {shown[0].page}


@pytest.mark.parametrize("above", range(LINES))
def test_a_quotation_of_five_lines_is_not_divided(shop: Workshop, above: int) -> None:
    told = {"text": "推进绿色合作平台建设。" * 9, "by": "某人"}
    events = [{"date": "2024-01-30", "title": "开工"}] * above
    events.append({"date": "2024-01-31", "title": "完工", "quotation": told})
    pages = printed(shop, "bulletin", chronicle(events=events))
    assert len(list(boxes(pages, "quotation"))) == 1


def test_a_longer_quotation_goes_on_overleaf(shop: Workshop) -> None:
    told = {"text": "推进绿色合作平台建设。" * 70}
    events = [{"date": "2024-01-31", "title": "完工", "quotation": told}]
    pages = printed(shop, "bulletin", chronicle(events=events))
    assert [box.page for box in boxes(pages, "quotation")] == [1, 2, 3]
