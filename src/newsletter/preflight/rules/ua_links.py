"""N969: links stand in link elements and say where they lead."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.annotations import annotations_of, is_hidden
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each link without place or words."""
    elements = read_tree(document).of_objects()
    for number, link in annotations_of(document):
        if link.get("/Subtype") != "/Link" or is_hidden(link):
            continue
        element = elements.get(link.objgen)
        name = str(link.get("/Contents", "")).strip()
        if element is None or element.role != "Link":
            what = "a link in no element of its kind"
            yield fault(document, "N969", "28-011", what, name or "Link", number)
        elif "/StructParent" not in link:
            what = "a link that does not know its element"
            yield fault(document, "N969", "28-011", what, name or "Link", number)
        if not name:
            what = "a link that does not say where it leads"
            yield fault(document, "N969", "28-012", what, "Contents", number)


RULE = Rule(
    code="N969",
    profiles=TAGGED,
    threshold="every link",
    source="ISO 14289-1:2014, 7.18.5; Matterhorn 1.1, 28-011, 28-012",
    check=check,
)
