"""N931: no other files travel within the file."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, listed
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import PRESS, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when there are attachments."""
    import pikepdf

    root = document.pdf.Root
    try:
        names = sorted(document.pdf.attachments.keys())
    except (pikepdf.PdfError, ValueError, RuntimeError):
        names = ["–"]
    if names:
        values: dict[str, str | int] = {"count": len(names), "names": listed(names)}
        yield Diagnostic("N931", document.spot(), values)
    elif objects.items(objects.entry(root, "/AF")):
        yield Diagnostic("N931", document.spot(), {"count": 1, "names": "AF"})


RULE = Rule(
    code="N931",
    profiles=PRESS,
    threshold="none",
    source="ISO 15930-7:2010 (embedded files); ISO 32000-2:2020, 7.11.4",
    check=check,
)
