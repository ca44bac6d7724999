"""The issue of 2021, built for the report, and what building it costs."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter import checking, edition
from newsletter.issue.loader import load_copy
from newsletter.issue.models import Profile
from newsletter.press.printing import PrintOrder
from newsletter.printroom import print_order

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2021"
LAYOUTS = ("silkroad", "bulletin")
PROFILES: tuple[Profile, ...] = ("screen", "print", "archive")


@dataclass(frozen=True, slots=True)
class Built:
    """The files of one build, how many pages they have, and how the press was told."""

    screen: Path
    print: Path
    archive: Path
    pages: int
    order: PrintOrder
    digests: dict[str, str]


@contextlib.contextmanager
def built(layout: str) -> Iterator[Built]:
    """Build the issue in a layout, into a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        made = edition.build(ROOT, ISSUE, PROFILES, Path(folder), layout=layout)
        order = print_order(checking.compose(load_copy(ROOT, ISSUE), layout))
        files = made.files
        digests = dict(made.digests)
        paths = files["screen"], files["print"], files["archive"]
        yield Built(*paths, made.pages, order, digests)


def seconds() -> tuple[float, float]:
    """Return CPU seconds of the layout stage and of the press pass, in a fresh process."""
    command = [sys.executable, "-m", "bench.press.editions"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    layout, press = done.stdout.split()
    return float(layout), float(press)


def _measure() -> None:
    from newsletter.press.printing import print_file
    from newsletter.render import render

    galley = checking.compose(load_copy(ROOT, ISSUE))
    begin = time.process_time()
    pages = render(galley)
    laid_out = time.process_time()
    raw, _problems = pages.write(tagged=False)
    written = time.process_time()
    print_file(raw, print_order(galley))
    pressed = time.process_time()
    print(laid_out - begin, pressed - written)


if __name__ == "__main__":
    _measure()
