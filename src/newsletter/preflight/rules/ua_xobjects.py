"""N970: no page shows a part of another file."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each form that refers to another file."""
    from pikepdf import Stream

    for thing in document.pdf.objects:
        if isinstance(thing, Stream) and thing.get("/Subtype") == "/Form" and "/Ref" in thing:
            found = f"{thing.objgen[0]} {thing.objgen[1]} R"
            yield fault(
                document, "N970", "30-001", "a form that stands for another file's page", found
            )


RULE = Rule(
    code="N970",
    profiles=TAGGED,
    threshold="none",
    source="ISO 14289-1:2014, 7.20; Matterhorn 1.1, 30-001",
    check=check,
)
