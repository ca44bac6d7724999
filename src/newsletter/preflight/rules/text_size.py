"""N925: no text is too small to be printed and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.marks import Text, is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

LEAST_PT = 5.0
ROUNDING = 0.01
INVISIBLE = 3


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with text that is too small."""
    cases = [
        Case(text.page, text.box, -text.size_pt, {"size": f"{text.size_pt:.2f}", "limit": "5"})
        for text in seen(document)
        if text.size_pt < LEAST_PT - ROUNDING
    ]
    yield from by_page(document, "N925", cases)
    if any(text.font.kind == "Type3" and not text.font.bounds for text in document.reading.texts):
        yield NotChecked(Term("Type 3 sizes"))


def seen(document: Document) -> Iterator[Text]:
    """Yield the text whose size is known and that can be seen."""
    for text in document.reading.texts:
        has_size = text.font.kind != "Type3" or text.font.bounds
        if has_size and text.mode != INVISIBLE and is_visible(text):
            yield text


RULE = Rule(
    code="N925",
    profiles=PRESS,
    threshold="≥ 5 pt",
    source="GWG 2015, 4.16 (small text)",
    check=check,
    reads_marks=True,
)
