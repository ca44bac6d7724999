"""Stylesheets that were kept are those that would be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsletter.cache.store import at_hand, key_of
from newsletter.forme import Forme
from newsletter.render import render
from newsletter.typesetting.seam import sheets
from newsletter.typesetting.seam.loading import load
from workshop import STYLE, Workshop

load()

from weasyprint import CSS  # noqa: E402 - once WeasyPrint is loaded as a build loads it

RICH = (
    STYLE
    + """
@page { margin: 12mm; @bottom-center { content: counter(page); } }
@page :left { margin-left: 20mm; }
@media print { h2 { color: #1a6 } } @media screen { p { top: 0 } }
@layer base { p { text-indent: 2em } } :root { --tint: #a12; --gap: 3mm 4mm }
h2 { border: 1pt solid var(--tint); padding: var(--gap);
  background: linear-gradient(red, var(--tint)) }
h2:not(:first-child) + p, article[id^="art"]:nth-child(2n + 1) > p::first-letter {
  font: 700 1.2em serif }
ol > li::before { content: "·" }
strong::after { content: leader(".") target-counter("#article-first", page) }
"""
)
ASKS_FOR_MORE = (
    "@import url(other.css);",
    "@font-face { font-family: a; src: url(a.otf) }",
    "@counter-style rings { system: cyclic; symbols: ○ }",
    "@f\\6fnt-face { font-family: a; src: url(a.otf) }",
    "@color-profile --a { src: url(a.icc) }",
)


def written(shop: Workshop) -> bytes:
    return render(shop.compose(), Forme()).write(tagged=True)[0]


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the stylesheets that this process has read, as another does not know them."""
    monkeypatch.setattr("newsletter.forme._SHEETS", [])


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    forget(monkeypatch)
    shop = Workshop(tmp_path / "publication")
    shop.set_up(style=RICH)
    shop.write_article("头一段。\n\n又一段，**着重**。\n\n1. 一\n2. 二")
    return shop


def test_pages_are_the_same_by_sheets_that_were_kept(
    shop: Workshop, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    expected = written(shop)
    monkeypatch.setenv("NEWSLETTER_CACHE", str(cache))
    forget(monkeypatch)
    assert written(shop) == expected
    forget(monkeypatch)
    read: list[str] = []
    init = CSS.__init__

    def noted(sheet: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        read.append(named.get("string", ""))
        init(sheet, *given, **named)

    monkeypatch.setattr(CSS, "__init__", noted)
    assert written(shop) == expected
    assert not any("h2" in text for text in read)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("damage", [b"", b"nothing", b"\x80\x05N.", b"\x80\x05cos\nnothing\n."])
def test_what_is_damaged_is_read_anew(
    damage: bytes, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = written(shop)
    store = at_hand()
    assert store is not None
    for sheet in shop.compose().stylesheets:
        store.keep(key_of(sheets.KIND, (sheet.text, sheet.url)), damage)
    forget(monkeypatch)
    assert written(shop) == expected


@pytest.mark.usefixtures("cache")
def test_what_is_wrong_in_a_sheet_is_told_each_time(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.set_up(style=STYLE + "h2 { border: 1pt solid; width: 3 }")
    told = []
    for _ in range(3):
        forget(monkeypatch)
        told.append(render(shop.compose(), Forme()).findings)
    assert told[0] == told[1] == told[2] != ()


@pytest.mark.parametrize("rule", ASKS_FOR_MORE)
def test_a_sheet_that_asks_for_more_is_read_each_time(rule: str) -> None:
    assert sheets.is_self_contained(RICH)
    assert not sheets.is_self_contained(RICH + rule)


LOOK = """
import json
from newsletter.typesetting.seam.loading import load
load()
import pickle, weasyprint
from weasyprint import html
sheets = [html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET]
def plain(entries):
    return [repr((test.source, *rest)) for test, *rest in entries]
def told(matcher):
    return {name: plain(value) if isinstance(value, list) else value if isinstance(value, int)
            else {key: plain(of) for key, of in value.items()}
            for name, value in vars(matcher).items()}
print(json.dumps([[told(sheet.matcher), repr(sheet.page_rules), sheet.layers] for sheet in sheets]
    + [repr(dict(html.UA_COUNTER_STYLE))]))
"""


def look() -> Any:  # noqa: ANN401 - JSON
    """Load WeasyPrint in a process of its own, and tell its own stylesheets."""
    done = subprocess.run([sys.executable, "-c", LOOK], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_weasyprints_own_sheets_are_the_same_read_kept_and_damaged(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    expected = look()
    monkeypatch.setenv("NEWSLETTER_CACHE", str(cache))
    assert look() == expected
    assert look() == expected
    store = at_hand()
    assert store is not None
    assert store.find(key_of(sheets.KIND, ("own",)))
    store.keep(key_of(sheets.KIND, ("own",)), b"\x80\x05N.")
    assert look() == expected
