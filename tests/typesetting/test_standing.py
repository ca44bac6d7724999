"""Pages that stand: what is laid out after an edit is, byte for byte, what a fresh layout makes."""

from __future__ import annotations

import copy
import gc
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.forme import Forme
from newsletter.render import Pages, render
from newsletter.typesetting.blocks import blocks_of
from newsletter.typesetting.seam.record import Strings
from workshop import ARTICLE, ISSUE, SQUARE, STYLE, TEMPLATE, Workshop, write

WORDS = "绿色发展国际联盟会议指出要加强合作推动成果惠及更多的人让后来的人有路可走"
STEPS = 5
CONTENTS = """<ol class="contents">{% for section in issue.sections %}
{% for article in section.articles %}
<li><a href="#article-{{ article.id }}">{{ article.title }}</a></li>
{% endfor %}{% endfor %}</ol>
{% for section in issue.sections %}"""
HTML = TEMPLATE.replace("{% for section in issue.sections %}", CONTENTS, 1).replace(
    "<article ", "<article {{ at(article) }} "
)
PLAIN = (
    STYLE
    + """
@page { size: 105mm 148mm; margin: 12mm; @top-left { content: string(article); } }
article { string-set: article attr(id); }
h2 { break-after: avoid; }
.contents a::after { content: leader(".") target-counter(attr(href url), page); }
"""
)
COLUMNS = "section { columns: 2; column-gap: 4mm; } h2 { column-span: all; }\n"
ON_ITS_PAGE = "article { break-before: page; }\n"
STYLES = {
    "plain": "",
    "columns in articles": "article { columns: 2; column-gap: 4mm; } img { width: 30mm; }\n",
    "columns around articles": COLUMNS,
    "each on its page": ON_ITS_PAGE,
    "each on a right-hand page": "article { break-before: right; }\n",
    "other margins on the left": "@page :left { margin-left: 24mm; } " + ON_ITS_PAGE,
    "by the number of the page": "@page :nth(3) { margin-top: 40mm; } " + ON_ITS_PAGE,
    "breaks by the name of the article": "article[id^=article-a] { break-before: page; }\n",
    "by the number of the article": "article:nth-child(3n) h2 { font-size: 16pt; }\n",
    "by the article before": "article:nth-last-child(2) p, h2 + p { text-indent: 4em; }\n",
    "counters": "body { counter-reset: a } h2::before { counter-increment: a; "
    'content: counter(a) "."; }\n',
    "paragraphs counted in running heads": "body { counter-reset: a } p { counter-increment: a } "
    "h2 { string-set: head counter(a) } @page { @top-right { content: string(head) } }\n"
    + ON_ITS_PAGE,
    "page numbers in running heads": "h2 { string-set: head content() counter(page) } "
    "@page { @top-right { content: string(head) } }\n" + ON_ITS_PAGE,
    "page numbers in running heads, of tables": "article { display: table; string-set: "
    "head counter(page) } @page { @top-right { content: string(head) } }\n" + ON_ITS_PAGE,
    "round corners of what goes on": "article { border: 1mm solid; border-radius: 3mm; "
    "overflow: hidden; } @page { @top-right { content: counter(pages) } }\n",
    "page numbers in the text": 'h2::after { content: " " counter(page); }\n',
    "the number of all pages": 'h2::after { content: " " counter(pages); }\n',
    "notes": "article p:last-child { float: footnote; }\n",
    "running": "h2 { position: running(head); } @page { @top-right { content: element(head); } }\n",
    "running tables": "h2 { position: running(head); display: table } "
    "@page { @top-right { content: element(head); } }\n",
    "cells side by side": "article p { display: table-cell; width: 30mm; }\n",
    "floats": "img { float: left; width: 20mm; height: 50mm; }\n",
    "named pages": "article:nth-child(4) { page: wide; } @page wide { margin: 6mm; }\n",
    "fixed": "h1 { position: fixed; bottom: 0; right: 0; }\n",
    "big pictures": "img { display: block; width: 60mm; height: 60mm; }\n",
    "flexes": "article p { display: flex; break-inside: avoid; }\n",
    "flexes that go on": "article:nth-child(3) { display: flex; flex-direction: column; }\n",
    "flexes that are pushed": "h2 { display: flex; } img { width: 30mm; }\n",
    "flexes in lines": "article p:nth-of-type(2) { display: inline-flex; width: 60mm; }\n",
    "floating flexes": "img { display: block; width: 20mm; height: 50mm; } "
    "p:has(img) { display: flex; float: left; }\n",
    "grids": "article p:nth-of-type(2n) { display: grid; }\n",
    "grids that are pushed": "h2 { display: grid; } img { width: 30mm; }\n",
    "pictures that wait": "img { display: block; width: 60mm; height: 70mm; --wait: 2; }\n",
}
UNSAFE = {
    *("notes", "running", "running tables", "the number of all pages", "page numbers in the text"),
}
"""Styles with which no page may stand."""


