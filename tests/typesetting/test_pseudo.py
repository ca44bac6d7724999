"""Pseudo-elements have the styles that WeasyPrint gives them, made when one is asked for."""

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


def made_for(sheet: str) -> list[tuple[str, str | None]]:
    """Return the elements and pseudo-elements that have a style once pages are laid out."""
    from weasyprint import document

    found: list[Any] = []
    get = document.get_all_computed_styles
    with pytest.MonkeyPatch.context() as patch, composing(RULES):
        patch.setattr(
            document,
            "get_all_computed_styles",
            lambda *given: found.append(get(*given)) or found[-1],
        )
        html_class()(string=page(BODY, css=sheet, lang="en")).render()
    styles = found[0].get_computed_styles()
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
