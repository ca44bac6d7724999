"""N980: the metadata of an archive name PDF/A-3b."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import PDFA, metadata
from newsletter.preflight.rule import ARCHIVE, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when the file claims another part or level, or none."""
    said = metadata(document)
    claim = said.said(PDFA, "part"), said.said(PDFA, "conformance")
    if claim != ("3", "B"):
        found = " ".join(claim).strip() or "pdfaid"
        yield Diagnostic("N980", document.spot(), {"found": found})


RULE = Rule(
    code="N980",
    profiles=ARCHIVE,
    threshold="part 3, conformance B",
    source="ISO 19005-3:2012, 6.6.4",
    check=check,
)
