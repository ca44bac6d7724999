"""N912: no page box is missing, and each lies within the next larger one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Term
from newsletter.geometry import Box
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.sheets import Sheet

TOLERANCE_PT = 0.01
"""Boxes are written with two or three decimals."""
FAULTS = {"missing": "no such box", "art box": "beside TrimBox"}
NEEDED = ("/MediaBox", "/BleedBox", "/TrimBox")
NESTED = (
    ("/CropBox", "/MediaBox"),
    ("/BleedBox", "/MediaBox"),
    ("/BleedBox", "/CropBox"),
    ("/TrimBox", "/MediaBox"),
    ("/TrimBox", "/CropBox"),
    ("/TrimBox", "/BleedBox"),
    ("/ArtBox", "/MediaBox"),
)


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each thing that is wrong with the boxes."""
    cases = [case for sheet in document.sheets for case in _cases(sheet)]
    return by_kind(document, "N912", cases)


def _cases(sheet: Sheet) -> Iterator[Case]:
    for key in NEEDED:
        if key not in sheet.boxes:
            yield _case(sheet, "missing", key)
    if "/ArtBox" in sheet.boxes and "/TrimBox" in sheet.boxes:
        yield _case(sheet, "art box", "/ArtBox")
    for inner, outer in NESTED:
        small, large = sheet.boxes.get(inner), sheet.boxes.get(outer)
        if small and large and not _is_within(small, large):
            yield _case(sheet, "not nested", inner, outer)


def _case(sheet: Sheet, hint: str, inner: str, outer: str = "") -> Case:
    fault = Term(f"beyond {outer[1:]}" if outer else FAULTS[hint])
    values = {"box": inner[1:], "fault": fault, **({"outer": outer[1:]} if outer else {})}
    return Case(sheet.number, None, 0.0, values, kind=(inner, outer), hint=hint)


def _is_within(inner: Box, outer: Box) -> bool:
    room = outer.grown(TOLERANCE_PT)
    return (
        room.left <= inner.left
        and room.bottom <= inner.bottom
        and inner.right <= room.right
        and inner.top <= room.top
    )


RULE = Rule(
    code="N912",
    profiles=PRESS,
    threshold="trim ⊆ bleed ⊆ crop ⊆ media",
    source="ISO 15930-7:2010 (page boundaries); ISO 32000-2:2020, 14.11.2",
    check=check,
)
