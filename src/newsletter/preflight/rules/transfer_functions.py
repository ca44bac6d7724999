"""N937: no transfer functions, and no halftones that would change what was seen."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import oddities
from newsletter.preflight.rule import PRESS, NotChecked, Rule

KINDS = frozenset({"transfer function", "halftone type", "halftone name", "halftone phase"})


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page that uses one."""
    return oddities(document, "N937", KINDS)


RULE = Rule(
    code="N937",
    profiles=PRESS,
    threshold="no TR, TR2 but Default, HTP; halftones of type 1 or 5 without name",
    source="ISO 15930-7:2010 (extended graphics state); ISO 32000-2:2020, 10.5 and 10.6",
    check=check,
    reads_marks=True,
)
