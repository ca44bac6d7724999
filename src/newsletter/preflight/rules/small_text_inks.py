"""N926: small text is printed with two inks at most."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import FAINT, plates
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.rich_black import shown
from newsletter.preflight.rules.text_size import ROUNDING, seen

SMALL_PT = 9.0
MANY = 3


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a warning for each colour and size of small text in three inks or more."""
    cases = []
    for text in seen(document):
        found = plates(text.fill) if text.fill else None
        inks = [share for share in (found or {}).values() if share >= FAINT]
        if found and len(inks) >= MANY and text.size_pt < SMALL_PT - ROUNDING:
            values = {"inks": shown(found), "size": f"{text.size_pt:.1f}"}
            cases.append(Case(text.page, text.box, -text.size_pt, values, tuple(values.values())))
    return by_kind(document, "N926", cases)


RULE = Rule(
    code="N926",
    profiles=PRESS,
    threshold="fewer than 3 inks below 9 pt",
    source="GWG 2015, 4.16 (small text)",
    check=check,
    reads_marks=True,
)
