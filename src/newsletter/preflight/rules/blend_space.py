"""N939: transparency is mixed in CMYK, not in RGB."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.press_colours import foreign


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with a group that blends in a colour space of screens."""
    cases = []
    for group in document.reading.groups:
        wrong = foreign(group.space) if group.space else None
        if wrong:
            box = None if group.whole_page else group.box
            cases.append(Case(group.page, box, 0.0, {"space": wrong.label}, kind=wrong.label))
    return by_page(document, "N939", cases)


RULE = Rule(
    code="N939",
    profiles=PRESS,
    threshold="DeviceCMYK, gray or ICC-based CMYK",
    source="ISO 15930-7:2010 (transparency); GWG 2015, 4.25; ISO 32000-2:2020, 11.3.4",
    check=check,
    reads_marks=True,
)
