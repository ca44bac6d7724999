"""Page numbers in the text are those of the pages; theirs is laid out once more for them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from weasyprint.layout import page as theirs

from newsletter.forme import Forme
from newsletter.render import Pages, render
from workshop import Workshop

HTML = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<ol><li>{{ issue.title }}</li>
{% for n in range(12) %}<li><a href="#part-{{ n }}">某地之{{ n }}</a></li>{% endfor %}</ol>
{% for n in range(12) %}<section id="part-{{ n }}"><h2>某地之{{ n }}</h2>
<p>{{ issue.sections[0].articles[0].title }}</p></section>{% endfor %}</body></html>"""
STYLE = """@page { size: 105mm 100mm; margin: 12mm } html { font: 10pt/14pt "WenKai" }
body, ol, li, h2, p { margin: 0; padding: 0 } h2 { font-size: 10pt } li { list-style: none }
section { break-inside: avoid } p { height: 20mm }
"""
BY_LINK = "a::after { content: target-counter(attr(href url), page); }\n"
BY_NAME = 'a::after { content: target-counter("#part-3", page); }\n'
APART = "ol { break-after: page; }\n"
BELOW = BY_LINK + "a::after { display: block; }\n"
"""Numbers that make the contents longer once they are known, by a page."""
OF_ALL = 'a::after { content: target-counter(attr(href url), page) "/" counter(pages); }\n'
OWN = "a::after { content: counter(page); }\n"
OF_ALL_BY_NAME = 'a::after { content: target-counter("#part-3", page) "/" counter(pages); }\n'
MIXED = """a::after { content: counter(none-such) ":" target-counter(attr(href url), page) "/"
counter(pages); }\n"""
"""What WeasyPrint does not note all of, as it does not know the target yet when it reads it."""
BOXED = BY_LINK + "a::after { display: inline-flex; }\n"
STEADY = """a::after { content: counter(none-such); display: inline-flex; }
li::before { content: target-counter("#part-3", page); }\n"""
"""Texts that ask for no page beside others that do."""
KINDS = {
    "by link": BY_LINK,
    "by name": BY_NAME,
    "below": BELOW,
    "of all": OF_ALL,
    "own": OWN,
    "own below": OWN + "a::after { display: block; }\n",
    "of all by name": OF_ALL_BY_NAME,
    "mixed": MIXED,
    "boxed": BOXED,
    "steady": STEADY,
}


def set_in(folder: Path, numbers: str) -> Workshop:
    shop = Workshop(folder)
    shop.set_up(HTML, STYLE + numbers)
    return shop


def shown(pages: Pages) -> list[str]:
    """Return the numbers that stand in the contents."""
    return [text for page in pages.document.pages for text in on(page)]


def on(page: Any) -> list[str]:  # noqa: ANN401 - WeasyPrint's
    """Return those on a page."""
    boxes = page._page_box.descendants()
    return [box.text for box in boxes if box.element_tag == "a::after" and hasattr(box, "text")]


def expected(kind: str, pages: Pages) -> list[str]:
    at = [pages.anchors[f"part-{n}"] + 1 for n in range(12)]
    return {
        "by name": [str(at[3])] * 12,
        "of all": [f"{number}/{pages.count}" for number in at],
        "own": ["1"] * 12,
        "own below": [str(n) for n, page in enumerate(pages.document.pages, 1) for _ in on(page)],
        "of all by name": [f"{at[3]}/{pages.count}"] * 12,
        "mixed": [f"0:{number}/{pages.count}" for number in at],
        "steady": ["0"] * 12,
    }.get(kind, [*map(str, at)])


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Have it counted how often WeasyPrint lays out each page, from 0."""
    made = Counter[int]()
    make = theirs.remake_page

    def remake_page(index: int, *rest: Any) -> Any:  # noqa: ANN401 - WeasyPrint's
        made[index] += 1
        return make(index, *rest)

    monkeypatch.setattr(theirs, "remake_page", remake_page)
    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("forme", [None, Forme(), Forme(is_lasting=True)])
def test_numbers_are_those_of_the_pages(kind: str, forme: Forme | None, tmp_path: Path) -> None:
    pages = render(set_in(tmp_path, KINDS[kind]).compose(), forme)
    assert shown(pages) == expected(kind, pages)


@pytest.mark.parametrize("kind", ["by link", "by name"])
def test_pages_with_numbers_are_laid_out_twice(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    pages = render(set_in(tmp_path, KINDS[kind]).compose())
    assert made == {0: 2} | dict.fromkeys(range(1, pages.count), 1)


def test_an_edit_of_the_page_with_numbers_lays_it_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, forme = set_in(tmp_path, BY_LINK), Forme(is_lasting=True)
    render(shop.compose(), forme)
    made = counted(monkeypatch)
    shop.write_issue(title="另一号")
    pages = render(shop.compose(), forme)
    assert shown(pages) == expected("by link", pages)
    assert made[0] == 1


@pytest.mark.parametrize("kind", ["below", "boxed", "own below"])
def test_numbers_in_blocks_of_their_own_are_those_of_each_edit(kind: str, tmp_path: Path) -> None:
    shop, forme = set_in(tmp_path, KINDS[kind]), Forme(is_lasting=True)
    for title in ("一号", "二号", "二号", "三号"):
        shop.write_issue(title=title)
        pages = render(shop.compose(), forme)
        assert shown(pages) == expected(kind, pages)


AT_THE_END = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<h2 id="part">某地</h2><p>{{ issue.sections[0].articles[0].title }}</p>
<p style="break-before: page"><a href="#part">某地</a></p>
{% if issue.title == "长" %}<p style="break-before: page">又一页</p>{% endif %}
<p style="break-before: page">{{ issue.title }}</p></body></html>"""
BEFORE_IT = 'a::after { content: counter(pages) "/" target-counter("#part", page); }\n'


