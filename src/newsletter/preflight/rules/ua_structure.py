"""N950: the file is tagged, and nobody suspects its tags."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for a file without structure, or with a doubtful one."""
    marks = dictionary(document.pdf.Root, "/MarkInfo")
    if not read_tree(document).elements:
        yield fault(document, "N950", "01-005", "there is no structure", "StructTreeRoot")
    if not bool(marks.get("/Marked", False)):
        yield fault(
            document, "N950", "01-005", "the file does not say that it is tagged", "MarkInfo"
        )
    if bool(marks.get("/Suspects", False)):
        yield fault(document, "N950", "01-007", "the tags are said to be doubtful", "Suspects")


RULE = Rule(
    code="N950",
    profiles=TAGGED,
    threshold="tagged, nothing suspected",
    source="ISO 14289-1:2014, 7.1; Matterhorn 1.1, 01-007",
    check=check,
)
