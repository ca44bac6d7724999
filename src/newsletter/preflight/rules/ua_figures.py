"""N959: every figure and formula has alternative text, or text that stands for it."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each one without words."""
    for element in read_tree(document).of_role("Figure", "Formula"):
        if not (element.text("/Alt").strip() or element.text("/ActualText").strip()):
            condition = "13-004" if element.role == "Figure" else "17-002"
            what = "there is no alternative text"
            yield fault(document, "N959", condition, what, element.written, element.page)


RULE = Rule(
    code="N959",
    profiles=TAGGED,
    threshold="every figure",
    source="ISO 14289-1:2014, 7.3 and 7.7; Matterhorn 1.1, 13-004, 17-002",
    check=check,
)
