"""N962: every note has a name of its own."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each note without a name, or with another's."""
    seen: set[str] = set()
    for note in read_tree(document).of_role("Note"):
        name = note.text("/ID")
        if not name:
            yield fault(
                document, "N962", "19-003", "a note without a name", note.written, note.page
            )
        elif name in seen:
            yield fault(document, "N962", "19-004", "two notes of one name", name, note.page)
        seen.add(name)


RULE = Rule(
    code="N962",
    profiles=TAGGED,
    threshold="a name each",
    source="ISO 14289-1:2014, 7.9; Matterhorn 1.1, 19-003, 19-004",
    check=check,
)
