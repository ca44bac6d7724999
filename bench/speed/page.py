"""docs/performance.md: written from the figures that were recorded, and from words by hand.

In: `figures.json`, `words.md`. Out: the page and its chart. Nothing is measured here, so the
page is the same wherever it is written.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.speed import chart

HERE = Path(__file__).resolve().parent
FIGURES, WORDS = HERE / "figures.json", HERE / "words.md"
DOCS = HERE.parents[1] / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "performance.svg"
NAMES = {
    "build": "newsletter build, cold",
    "bare": "newsletter build, cold, without the installation's shelf",
    "weasyprint": "WeasyPrint's command line, the same HTML",
    "typst": "Typst, the same texts and pictures",
    "chromium": "Chromium's print, the same HTML",
    "xelatex": "XeLaTeX, one pass, the same texts, no pictures",
    "new": "newsletter build, after one of another issue",
    "edited": "newsletter build, a word changed since the last one",
    "unchanged": "newsletter build, nothing changed",
    "check": "newsletter check, a word changed since the last one",
    "check-unchanged": "newsletter check, nothing changed",
    "help": "newsletter --help",
}
TOOLS = ("build", "weasyprint", "typst", "chromium", "xelatex")
BASE = "weasyprint"
Row = Mapping[str, Any]


def figures() -> dict[str, Any]:
    """Return what was recorded."""
    if not FIGURES.exists():
        return {}
    found: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return found


def write() -> None:
    """Write the page and its chart."""
    recorded = figures()
    PAGE.write_text(page(recorded, WORDS.read_text("utf-8")), "utf-8")
    CHART.write_text(drawn(recorded), "utf-8")


def page(recorded: Mapping[str, Any], words: str) -> str:
    """Return the page."""
    rows = recorded["rows"]
    lines = [
        "# What a build costs",
        "",
        "Measured by `make bench` ([bench/README.md](../bench/README.md)) on the issue of 2021,",
        "a screen file with tags, each command a process of its own, in turns.",
        "CPU seconds are those of all its processes, memory is the most that they held together;",
        "medians, with the least and the most in brackets.",
        "",
        "![CPU seconds and memory of each tool](performance.svg)",
        "",
        *_costs(rows),
        "",
        "## Growth",
        "",
        "What each page more costs, between the two sizes of an issue whose articles repeat.",
        "",
        *_growth(rows),
        "",
        "## Many issues",
        "",
        *_many(rows, recorded),
        "",
        words.strip(),
        "",
        "## With",
        "",
        f"- {recorded['date']}, {recorded['machine']}",
        *(f"- {name} {version}" for name, version in recorded["versions"].items()),
    ]
    return "\n".join(lines) + "\n"


def _costs(rows: Mapping[str, Row]) -> Iterator[str]:
    yield "| command | pages | CPU s | of WeasyPrint's | peak MiB |"
    yield "|---|---:|---:|---:|---:|"
    for key, name in NAMES.items():
        row = rows.get(key)
        if row is None or "absent" in row:
            yield f"| {name} | {'not installed' if row else 'not measured'} | | | |"
            continue
        pages = row.get("pages", "") if key in TOOLS else ""
        ratio = f"{_ratio(row, rows):.2f}" if BASE in rows else ""
        cpu, peak = _spread(row["cpu_s"], 2), _spread(row["peak_mib"], 0)
        yield f"| {name} | {pages} | {cpu} | {ratio} | {peak} |"


def _ratio(row: Row, rows: Mapping[str, Row]) -> float:
    return statistics.median(row["cpu_s"]) / statistics.median(rows[BASE]["cpu_s"])


def _spread(values: Sequence[float], digits: int) -> str:
    middle = f"{statistics.median(values):.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _growth(rows: Mapping[str, Row]) -> Iterator[str]:
    yield "| tool | pages | CPU ms a page | MiB a page |"
    yield "|---|---:|---:|---:|"
    for tool in TOOLS:
        small, large = rows.get(f"{tool}-100"), rows.get(f"{tool}-400")
        if small is None or large is None or "absent" in small:
            yield f"| {NAMES[tool]} | {'not installed' if small else 'not measured'} | | |"
            continue
        more = large["pages"] - small["pages"]
        cpu = 1000 * (_middle(large, "cpu_s") - _middle(small, "cpu_s")) / more
        peak = (_middle(large, "peak_mib") - _middle(small, "peak_mib")) / more
        yield f"| {NAMES[tool]} | {small['pages']} → {large['pages']} | {cpu:.1f} | {peak:.2f} |"


def _middle(row: Row, what: str) -> float:
    return statistics.median(row[what])


def _many(rows: Mapping[str, Row], recorded: Mapping[str, Any]) -> Iterator[str]:
    ours, theirs = rows.get("all"), rows.get("all-weasyprint")
    if ours is None or theirs is None:
        yield "Not measured."
        return
    yield f"| {recorded['issues']} issues | CPU s | an issue | peak MiB |"
    yield "|---|---:|---:|---:|"
    for name, row in (
        ("newsletter build --all", ours),
        ("WeasyPrint's command line, two at once", theirs),
    ):
        cpu, peak = _middle(row, "cpu_s"), _middle(row, "peak_mib")
        yield f"| {name} | {cpu:.1f} | {cpu / recorded['issues']:.2f} | {peak:.0f} |"


def drawn(recorded: Mapping[str, Any]) -> str:
    """Return the chart."""
    rows = recorded["rows"]
    bars = [
        chart.Bar(NAMES[key], _middle(rows[key], "cpu_s"), _middle(rows[key], "peak_mib"))
        for key in TOOLS
        if key in rows and "absent" not in rows[key]
    ]
    return chart.svg(bars)
