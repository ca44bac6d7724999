"""N913: a stitched newsletter has a multiple of four pages."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import PRESS, NotChecked, Rule


def check(document: Document, conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when sheets folded in two would leave pages over."""
    count, multiple = len(document.pdf.pages), conditions.pages_multiple or 1
    over = count % multiple
    if over:
        values = {"count": count, "multiple": multiple, "missing": multiple - over}
        yield Diagnostic("N913", document.spot(), values)


RULE = Rule(
    code="N913",
    profiles=PRESS,
    threshold="a multiple of 4",
    source="saddle stitching: a folded sheet has four pages",
    check=check,
    is_asked=lambda conditions: conditions.pages_multiple is not None,
)
