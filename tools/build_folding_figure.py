"""Draw docs/imposition/saddle-8.svg: eight pages on two sheets, and the sheets folded.

The numbers come from `plan`, so the drawing shows what `newsletter impose` does. `--check` says
whether it is current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from generated import write_or_compare
from newsletter.press.signatures import Sheet, Side, plan

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "imposition" / "saddle-8.svg"
PAGES = 8
PAGE_WIDTH, PAGE_HEIGHT, GAP = 60, 84, 36
LEFT, TOP = 20, 40
BOOK_LEFT, SPINE, LEAF = 370, 150, 170
"""Where the folded sheets are drawn: their left edge, the height of the fold, a leaf's length."""


def figure() -> str:
    """Return the drawing."""
    sheets = plan(PAGES)
    width = BOOK_LEFT + LEAF + 70
    height = TOP + len(sheets) * (PAGE_HEIGHT + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        f'  viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        "<title>八页骑马订：两张纸的正反面，对折后套在一起</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(line for sheet in sheets for line in _sheet(sheet)),
        *(line for sheet in sheets for line in _folded(sheet, len(sheets))),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    top = TOP + (sheet.number - 1) * (PAGE_HEIGHT + GAP)
    for index, (side, name) in enumerate(((sheet.front, "正面 front"), (sheet.back, "反面 back"))):
        left = LEFT + index * (2 * PAGE_WIDTH + GAP)
        yield _text(left, top - 8, f"第{sheet.number}张{name}", "start", 12)
        yield from _spread(side, left, top)


def _spread(side: Side, left: float, top: float) -> Iterator[str]:
    for number, x in ((side.left, left), (side.right, left + PAGE_WIDTH)):
        yield (
            f'<rect x="{x}" y="{top}" width="{PAGE_WIDTH}" height="{PAGE_HEIGHT}"'
            ' fill="#eef4f0" stroke="#1f4d3a"/>'
        )
        yield _text(x + PAGE_WIDTH / 2, top + PAGE_HEIGHT / 2 + 9, str(number), "middle", 26)
    fold = left + PAGE_WIDTH
    yield _line(fold, top - 6, fold, top + PAGE_HEIGHT + 6, dashed=True)


def _folded(sheet: Sheet, count: int) -> Iterator[str]:
    """Yield a folded sheet seen from its foot: two leaves from the fold, a number on each side."""
    inset = (sheet.number - 1) * 16
    leaves = (
        (-1, (sheet.front.right, sheet.back.left)),
        (1, (sheet.back.right, sheet.front.left)),
    )
    for upwards, (first, second) in leaves:
        spread = (count - sheet.number) * 38 + 22
        x, y = BOOK_LEFT + inset, SPINE
        end_x, end_y = BOOK_LEFT + LEAF + inset / 2, SPINE + upwards * spread
        yield f'<path d="M{x} {y} L{end_x:g} {end_y}" stroke="#1f4d3a" stroke-width="2"/>'
        yield _text(end_x + 8, end_y - 2, str(first), "start", 13)
        yield _text(end_x + 8, end_y + 12, str(second), "start", 13)
    if sheet.number == 1:
        yield _text(BOOK_LEFT, SPINE + 22, "折线 fold", "start", 12)


def _line(*ends: float, dashed: bool) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    x1, y1, x2, y2 = ends
    return f'<path d="M{x1} {y1} L{x2} {y2}" stroke="#a33"{dash}/>'


def _text(x: float, y: float, words: str, anchor: str, size: int) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}">{words}</text>'


def main(arguments: list[str]) -> int:
    """Write the drawing, or compare it; 1 when it is not current."""
    return write_or_compare(TARGET, figure(), arguments, "folding")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
