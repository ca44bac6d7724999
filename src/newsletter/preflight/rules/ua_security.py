"""N966: protection does not keep the text from those who have it read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule

READING = 1 << 9
"""The tenth bit of the permissions (ISO 32000-1:2008, table 22)."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when an encrypted file may not be read aloud."""
    if not document.pdf.is_encrypted:
        return
    permissions = dictionary(document.pdf.trailer, "/Encrypt").get("/P")
    if permissions is None:
        yield fault(document, "N966", "26-001", "nothing says what is permitted", "P")
    elif not int(permissions) & READING:
        yield fault(document, "N966", "26-002", "reading aloud is forbidden", "P")


RULE = Rule(
    code="N966",
    profiles=TAGGED,
    threshold="readable aloud",
    source="ISO 14289-1:2014, 7.16; Matterhorn 1.1, 26-001, 26-002",
    check=check,
)
