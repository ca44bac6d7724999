"""N951: all that is painted is part of the structure or an artifact, and not both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.marked import read_content
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with content of no place, or of two."""
    content, owners = read_content(document), read_tree(document).owners()
    for page in sorted(content.unread):
        yield NotChecked("what the page paints could not be read", page)
    for page in sorted(content.artifacts_in_tagged):
        yield fault(
            document, "N951", "01-003", "an artifact within tagged content", "Artifact", page
        )
    for page in sorted(content.tagged_in_artifacts):
        yield fault(document, "N951", "01-004", "tagged content within an artifact", "MCID", page)
    loose = Counter(
        (painted.page, painted.kind)
        for painted in content.painted
        if not painted.is_artifact and (painted.holder, painted.mcid) not in owners
    )
    for (page, kind), count in sorted(loose.items()):
        what = "painted, but neither tagged nor an artifact"
        yield fault(document, "N951", "01-005", what, Term(f"{count}: painted {kind}"), page)
    for form in content.marked_forms:
        if content.forms.get(form, 0) > 1:
            what = "a form with marked content is painted more than once"
            yield fault(document, "N951", "30-002", what, f"{form[0]} {form[1]} R")


RULE = Rule(
    code="N951",
    profiles=TAGGED,
    threshold="no painted object outside",
    source="ISO 14289-1:2014, 7.1 and 7.20; Matterhorn 1.1, 01-003 to 01-005, 30-002",
    check=check,
)
