"""Write docs/archive-site: the web site of the archived issue of 2021, in a browser's windows.

In: the publication of this folder, archived into a folder of its own; the system's Chromium, which
is given our fonts and no others. Out: pictures of at most 150 KB. Exit status 3 without Chromium.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from newsletter.archive.accession import Terms, archive_issue
from newsletter.archive.site.bindery import bind
from newsletter.archive.stacks import Archive

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "archive-site"
ISSUE = "2021"
MOST_BYTES = 150_000
QUALITIES = (86, 78, 70, 60, 50)
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
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


def pictures(folder: Path, program: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the pixels (PNG) of each view."""
    from playwright.sync_api import sync_playwright

    made = site(folder)
    config = folder / "fonts.conf"
    config.write_text(FONTCONFIG.format(fonts=ROOT / "fonts", cache=folder / "cache"), "utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=program, args=["--no-sandbox"], env=environment
        )
        for view in VIEWS:
            window = browser.new_page(viewport={"width": view.width, "height": view.height})
            window.goto(f"file://{made}/{view.page}")
            window.evaluate(SHOW_PICTURES)
            if "search" in view.page:
                window.wait_for_selector("#hits li")
            if view.selector:
                window.evaluate(f"document.querySelector('{view.selector}').scrollIntoView()")
            window.wait_for_timeout(300)
            yield view.name, window.screenshot()
            window.close()
        browser.close()


def packed(png: bytes) -> bytes:
    """Return a picture as JPEG, as good as `MOST_BYTES` allows."""
    with Image.open(io.BytesIO(png)) as image:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= MOST_BYTES:
                return out.getvalue()
    message = f"a view has more than {MOST_BYTES} bytes"
    raise ValueError(message)


def main() -> int:
    """Write all views."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        print(f"needs Chromium ({', '.join(PROGRAMS)}): apt install chromium", file=sys.stderr)
        return 3
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, png in pictures(Path(folder), program):
            (TARGET / f"{name}.jpg").write_bytes(packed(png))
    return 0


if __name__ == "__main__":
    sys.exit(main())
