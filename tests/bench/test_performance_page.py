"""docs/performance.md is written from the figures that were recorded."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.speed import chart, page


def test_the_page_is_current() -> None:
    written = page.page(page.figures(), page.WORDS.read_text("utf-8"))
    assert page.PAGE.read_text("utf-8") == written, "run python -m bench.speed --page"
    assert page.CHART.read_text("utf-8") == page.drawn(page.figures())


def recorded(**rows: dict[str, object]) -> dict[str, object]:
    base = {"weasyprint": {"cpu_s": [4.0, 2.0, 3.0], "peak_mib": [100.0], "pages": 20}}
    return {"date": "2021-01-01", "machine": "one", "versions": {}, "rows": {**base, **rows}}


def test_a_row_has_its_median_its_range_and_its_ratio() -> None:
    text = page.page(recorded(build={"cpu_s": [1, 1.5, 2], "peak_mib": [80], "pages": 20}), "")
    assert "| newsletter build, cold | 20 | 1.50 (1.00–2.00) | 0.50 | 80 |" in text


@pytest.mark.parametrize(
    ("rows", "said"),
    [({"xelatex": {"absent": "xelatex"}}, "not installed"), ({}, "not measured")],
)
def test_what_is_absent_is_told(rows: dict[str, dict[str, object]], said: str) -> None:
    text = page.page(recorded(**rows), "")
    assert f"| XeLaTeX, one pass, the same texts, no pictures | {said} |" in text


def test_growth_is_what_a_page_more_costs() -> None:
    rows: dict[str, dict[str, object]] = {
        "build-100": {"cpu_s": [5], "peak_mib": [100], "pages": 100},
        "build-400": {"cpu_s": [11], "peak_mib": [250], "pages": 400},
    }
    assert "| 100 → 400 | 20.0 | 0.50 |" in page.page(recorded(**rows), "")


def test_the_longest_bar_fills_its_column() -> None:
    bars = [chart.Bar("a & b", 1, 50), chart.Bar("c, d", 4, 100)]
    root = ET.fromstring(chart.svg(bars))  # noqa: S314 - what we wrote ourselves
    widths = [float(bar.get("width", 0)) for bar in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths == [chart.HALF / 4, chart.HALF, chart.HALF / 2, chart.HALF]
