"""N964: embedded files have names that every reader can show."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each embedded file that lacks one of its two names."""
    from pikepdf import Dictionary

    for thing in document.pdf.objects:
        if isinstance(thing, Dictionary) and "/EF" in thing:
            lacking = [key for key in ("/F", "/UF") if not str(thing.get(key, ""))]
            if lacking:
                found = ", ".join(key.lstrip("/") for key in lacking)
                yield fault(document, "N964", "21-001", "an embedded file without a name", found)


RULE = Rule(
    code="N964",
    profiles=TAGGED,
    threshold="F and UF",
    source="ISO 14289-1:2014, 7.11; Matterhorn 1.1, 21-001",
    check=check,
)