def paragraph(dice: random.Random) -> str:
    return "".join(dice.choices(WORDS, k=dice.randint(20, 260))) + "。"


def article(dice: random.Random, number: int) -> dict[str, Any]:
    body = [paragraph(dice) for _ in range(dice.randint(1, 4))]
    pictures = []
    if number % 3 == 0:
        body.insert(dice.randint(0, len(body)), "![](square)")
        pictures = [{"id": "square", "file": f"s{number}.svg", "alt": "方"}]
    title = "".join(dice.choices(WORDS, k=8))
    fields = {"id": f"a{number}", "title": title, "body": "\n\n".join(body)}
    return ARTICLE | fields | {"pictures": pictures}


class Paper:
    """An issue that is edited at random."""

    def __init__(self, shop: Workshop, seed: int) -> None:
        self.shop, self.dice, self.made = shop, random.Random(seed), 10  # noqa: S311 - the same edits each time
        self.articles = [article(self.dice, number) for number in range(self.made)]
        self.write()

    def write(self) -> None:
        for entry in self.articles:
            for picture in entry["pictures"]:
                if not (self.shop.issue / picture["file"]).exists():
                    write(self.shop.issue / picture["file"], SQUARE)
        half = len(self.articles) // 2
        parts = self.articles[:half], self.articles[half:]
        sections = [
            ISSUE["sections"][0] | {"id": f"s{k}", "articles": copy.deepcopy(part)}
            for k, part in enumerate(parts)
        ]
        self.shop.write_issue(sections=sections)

    def edit(self, step: int) -> None:
        """Edit something; the first edits are the same for all, so that none is left out."""
        edits: list[Callable[[], None]] = [
            self.reword, self.insert_first, self.rename, self.retitle, self.recolour,
            self.swap, self.lengthen, self.cut, self.insert, self.remove, lambda: None,
        ]  # fmt: skip
        (edits[step] if step < STEPS else self.dice.choice(edits))()
        self.write()

    def any(self) -> dict[str, Any]:
        return self.dice.choice(self.articles)

    def reword(self) -> None:
        entry = self.any()
        at = entry["body"].rindex("。")
        entry["body"] = entry["body"][: at - 1] + self.dice.choice(WORDS) + entry["body"][at:]

    def lengthen(self) -> None:
        self.any()["body"] += "\n\n" + paragraph(self.dice)

    def cut(self) -> None:
        entry = self.any()
        rest = entry["body"].split("\n\n")[1:]
        if any(part.endswith("。") for part in rest) and not entry["pictures"]:
            entry["body"] = "\n\n".join(rest)

    def retitle(self) -> None:
        self.any()["title"] = "".join(self.dice.choices(WORDS, k=self.dice.randint(2, 24)))

    def rename(self) -> None:
        self.articles[5]["id"] = f"b{self.made}"

    def insert(self) -> None:
        self.put(self.dice.randint(0, len(self.articles)))

    def insert_first(self) -> None:
        self.put(0)

    def put(self, place: int) -> None:
        self.made += 1
        self.articles.insert(place, article(self.dice, self.made))

    def remove(self) -> None:
        if len(self.articles) > 6:
            self.articles.remove(self.any())

    def swap(self) -> None:
        one, other = self.dice.sample(range(len(self.articles)), 2)
        self.articles[one], self.articles[other] = self.articles[other], self.articles[one]

    def recolour(self) -> None:
        pictures = [entry["pictures"][0]["file"] for entry in self.articles if entry["pictures"]]
        if pictures:
            colour = self.dice.choice(("red", "green", "blue", "gray"))
            drawn = SQUARE.replace("<path", f'<path fill="{colour}"')
            write(self.shop.issue / self.dice.choice(pictures), drawn)


def found(pages: Pages) -> list[tuple[Any, Any]]:
    """Return what is found on pages, with their file, by name."""
    data, remarks = pages.write(tagged=True)
    blocks = blocks_of(pages.document)
    known = {"findings": pages.findings, "anchors": pages.anchors}
    return [*known.items(), ("blocks", blocks), ("remarks", remarks), ("file", data)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "seed", "steps"),
    [
        *((name, 0, STEPS) for name in STYLES),
        ("plain", 1, 7),  # splits paragraphs
        ("paragraphs counted in running heads", 2, 12),  # has more and fewer of them
    ],
)
def test_whatever_is_edited_the_pages_are_those_of_a_fresh_layout(
    name: str, seed: int, steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "collect", lambda: 0)  # it looks through all that other tests keep
    shop = Workshop(tmp_path)
    shop.set_up(HTML, PLAIN + STYLES[name])
    paper = Paper(shop, seed)
    forme, stood = Forme(is_lasting=True), 0
    for step in range(steps):
        galley = shop.compose()
        pages = render(galley, forme)
        stood += len(forme.chase.put_in)
        for one, other in zip(found(pages), found(render(galley)), strict=True):
            assert one == other, f"step {step}"
        paper.edit(step)
    assert stood or name in UNSAFE


