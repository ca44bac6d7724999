"""N938: everything that is printed stands in the file, once and as PDF."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import oddities
from newsletter.preflight.rule import PRESS, NotChecked, Rule

KINDS = frozenset({"PostScript", "alternate images", "OPI", "reference"})


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with PostScript, stand-ins or references to other files."""
    return oddities(document, "N938", KINDS)


RULE = Rule(
    code="N938",
    profiles=PRESS,
    threshold="no PostScript, Alternates, OPI, reference XObjects",
    source="ISO 15930-7:2010 (XObjects); ISO 32000-2:2020, 8.9.5.4, 8.10.4, 14.11.7",
    check=check,
    reads_marks=True,
)
