"""Measure how long it takes from a saved edit to the page in the browser.

`python -m bench.preview [--edits N]` copies the issue of 2021 into a folder of its own, starts
`newsletter preview` on it and Chromium before it, changes a word of one article after another,
and prints for each edit the milliseconds from the end of the write until the new picture of its
page is decoded and in its place, and until the whole issue is as it is now; then median and worst,
for edits of text and of a stylesheet, and of text in an issue whose sheets are filled up.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

from newsletter.preview.leaf import Impression, Order, Print
from newsletter.preview.proofroom import ProofRoom

ROOT = Path(__file__).resolve().parent.parent
NEWSLETTER = Path(sys.executable).parent / "newsletter"
ISSUE = "2021"
LAYOUT = "silkroad"
EDITS = 20
STYLE_EDITS = 5
CPU_EDITS = 6
PATIENCE_MS = 120_000
LEAST_WORDS = 30
LENGTHENED = "outlook-seminar.yaml"
REPEATS = 8
DPI = 72
LOOK_OUT = """([place, patience]) => {
  const digest = () => document.querySelector(place)?.dataset.digest;
  const before = digest();
  const number = Number(document.body.dataset.number);
  const { dataset } = document.body;
  const isWhole = () => dataset.status === "ready" && Number(dataset.number) > number;
  const until = Date.now() + patience;
  const when = (is) => new Promise((done, fail) => {
    const look = () => {
      if (is()) done(Date.now());
      else if (Date.now() > until) fail(new Error(`${place} is as it was`));
      else requestAnimationFrame(look);
    };
    look();
  });
  window.seen = Promise.all([when(() => digest() && digest() !== before), when(isWhole)]);
}"""
"""Looks at every frame; a wait for a selector looks twice a second after a while."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Times(NamedTuple):
    """Milliseconds from the end of a write until the page is shown, and until all is as it is."""

    page: float
    whole: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument("--edits", type=int, default=EDITS)
    options = parser.parse_args(arguments)
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        print("needs Chromium: make judges", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="newsletter-bench-") as folder:
        root = copied(Path(folder) / "even")
        with previewed(root) as url, shown(browser, url) as tab:
            told("text", [edited(tab, url, root, number) for number in range(options.edits)])
            told("style", [restyled(tab, root, number) for number in range(STYLE_EDITS)])
        longer = copied(Path(folder) / "longer")
        lengthen(longer)
        with previewed(longer) as url, shown(browser, url) as tab:
            print(f"longer: {len(state(url)['pages'])} pages")
            told("filled", [edited(tab, url, longer, number) for number in range(options.edits)])
        spent = statistics.median(cpu_seconds(root))
        print(f"text: {spent:.2f} s of CPU to the first picture, median of {CPU_EDITS - 1}")
    return 0


def copied(folder: Path) -> Path:
    """Return a publication like ours that may be edited."""
    for name in (f"issues/{ISSUE}", f"layouts/{LAYOUT}"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("review"))
    shutil.copy(ROOT / "newsletter.yaml", folder)
    return folder


@contextlib.contextmanager
def previewed(root: Path) -> Iterator[str]:
    """Start the preview and yield its address; stop it at the end."""
    command = [str(NEWSLETTER), "-C", str(root), "preview", ISSUE, "--port", "0", "--no-open"]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip() if process.stdout else ""
            print(f"answers after {time.perf_counter() - begun:.2f} s", end=", ")
            while not state(url)["pages"]:
                time.sleep(0.02)
            print(f"first pages after {time.perf_counter() - begun:.2f} s")
            yield url
        finally:
            process.send_signal(signal.SIGTERM)


