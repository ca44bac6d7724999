"""Report how the print file of the issue of 2021 comes out, measured by programs not ours.

`python -m bench.press` builds the issue in both layouts and prints, in Markdown: the verdict of
preflight, the ink of every page, the error of colours, how alike print and screen are, whether
their words are equal, what the press costs, and whether bytes are the same again. `--page FILE`
writes the page of docs/ instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.press import charts, colour, raster, sheets
from bench.press.editions import LAYOUTS, Built, built, seconds

HEAD = """\
# How the print file comes out

Written by `make press-report`; [press.md](press.md) says how the file is made.
Ink and pixels are Ghostscript's at 150 dpi, colours Little CMS's; neither knows of the project.
Likeness is structural similarity of the printed page and of the screen's, both seen through the
profile of the press.
"""
PAIRS = 5


def main(arguments: Sequence[str]) -> int:
    """Print the report, or write it as a page."""
    parser = argparse.ArgumentParser(prog="python -m bench.press", description=__doc__)
    parser.add_argument("--page", type=Path, help="write the page of docs/ there")
    options = parser.parse_args(arguments)
    if not (raster.is_there() and colour.is_there()):
        print("needs Ghostscript and Little CMS: make judges", file=sys.stderr)
        return 3
    lines = list(_lines())
    if options.page:
        options.page.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    else:
        print("\n".join(lines))
    return 0


def _lines() -> Iterator[str]:
    yield f"Ghostscript {raster.version()}; the press is FOGRA39L coated, ink limit 300 %."
    yield ""
    for layout in LAYOUTS:
        print(f"{layout} …", file=sys.stderr)
        with built(layout) as files:
            yield from _layout(layout, files)
    print("charts …", file=sys.stderr)
    yield from charts.lines()
    yield from _cost()


def _layout(layout: str, files: Built) -> Iterator[str]:
    yield f"## {layout}, {files.pages} pages"
    yield ""
    yield from sheets.preflighted(files)
    yield from sheets.pages(files)
    yield from sheets.words(files)
    yield from sheets.again(layout, files)


def _cost() -> Iterator[str]:
    """Yield what the press pass adds to the layout stage, each in processes of their own."""
    print("cost …", file=sys.stderr)
    runs = [seconds() for _ in range(PAIRS)]
    ratios = sorted(press / layout for layout, press in runs)
    middle = ratios[len(ratios) // 2]
    yield "## What the press costs"
    yield ""
    yield (
        f"CPU of the press pass by CPU of the layout stage, issue of 2021 in silkroad, "
        f"{PAIRS} runs: median {middle:.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f} "
        "(wanted: at most 0.5)."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
