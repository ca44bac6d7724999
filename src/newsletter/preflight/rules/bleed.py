"""N911: every page has bleed enough around its trim, on all four sides."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.geometry import PT_PER_MM
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.sheets import Sheet

TOLERANCE_MM = 0.01
"""Boxes are written with two or three decimals of a point."""


def check(document: Document, conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each width of bleed that is too small."""
    cases = []
    for sheet in document.sheets:
        least = _least(sheet)
        if least < conditions.bleed_mm - TOLERANCE_MM:
            found = f"{max(least, 0.0):.2f}"
            values = {"found": found, "wanted": f"{conditions.bleed_mm:g}"}
            cases.append(Case(sheet.number, None, 0.0, values, kind=found))
    return by_kind(document, "N911", cases)


def _least(sheet: Sheet) -> float:
    """Return the smallest distance from trim to bleed box in millimetres."""
    trim, bleed = sheet.trim, sheet.bleed
    sides = (
        trim.left - bleed.left,
        trim.bottom - bleed.bottom,
        bleed.right - trim.right,
        bleed.top - trim.top,
    )
    return min(sides) / PT_PER_MM


RULE = Rule(
    code="N911",
    profiles=PRESS,
    threshold="≥ 3 mm",
    source="ISO 32000-2:2020, 14.11.2 (BleedBox); printers ask for 3 mm",
    check=check,
)
