"""The report in a browser: views, keys, no request and no error. Needs Chromium and playwright."""

from __future__ import annotations

from pathlib import Path

import changes
import pytest

import chromium
from newsletter.review.comparison import compare
from newsletter.review.proof import make_proof
from newsletter.review.records import Records
from newsletter.review.report import Reviewed, write_report
from newsletter.review.sides import side_of_proof


@pytest.fixture(scope="module")
def page_of_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    before = changes.make(tmp_path_factory.mktemp("before"))
    now = changes.make(tmp_path_factory.mktemp("now"))
    changes.CHANGES["a reflow"](now)
    old = side_of_proof(make_proof(before.root, "one"), "before")
    proof = make_proof(now.root, "one")
    new = side_of_proof(proof, "now")
    reviewed = Reviewed(proof, old, new, compare(old, new), Records())
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(write_report(reviewed, "en"), "utf-8")
    return path


@pytest.mark.filterwarnings("ignore")
def test_keys_walk_over_changes_and_switch_views(page_of_report: Path) -> None:
    with chromium.started() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_of_report.as_uri())
        focused = "document.activeElement.id"
        page.keyboard.press("j")
        assert page.evaluate(focused) == "p4"
        page.keyboard.press("j")
        assert page.evaluate(focused) == "p5"
        page.keyboard.press("k")
        assert page.evaluate(focused) == "p4"
        for key, view in enumerate(["side", "swipe", "onion", "blink", "difference"], 1):
            page.keyboard.press(str(key))
            assert page.get_attribute("body", "data-view") == view
            assert page.locator("button[aria-pressed=true]").count() == 1
        blend = "getComputedStyle(document.querySelector('#p4 .now')).mixBlendMode"
        assert page.evaluate(blend) == "difference"
        page.keyboard.press("Space")
        assert page.get_attribute("body", "data-view") == "blink"
        page.check("#changed")
        assert not page.is_visible("#p1")
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
