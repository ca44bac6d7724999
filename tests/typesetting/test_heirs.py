"""Paragraphs that say the same keep their lines; what was said of values is said again."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.forme import Forme
from newsletter.render import Pages, render
from newsletter.typesetting.seam.content import Content
from workshop import ARTICLE, ISSUE, STYLE, TEMPLATE, Workshop

SMALL = STYLE + "@page { size: 90mm 100mm; margin: 10mm }\n"
PARAGRAPH = "会议指出，要加强合作，推动绿色发展，让成果惠及更多的人，也让后来的人有路可走。"


def body(last: str = "末段。", count: int = 9) -> str:
    return "\n\n".join([*(f"{PARAGRAPH * 2}第{number}段。" for number in range(count)), last])


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.set_up(style=SMALL)
    shop.write_article(body())
    return shop


def laid_out(shop: Workshop, forme: Forme) -> Pages:
    """Lay the issue out with what is kept; the pages are those of a fresh layout."""
    galley = shop.compose()
    pages, fresh = render(galley, forme), render(galley)
    assert pages.write(tagged=True) == fresh.write(tagged=True)
    assert (pages.lines, pages.findings) == (fresh.lines, fresh.findings)
    return pages


def shaped(shop: Workshop, forme: Forme, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many paragraphs of the text are shaped in a layout."""
    found: list[str] = []
    made = Content.__init__

    def noted(content: Content, *given: object) -> None:
        found.extend(["p"] if given[1].element_tag == "p" else [])  # type: ignore[attr-defined]
        made(content, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Content, "__init__", noted)
        render(shop.compose(), forme)
    return len(found)


def test_only_the_paragraph_that_changed_is_shaped(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    forme = Forme(is_lasting=True)
    first = shaped(shop, forme, monkeypatch)
    shop.write_article(body("末段又改。"))
    assert 0 < shaped(shop, forme, monkeypatch) <= 2 < first
    shop.write_article(body("末段再改。"))
    assert 0 < shaped(shop, forme, monkeypatch) <= 2
    laid_out(shop, forme)


@pytest.mark.parametrize("style", ["", "p { text-indent: 0 } article { columns: 2 }\n"])
def test_paragraphs_over_two_pages_are_those_of_a_fresh_layout(shop: Workshop, style: str) -> None:
    shop.set_up(style=SMALL + style)
    forme = Forme(is_lasting=True)
    for last in ("末段。", "末段又改。", PARAGRAPH * 3, PARAGRAPH * 8, "末。"):
        shop.write_article(body(last))
        laid_out(shop, forme)


def test_pages_before_a_paragraph_that_goes_on_stand(shop: Workshop) -> None:
    forme = Forme(is_lasting=True)
    for last in ("末段。", "末段又改。"):
        texts = {"first": body(count=4), "second": body(last, 1)}
        articles = [ARTICLE | {"id": name, "body": text} for name, text in texts.items()]
        shop.write_issue(sections=[ISSUE["sections"][0] | {"articles": articles}])
        laid_out(shop, forme)
        assert forme.chase.record.pages[0].ends_in is not None
    assert 0 in forme.chase.put_in


@pytest.mark.parametrize(
    "rule", ["p { font-size: calc(1em * 2em) }", "h2::before { content: element(x) }"]
)
def test_what_is_said_of_a_value_is_said_again(shop: Workshop, rule: str) -> None:
    shop.set_up(style=SMALL + rule + "\n")
    forme = Forme(is_lasting=True)
    for last in ("末段。", "末段又改。"):
        shop.write_article(body(last))
        assert laid_out(shop, forme).findings
        assert forme.chase.reading.reads == 1


def test_a_wrong_style_of_an_element_is_told_again(shop: Workshop) -> None:
    shop.set_up(html=TEMPLATE.replace("<h2>", '<h2 style="colour: red">'), style=SMALL)
    forme = Forme(is_lasting=True)
    told = []
    for last in ("末段。", "末段又改。"):
        shop.write_article(body(last))
        told.append([finding.code for finding in laid_out(shop, forme).findings])
    assert told[0] == told[1] != []
