"""Boxes have what is their own; what nearly all have, their class has."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

from newsletter.forme import keep_system_fonts_out
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam import composing
from newsletter.typesetting.seam.defaults import OF_ALL, OF_TEXT
from newsletter.typesetting.seam.loading import load
from workshop import HOUSE

keep_system_fonts_out()
load()

from weasyprint import CSS, HTML  # noqa: E402 - once WeasyPrint is loaded as a build loads it
from weasyprint.css import AnonymousStyle, InitialStyle  # noqa: E402
from weasyprint.formatting_structure.boxes import TextBox  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

FONT = (HOUSE / "fonts" / "wenkai" / "WenKai-Regular.ttf").as_uri()
STYLE = """@page { size: 200px 120px; margin: 10px }
html { font: 10px/20px Kai } p { margin: 0 }
div { border: 1px solid; border-radius: 9px; padding: 2px; margin: 3px; background: #eee }
table { border-collapse: collapse } td { border: 2px solid } td p { border: 1px solid }
span { border: 1px solid; margin: 1px; padding: 1px }
"""
BODY = (
    '<div class="long">' + "<p>会议指出</p>" * 14 + "</div>"
    "<table><tr><td><p>甲<span>乙</span></p><td>丙</table>"
    "<p>推动<span>绿色发展绿色发展绿色发展绿色发展</span>合作</p>"
)
SIDES = ("top", "right", "bottom", "left")
NAMES = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *("border_top_left_radius", "border_bottom_right_radius", "max_height", "min_width"),
    *("position_x", "position_y", "width", "height", "remove_decoration_sides"),
)


def boxes(language: str) -> Iterator[Any]:
    fonts = FontConfiguration()
    family = f'@font-face {{ font-family: Kai; src: url("{FONT}") }}'
    sheet = CSS(string=family + STYLE, font_config=fonts)
    html = HTML(string=f'<html lang="{language}"><body>{BODY}')
    for page in html.render(stylesheets=[sheet], font_config=fonts).pages:
        yield from page._page_box.descendants()


def told(box: Any) -> list[object]:  # noqa: ANN401 - WeasyPrint's
    sides = sorted(box.remove_decoration_sides)
    return [type(box).__name__, *(getattr(box, name) for name in NAMES[:-1]), sides]


def test_an_anonymous_style_is_let_go_without_a_search() -> None:
    """WeasyPrint has it note itself as what was specified."""
    with composing(Rules()):
        of_root = InitialStyle(None)
        of_root.parent_style, of_root.root_style, of_root.cache = None, of_root, {}
        style = AnonymousStyle(of_root)
        assert style.specified is style
        there = weakref.ref(style)
        del style
        assert there() is None


def test_boxes_are_as_weasyprint_makes_them() -> None:
    """In another language than Chinese, whose lines are its own."""
    expected = [told(box) for box in boxes("ja")]
    with composing(Rules()):
        found = [told(box) for box in boxes("ja")]
    assert any(box[-1] == ["bottom", "top"] for box in expected)
    assert any(box[-1] == ["left"] for box in expected)
    assert found == expected


def test_lines_and_their_texts_have_nothing_that_their_class_has() -> None:
    with composing(Rules()):
        lines = [box for box in boxes("zh-CN") if "composed" in box.__dict__]
    texts = [box for line in lines for box in line.children if type(box) is TextBox]
    assert len(texts) > 15
    of_lines = {name for name in (*OF_ALL, *OF_TEXT) if not name.startswith("margin")}
    for box in (*lines, *texts):
        own = box.__dict__
        assert not {name for name in of_lines & own.keys() if own[name] == getattr(type(box), name)}
