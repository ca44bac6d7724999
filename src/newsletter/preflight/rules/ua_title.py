"""N954: the document has a title, and readers are told to show it."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.metadata import DUBLIN_CORE, metadata
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for a missing title, or one that is not shown."""
    if not metadata(document).said(DUBLIN_CORE, "title"):
        yield fault(document, "N954", "06-003", "there is no title in the XMP", "dc:title")
    shown = dictionary(document.pdf.Root, "/ViewerPreferences").get("/DisplayDocTitle")
    if shown is None:
        what = "readers are not told to show the title"
        yield fault(document, "N954", "07-001", what, "DisplayDocTitle")
    elif not bool(shown):
        what = "readers are told to show the file's name"
        yield fault(document, "N954", "07-002", what, "DisplayDocTitle")


RULE = Rule(
    code="N954",
    profiles=TAGGED,
    threshold="a title, and shown",
    source="ISO 14289-1:2014, 7.1; Matterhorn 1.1, 06-003, 07-001, 07-002",
    check=check,
)
