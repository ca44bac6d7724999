"""N932: the file is not encrypted, not even with an empty password."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import EVERY, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding when it is."""
    if document.pdf.is_encrypted:
        yield Diagnostic("N932", document.spot())


RULE = Rule(
    code="N932",
    profiles=EVERY,
    threshold="none",
    source="ISO 15930-7:2010 (encryption); ISO 32000-2:2020, 7.6",
    check=check,
)
