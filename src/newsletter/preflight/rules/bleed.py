"""N911: every page has bleed enough around its trim, on all four sides."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.geometry import PT_PER_MM
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule

TOLERANCE_MM = 0.01
"""Boxes are written with two or three decimals of a point."""


def check(document: Document, conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each width of bleed that is too small."""
    cases = []
    for sheet in document.sheets:
        least = sheet.bleed.room_around(sheet.trim) / PT_PER_MM
        if least < conditions.bleed_mm - TOLERANCE_MM:
            found = f"{max(least, 0.0):.2f}"
            values = {"found": found, "wanted": f"{conditions.bleed_mm:g}"}
            cases.append(Case(sheet.number, None, 0.0, values, kind=found))
    return by_kind(document, "N911", cases)


RULE = Rule(
    code="N911",
    profiles=PRESS,
    threshold="≥ 3 mm",
    source="ISO 32000-2:2020, 14.11.2 (BleedBox); printers ask for 3 mm",
    check=check,
)
