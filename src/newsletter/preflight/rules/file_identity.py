"""N918: the file has an ID, and a version that PDF/X-4 is made of."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Term
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import PRESS, NotChecked, Rule

NEWEST = (1, 6)
"""PDF/X-4 is built on PDF 1.6."""
HALVES = 2


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for a missing ID and for a newer version."""
    identifier = objects.items(objects.entry(document.pdf.trailer, "/ID"))
    if len(identifier) != HALVES or not all(bytes(half) for half in map(_string, identifier)):
        yield Diagnostic("N918", document.spot(), {"found": Term("no ID")}, "no ID")
    version = document.pdf.pdf_version
    if _numbers(version) > NEWEST:
        yield Diagnostic("N918", document.spot(), {"found": f"PDF {version}"}, "version")


def _string(thing: objects.Object) -> bytes:
    import pikepdf

    return bytes(thing) if isinstance(thing, pikepdf.String) else b""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


RULE = Rule(
    code="N918",
    profiles=PRESS,
    threshold="ID; version ≤ 1.6",
    source="ISO 15930-7:2010 (based on PDF 1.6); ISO 32000-2:2020, 14.4 (file identifiers)",
    check=check,
)
