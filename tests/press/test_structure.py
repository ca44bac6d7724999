"""What becomes of the elements of a page: one structure element each, in their order."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.finished import inspect_file
from newsletter.preflight.marked import read_content
from newsletter.preflight.tree import Element, read_tree
from newsletter.press.finish import finish
from newsletter.render import render
from pressed import texts_of
from workshop import STYLE, TEMPLATE, Workshop

PLACE = '<article id="article-{{ article.id }}">'


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def screen(shop: Workshop, html: str = "", style: str = "", body: str = "正文一行。") -> Document:
    """Return the screen file of a page that has some HTML before its article's headline."""
    shop.write_article(body)
    shop.set_up(TEMPLATE.replace(PLACE, f"{html}{PLACE}"), STYLE + style)
    galley = shop.compose()
    data, _ = render(galley).write(tagged=True)
    data = finish(data, galley.layout.spec.page)
    assert inspect_file("x.pdf", data, "screen", Conditions()).report.findings == ()
    return Document("x.pdf", pikepdf.open(io.BytesIO(data)), data)


def drawn(document: Document, element: Element) -> str:
    """Return an element as its role with what is in it."""
    texts = texts_of(read_content(document))
    inner = [
        drawn(document, part) if isinstance(part, Element) else texts.get(part, "").strip()
        for part in element.parts
    ]
    return f"{element.role}({' '.join(filter(None, inner))})"


def every(document: Document, role: str) -> list[str]:
    return [drawn(document, element) for element in read_tree(document).of_role(role)]


def test_text_without_a_paragraph_gets_one(shop: Workshop) -> None:
    document = screen(shop, "<div>甲<strong>乙</strong></div><div><div>丙</div></div>")
    assert {"P(甲 乙)", "P(丙)"} <= set(every(document, "P"))


def test_a_list_in_a_list_stands_in_the_item_it_belongs_to(shop: Workshop) -> None:
    style = "ul { list-style: none } li::before { content: '·' }"
    [outer, inner] = every(screen(shop, style=style, body="- 甲\n  - 乙\n"), "L")
    assert outer == "L(LI(Lbl(·) LBody(甲 L(LI(Lbl(·) LBody(乙))))))"
    assert inner in outer


def test_a_list_without_marks_says_that_it_has_none(shop: Workshop) -> None:
    document = screen(shop, style="ul { list-style: none }", body="- 甲\n- 乙\n")
    [element] = read_tree(document).of_role("L")
    assert element.attribute("/ListNumbering") == "/None"
    assert drawn(document, element) == "L(LI(LBody(甲)) LI(LBody(乙)))"


def test_the_head_of_a_table_that_goes_on_is_read_once(shop: Workshop) -> None:
    rows = "\n".join(f"| 行{number} |" for number in range(120))
    document = screen(shop, body=f"| 栏 |\n|---|\n{rows}\n")
    assert len(document.pdf.pages) > 1
    assert every(document, "Table")[0].startswith("Table(THead(TR(TH(栏))) TBody(TR(TD(行0))")
    assert every(document, "TH") == ["TH(栏)"]
    assert len(every(document, "TD")) == 120


def test_a_paragraph_on_two_pages_is_one_element(shop: Workshop) -> None:
    document = screen(shop, body="绿" * 4000)
    [paragraph] = [text for text in every(document, "P") if "绿" in text]
    assert paragraph.count("绿") == 4000


def test_a_drop_cap_is_part_of_its_paragraph(shop: Workshop) -> None:
    document = screen(shop, style=".drop-cap { float: left }", body="[春]{首字}风又绿江南岸。")
    assert "P(春 风又绿江南岸。)" in every(document, "P")


def test_contents_without_headings_are_a_table_of_contents(shop: Workshop) -> None:
    html = '<nav><p>目录</p><ul><li><a href="#article-first">头一篇</a></li></ul></nav>'
    style = "ul { list-style: none } a::after { content: leader('.') '1' }"
    document = screen(shop, html, style)
    assert every(document, "TOC") == ["TOC(Caption(目录) TOCI(Reference(Link(头一篇 1))))"]
    [link] = read_tree(document).of_role("Link")
    assert [str(each.Contents) for each in link.objects] == ["头一篇 1"]
    assert len(document.pdf.pages[0].obj.Annots) == 1


def test_a_nav_with_headings_is_a_section(shop: Workshop) -> None:
    html = '<nav><h2>目录</h2><p><a href="#article-first">头一篇</a></p></nav>'
    document = screen(shop, html)
    assert every(document, "TOC") == []
    assert "Sect(H2(目录) P(Link(头一篇)))" in every(document, "Sect")


def test_emphasis_in_a_link_makes_no_link_of_its_own(shop: Workshop) -> None:
    document = screen(shop, '<p><a href="https://one.invalid/">甲<b>乙</b></a></p>')
    assert every(document, "Link") == ["Link(甲 乙)"]
    assert len(document.pdf.pages[0].obj.Annots) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<div class="mark"></div>',
        '<p aria-hidden="true">暗</p>',
        '<p><a aria-hidden="true" href="https://one.invalid/">暗</a></p>',
    ],
)
def test_decoration_is_an_artifact(shop: Workshop, html: str) -> None:
    document = screen(shop, html, ".mark::before { content: '暗' }")
    painted = [each for each in read_content(document).painted if each.text == "暗"]
    assert [each.is_artifact for each in painted] == [True]
    assert "/Annots" not in document.pdf.pages[0].obj


def test_a_running_head_is_an_artifact_that_says_so(shop: Workshop) -> None:
    document = screen(shop, style="@page { @top-center { content: '眉' } }")
    page = document.pdf.pages[0]
    properties = [
        dict(each.operands[1].items())
        for each in pikepdf.parse_content_stream(page)
        if str(each.operator) == "BDC" and str(each.operands[0]) == "/Artifact"
    ]
    assert {"/Type": "/Pagination", "/Subtype": "/Header"} in properties
    assert {"/Type": "/Pagination", "/Subtype": "/Footer"} in properties


def test_another_language_is_said(shop: Workshop) -> None:
    html = '<p lang="fr">un</p><p>字<em lang="de">ein</em></p><div lang="ru"><p>да</p></div>'
    document = screen(shop, html)
    said = {
        (element.role, element.text("/Lang")): drawn(document, element)
        for element in read_tree(document).elements
        if element.text("/Lang")
    }
    assert said == {("P", "fr"): "P(un)", ("Span", "de"): "Span(ein)", ("Div", "ru"): "Div(P(да))"}


def test_a_link_to_nowhere_is_none(shop: Workshop) -> None:
    document = screen(shop, "<p><a>甲</a></p>")
    assert every(document, "Link") == []
    assert "P(甲)" in every(document, "P")
