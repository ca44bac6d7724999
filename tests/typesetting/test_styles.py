"""Properties that are handed on at once are what WeasyPrint computes."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.styles import Styles

load()

from weasyprint import HTML  # noqa: E402 - once it is loaded as a build loads it
from weasyprint.css import get_all_computed_styles  # noqa: E402
from weasyprint.css.properties import INITIAL_VALUES  # noqa: E402

PAGE = """<!doctype html><style>
:root { --wide: 3em; font-size: 12px; color: #123456; page: start }
body { direction: rtl; margin-inline-start: 1em; text-decoration: underline; line-height: 1.5 }
p { margin-block: 2em 3em; width: var(--wide); padding-left: calc(1em + 2px); border: 1px solid }
b { font-size: 150%; inline-size: 4em; text-decoration: overline; float: left }
i { all: initial; position: absolute } u { margin: inherit; color: inherit; page: other }
</style><body><p lang=zh>a <b>b</b> <i>c</i><p dir=ltr><u>d <b>e</b></u><table><td>f</table>"""

Found = list[dict[str, object]]


def value(style: Any, name: str) -> object:  # noqa: ANN401 - WeasyPrint's
    """Return a property; the style of a box without an element has none that are logical."""
    try:
        return style[name]
    except KeyError:
        return None


def computed(text: str = PAGE) -> Found:
    page = HTML(string=text)
    style_for = get_all_computed_styles(page)
    styles = [style_for(element) for element in page.etree_element.iter()]
    of_boxes = [style.anonymous_style for style in styles if style is not None]
    return [
        {name: value(style, name) for name in sorted(INITIAL_VALUES)}
        for style in (*styles, *of_boxes)
        if style is not None
    ]


def test_they_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = computed()
    for owner, name, value in Styles().replacements():
        monkeypatch.setattr(owner, name, value)
    found = computed()
    assert len(found) > 10
    assert found == expected


SHORTHANDS = """<!doctype html><style>
:root { --serif: serif; --size: 9px; --line: 2px solid red; --wrong: 1 2 3 }
body { --size: 8px } p, b { font: italic var(--size)/2 var(--serif); border: var(--line) }
b { margin: var(--size) calc(var(--size) * 2) } i { padding: var(--wrong) }
u { --line: 1px dotted; border-left: var(--line); background: var(--none, blue) }
</style><body><p>a <b>b</b> <i>c</i><p style="--size: 7px"><u>d</u> <b>e <u>f</u></b>"""


def test_shorthands_with_variables_say_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def found() -> tuple[Found, list[str]]:
        caplog.clear()
        return computed(SHORTHANDS), [record.getMessage() for record in caplog.records]

    expected = found()
    asked: list[str] = []
    styles = Styles()
    theirs = styles._validate

    def noted(pending: object, tokens: object, wanted_key: str, base_url: str | None) -> object:
        asked.append(wanted_key)
        return theirs(pending, tokens, wanted_key, base_url)

    styles._validate = noted
    for owner, name, value in styles.replacements():
        monkeypatch.setattr(owner, name, value)
    assert found() == expected
    assert asked.count("font-size") == 2  # the two sizes, for four elements
    assert any("padding" in message for message in expected[1])


def test_most_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    styles, asked = Styles(), []
    theirs = styles._missing

    def noted(style: object, name: str) -> object:
        asked.append(name)
        return theirs(style, name)

    styles._missing = noted
    for owner, name, value in styles.replacements():
        monkeypatch.setattr(owner, name, value)
    found = computed()
    assert len(asked) < len(found) * len(INITIAL_VALUES) / 3
