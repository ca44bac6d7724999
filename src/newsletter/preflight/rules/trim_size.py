"""N910: every page is trimmed to the size that was ordered; without one, all to the same."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule

TOLERANCE_MM = 0.05
"""A seventh of a point; programs round boxes to whole or hundredths of points."""


def check(document: Document, conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each size that is not the one wanted."""
    wanted = _wanted(document, conditions)
    cases = []
    for sheet in document.sheets:
        found = sheet.trim_mm
        if any(abs(a - b) > TOLERANCE_MM for a, b in zip(found, wanted, strict=True)):
            values = {"found": _shown(found), "wanted": _shown(wanted)}
            cases.append(Case(sheet.number, None, 0.0, values, kind=values["found"]))
    return by_kind(document, "N910", cases)


def _wanted(document: Document, conditions: Conditions) -> tuple[float, float]:
    if conditions.trim_width_mm and conditions.trim_height_mm:
        return conditions.trim_width_mm, conditions.trim_height_mm
    return document.sheets[0].trim_mm


def _shown(size: tuple[float, float]) -> str:
    return f"{size[0]:.2f} × {size[1]:.2f}"


RULE = Rule(
    code="N910",
    profiles=PRESS,
    threshold="± 0.05 mm",
    source="ISO 32000-2:2020, 14.11.2 (TrimBox); GWG 2015, 4.4",
    check=check,
)
