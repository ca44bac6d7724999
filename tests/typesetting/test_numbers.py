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
BELOW = BY_LINK + "a::after { display: block; }\n"
"""Numbers that make the contents longer once they are known, by a page."""
OF_ALL = 'a::after { content: target-counter(attr(href url), page) "/" counter(pages); }\n'
OWN = "a::after { content: counter(page); }\n"
KINDS = {"by link": BY_LINK, "by name": BY_NAME, "below": BELOW, "of all": OF_ALL, "own": OWN}


def set_in(folder: Path, numbers: str) -> Workshop:
    shop = Workshop(folder)
    shop.set_up(HTML, STYLE + numbers)
    return shop


def shown(pages: Pages) -> list[str]:
    """Return the numbers that stand in the contents."""
    boxes = (box for page in pages.document.pages for box in page._page_box.descendants())
    return [box.text for box in boxes if box.element_tag == "a::after" and hasattr(box, "text")]


def expected(kind: str, pages: Pages) -> list[str]:
    at = [pages.anchors[f"part-{n}"] + 1 for n in range(12)]
    return {
        "by name": [str(at[3])] * 12,
        "of all": [f"{number}/{pages.count}" for number in at],
        "own": ["1"] * 12,
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
