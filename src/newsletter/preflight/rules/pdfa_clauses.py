"""N981: an archive breaks no clause of PDF/A-3b."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.archive_check import archival_findings
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import ARCHIVE, NotChecked, Rule

EXTENSION = ("pdfaExtension", "pdfaSchema", "pdfaProperty", "pdfuaid:part")
"""What pikepdf.pdfa takes for foreign, as it reads no extension schemas: N982 reads them."""

REMEDIES = {
    "6.1.13-8": "nesting",
    "6.1.": "frame",
    "6.2.4": "colour",
    "6.2.8": "colour",
    "6.6.": "metadata",
}
"""By where in ISO 19005-3:2012 a clause stands, the narrower before the wider: states saved within
states, file structure, colour and images, metadata."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield each clause that is broken; what could not be judged is not checked."""
    for finding in archival_findings(document.data):
        if finding.kind == "unsupported":
            yield NotChecked(f"{finding.rule} {finding.where}: {finding.message}")
        elif not _is_extension(finding.message):
            values = {"clause": finding.rule, "found": finding.where, "problem": finding.message}
            yield Diagnostic("N981", document.spot(), values, _remedy(finding.rule))


def _remedy(clause: str) -> str:
    """Return the hint for a clause, such as ISO_19005_3:6.1.3-1."""
    section = clause.partition(":")[2]
    return next((hint for start, hint in REMEDIES.items() if section.startswith(start)), "default")


def _is_extension(message: str) -> bool:
    return "not permitted" in message and any(name in message for name in EXTENSION)


RULE = Rule(
    code="N981",
    profiles=ARCHIVE,
    threshold="every clause",
    source="ISO 19005-3:2012, as pikepdf.pdfa reads it",
    check=check,
)
