"""N919: every font that text is set in travels with the file."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import EVERY, NotChecked, Rule

INVISIBLE = 3
"""The rendering mode that shows nothing (ISO 32000-2:2020, Table 104)."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each font that is only named. Type 3 fonts are drawings."""
    if plain_content(document) is not None:
        return []
    cases = [
        Case(text.page, text.box, 0.0, {"font": text.font.name or "–"}, kind=text.font.name)
        for text in document.reading.texts
        if not text.font.embedded and text.mode != INVISIBLE
    ]
    return by_kind(document, "N919", cases)


RULE = Rule(
    code="N919",
    profiles=EVERY,
    threshold="all embedded",
    source="ISO 15930-7:2010 (fonts); ISO 32000-2:2020, 9.9",
    check=check,
    reads_marks=True,
)
