"""N965: forms are not dynamic ones, and fields say what they are for."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionary
from newsletter.preflight.annotations import annotations_of, is_hidden
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for a dynamic form, and for each field without words or place."""
    if "/XFA" in dictionary(document.pdf.Root, "/AcroForm"):
        yield fault(document, "N965", "25-001", "a dynamic form", "XFA")
    elements = read_tree(document).of_objects()
    for number, widget in annotations_of(document):
        if widget.get("/Subtype") != "/Widget" or is_hidden(widget):
            continue
        element = elements.get(widget.objgen)
        name = str(widget.get("/T", "Widget"))
        if not str(widget.get("/TU", "")) and not (element and element.text("/Alt")):
            what = "a field that does not say what it is for"
            yield fault(document, "N965", "28-005", what, name, number)
        if element is None or element.role != "Form":
            what = "a field that is in no element of its kind"
            yield fault(document, "N965", "28-010", what, name, number)


RULE = Rule(
    code="N965",
    profiles=TAGGED,
    threshold="no dynamic form, each field described",
    source="ISO 14289-1:2014, 7.15 and 7.18.4; Matterhorn 1.1, 25-001, 28-005, 28-010",
    check=check,
)
