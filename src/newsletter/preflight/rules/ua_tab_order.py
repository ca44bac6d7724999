"""N968: the tab key goes through a page in the order of its structure."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionaries
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with annotations and another order."""
    for number, page in enumerate(document.pdf.pages, start=1):
        if not dictionaries(page.obj, "/Annots"):
            continue
        order = page.obj.get("/Tabs")
        if order is None:
            what = "no order for the tab key"
            yield fault(document, "N968", "28-008", what, "Tabs", number)
        elif order != "/S":
            what = "another order for the tab key"
            yield fault(document, "N968", "28-009", what, str(order), number)


RULE = Rule(
    code="N968",
    profiles=TAGGED,
    threshold="/S",
    source="ISO 14289-1:2014, 7.18.3; Matterhorn 1.1, 28-008, 28-009",
    check=check,
)
