"""Guides: what a designer lays over a page, computed from its layout and its lines.

In: a page, the measures of its layout. Out: the type area, its columns, the baselines of the grid
and the safe area, in millimetres.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from newsletter.preview.leaf import Leaf, Sheet

SAFE_MM = 5.0
"""What stands nearer to the trim may be cut off: printers ask for 3 to 5 mm."""
FINE = 100
"""Baselines are told apart to a hundredth of a millimetre."""
NEAR_MM = 1.0


def guides_of(leaf: Leaf, leaves: Sequence[Leaf], sheet: Sheet | None) -> dict[str, Any]:
    """Return the guides of a page; only its type area where the layout is not known yet."""
    area = leaf.area
    guides: dict[str, Any] = {"area": list(area), "columns": [], "baselines": [], "safe": SAFE_MM}
    if sheet is None:
        return guides
    width = sheet.columns * sheet.column + (sheet.columns - 1) * sheet.gap
    if abs(width - area.width_mm) < NEAR_MM:
        step = sheet.column + sheet.gap
        guides["columns"] = [
            [round(area.left_mm + step * number, 3), round(sheet.column, 3)]
            for number in range(sheet.columns)
        ]
    first = _phase(leaves, sheet)
    if first is not None:
        guides["baselines"] = _baselines(first, area.top_mm, area.height_mm, sheet.leading)
    return guides


def _phase(leaves: Sequence[Leaf], sheet: Sheet) -> float | None:
    """Return how far below the top of a type area most baselines stand, less whole lines."""
    counted = Counter(
        round((line.baseline_mm - leaf.area.top_mm) % sheet.leading * FINE)
        for leaf in leaves
        for line in leaf.page.lines
    )
    return counted.most_common(1)[0][0] / FINE if counted else None


def _baselines(first: float, top: float, height: float, leading: float) -> list[float]:
    count = int((height - first) / leading + NEAR_MM / leading)
    return [round(top + first + leading * number, 3) for number in range(count + 1)]
