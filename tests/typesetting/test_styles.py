"""Properties that are handed on at once are what WeasyPrint computes."""

from __future__ import annotations

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


def computed() -> Found:
    page = HTML(string=PAGE)
    style_for = get_all_computed_styles(page)
    styles = [style_for(element) for element in page.etree_element.iter()]
    return [
        {name: style[name] for name in sorted(INITIAL_VALUES)}
        for style in styles
        if style is not None
    ]


def test_they_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = computed()
    for owner, name, value in Styles().replacements():
        monkeypatch.setattr(owner, name, value)
    found = computed()
    assert len(found) > 10
    assert found == expected


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
