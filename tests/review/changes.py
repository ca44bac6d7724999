"""Ten kinds of change to a small issue, each made in the manuscript and set by the renderer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsletter.review.classes import Comparison
from newsletter.review.proof import make_proof
from newsletter.review.sides import Side, side_of_proof
from workshop import ISSUE, STYLE, TEMPLATE, Workshop

FONTS = ["WenKai", "Noto Sans SC"]
HTML = TEMPLATE.replace("<h2>", '<h2 {{ at(article, "title") }}>')
LOOK = """article { break-before: page; }
article h2 { font-size: 16pt; line-height: 32pt; color: #1d4c2f; }
img { display: block; width: 60mm; height: 40mm; margin: 0 0 0 10mm; }
aside { background: #f0e6c8; padding: 3mm; }
"""
SQUARES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
    '<path fill="#226644" d="M0 0h60v40H0z"/>'
    '<path fill="#ffcc33" d="M5 5h20v10H5zM40 20h9v15H40z"/>'
    "</svg>\n"
)
Compared = Callable[[str], Comparison]
WORDS = (
    "亚马孙河上的大坝把水电送到两千公里以外的城市",
    "沙漠里的光伏电站在正午时分发出的电最多",
    "来自十二个国家的青年在论坛上交换了治沙的办法",
    "冰岛的地热井在冬天为整座城市供暖",
    "绿色金融的规则在去年秋天写成了一本手册",
    "港口的起重机换成了电动的以后噪声小了一半",
    "湿地里的候鸟比前一年早到了九天",
    "铁路沿线的树苗由沿途的学校认养",
)


def paragraphs(start: int, count: int) -> list[str]:
    """Return paragraphs of three or four lines, no two of them alike."""
    return [
        "，".join(f"{WORDS[(start + n + k) % len(WORDS)]}{start}之{n}" for k in range(5)) + "。"
        for n in range(count)
    ]


def articles() -> list[dict[str, Any]]:
    """Return three articles, each of one page and a picture or a box on it."""
    return [
        {
            "id": "dam",
            "title": "大坝",
            "pictures": [{"id": "plan", "file": "plan.svg", "alt": "示意图"}],
            "body": "\n\n".join([*paragraphs(0, 3), "![](plan)", *paragraphs(3, 2)]),
        },
        {
            "id": "sun",
            "title": "日光",
            "sidebars": [{"id": "box", "title": "资料", "body": "正午最多。"}],
            "body": "\n\n".join([*paragraphs(20, 3), "{sidebar: box}", *paragraphs(23, 2)]),
        },
        {"id": "youth", "title": "青年", "body": "\n\n".join(paragraphs(40, 36))},
    ]


def make(root: Path) -> Workshop:
    """Return the publication before any change: three pages."""
    shop = Workshop(root)
    shop.set_up(html=HTML, style=STYLE + LOOK, fonts=FONTS)
    (shop.issue / "plan.svg").write_text(SQUARES, "utf-8")
    write(shop, articles())
    return shop


def write(shop: Workshop, told: list[dict[str, Any]], **fields: object) -> None:
    section = ISSUE["sections"][0] | {"articles": told}
    shop.write_issue(sections=[section], **fields)


def side(shop: Workshop, label: str = "now") -> Side:
    return side_of_proof(make_proof(shop.root, "one"), label)


def style(old: str, new: str) -> Callable[[Workshop], None]:
    assert old in STYLE + LOOK, old
    return lambda shop: shop.set_up(html=HTML, style=(STYLE + LOOK).replace(old, new), fonts=FONTS)


def told(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Workshop], None]:
    def apply(shop: Workshop) -> None:
        made = articles()
        change(made)
        write(shop, made)

    return apply


def swap(made: list[dict[str, Any]]) -> None:
    made[0], made[1] = made[1], made[0]


def body(which: int, edit: Callable[[list[str]], object]) -> Callable[[Workshop], None]:
    """Change the paragraphs of an article in place."""

    def apply(made: list[dict[str, Any]]) -> None:
        parts = made[which]["body"].split("\n\n")
        edit(parts)
        made[which]["body"] = "\n\n".join(parts)

    return told(apply)


def replace_words(old: str, new: str) -> Callable[[list[str]], None]:
    def apply(parts: list[str]) -> None:
        parts[0] = parts[0].replace(old, new)

    return apply


CHANGES: dict[str, Callable[[Workshop], None]] = {
    "a moved picture": style("margin: 0 0 0 10mm", "margin: 0 0 0 16mm"),
    "one word": body(0, replace_words("城市", "村庄")),
    "a colour by 2/255": style("#f0e6c8", "#f2e6c8"),
    "a colour by 20/255": style("#f0e6c8", "#dcd2c8"),
    "a font swap": style("16pt; line", '16pt; font-family: "Noto Sans SC"; line'),
    "a margin": style("margin: 20mm", "margin: 20mm 18mm 20mm 22mm"),
    "a deleted paragraph": body(0, lambda parts: parts.pop(1)),
    "a reflow": body(2, lambda parts: parts.insert(1, paragraphs(60, 1)[0])),
    "a new page": told(
        lambda made: made.insert(
            1, {"id": "rail", "title": "铁路", "body": "\n\n".join(paragraphs(80, 3))}
        )
    ),
    "a swapped article": told(swap),
    "metadata only": told(lambda made: made[0]["pictures"][0].update(alt="平面图")),
}
