"""N940: the colour of register marks, which prints on every plate, is not used on the page."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.marks import is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.spot_plates import ink_spaces


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page where Separation All reaches into the trim."""
    cases = []
    for mark, space in ink_spaces(document):
        is_inside = mark.box.meets(document.sheets[mark.page - 1].trim)
        if "All" in space.names and is_inside and is_visible(mark):
            cases.append(Case(mark.page, mark.box, 0.0))
    return by_page(document, "N940", cases)


RULE = Rule(
    code="N940",
    profiles=PRESS,
    threshold="only outside the trim",
    source="GWG 2015, 4.21 (Separation All); ISO 32000-2:2020, 8.6.6.4",
    check=check,
    reads_marks=True,
)
