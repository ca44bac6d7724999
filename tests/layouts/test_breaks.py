"""Where pages and columns break: what belongs together stays so, wherever the page ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from newsletter.render import Pages
from newsletter.typesetting.interlinear import (
    LINE_DEPTH,
    LINE_THICKNESS,
    RUBY_RISE,
    RUBY_SIZE,
)
from newsletter.typesetting.seam.tree import boxes_of
from workshop import ISSUE, Workshop, specimen

MM_PER_PX = 25.4 / 96
LAYOUTS = ("silkroad", "bulletin")
LEADING_MM = {"silkroad": 18 * 25.4 / 72, "bulletin": 225 / 22}
TOP_MM, WIDTH_MM = 37, 156
"""Where the text block of bulletin begins, and how wide it is."""
QUOTED_MM = 22 * 25.4 / 72
"""How high a line of a pull quotation is in silkroad."""
MARKED_LETTER = 0.8
"""How high a letter with its tone mark stands, in em of its own size."""


class Box(NamedTuple):
    page: int
    kind: str
    left: float
    top: float
    width: float
    height: float


def boxes(pages: Pages, *kinds: str) -> Iterator[Box]:
    """Yield the boxes of elements of some classes, or of some names, in millimetres."""
    for box, where in boxes_of(pages.document):
        said = box.__dict__.get("element")
        if said is None or type(box).__name__ in ("LineBox", "TextBox"):
            continue
        for kind in {*said.get("class", "").split(), str(box.element_tag)}.intersection(kinds):
            place = (box.position_x, box.position_y, box.width or 0, box.height or 0)
            yield Box(where.page, kind, *(side * MM_PER_PX for side in place))


def printed(shop: Workshop, layout: str, *sections: dict[str, Any]) -> Pages:
    shop.publish(layout={"name": layout})
    shop.write_issue(sections=list(sections))
    return shop.render()


def news(body: str, **fields: object) -> dict[str, Any]:
    article = {"id": "first", "title": "头一篇", "body": body} | fields
    return ISSUE["sections"][0] | {"articles": [article]}


def chronicle(**fields: object) -> dict[str, Any]:
    events = [{"date": "2024-01-02", "title": "开工"}]
    return {"id": "year", "kind": "chronicle", "title": "大事记", "events": events} | fields


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_question_stands_with_its_answer(shop: Workshop, layout: str) -> None:
    turns = [
        f"**问题之{'一' * (n % 9 + 1)}，怎么说？**\n\n答：{'说来话长，' * (n * 7 % 23 + 8)}完。"
        for n in range(90)
    ]
    pages = printed(shop, layout, news("\n\n".join(turns)))
    asked: Box | None = None
    seen = 0
    for box in boxes(pages, "question", "p"):
        if box.kind == "question":
            asked = box
        elif asked is not None and (box.page, box.top) != (asked.page, asked.top):
            assert (box.page, box.left) == (asked.page, asked.left)
            asked, seen = None, seen + 1
    assert seen == len(turns)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_who_is_quoted_stands_with_the_quotation(shop: Workshop, layout: str) -> None:
    events = [
        {
            "date": f"2024-{number // 8 + 1:02}-{number % 8 + 1:02}",
            "title": "开工",
            "quotation": {"text": "一句引文，说得不短。" * (number * 5 % 11 + 1), "by": "某人"},
        }
        for number in range(60)
    ]
    pages = printed(shop, layout, chronicle(events=events))
    quoted: Box | None = None
    seen = 0
    for box in boxes(pages, "quotation", "by"):
        if box.kind == "quotation":
            quoted = box
        elif quoted is not None:
            assert box.top - quoted.top > 1, "nothing of the quotation stands above"
            seen += 1
    assert seen == 60


@pytest.mark.parametrize("before", range(1, 22, 2))
def test_two_figures_are_never_parted(shop: Workshop, before: int) -> None:
    highlights = [{"value": f"{number}个", "label": "国家"} for number in range(2)]
    body = "\n\n".join(["一行。"] * before)
    pages = printed(shop, "bulletin", news(body), chronicle(highlights=highlights))
    assert len({box.page for box in boxes(pages, "highlight")}) == 1


@pytest.mark.parametrize("before", range(1, 22, 2))
def test_two_figures_of_a_box_are_never_parted(shop: Workshop, before: int) -> None:
    figures = [{"value": f"{number}个", "label": "国家"} for number in range(2)]
    box = {"id": "box", "title": "数字", "figures": figures}
    body = "\n\n".join([*["一行。"] * before, "{sidebar: box}"])
    pages = printed(shop, "bulletin", news(body, sidebars=[box]))
    assert len({box.page for box in boxes(pages, "highlight")}) == 1


def test_an_entry_of_a_box_never_stands_alone(shop: Workshop) -> None:
    for before in range(1, 22):
        box = {"id": "box", "title": "名单", "items": [f"第{n}项" for n in range(1, 10)]}
        body = "\n\n".join([*["一行。"] * before, "{sidebar: box}"])
        pages = printed(shop, "bulletin", news(body, sidebars=[box]))
        counts = Counter(entry.page for entry in boxes(pages, "li"))
        assert min(counts.values()) > 1, before


def test_what_is_in_a_box_stands_closer_than_the_text(shop: Workshop) -> None:
    label = "一行排不下的说明要分作两行，" * 2
    figures = [{"value": f"{number}个", "label": label} for number in range(2)]
    box = {"id": "box", "title": "名单", "items": ["一项", "二项"], "figures": figures}
    body = "一行。\n\n{sidebar: box}" + "\n\n二行。" * 9
    pages = printed(shop, "bulletin", news(body, sidebars=[box]))
    leading = LEADING_MM["bulletin"]
    first, second = sorted({round(entry.top, 3) for entry in boxes(pages, "li")})
    assert second - first == pytest.approx(leading * 2 / 3, abs=0.01)
    labels = list(boxes(pages, "figure-label"))
    assert [box.height for box in labels] == pytest.approx([leading * 4 / 3] * 2, abs=0.01)
    texts = [box for box in boxes(pages, "p") if box.width == pytest.approx(WIDTH_MM, abs=0.01)]
    lines = (texts[-1].top - TOP_MM) / leading
    assert texts[-1].page == labels[-1].page
    assert lines == pytest.approx(round(lines), abs=0.01)


def test_an_opinion_stands_clear_of_the_rule_of_its_section(shop: Workshop) -> None:
    view = {"id": "view", "title": "谈绿色", "body": "正文。", "person": {"name": "某人"}}
    for view_of in (view, view | {"kicker": "座谈"}):
        views = {"id": "views", "kind": "views", "title": "观点", "articles": [view_of]}
        pages = printed(shop, "bulletin", views)
        band, opening = next(boxes(pages, "band")), next(boxes(pages, "h2", "eyebrow"))
        white = opening.top - band.top - band.height
        assert white == pytest.approx(LEADING_MM["bulletin"], abs=0.01)


def test_a_quotation_at_the_head_of_a_column_stands_level_with_the_text(shop: Workshop) -> None:
    body = f"{'一行。' * 90}\n\n> 引一句话。\n\n{'一行。' * 60}"
    levels = set()
    for more in range(12):
        pages = printed(shop, "silkroad", news("多一行。" * 6 * more + body))
        quotation = next(b for b in boxes(pages, "p") if b.height == pytest.approx(QUOTED_MM))
        columns = next(box for box in boxes(pages, "columns") if box.page == quotation.page)
        levels.add(round((quotation.top - columns.top) / LEADING_MM["silkroad"], 1))
    assert min(levels) == pytest.approx(0, abs=0.2)
    assert len(levels) > 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_of_a_table_never_stands_alone(shop: Workshop, layout: str) -> None:
    table = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n| 三 | 四 |"
    parts = [f"{'一行。' * 3}\n\n" * (number % 6 + 1) + table for number in range(30)]
    pages = printed(shop, layout, news("\n\n".join(parts)))
    tables = list(boxes(pages, "table"))
    assert len({round(box.height) for box in tables}) == 1
    assert len(tables) == 2 * 30  # each in its wrapper


@pytest.mark.parametrize(("count", "share"), [(1, 1), (2, 2), (3, 3), (4, 4), (6, 4)])
def test_figures_of_silkroad_take_the_whole_width(shop: Workshop, count: int, share: int) -> None:
    figures = [{"value": f"{number}个", "label": "国家"} for number in range(count)]
    sidebar = {"id": "box", "title": "数字", "figures": figures}
    pages = printed(shop, "silkroad", news("正文。\n\n{sidebar: box}", sidebars=[sidebar]))
    [around] = boxes(pages, "numbers")
    found = list(boxes(pages, "highlight"))
    assert len(found) == count
    for box in found:
        assert box.width == pytest.approx(around.width / share, rel=0.01)


def test_the_band_of_a_long_title_grows_with_it(shop: Workshop) -> None:
    section = news("正文。") | {"title": "一个长得要分作两行的栏目名称" * 2}
    pages = printed(shop, "silkroad", section)
    [band] = boxes(pages, "band")
    [title] = boxes(pages, "h2")
    assert band.height > 20
    assert title.top > band.top + band.height
    assert [p.code for p in pages.findings if p.code == "N809"] == []


def test_a_reading_stays_clear_of_the_line_below_the_text_above() -> None:
    grid = specimen().layout.spec.grid
    top_of_reading = grid.leading_pt / grid.body_pt - RUBY_RISE - RUBY_SIZE * MARKED_LETTER
    assert top_of_reading - (LINE_DEPTH + LINE_THICKNESS / 2) > 0.15
