"""N961: head cells of tables say what they are the head of."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree

SCOPES = ("/Row", "/Column", "/Both")


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each head cell without a scope, where cells do not name their heads."""
    for table in read_tree(document).of_role("Table"):
        cells = [each for each in table.walk() if each.role in ("TH", "TD")]
        if any(cell.attribute("/Headers") is not None for cell in cells):
            continue
        for cell in cells:
            if cell.role == "TH" and str(cell.attribute("/Scope")) not in SCOPES:
                what = "a head cell without a scope"
                yield fault(document, "N961", "15-003", what, cell.written, cell.page)


RULE = Rule(
    code="N961",
    profiles=TAGGED,
    threshold="every head cell",
    source="ISO 14289-1:2014, 7.5; Matterhorn 1.1, 15-003",
    check=check,
)
