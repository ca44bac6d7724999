"""N972: no element of the structure is empty."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree

CELLS = ("TD", "TH")


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each element with nothing in it; cells may be empty."""
    for element in read_tree(document).elements:
        is_empty = not (element.kids or element.contents or element.objects)
        if is_empty and element.role not in CELLS and not element.text("/ActualText"):
            yield Diagnostic("N972", document.spot(element.page), {"found": element.written})


RULE = Rule(
    code="N972",
    profiles=TAGGED,
    threshold="none",
    source="ISO 32000-1:2008, 14.7.2",
    check=check,
)
