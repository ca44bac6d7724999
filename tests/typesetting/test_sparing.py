"""Styles that are not made: pages come out as with all that WeasyPrint makes."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.typesetting.seam import composing
from setting import RULES, html_class, page, pdf

BODY = """<ol><li>One<li>Two<ul><li>Inner</ul></ol>
<p>Words <span class="foot">below</span> and <i class="mark">aside</i>.</p>
<p class="led">Led</p>"""
NOTES = ".foot { float: footnote } .mark { position: note(aside) }"
SHEETS = {
    "none of its own": NOTES,
    "for every marker": f"{NOTES} ::marker {{ color: red }}",
    "for some markers": f"{NOTES} ul > li::marker {{ color: blue }}",
    "for calls": f"{NOTES} .foot::footnote-call {{ content: '*'; anchor: attr(class) }}",
    "with an anchor of any": f"{NOTES} ::footnote-marker {{ color: blue; font-weight: bold }}",
    "before and after": ".led::before { content: 'a' } .led::after { content: 'z' }",
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_pages_come_out_byte_for_byte(sheet: str) -> None:
    html = page(BODY, css=sheet, lang="en")
    assert pdf(html, packed=False) == pdf(html, None, packed=False)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("rule", ["td { margin: 9pt }", "table { border-collapse: collapse }"])
def test_tables_have_neither_the_margins_nor_the_padding_that_they_may_not_have(rule: str) -> None:
    """CSS 2.2, 8.3: no margins within tables; 17.6.2: no padding around collapsed borders."""
    css = f"{rule} table {{ padding: 9pt }} td {{ border: 1pt solid }}"
    html = page("<table><tr><td>One</table>", css=css, lang="en")
    assert pdf(html, packed=False) == pdf(html, None, packed=False)


def styles_of(body: str, sheet: str) -> dict[tuple[Any, str | None], Any]:
    """Return the styles that there are once pages are laid out."""
    from weasyprint import document

    found: list[Any] = []
    get = document.get_all_computed_styles
    with pytest.MonkeyPatch.context() as patch, composing(RULES):
        patch.setattr(
            document,
            "get_all_computed_styles",
            lambda *given: found.append(get(*given)) or found[-1],
        )
        html_class()(string=page(body, css=sheet, lang="en")).render()
    styles: dict[tuple[Any, str | None], Any] = found[0].get_computed_styles()
    return styles


def made_for(sheet: str) -> list[tuple[str, str | None]]:
    """Return the elements and pseudo-elements that have a style."""
    styles = styles_of(BODY, sheet)
    return sorted(
        (element.tag, pseudo or "") for element, pseudo in styles if hasattr(element, "tag")
    )


def test_only_those_are_made_that_are_asked_for() -> None:
    made = [pseudo for _tag, pseudo in made_for(NOTES) if pseudo]
    assert made.count("marker") == 3
    assert made.count("footnote-call") == made.count("footnote-marker") == 1
    assert len(made) <= 3 + 5


def test_those_that_a_sheet_tells_of_are_made_for_every_element() -> None:
    made = made_for(SHEETS["for every marker"])
    assert len([tag for tag, pseudo in made if pseudo == "marker"]) == len(
        [tag for tag, pseudo in made if not pseudo]
    )


# Names

NAMED = """<div id="one" class="part"><h2>First</h2><p>Words <em>and</em> more.</p></div>
<div id="two" class="part"><h2>Second</h2><p>Words <em>and</em> more.</p></div>
<p><a href="#two">there</a>, <a href="#there">and</a> <a name="there">back</a></p>"""
CASES = {
    "as they are": ("", NAMED),
    "with what names say": (".part { bookmark-label: attr(id); bookmark-level: 1 }", NAMED),
    "with other anchors": ("h2 { anchor: attr(class) } .part { anchor: 'all' }", NAMED),
    "with rules of names": ("#two p { color: red } #one { color: blue }", NAMED),
    "styled themselves": ("", '<p id="x" style="color: red">a</p><p style="color: blue">b</p>'),
    "with a size of the page": (".part { padding: 1vw } em { font-size: 1rem }", NAMED),
    "named twice": ("", '<p><a id="x" name="y">a</a> <a href="#y">b</a> <a href="#x">c</a></p>'),
    "with page numbers": ("a::after { content: target-counter(attr(href), page) }", NAMED),
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_names_change_no_byte(case: tuple[str, str]) -> None:
    sheet, body = case
    html = page(body, css=sheet, lang="en")
    assert pdf(html, packed=False) == pdf(html, None, packed=False)


def test_what_stands_in_named_elements_shares_its_styles() -> None:
    styles = styles_of(NAMED, "")
    of_tag: dict[str, list[Any]] = {}
    for (element, pseudo), style in styles.items():
        if pseudo is None and hasattr(element, "tag"):
            of_tag.setdefault(element.tag, []).append(style)
    assert len(set(map(id, of_tag["h2"]))) == len(set(map(id, of_tag["em"]))) == 1
    assert [style["anchor"] for style in of_tag["div"]] == ["one", "two"]


KINDS = """@page { size: 60mm 40mm; margin: 9mm; @bottom-center { content: counter(page) } }
@page :left { @top-left { content: "left"; color: red } } @page :first { margin: 12mm }
@page :nth(5) { @top-left { content: "fifth" } } .of-its-own { page: own }
@page own { background: silver; @bottom-center { content: "own " counter(page) } }
p { break-after: page }"""
PAGES = "<p>Words</p>" * 6 + '<p class="of-its-own">Words</p>'


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_pages_for_which_the_same_rules_hold_share_their_styles() -> None:
    html = page(PAGES, css=KINDS, lang="en")
    assert pdf(html, packed=False) == pdf(html, None, packed=False)
    styles = styles_of(PAGES, KINDS)
    of = {
        kind.index: (id(style), id(styles[kind, "@top-left"]))
        for (kind, place), style in styles.items()
        if place is None and hasattr(kind, "index")
    }
    assert of[1] == of[3] == of[5]
    assert of[0] != of[2] != of[4]
    assert len(set(of.values())) == len({of[number] for number in (0, 1, 2, 4, 6)}) == 5
