"""Write docs/archive-site: the web site of the archived issue of 2021, in a browser's windows.

In: the publication of this folder, archived into a folder of its own; the system's Chromium, which
is given our fonts and no others. Out: pictures of at most 150 KB. Exit status 3 without Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camera import ROOT, camera, keep
from newsletter.archive.accession import Terms, archive_issue
from newsletter.archive.site.bindery import bind
from newsletter.archive.stacks import Archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TARGET = ROOT / "docs" / "archive-site"
ISSUE = "2021"
SHOW_PICTURES = "document.querySelectorAll('img').forEach(image => image.loading = 'eager')"


@dataclass(frozen=True, slots=True)
class View:
    """A page in a window; `selector` is what is scrolled to its top."""

    name: str
    page: str
    width: int
    height: int
    selector: str = ""


VIEWS = (
    View("shelf-desktop", "index.html", 1360, 900),
    View("issue-tablet", f"issues/{ISSUE}/index.html", 820, 1100),
    View("pages-desktop", f"issues/{ISSUE}/index.html", 1360, 900, ".leaves"),
    View("article-desktop", f"issues/{ISSUE}/articles/green-ribbon.html", 1360, 900),
    View("article-phone", f"issues/{ISSUE}/articles/green-ribbon.html", 390, 844),
    View("sidebar-phone", f"issues/{ISSUE}/articles/green-ribbon.html", 390, 844, "aside"),
    View("view-tablet", f"issues/{ISSUE}/articles/view-solheim.html", 820, 1100),
    View("search-desktop", "search.html?q=绿色 合作", 1360, 900),
    View("search-phone", "en/search.html?q=氢", 390, 844),
)


def site(folder: Path) -> Path:
    """Archive the issue and make the site; return its folder."""
    archive_issue(Archive(folder / "archive"), ROOT, ISSUE, Terms("", ""), lambda _stage: None)
    return bind(folder / "archive", folder / "site").folder


def photograph(browser: Browser, made: Path) -> None:
    """Take the picture of each view of the site."""
    for view in VIEWS:
        window = browser.new_page(viewport={"width": view.width, "height": view.height})
        window.goto(f"file://{made}/{view.page}")
        window.evaluate(SHOW_PICTURES)
        if "search" in view.page:
            window.wait_for_selector("#hits li")
        if view.selector:
            window.evaluate(f"document.querySelector('{view.selector}').scrollIntoView()")
        window.wait_for_timeout(300)
        keep(window.screenshot(), TARGET / f"{view.name}.jpg")
        window.close()


def main() -> int:
    """Write all views."""
    with tempfile.TemporaryDirectory() as folder, camera() as browser:
        photograph(browser, site(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
