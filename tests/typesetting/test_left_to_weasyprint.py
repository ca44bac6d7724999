"""Pages in another language than Chinese: those of WeasyPrint alone, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam.rhythm import Rhythm
from setting import RULES, page, pdf

SHEET = """@page { size: 240pt 180pt; margin: 24pt; @top-left { content: string(head) }
@bottom-center { content: counter(page) " of " counter(pages) }
@footnote { border-top: 1pt solid } }
@page wide { margin: 12pt } @page :left { margin-left: 40pt }
h2 { string-set: head content(); bookmark-level: 1 } .x { counter-increment: x }
"""
LENGTHS = st.sampled_from(["0", "7pt", "1em", "-4pt", "5%", "var(--a)", "calc(1em + 2pt)", "2vw"])
EDGES = st.builds(
    "{}{}: {}".format,
    st.sampled_from(["margin", "margin", "padding"]),
    st.sampled_from(["", "-top", "-bottom", "-left", "-block-end"]),
    LENGTHS,
)
DECLARATIONS = st.sampled_from(
    """
    background: silver; border: 1pt solid; border-top: var(--b); border-radius: 4pt; opacity: .5
    color: inherit; margin: initial; all: unset; display: revert; border-width: 3pt; --a: 5pt
    --b: 2pt dotted blue; font: 9pt/1.5 S; line-height: 2; font-size: 1.5rem; letter-spacing: 1pt
    float: left; float: right; clear: both; width: 40%; width: 80pt; min-height: 30pt; height: 20pt
    box-sizing: border-box; display: inline-block; display: flow-root; display: contents
    display: none; visibility: hidden; position: relative; position: absolute; position: fixed
    top: 5pt; left: 10%; z-index: -1; transform: rotate(5deg); overflow: hidden; text-indent: 2em
    white-space: nowrap; text-overflow: ellipsis; white-space: pre-line; text-align: justify
    hyphens: auto; text-decoration: underline; box-shadow: 1pt 1pt red; outline: 1pt dashed
    display: flex; flex: 1; flex-wrap: wrap; display: grid; grid-template-columns: 1fr 2fr
    grid-column: 1 / 3; display: table; display: table-cell; border-collapse: collapse
    border-spacing: 3pt; vertical-align: middle; table-layout: fixed; caption-side: bottom
    list-style: square inside; list-style-type: upper-roman; display: list-item
    break-before: page; break-after: avoid; break-inside: avoid; orphans: 3; widows: 1; page: wide
    break-before: right; float: footnote; bookmark-level: 2; counter-reset: x; string-set: none
    background: linear-gradient(red, blue); direction: rtl; columns: 2; column-gap: 4pt
    column-span: all; column-fill: auto; max-lines: 1; box-decoration-break: clone
    """.replace("\n", ";")
    .replace(";;", ";")
    .strip(" ;")
    .split("; ")
)
RULE = st.builds(
    "{} {{ {} }}".format,
    st.sampled_from(
        [
            *("p", "div", "div", "span", "h2", "li", "td", "tr", "table", "ul", "tbody", ".x"),
            *("#a", "#b p", "p + p", "div > :first-child", ":nth-child(2n)", "td:last-child", "a"),
        ]
    ),
    st.lists(DECLARATIONS | EDGES, min_size=1, max_size=3).map("; ".join),
)
MADE = st.builds(
    "{} {{ content: {} }}".format,
    st.sampled_from(["a::after", "p::before", "li::marker", ".x::after", "::footnote-marker"]),
    st.sampled_from(
        [
            *("'–'", "counter(x) '. '", "attr(id)", "string(head)", "counters(list-item, '.')"),
            *("target-counter(attr(href), page)", "leader('.') target-text(attr(href))"),
        ]
    ),
)
STYLES = st.lists(RULE | MADE, min_size=2, max_size=8).map("\n".join)
NAMES = st.sampled_from(["", "", ' class="x"', ' id="a"', ' id="b" class="x"'])
WORDS = st.sampled_from(["words", "so it may", "plain words of it, again and again", "in“fra”", ""])
DRAWING = (
    '<svg width="40" height="20" viewBox="0 0 80 40"><g fill="red" stroke="blue">'
    '<path d="M1 2h9z"/><rect width="50%" height="9" rx="2"/>'
    '<g opacity=".5"><circle r="9" cx="20" cy="10"/></g></g></svg>'
)
LEAVES = WORDS | st.sampled_from(
    ['<a href="#a">there</a>', '<a href="#b">and</a>', "<br>", DRAWING]
)
TEXT = st.recursive(
    LEAVES,
    lambda inner: st.builds("<span{}>{}</span>".format, NAMES, inner),
    max_leaves=3,
)
TEXTS = st.lists(TEXT, min_size=1, max_size=3).map(" ".join)
PARAGRAPHS = st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(["p", "p", "h2"]), NAMES, TEXTS)
CELL = st.builds("<td{}>{}</td>".format, st.sampled_from(["", " rowspan=2", " class=x"]), TEXTS)
ROW = st.lists(CELL, min_size=1, max_size=3).map("".join).map("<tr>{}</tr>".format)
ITEM = st.builds("<li{}>{}</li>".format, NAMES, TEXTS)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.builds("<div{}>{}</div>".format, NAMES, parts)


BLOCKS = st.recursive(
    PARAGRAPHS
    | st.lists(ROW, min_size=1, max_size=3).map("".join).map("<table>{}</table>".format)
    | st.lists(ITEM, min_size=1, max_size=3).map("".join).map("<ol>{}</ol>".format),
    around,
    max_leaves=5,
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=3).map("".join)


def made(html: str, rules: Rules | None) -> bytes | str:
    """Return a PDF, or what WeasyPrint ends with where it has not foreseen something."""
    try:
        return pdf(html, rules, packed=False)
    except Exception as error:  # noqa: BLE001 - of any kind
        return type(error).__name__


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=20)
@given(STYLES, BODIES)
def test_whatever_is_asked_for_pages_are_those_of_weasyprint_alone(css: str, body: str) -> None:
    html = page(body, css=SHEET + css, lang="en")
    alone = made(html, None)
    assume(not isinstance(alone, str))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rhythm, "_begins_column", lambda *_given: False)  # margins that ours drops
        assert made(html, RULES) == alone
