"""What is answered at once of boxes, lengths and markup is what WeasyPrint and tinyhtml5 answer."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.forme import keep_system_fonts_out
from newsletter.typesetting.seam import lengths
from newsletter.typesetting.seam.flow import Flow, collapse_margin
from newsletter.typesetting.seam.lengths import Lengths
from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.markup import Markup

keep_system_fonts_out()
load()

import tinyhtml5  # noqa: E402 - once WeasyPrint is loaded as a build loads it
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.layout import background, block, inline, percent  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from workshop import HOUSE  # noqa: E402

FONT = (HOUSE / "fonts" / "wenkai" / "WenKai-Regular.ttf").as_uri()
STYLE = """<!doctype html><style>
@page { size: 300px 400px; margin: 20px; background: #eef }
@page wide { size: 500px 400px; margin: 10px }
body { font-size: 12px; text-align: right }
.f { float: left; width: 60px; height: 40px; background: teal }
.g { float: right; width: 5em } .a { position: absolute; top: 3px; right: 1px; border-radius: 3px }
.r { position: relative; left: 4px } .w { page: wide } .n { page: auto }
.k { background: linear-gradient(red, blue); border-radius: 50% 0 / 10px }
.s { box-shadow: 1px 1px red }
.h { visibility: hidden; background: red }
.i { border-image: linear-gradient(red, blue) 3; border: 1px solid }
i { padding-inline-start: 3px } b { inline-size: 4em } u { border-left: solid } td { width: 30% }
s { box-sizing: border-box } q { border-block-end-style: dotted } .o { overflow: hidden }
</style>"""
BODY = """<p>some <b>words</b> <i>of</i> <u>all</u> <s>kinds</s> <q>in</q> <em>lines</em> of a page
<p class=f>f<p class=g>g g g<p class=k>beside it, longer than a line, <span class=a>a</span> as it
<p class=r>moved<p class=s>shade<p class=h>hidden<p class=i>image<p class=o>cut
<ul><li>one<li>two</ul>
<div class=w><div><p class=f>f<p>wide</div><div class=n><p>as wide</div></div><div></div>
<div><p>back<p class=a>b</div><table class=w><tr><td>t<td>u</table>
<div dir=rtl><p>rtl <b>b</b></div>
<div style="columns: 2"><p>one<p>two<p>three</div><p style="display: flex"><b>x</b><i>y</i>"""
NAMES = (
    *("position_x", "position_y", "width", "height", "margin_left", "padding_left", "background"),
    *("border_top_left_radius", "border_bottom_right_radius", "border_left_width", "max_width"),
)


def laid_out() -> list[str]:
    """Return what is known of each box of the page once it is laid out."""
    found = []
    fonts = FontConfiguration()
    family = f'@font-face {{ font-family: Kai; src: url("{FONT}") }} html {{ font-family: Kai }}'
    sheet = CSS(string=family, font_config=fonts)
    for page in HTML(string=STYLE + BODY).render(stylesheets=[sheet], font_config=fonts).pages:
        for box in page._page_box.descendants():
            said = [getattr(box, name, "none") for name in NAMES]
            flow = box.is_in_normal_flow(), box.page_values(), box.establishes_formatting_context()
            found.append(f"{box.element_tag} {said} {flow}")
        with_placeholders = page._page_box.descendants(placeholders=True)
        found.append(str([box.element_tag for box in with_placeholders]))
    return found


def replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, value in Flow().replacements():
        monkeypatch.setattr(owner, name, value)


def plain(found: list[str]) -> list[str]:
    """Return what was found without the addresses of styles and pictures."""
    return [line.split(" object at ")[0].split("style=")[0] for line in found]


def test_boxes_stand_where_weasyprint_puts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = laid_out()
    replaced(monkeypatch)
    found = laid_out()
    assert len(found) > 100
    assert plain(found) == plain(expected)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (boxes.Box, "is_in_normal_flow"),
        (boxes.Box, "establishes_formatting_context"),
        (boxes.ParentBox, "page_values"),
        (inline, "avoid_collisions"),
        (background, "layout_box_backgrounds"),
    ],
)
def test_most_is_answered_without_asking(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    asked: Counter[str] = Counter()
    theirs = getattr(owner, name)

    def noted(*args: object, **named: object) -> object:
        asked[name] += 1
        return theirs(*args, **named)

    monkeypatch.setattr(owner, name, noted)
    laid_out()
    before = asked.pop(name)
    replaced(monkeypatch)
    laid_out()
    assert asked[name] < before / 2


@given(st.lists(st.floats(-99, 99) | st.integers(-9, 9), max_size=5))
def test_margins_collapse_as_in_weasyprint(margins: list[float]) -> None:
    assert collapse_margin(margins) == block.collapse_margin(margins)


def test_lengths_are_what_weasyprint_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    ours, theirs = Lengths(), percent.resolve_percentages

    def resolve(box: boxes.Box, containing_block: object) -> None:
        ours.resolve(box, containing_block)
        ours_found = [getattr(box, name) for name in lengths.NAMES]
        theirs(box, containing_block)
        found.append(ours_found == [getattr(box, name) for name in lengths.NAMES])

    for name in ("absolute", "block", "column", "float", "inline", "page", "table"):
        monkeypatch.setattr(f"weasyprint.layout.{name}.resolve_percentages", resolve)
    laid_out()
    assert len(found) > 100
    assert all(found)


def test_a_style_without_lengths_is_not_resolved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Lengths()
    monkeypatch.setattr(inline, "resolve_percentages", ours.resolve)
    text = STYLE + "<p>" + "".join(f"<em lang=l{k}>a</em> <b lang=l{k}>b</b>" for k in range(9))
    HTML(string=text).render()
    assert len(ours._known) < 18


PAGE = "<!doctype html><p class='a b' data-at=\"x:1\" hidden>t &amp; <br/>u<!-- v --></p>"


def test_markup_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = Markup()
    expected = [(e.tag, dict(e.attrib), e.text, e.tail) for e in tinyhtml5.parse(PAGE).iter()]
    markup._patterns.clear()
    for owner, name, value in markup.replacements():
        monkeypatch.setattr(owner, name, value)
    found = [(e.tag, dict(e.attrib), e.text, e.tail) for e in tinyhtml5.parse(PAGE).iter()]
    assert found == expected
    count = len(markup._patterns)
    tinyhtml5.parse(PAGE)
    assert 0 < len(markup._patterns) == count
    assert not any(isinstance(characters, re.Pattern) for characters, _ in markup._patterns)
