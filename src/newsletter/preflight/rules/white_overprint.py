"""N928: nothing white overprints: it would vanish."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import is_white
from newsletter.preflight.content.marks import Shade, fills_and_strokes, is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with white marks that overprint."""
    cases = []
    for mark in document.reading.marks:
        if isinstance(mark, Shade) or not is_visible(mark):
            continue
        if any(overprints and is_white(colour) for colour, overprints in fills_and_strokes(mark)):
            name = type(mark).__name__
            cases.append(Case(mark.page, mark.box, 0.0, {"used": Term(name)}, kind=name))
    return by_page(document, "N928", cases)


RULE = Rule(
    code="N928",
    profiles=PRESS,
    threshold="none",
    source="GWG 2015, 4.8 and 4.9; ISO 32000-2:2020, 8.6.7",
    check=check,
    reads_marks=True,
)
