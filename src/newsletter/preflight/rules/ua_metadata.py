"""N953: the metadata name PDF/UA-1."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.metadata import PDFUA, metadata
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when the file does not say that it follows PDF/UA-1."""
    if document.pdf.Root.get("/Metadata") is None:
        yield fault(document, "N953", "06-001", "there is no XMP", "Metadata")
        return
    part = metadata(document).said(PDFUA, "part")
    if part != "1":
        yield fault(
            document, "N953", "06-002", "the file does not claim PDF/UA-1", part or "pdfuaid"
        )


RULE = Rule(
    code="N953",
    profiles=TAGGED,
    threshold="pdfuaid:part 1",
    source="ISO 14289-1:2014, 5; Matterhorn 1.1, 06-001, 06-002",
    check=check,
)
