"""N936: text keeps its distance from where the page is cut."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.geometry import PT_PER_MM
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.text_size import seen

LEAST_MM = 5.0
"""Folding and cutting may be off by a millimetre or two; the rest is for the eye."""
ROUNDING_MM = 0.05


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a warning for all pages with text near their edge, of the text that is nearest.

    Text beyond the trim is cut off.
    """
    cases = []
    for text in seen(document):
        trim = document.sheets[text.page - 1].trim
        if not text.box.meets(trim):
            continue
        distance = trim.room_around(text.box) / PT_PER_MM
        if distance < LEAST_MM - ROUNDING_MM:
            values = {"distance": f"{distance:.1f}", "limit": f"{LEAST_MM:g}"}
            cases.append(Case(text.page, text.box, -distance, values))
    nearest_first = sorted(cases, key=lambda case: -case.weight)
    return by_kind(document, "N936", nearest_first)


RULE = Rule(
    code="N936",
    profiles=PRESS,
    threshold="≥ 5 mm",
    source="printers ask for 3 to 5 mm: tolerance of folding and cutting",
    check=check,
    reads_marks=True,
)
