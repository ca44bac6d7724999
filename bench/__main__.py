"""Measure CPU seconds, wall seconds and peak memory of whole processes, in turns.

`python -m bench [--runs N]` prints the median of each figure: the command line's start, the
check and the build of the issue of 2021, and WeasyPrint's own command line on the same HTML
with the same fonts. Children are counted in (getrusage, RUSAGE_CHILDREN, by wait4).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.compose.galley import BASE_URL, Galley
from newsletter.edition import compose
from newsletter.issue.loader import load_copy

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ISSUE = "2021"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    wall_s: float
    cpu_s: float
    peak_mib: float


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end and return what it took."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if status != 0:
        message = f"{' '.join(command)} ended with {status}"
        raise RuntimeError(message)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the commands by the name they have in the table."""
    newsletter = [str(BIN / "newsletter"), "-C", str(ROOT)]
    page = _as_files(compose(load_copy(ROOT, ISSUE)), folder)
    return {
        "newsletter --help": [*newsletter, "--help"],
        "newsletter check 2021": [*newsletter, "check", ISSUE],
        "newsletter build 2021, both files": [*newsletter, "build", ISSUE, "-o", str(folder)],
        "weasyprint, the same pages, one file": [
            str(BIN / "weasyprint"),
            "--pdf-variant",
            "pdf/ua-1",
            str(page),
            str(folder / "weasyprint.pdf"),
        ],
    }


def _as_files(galley: Galley, folder: Path) -> Path:
    """Write a galley as a page that any renderer can read from disk."""
    html = galley.html
    styles = "\n".join(sheet.text for sheet in galley.stylesheets)
    for url, path in galley.assets.items():
        html, styles = html.replace(url, path.as_uri()), styles.replace(url, path.as_uri())
    page = folder / "page.html"
    head = f"<style>{styles}</style></head>"
    page.write_text(html.replace("</head>", head).replace(BASE_URL, ""), "utf-8")
    return page


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args(arguments).runs
    with tempfile.TemporaryDirectory() as folder:
        costs: dict[str, list[Cost]] = {}
        table = commands(Path(folder))
        for _ in range(runs):
            for name, command in table.items():
                costs.setdefault(name, []).append(measure(command))
    print(f"| command (median of {runs}) | wall s | CPU s | peak MiB |\n|---|---|---|---|")
    for name, found in costs.items():
        wall = statistics.median(cost.wall_s for cost in found)
        cpu = statistics.median(cost.cpu_s for cost in found)
        peak = statistics.median(cost.peak_mib for cost in found)
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
