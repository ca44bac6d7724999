"""A chart of bars as SVG: each tool's CPU seconds, and beside them its memory.

In: `Bar`s. Out: an SVG of a page's width that reads on white and on dark ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, ROW, TOP, LEFT, GAP, BAR = 860, 44, 46, 300, 40, 18
HALF = (WIDTH - LEFT - GAP) // 2 - 60
OURS, OTHERS, INK = "#1b7f5c", "#9aa5ae", "#57606a"
FACE = "font-family='system-ui, sans-serif' font-size='14'"


class Bar(NamedTuple):
    """A tool with what it takes."""

    name: str
    cpu_s: float
    peak_mib: float


def svg(bars: Sequence[Bar]) -> str:
    """Return the chart; the first bar is ours."""
    height = TOP + ROW * len(bars) + 8
    right = LEFT + HALF + 60 + GAP
    lines = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' role='img'>",
        "<title>CPU seconds and memory of each tool for one issue</title>",
        f"<g {FACE} fill='{INK}'>",
        f"<text x='{LEFT}' y='24' font-weight='600'>CPU seconds</text>",
        f"<text x='{right}' y='24' font-weight='600'>peak MiB</text>",
        *_names(bars),
        *_column(LEFT, [bar.cpu_s for bar in bars], lambda value: f"{value:.2f}"),
        *_column(right, [bar.peak_mib for bar in bars], lambda value: f"{value:.0f}"),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _names(bars: Sequence[Bar]) -> Iterator[str]:
    for number, bar in enumerate(bars):
        weight = " font-weight='600'" if number == 0 else ""
        head, _, rest = bar.name.partition(", ")
        y = TOP + ROW * number + 14
        yield f"<text x='{LEFT - 16}' y='{y}' text-anchor='end'{weight}>{escape(head)}</text>"
        yield (
            f"<text x='{LEFT - 16}' y='{y + 15}' text-anchor='end' font-size='11'>"
            f"{escape(rest)}</text>"
        )


def _column(left: int, values: Sequence[float], told: Callable[[float], str]) -> Iterator[str]:
    most = max(values, default=1.0)
    for number, value in enumerate(values):
        y, width = TOP + ROW * number, max(HALF * value / most, 1)
        colour = OURS if number == 0 else OTHERS
        box = f"x='{left}' y='{y}' width='{width:.1f}' height='{BAR}'"
        yield f"<rect {box} rx='3' fill='{colour}'/>"
        yield f"<text x='{left + width + 8:.1f}' y='{y + 14}'>{told(value)}</text>"
