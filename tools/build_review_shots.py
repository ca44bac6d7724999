"""Write docs/review: the report of a review of the issue of 2021, in Chinese, in a browser.

In: a copy of the publication of this folder, to which an editor does a few things. Out:
`docs/review/*.jpg`, at most 150 KB each. Exit status 3 where Chromium is missing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from camera import ROOT, camera, copied, keep

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOTS = ROOT / "docs" / "review"
NEWSLETTER = Path(sys.executable).parent / "newsletter"
WINDOW = {"width": 1440, "height": 900}
EDITS = (
    ("issues/2021/articles/symposium.yaml", "仍是和平与发展", "依然是和平与发展"),
    ("issues/2021/articles/view-solheim.yaml", "全球最大的", "世界最大的"),
    ("layouts/silkroad/tokens.css", "--forest: #17452f", "--forest: #1f4f3a"),
)
CUT = ("issues/2021/articles/burkina-solar.yaml", "body: |")
VIEWS = (
    ("summary", "", ""),
    ("words", "p2", "1"),
    ("reflow", "p16", "1"),
    ("difference", "p2", "5"),
)
"""Name of a picture, the page that it shows, the key of the view."""


def main() -> int:
    """Review the edited issue and take every picture."""
    with tempfile.TemporaryDirectory(prefix="newsletter-shots-") as folder, camera() as browser:
        root = copied(Path(folder))
        review(root, "--accept")
        for name, old, new in EDITS:
            swap(root / name, old, new)
        cut_paragraph(root / CUT[0], CUT[1])
        review(root)
        photograph(browser, root / "build" / "2021" / "2021-review.html")
    return 0


def review(root: Path, *more: str) -> None:
    """Run the command."""
    command = [NEWSLETTER, "-C", root, "--lang", "zh", "review", "2021", "--by", "李雷", *more]
    subprocess.run([*command, "--date", "2022-01-05"], check=True, capture_output=True)


def swap(file: Path, old: str, new: str) -> None:
    """Put one text in the place of another that must be there."""
    text = file.read_text("utf-8")
    if old not in text:
        message = f"{file.name} does not say {old!r}"
        raise ValueError(message)
    file.write_text(text.replace(old, new, 1), "utf-8")


def cut_paragraph(file: Path, after: str) -> None:
    """Take out the second paragraph after a line: what stands behind it moves up."""
    head, _, body = file.read_text("utf-8").partition(after)
    first, _second, *rest = body.split("\n\n")
    file.write_text(head + after + "\n\n".join([first, *rest]), "utf-8")


def photograph(browser: Browser, report: Path) -> None:
    """Take the picture of each view."""
    tab = browser.new_page(viewport=WINDOW)
    tab.goto(report.as_uri())
    for name, page, key in VIEWS:
        if page:
            tab.keyboard.press(key)
            tab.evaluate(f"document.getElementById('{page}').scrollIntoView()")
        tab.wait_for_timeout(600)
        keep(tab.screenshot(), SHOTS / f"{name}.jpg")


if __name__ == "__main__":
    sys.exit(main())
