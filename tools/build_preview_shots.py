"""Write docs/preview: screenshots of `newsletter preview` on the issue of 2021, in Chinese.

In: a copy of the publication of this folder, Chromium. Out: `docs/preview/*.jpg`, at most 150 KB
each. Exit status 3 where Chromium is missing.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from camera import ROOT, camera, copied, keep

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOTS = ROOT / "docs" / "preview"
NEWSLETTER = Path(sys.executable).parent / "newsletter"
QUIETLY = ("--port", "0", "--no-open", "--by", "李雷")
DESK = {"width": 1440, "height": 900}
TABLET = {"width": 1024, "height": 768}
ARTICLE = "issues/2021/articles/symposium.yaml"
READY = "body[data-status=ready] .page img[data-digest]"
SETTLED_MS = 1800
LONG_MS = 120_000
BLOCK = {"x": 140, "y": 300}


def main() -> int:
    """Write every screenshot."""
    with tempfile.TemporaryDirectory(prefix="newsletter-shots-") as folder, camera() as browser:
        root = copied(Path(folder))
        command = [str(NEWSLETTER), "-C", str(root), "--lang", "zh", "preview", "2021", *QUIETLY]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                url = process.stdout.readline().strip() if process.stdout else ""
                photograph(browser, url, root)
            finally:
                process.send_signal(signal.SIGTERM)
    return 0


def photograph(browser: Browser, url: str, root: Path) -> None:
    """Take every picture, one after the other, of one preview."""
    tab = browser.new_page(viewport=DESK)
    tab.goto(url)
    tab.wait_for_selector(READY, timeout=LONG_MS)
    for name, scene in SCENES.items():
        scene(tab, root)
        tab.wait_for_timeout(SETTLED_MS)
        keep(tab.screenshot(), SHOTS / f"{name}.jpg")
    tablet = browser.new_context(viewport=TABLET, has_touch=True).new_page()
    tablet.goto(f"{url}#page=9&view=spread")
    tablet.wait_for_selector(READY, timeout=LONG_MS)
    tablet.wait_for_timeout(SETTLED_MS)
    keep(tablet.screenshot(), SHOTS / "tablet.jpg")


def press(*keys: str) -> Callable[[Page, Path], None]:
    """Return a scene that some keys make."""

    def scene(tab: Page, _root: Path) -> None:
        for key in keys:
            tab.keyboard.press(key)

    return scene


def comment(tab: Page, _root: Path) -> None:
    """Say something about a block, and begin to say more about another."""
    press("Escape", "3", "Home", "ArrowRight", "ArrowRight", "Enter", "a")(tab, _root)
    tab.wait_for_selector("[data-verdict=approved]")
    paper = tab.locator(".page[data-page='3'] .paper")
    tab.wait_for_timeout(SETTLED_MS)
    paper.click(position=BLOCK)
    tab.keyboard.press("c")
    tab.keyboard.type("这一段请对照原文核对。")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector(".pin")
    paper.click(position={"x": 360, "y": 200})


def broken(tab: Page, root: Path) -> None:
    """Misspell a field."""
    tab.keyboard.press("Escape")
    file = root / ARTICLE
    file.write_text(file.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    tab.wait_for_selector("#broken:not([hidden])", timeout=LONG_MS)


def mended(tab: Page, root: Path) -> None:
    """Spell it right again, and ask for help."""
    file = root / ARTICLE
    file.write_text(file.read_text("utf-8").replace("titel:", "title:", 1), "utf-8")
    tab.wait_for_selector("body[data-status=ready]:not(.is-broken)", timeout=LONG_MS)
    tab.keyboard.press("?")


SCENES: dict[str, Callable[[Page, Path], None]] = {
    "spread": press("ArrowRight"),
    "grid": press("m", "g"),
    "trim-and-stretch": press("m", "g", "t", "h"),
    "order": press("t", "h", "o"),
    "sheet": press("o", "3"),
    "comment": comment,
    "broken": broken,
    "keys": mended,
}


if __name__ == "__main__":
    sys.exit(main())
