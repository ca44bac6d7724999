"""First letters that a stylesheet draws large: whatever a paragraph begins with, at each layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.completeness import page_texts
from newsletter.preview.leaf import Impression, Order, Print
from newsletter.preview.proofroom import ProofRoom
from newsletter.render import Pages
from workshop import SQUARE, STYLE, Workshop, write

LARGE = "p::first-letter { font-size: 3em; line-height: 32pt; padding-right: 2pt; float: left }\n"
IN_PLACE = LARGE + "p { position: relative; z-index: 0 }\n"
REST = "一段。会议指出，要加强合作，推动绿色发展，让成果惠及更多的人，也让后来的人有路可走。" * 3
BEGINNINGS = {
    "plain": "正文",
    "strong": "**正文**",
    "one strong letter": "**正**文",
    "a quotation": "“正文”",
    "a strong quotation": "**“正文”**，",
    "a quotation with strong words": "“**正文**”",
    "a strong mark": "**“正**文”",
    "brackets": "（**正文**）",
    "a number": "2021年",
    "a strong number": "**2021**年",
    "Latin": "Green development",
    "strong Latin": "**Green** development",
    "a dash": "——正文",
    "a strong dash": "**——正**文",
    "a reading": "[正]{拼音: zhèng}文",
    "a strong reading": "**[正]{拼音: zhèng}文**",
    "a long reading": "[正文]{拼音: zhèng wén}",
    "nested emphasis": "***正文***",
    "emphasis within": "**正*文***",
    "a strong note": "**正文[^a]**，",
    "a note's mark": "**[^a]正文**",
    "emphasis dots": "[正文]{着重}",
    "a proper name": "[正文]{专名}",
    "a link": "**[正文](https://example.org)**，",
    "code": "`正文`",
    "a letter of its own": "[正]{首字}文",
    "wide spaces": "　　**正文**",
    "a variation": "正\ufe00文",
    "an ideographic variation": "正\U000e0100文",
    "a strong variation": "**正\ufe00**文",
    "a varied quotation mark": "“\ufe01正\ufe00文”",
    "an accent": "e\u0301tude ",
    "a picture": "![](a)\n\n**正文**",
}
every_beginning = pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "paper")


def article(shop: Workshop, beginning: str, count: int = 1) -> None:
    body = "\n\n".join([beginning + REST] * count)
    more: dict[str, Any] = {}
    if "[^a]" in beginning:
        body += "\n\n[^a]: 注释。"
    if "![](a)" in beginning:
        more["pictures"] = [{"id": "a", "file": "images/a.svg", "alt": "图"}]
        write(shop.issue / "images" / "a.svg", SQUARE)
    shop.write_article(body, **more)


def letters(shop: Workshop, style: str) -> Counter[str]:
    shop.set_up(style=STYLE + style)
    data, _ = shop.render().write(tagged=True)
    return Counter(letter for page in page_texts(data) for letter in page if not letter.isdigit())


@every_beginning
@pytest.mark.parametrize("columns", [1, 2])
def test_no_letter_is_lost_or_set_twice(shop: Workshop, beginning: str, columns: int) -> None:
    article(shop, beginning)
    around = f"article {{ columns: {columns} }}\n"
    assert letters(shop, around + LARGE) == letters(shop, around)


@pytest.mark.parametrize("beginning", ["正文", "**正文**", "***正文***", "“**正**文”"])
def test_paragraphs_that_are_laid_out_again_for_another_page_keep_their_letter(
    shop: Workshop, beginning: str
) -> None:
    article(shop, beginning, count=40)
    assert letters(shop, LARGE) == letters(shop, "")


@every_beginning
def test_a_letter_in_its_place_is_read_there(shop: Workshop, beginning: str) -> None:
    article(shop, beginning)
    shop.set_up(style=STYLE + IN_PLACE)
    assert not {"N511", "N701", "N957"}.intersection(shop.codes("build"))


def missing_body(shop: Workshop) -> list[Diagnostic]:
    found = [problem for problem in shop.problems("build") if problem.code == "N701"]
    return [problem for problem in found if problem.values["field"] == "body"]


def test_a_letter_that_is_drawn_before_its_text_is_told_with_a_way_out(shop: Workshop) -> None:
    article(shop, "“正文”")
    shop.set_up(style=STYLE + LARGE)
    [found] = missing_body(shop)
    assert found.hint == "initial"
    assert "z-index: 0" in (found.hint_text("en") or "")
    shop.set_up(style=STYLE + "article p { display: none }")
    [found] = missing_body(shop)
    assert found.hint == "default"


# Where the letter stands


def inside(box: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint's boxes
    yield box
    for child in getattr(box, "children", ()):
        yield from inside(child)


def first_lines(pages: Pages) -> Iterator[tuple[Any, Any]]:
    """Yield the text box of each paragraph's first letter, and that of the text beside it."""
    for page in pages.document.pages:
        texts = [box for box in inside(page._page_box) if getattr(box, "text", "").strip()]
        for letter, text in pairwise(texts):
            if letter.element_tag.endswith("::first-letter"):
                yield letter, text


@pytest.mark.parametrize("floats", ["left", "none"])
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("beginning", ["正文", "**正文**"])
def test_the_letter_is_large_and_the_text_stands_beside_it(
    shop: Workshop, beginning: str, columns: int, floats: str
) -> None:
    article(shop, beginning, count=3)
    style = LARGE.replace("float: left", f"float: {floats}")
    shop.set_up(style=STYLE + style + f"article {{ columns: {columns} }}\n")
    found = list(first_lines(shop.render()))
    assert len(found) >= 3
    for letter, text in found:
        size, padding = 40, 2 / 0.75
        assert letter.width == pytest.approx(size, abs=0.5)
        assert text.position_x - letter.position_x == pytest.approx(size + padding, abs=0.5)


# In the preview


def whole(room: ProofRoom, root: Path) -> list[str]:
    made: list[Print] = []
    room.make(Order(1, str(root), "one", None, is_text=True), made.append)
    last = made[-1]
    assert isinstance(last, Impression)
    return [leaf.page.digest for leaf in last.leaves]


@pytest.mark.parametrize("floats", ["left", "none"])
def test_after_an_edit_pages_look_as_if_they_were_made_anew(shop: Workshop, floats: str) -> None:
    style = LARGE.replace("float: left", f"float: {floats}")
    shop.set_up(style=STYLE + style)
    body = ["**正文**" + REST, "正文" + REST, "末段"]
    shop.write_article("\n\n".join(body))
    room = ProofRoom()
    before = whole(room, shop.root)
    shop.write_article("\n\n".join([body[0] + "改过的话。" * 30, *body[1:]]))
    after = whole(room, shop.root)
    assert before != after == whole(ProofRoom(), shop.root)
