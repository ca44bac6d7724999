"""What YAML takes without a word and an editor did not mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.loader import load_issue, load_publication
from newsletter.issue.slips import slips
from small_issue import ARTICLE, ISSUE, swap, write

PUBLICATION = "newsletter.yaml"


def told(root: Path) -> list[str]:
    found = [*slips(load_publication(root)), *slips(load_issue(root, "one"))]
    return [f"{d.code} {d.place} {d.hint}" for d in found]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: 城市更新 #1 新闻\nbody: 文。\n", "2:13 default"),
        ("title: 题\nstandfirst: 老城区 #城市更新 的新生活。\nbody: 文。\n", "3:17 default"),
        ("title: 题\nkicker: #城市更新\nbody: 文。\n", "3:9 empty"),
        ("title: 题 # see below\nbody: 文。\n", "2:10 default"),
        ("title: 题 #\nbody: 文。\n", "2:10 default"),
        ("title: >-\n  题 #1\nbody: 文 #1\n", "4:9 default"),
        ("title: 题\nbody: 一。\n  二。 #三\n", "4:6 default"),
        ("title: 题\nbody: |\n  一。\n\n## 小标题\nkicker: 甲\n", "6:1 subhead"),
        (
            "title: 题\nbody: 一。\nsidebars:\n  - {id: b, title: 甲, items: [\n   乙 #1\n   ]}\n",
            "6:6 default",
        ),
        ("title: 题 #1\r\nbody: 文。\r\n", "2:10 default"),
    ],
)
def test_text_that_became_a_comment_is_told(small: Path, text: str, place: str) -> None:
    write(small / ARTICLE, f"id: first\n{text}")
    assert told(small) == [f"N137 {ARTICLE}:{place}"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("body: >\n  一。\n\n  二。\n", "5:3 default"),
        ("body: 一。\n\n  二。\n\n  三。\n", "4:3 default"),
        ("body:\n  一。\n  \n  二。\n", "5:3 default"),
        ('body: "一。\n\n  二。"\n', "4:3 default"),
        ("body: ｜\n  一。\n", "2:7 bar"),
        (
            "body: 文。\nsidebars:\n  - {id: b, title: 甲, body: '一。\n\n    二。'}\n",
            "6:5 default",
        ),
    ],
)
def test_paragraphs_that_run_together_are_told(small: Path, text: str, place: str) -> None:
    write(small / ARTICLE, f"id: first\ntitle: 题\n{text}")
    line, rest = place.split(":", 1)
    assert told(small) == [f"N140 {ARTICLE}:{int(line) + 1}:{rest}"]


@pytest.mark.parametrize(
    "text",
    [
        "body: |\n  一。\n\n  二。\n",
        "body: >\n  一。\n\n\n  二。\n",
        "body: >\n  一。\n  二。\n",
        "body: >\n  一。\n\n  - 甲\n\n  - 乙\n",
        "body: >\n  ## 一\n\n  二。\n",
        'body: "一。\\n\\n二。"\n',
        "body: ｜竖线\n",
    ],
)
def test_paragraphs_that_stay_apart_are_not_told(small: Path, text: str) -> None:
    write(small / ARTICLE, f"id: first\ntitle: 题\n{text}")
    assert told(small) == []


@pytest.mark.parametrize(
    "text",
    [
        "# 一行注释\ntitle: 题\n  # 又一行\nbody: 文。\n# 末行\n",
        'title: "题" # 注\nbody: 文。\n',
        "title: '题 #1'\nbody: 文。\n",
        "title: 题#1\nbody: 文。\n",
        "title: 题\nbody: | # 注\n  文 #1\n",
        "title: 题\nbody: |\n  文。\n\n# 注\n",
        "title: 题\nkicker: # 待写\nbody: 文。\n",
        "title: 题\nlead_picture: # 图\n  file: a.svg # 待换\n  alt: 图\nbody: 文。\n",
    ],
)
def test_comments_that_are_plainly_meant_are_not(small: Path, text: str) -> None:
    write(small / ARTICLE, f"id: first\n{text}")
    assert told(small) == []


def test_in_the_publication_only_a_comment_in_chinese_or_without_a_space(small: Path) -> None:
    swap(small / PUBLICATION, "name: 小报", "name: 小报 # a comment")
    swap(small / PUBLICATION, "name: plain", "name: plain # 版式")
    assert told(small) == []
    swap(small / PUBLICATION, "# a comment", "# 第一种")
    swap(small / PUBLICATION, "某社", "某社 #1")
    assert told(small) == [
        f"N137 {PUBLICATION}:1:10 default",
        f"N137 {PUBLICATION}:2:15 default",
    ]


@pytest.mark.parametrize(
    ("items", "place"),
    [("[甲，乙，丙]", "6:14"), ("[甲、乙]", "6:14"), ("[甲, 乙，丙]", "6:17"), ("[甲, 乙]", None)],
)
def test_a_list_that_a_full_width_comma_does_not_divide(
    small: Path, items: str, place: str | None
) -> None:
    write(
        small / ARTICLE,
        "id: first\ntitle: 题\nbody: 一。\nsidebars:\n  - id: b\n"
        f"    items: {items}\n    title: 甲\n",
    )
    assert told(small) == ([f"N138 {ARTICLE}:{place} default"] if place else [])


@pytest.mark.parametrize("items", ['["甲，乙"]', "\n      - 甲，乙", "甲，乙"])
def test_an_item_that_holds_a_comma_is_none(small: Path, items: str) -> None:
    swap(small / ISSUE, "title: 第一期", "title: 第一期，第二期")
    write(
        small / ARTICLE,
        "id: first\ntitle: 题\nbody: 一。\nsidebars:\n  - id: b\n"
        + (f"    items: {items}\n    title: 甲\n" if items != "甲，乙" else "    title: 甲，乙\n"),
    )
    assert told(small) == []


BOX = "id: first\ntitle: 题\nbody: 一。\nsidebars:\n  - id: b\n    title: 甲\n    items: {items}\n"


@pytest.mark.parametrize(
    ("items", "place"),
    [
        ("[每日3,000人, 乙]", "7:16"),
        ("[甲, 1,200]", "7:17"),
        ('["每日3,000人", 乙]', None),
        ("[1, 200]", None),
        ("[甲2,乙]", None),
        ("[2021,2022]", None),
        ("\n      - 3,000人", None),
    ],
)
def test_a_number_that_a_comma_divides_is_told(small: Path, items: str, place: str | None) -> None:
    write(small / ARTICLE, BOX.format(items=items))
    assert told(small) == ([f"N141 {ARTICLE}:{place} default"] if place else [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('title: "**水坝**建成"\nbody: 文。\n', "2:9"),
        ("title: 水坝[^1]\nbody: 文。\n", "2:10"),
        ("title: 题\nkicker: 见[网站](https://a.cn)\nbody: 文。\n", "3:10"),
        ('title: 题\nkicker: "[重要]{着重}"\nbody: 文。\n', "3:10"),
        ('title: "## 题"\nbody: 文。\n', "2:9"),
    ],
)
def test_marks_of_markdown_in_plain_text_are_told(small: Path, text: str, place: str) -> None:
    write(small / ARTICLE, f"id: first\n{text}")
    assert told(small) == [f"N221 {ARTICLE}:{place} default"]


@pytest.mark.parametrize("item", ["- 甲", "• 甲", "·甲", "1、甲", "1. 甲", "①甲", "2）甲"])
def test_marks_of_a_list_in_its_items_are_told(small: Path, item: str) -> None:
    write(small / ARTICLE, BOX.format(items=f"[乙, '{item}']"))
    assert told(small) == [f"N221 {ARTICLE}:7:17 default"]


@pytest.mark.parametrize("item", ["-5℃", "1.5亿元", "12、13日", "2021. 年", "3)", "10. 4米"])
def test_items_that_only_begin_with_a_number_pass(small: Path, item: str) -> None:
    write(small / ARTICLE, BOX.format(items=f"[乙, '{item}']"))
    assert told(small) == []


@pytest.mark.parametrize(
    "title", ["5**3", "138****1234", "水坝[1]", "“[重要]”", "#话题", "甲*乙*丙", "[甲](乙)"]
)
def test_plain_text_that_only_looks_marked_is_not(small: Path, title: str) -> None:
    write(small / ARTICLE, f"id: first\ntitle: '{title}'\nbody: '**文**[网](https://a.cn)。'\n")
    assert told(small) == []
