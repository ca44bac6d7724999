"""N958: headings begin at the first level and skip none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree

LEVEL = re.compile("H[1-6]")


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each heading that does not follow from the one before."""
    tree = read_tree(document)
    numbered = [element for element in tree.elements if LEVEL.fullmatch(element.role)]
    before = 0
    for element in numbered:
        level = int(element.role[1])
        if level > before + 1:
            condition = "14-003" if before else "14-002"
            what = "a level of headings is skipped" if before else "the first heading is not H1"
            found = f"H{before} > {element.role}" if before else element.role
            yield fault(document, "N958", condition, what, found, element.page)
        before = level
    plain = list(tree.of_role("H"))
    if numbered and plain:
        what = "headings with and without a level"
        yield fault(document, "N958", "14-007", what, f"H, {numbered[0].role}", plain[0].page)
    for element in tree.elements:
        if sum(kid.role == "H" for kid in element.kids) > 1:
            what = "an element with several headings without a level"
            yield fault(document, "N958", "14-006", what, element.written, element.page)


RULE = Rule(
    code="N958",
    profiles=TAGGED,
    threshold="from H1, no level skipped",
    source="ISO 14289-1:2014, 7.4.2 and 7.4.4; Matterhorn 1.1, 14-002, 14-003, 14-006, 14-007",
    check=check,
)
