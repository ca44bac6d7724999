"""N927: lines, and thin rectangles used as lines, are thick enough to be printed."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Severity
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.marks import Path, is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

LEAST_PT, GOOD_PT = 0.125, 0.25
ROUNDING = 0.002
"""Widths are written with two or three decimals."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with lines that are too thin."""
    cases = []
    for path in document.reading.paths:
        width = thickness(path)
        if width is not None and width < GOOD_PT - ROUNDING and _is_seen(path):
            is_bad = width < LEAST_PT - ROUNDING
            values = {"width": f"{width:.3f}", "limit": f"{LEAST_PT if is_bad else GOOD_PT:g}"}
            severity = Severity.ERROR if is_bad else Severity.WARNING
            cases.append(Case(path.page, path.box, -width, values, severity=severity))
    return by_page(document, "N927", cases)


def thickness(path: Path) -> float | None:
    """Return how thick the path's lines are, if it has any."""
    return path.width_pt if path.stroke else path.thickness_pt


def _is_seen(path: Path) -> bool:
    """Tell whether it is seen; a line of no width at all is drawn as thin as can be (8.4.3.2)."""
    box = path.box
    return is_visible(path) or (
        (box.right >= box.left and box.top >= box.bottom)
        and path.look.origin != "soft mask"
        and (box.right > box.left or box.top > box.bottom)
    )


RULE = Rule(
    code="N927",
    profiles=PRESS,
    threshold="< 0.125 pt error, < 0.25 pt warning",
    source="GWG 2015, 4.17 (effective line width)",
    check=check,
    reads_marks=True,
)