def test_what_does_not_last_holds_no_boxes_but_those_of_its_pages(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(HTML, PLAIN + STYLES["flexes"])
    Paper(shop, 0)
    held = dict[bool, set[str]]()
    for is_lasting in (False, True):
        forme = Forme(is_lasting=is_lasting)
        render(shop.compose(), forme)
        units = forme.chase.record.units
        assert all(unit.box is None for unit in units) is not is_lasting
        nodes = [node for unit in units for node in unit.nodes if node.box is not None]
        held[is_lasting] = {node.kind.__name__ for node in nodes}
    assert held[False] == {"FlexBox", "InlineBox"}  # the links of the contents have page numbers
    assert held[True] > held[False]


PUSHED = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<p></p><p class="wide"><span class="wide">盟更出<span>指发多让果让联要</span></span></p>
<blockquote><p>{{ issue.sections[0].articles[0].title }}</p></blockquote></body></html>"""
FLEX = """@page { size: 250pt 160pt; margin: 20pt }
html { font: 10pt/1.4 "WenKai" } body { margin: 0 }
p + p { display: flex; flex-direction: column-reverse; height: 100pt }
.wide { padding: 50% } span { padding-block-end: 10% }
"""


def test_a_page_whose_flex_was_tried_on_the_one_before_is_laid_out_with_that_one(
    tmp_path: Path,
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(PUSHED, FLEX)
    forme = Forme(is_lasting=True)
    for title in ("前一题", "后一题"):
        shop.write_article(title=title)
        galley = shop.compose()
        assert found(render(galley, forme)) == found(render(galley))
    assert forme.chase.put_in == set()


LONG = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<h1>{{ issue.sections[0].articles[0].title }}</h1>
<section>{% for n in range(50) %}<p>某地之{{ n }}</p>{% endfor %}</section></body></html>"""
WITHIN = """@page { size: 105mm 148mm; margin: 12mm } html { font: 10pt/16pt "WenKai" }
section { break-before: page } p { margin: 0; break-inside: avoid }
"""


@pytest.mark.parametrize(
    ("rule", "stand"),
    [
        ("p:nth-child(30) { display: flex }", [1, 2, 3]),
        ("p:nth-child(30) { display: grid }", [1, 2, 3]),
        ("p:nth-child(20), p:nth-child(21) { display: flex; height: 40mm }", [3, 4]),
        ("section { columns: 1 } p:nth-child(30) { display: flow-root }", [1, 2, 3]),
        ("section { columns: 1 } p:nth-child(30) { display: inline-flex }", []),
    ],
)
def test_a_flex_keeps_only_those_pages_from_standing_that_it_was_tried_on(
    rule: str, stand: list[int], tmp_path: Path
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(LONG, WITHIN + rule)
    forme = Forme(is_lasting=True)
    for title in ("前一题", "后一题"):
        shop.write_article(title=title)
        galley = shop.compose()
        assert found(render(galley, forme)) == found(render(galley))
    assert sorted(forme.chase.put_in) == stand


@pytest.mark.parametrize("display", ["inline-block", "inline-flex", "inline"])
def test_a_body_that_stands_in_a_line_is_laid_out_each_time(display: str, tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(LONG, f"{WITHIN} html body {{ display: {display} }}")
    forme = Forme(is_lasting=True)
    for title in ("前一题", "前一题", "后一题"):
        shop.write_article(title=title)
        galley = shop.compose()
        assert found(render(galley, forme)) == found(render(galley))
    assert forme.chase.put_in == set()


def test_what_a_variable_gets_wrong_is_told_after_an_edit_elsewhere(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(
        LONG, WITHIN + ":root { --wrong: solid } section p:last-child { padding: var(--wrong) }"
    )
    forme, told = Forme(is_lasting=True), list[int]()
    for title in ("前一题", "后一题", "末一题"):
        shop.write_article(title=title)
        galley = shop.compose()
        pages = render(galley, forme)
        assert found(pages) == found(render(galley))
        told.append(len(pages.findings))
    assert told[0] == told[1] == told[2] > 0


SPLIT = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<p>{{ "绿色发展" * 400 }}</p><h1>{{ issue.sections[0].articles[0].title }}</h1></body></html>"""


@pytest.mark.parametrize("letter", ["font-size: 20pt", "font-size: 20pt; float: left"])
def test_pages_stand_with_a_paragraph_whose_first_letter_is_large(
    letter: str, tmp_path: Path
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(SPLIT, f"{WITHIN} h1 {{ break-before: page }} p::first-letter {{ {letter} }}")
    forme = Forme(is_lasting=True)
    for title in ("前一题", "后一题", "末一题"):
        shop.write_article(title=title)
        galley = shop.compose()
        pages = render(galley, forme)
        assert found(pages) == found(render(galley))
    assert sorted(forme.chase.put_in) == list(range(pages.count - 1))


HEADED = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<section>
{% for n in range(90) %}<h2>第{{ n // 30 }}节</h2><p>某地之{{ n }}</p>{% endfor %}
</section>
<section>{% for n in range(30) %}
<p>{{ issue.sections[0].articles[0].title }}</p>
{% endfor %}</section></body></html>"""
HEADS = """h2 { string-set: part content(); margin: 0; font: inherit; break-after: avoid }
@page { @top-left { content: string(part) } @bottom-right { content: counter(page) } }
"""


@pytest.mark.parametrize(
    ("rule", "are_kept"),
    [
        ("", True),
        ("@page :nth(2) { @top-right { content: '共' counter(pages) '页' } }", False),
        (":root { --all: counter(pages) } @page { @top-right { content: var(--all) } }", False),
        ("@page { @top-right { content: counters(pages, '.') } }", False),
    ],
)
def test_margins_stand_though_the_number_of_pages_is_another(
    rule: str, tmp_path: Path, *, are_kept: bool
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(HEADED, WITHIN + HEADS + rule)
    forme, sheets = Forme(is_lasting=True), list[list[Any]]()
    for title in ("短题", "长题" * 50):
        shop.write_article(title=title)
        galley = shop.compose()
        pages = render(galley, forme)
        assert found(pages) == found(render(galley))
        sheets.append(pages.document.pages)
    before, after = sheets
    assert len(after) > len(before) > 5
    kept = [one is other for one, other in zip(before, after, strict=False)]
    assert kept[:5] == [are_kept] * 5


def test_a_page_shows_what_is_set_on_it_and_what_was_last_set_before() -> None:
    strings = Strings({"part": {5: ["乙", "丙"], 2: ["甲"]}, "late": {9: ["丁"]}})
    assert strings.on(1) == {}
    assert strings.on(2) == {"part": (["甲"], None)}
    assert strings.on(4) == {"part": ((), "甲")}
    assert strings.on(5) == {"part": (["乙", "丙"], "甲")}
    assert strings.on(9) == {"part": ((), "丙"), "late": (["丁"], None)}


TURNED = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<p style="height: {{ issue.sections[0].articles[0].title | length }}mm">前</p>
<section><article><p>首</p><div></div><p class="high">中</p><p>末</p></article><p>尾</p></section>
</body></html>"""
WAITS = """@page { size: 105mm 148mm; margin: 12mm } html { font: 10pt/16pt "WenKai" }
body, p { margin: 0 } div { height: 50mm; --wait: 2 } .high { height: 30mm }
"""


@pytest.mark.parametrize("rooms", [(80, 50), (50, 80), (80, 79, 50, 80)])
def test_a_place_is_another_one_where_others_went_first(
    rooms: tuple[int, ...], tmp_path: Path
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(TURNED, WAITS)
    forme = Forme(is_lasting=True)
    for room in rooms:
        shop.write_article(title="题" * room)
        galley = shop.compose()
        assert found(render(galley, forme)) == found(render(galley))


NAMED = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<h1>题</h1><section>{% for letter in issue.sections[0].articles[0].title %}
<h2>{{ loop.index }}</h2>
{% endfor %}<h2>末</h2><p>{{ issue.sections[0].articles[0].body }}</p></section></body></html>"""
SIXTH = """@page { size: 50mm 60mm; margin: 12mm } html { font: 10pt/16pt "WenKai" }
p { margin: 0 } h2 { break-before: page; margin: 0; font: inherit } section { page: wide }
@page :nth(6 of wide) { margin-top: 18mm }
"""
UNEVEN = (
    "路a人惠来议的会出推development人惠惠际盟指“一带一路”让UNFCCC成）多可推国来绿后成议the人后"
    "国成development惠强（果色推成要及多人2021发绿、"
)


def test_a_page_stands_with_the_next_only_if_that_is_of_the_same_number_of_its_name(
    tmp_path: Path,
) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(NAMED, SIXTH)
    forme = Forme(is_lasting=False)
    for title in ("一二", "一二三四"):
        shop.write_article(title=title, body=UNEVEN)
        galley = shop.compose()
        assert found(render(galley, forme)) == found(render(galley))
    assert sorted(forme.chase.put_in) == [0, 1, 2]