@pytest.mark.parametrize("is_lasting", [False, True])
def test_the_number_of_all_pages_is_that_of_each_edit(is_lasting: bool, tmp_path: Path) -> None:  # noqa: FBT001
    shop, forme = Workshop(tmp_path), Forme(is_lasting=is_lasting)
    shop.set_up(AT_THE_END, STYLE + BEFORE_IT)
    found = []
    for title in ("短", "长", "短"):
        shop.write_issue(title=title)
        found += shown(render(shop.compose(), forme))
    assert found == ["3/1", "4/1", "3/1"]


LONG = "山重水复疑无路柳暗花明又一村" * 20
BESIDE = {
    "note": f'<p>末<span style="float: footnote">{LONG}</span></p>',
    "float": f'<div style="float: left; width: 20mm">{LONG}</div><p>{LONG}{LONG}</p>',
}
GOING_ON = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<h1>{{ issue.title }}</h1><p><a href="#part">末页</a></p>%s
<p><a href="#part">末页</a></p><p id="part" style="break-before: page">
{{ issue.sections[0].articles[0].title }}</p>%s</body></html>"""


@pytest.mark.parametrize("kind", BESIDE)
@pytest.mark.parametrize("forme", [None, Forme(), Forme(is_lasting=True)])
def test_what_goes_on_beside_the_text_does_so_in_every_pass(
    kind: str, forme: Forme | None, tmp_path: Path
) -> None:
    shop = Workshop(tmp_path)
    said = []
    for numbers in ('a::after { content: "0"; }\n', BY_LINK):
        shop.set_up(GOING_ON % (BESIDE[kind], BESIDE[kind]), STYLE + numbers)
        pages = render(shop.compose(), forme)
        said.append([*map(texts_of, pages.document.pages)])
    at = str(pages.anchors["part"] + 1)
    assert shown(pages) == [at, at]
    assert [text.replace(at, "0") for text in said[1]] == said[0]
    assert len("".join(said[0])) > len(LONG)


def texts_of(page: Any) -> str:  # noqa: ANN401 - WeasyPrint's
    """Return all that stands on a page."""
    return "".join(box.text for box in page._page_box.descendants() if hasattr(box, "text"))


IN_LINE = """<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body>
<p><span>甲<i style="position: absolute">乙</i></span>{% for n in range(9) %}<span>甲乙<a
href="#part">丙</a></span>{% endfor %}</p><h1>{{ issue.title }}</h1>
{% for n in range(10) %}<h2 style="break-before: page">{{ issue.sections[0].articles[0].title }}
</h2>{% endfor %}<h2 id="part" style="break-before: page">末页</h2></body></html>"""
NARROW = "span { display: inline-block } p { width: 40mm; height: auto }\n"


def test_lines_are_those_of_the_numbers_in_their_boxes(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    lines = []
    for numbers in ('a::after { content: "12"; }\n', BY_LINK):
        shop.set_up(IN_LINE, STYLE + NARROW + numbers)
        pages = render(shop.compose(), Forme(is_lasting=True))
        assert shown(pages) == ["12"] * 9
        boxes = pages.document.pages[0]._page_box.descendants()
        spans = [box for box in boxes if box.element_tag == "span" and hasattr(box, "margin_width")]
        lines.append([(box.position_x, box.position_y) for box in spans])
    assert lines[0] == lines[1]


@pytest.mark.parametrize("kind", ["by link", "by name"])
def test_a_page_with_numbers_stands_while_they_are_the_same(kind: str, tmp_path: Path) -> None:
    shop, forme = set_in(tmp_path, KINDS[kind] + APART), Forme(is_lasting=True)
    render(shop.compose(), forme)
    for title in ("另一篇", "又一篇"):
        shop.write_article(title=title)
        pages = render(shop.compose(), forme)
        assert shown(pages) == expected(kind, pages)
        assert forme.chase.put_in == {0}