@contextlib.contextmanager
def shown(browser: str, url: str) -> Iterator[Any]:
    """Yield a tab that shows the preview."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = opened.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(url)
        tab.wait_for_selector("body[data-status=ready] .page img[data-digest]", timeout=PATIENCE_MS)
        yield tab
        opened.close()


def state(url: str) -> Any:
    """Return what the preview says."""
    return read(f"{url}state.json")


def read(address: str) -> Any:
    """Return JSON of this machine."""
    with urlopen(address) as answer:  # noqa: S310 - our own address
        return json.load(answer)


def edited(tab: Any, url: str, root: Path, number: int) -> Times:
    """Change a word of one of the articles and measure until its page shows it."""
    files = sorted((root / "issues" / ISSUE / "articles").glob("*.yaml"))
    file = files[number % len(files)]
    text, line = reworded(file, number)
    page = page_of(url, f"issues/{ISSUE}/articles/{file.name}:{line}")
    return until_shown(tab, page, file, text)


def reworded(file: Path, number: int) -> tuple[str, int]:
    """Return an article with other words at the end of its last paragraph, and the line of it."""
    lines = file.read_text("utf-8").split("\n")
    at = max(i for i, line in enumerate(lines) if is_prose(line))
    before, _, after = lines[at].rpartition("。")
    lines[at] = f"{before}，{'第二稿' if number % 2 else '新稿'}。{after}"
    return "\n".join(lines), at + 1


def is_prose(line: str) -> bool:
    """Tell whether a line of YAML is one of a body's paragraphs."""
    return line.startswith("  ") and len(line) > LEAST_WORDS and "。" in line and ": " not in line


def lengthen(root: Path) -> None:
    """Repeat a paragraph so often that its article needs another page, and the issue fillers."""
    file = root / "issues" / ISSUE / "articles" / LENGTHENED
    lines = file.read_text("utf-8").split("\n")
    at = max(i for i, line in enumerate(lines) if is_prose(line))
    lines[at : at + 1] = [lines[at], ""] * REPEATS
    file.write_text("\n".join(lines), "utf-8")


def page_of(url: str, origin: str) -> int:
    """Return the last page on which a block of that origin stands."""
    pages = range(1, len(state(url)["pages"]) + 1)
    met = [
        page
        for page in pages
        for block in read(f"{url}blocks/{page}.json")["blocks"]
        if block["origin"] == origin
    ]
    return max(met)


def restyled(tab: Any, root: Path, number: int) -> Times:
    """Change a stylesheet and measure until page 2 shows it."""
    file = root / "layouts" / LAYOUT / "style.css"
    rule = f"\narticle p {{ color: #{number + 1}{number + 1}2222 }}\n"
    return until_shown(tab, 2, file, file.read_text("utf-8") + rule)


def until_shown(tab: Any, page: int, file: Path, text: str) -> Times:
    """Write a file and measure until another picture of the page is in place."""
    tab.keyboard.press("/")
    tab.keyboard.type(str(page))
    tab.keyboard.press("Enter")
    place = f".page[data-page='{page}'] img"
    tab.wait_for_selector(f"{place}[data-digest]", timeout=PATIENCE_MS)
    tab.wait_for_selector("body[data-status=ready]", timeout=PATIENCE_MS)
    tab.evaluate(LOOK_OUT, [place, PATIENCE_MS])
    file.write_text(text, "utf-8")
    begun = time.time() * 1000
    page_at, whole_at = tab.evaluate("() => window.seen")
    return Times(page_at - begun, whole_at - begun)


def cpu_seconds(root: Path) -> list[float]:
    """Return the CPU seconds from an order to the first picture, in this process, warm."""
    room, spent = ProofRoom(), list[float]()
    gc.disable()  # as the process does
    name = "issues/2021/articles/symposium.yaml"
    file, looked_at = root / name, ()
    for number in range(CPU_EDITS):
        text, line = reworded(file, number)
        file.write_text(text, "utf-8")
        made, at = list[Print](), [time.process_time()]

        def take(print_: Print, made: list[Print] = made, at: list[float] = at) -> None:
            made.append(print_)
            at.append(time.process_time())

        room.make(Order(number, str(root), ISSUE, None, number > 0, DPI, looked_at), take)
        room.rest()
        spent.append(at[1] - at[0])
        looked_at = (last_page(made[-1], f"{name}:{line}"),)
    return spent[1:]


def last_page(made: Print, origin: str) -> int:
    """Return the last page on which a block of that origin stands."""
    leaves = made.leaves if isinstance(made, Impression) else ()
    blocks = (block for leaf in leaves for block in leaf.page.blocks)
    return max(block.page for block in blocks if block.origin == origin)


def told(kind: str, measured: Sequence[Times]) -> None:
    """Print what was measured."""
    load = os.getloadavg()[0]
    for what, times in zip(Times._fields, zip(*measured, strict=True), strict=True):
        print(f"{kind}, {what}: {' '.join(f'{ms:.0f}' for ms in times)} ms")
        print(
            f"{kind}, {what}: {len(times)} edits, median {statistics.median(times):.0f} ms, "
            f"worst {max(times):.0f} ms (load {load:.1f} on {os.cpu_count()} cores)"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
