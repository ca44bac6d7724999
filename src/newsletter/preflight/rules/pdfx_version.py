"""N916: the XMP packet says that the file is PDF/X-4."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import PDFX, is_ours, metadata
from newsletter.preflight.rule import PRESS, NotChecked, Rule

WANTED = "PDF/X-4"


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when it says something else, or nothing."""
    found = metadata(document).said(PDFX, "GTS_PDFXVersion")
    if found != WANTED:
        hint = "default" if found or not is_ours(document) else "proof"
        values = {"found": found or Term("no claim"), "wanted": WANTED}
        yield Diagnostic("N916", document.spot(), values, hint)


RULE = Rule(
    code="N916",
    profiles=PRESS,
    threshold="GTS_PDFXVersion = PDF/X-4",
    source="ISO 15930-7:2010 (version identification)",
    check=check,
)
