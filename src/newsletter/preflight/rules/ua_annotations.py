"""N967: annotations have their place in the structure, and say what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.annotations import annotations_of, is_hidden
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import Element, read_tree

ELSEWHERE = ("Link", "Widget", "Popup")
"""Kinds that other rules look at, or none."""
HOLDING = frozenset({"Screen", "Movie", "Sound", "RichMedia", "3D", "FileAttachment"})
KINDS = frozenset(
    {
        *("Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight"),
        *("Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "FileAttachment"),
        *("Sound", "Movie", "Screen", "PrinterMark", "TrapNet", "Watermark", "3D", "Redact"),
    }
)
"""The kinds that the standard defines (ISO 32000-1:2008, table 169), but for those elsewhere."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each annotation without place or words."""
    elements = read_tree(document).of_objects()
    for number, annotation in annotations_of(document):
        kind = str(annotation.get("/Subtype", "")).lstrip("/")
        if kind in ELSEWHERE or is_hidden(annotation):
            continue
        for condition, what in _faults(annotation, kind, elements.get(annotation.objgen)):
            yield fault(document, "N967", condition, what, kind or "Annot", number)
        if kind in HOLDING:
            reason = f"28-014–28-016, {kind}: what an annotation of this kind holds"
            yield NotChecked(reason, number)


def _faults(annotation: Any, kind: str, element: Element | None) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if kind == "TrapNet":
        yield "28-007", "an annotation that may not be there"
    elif kind == "PrinterMark":
        if element is not None:
            yield "28-017", "a printer's mark in the structure"
    else:
        if element is None or element.role != "Annot":
            yield (
                ("28-002" if kind in KINDS else "28-006"),
                "an annotation in no element of its kind",
            )
        if not str(annotation.get("/Contents", "")) and not (element and element.text("/Alt")):
            yield "28-004", "an annotation that does not say what it is"


RULE = Rule(
    code="N967",
    profiles=TAGGED,
    threshold="every annotation",
    source=(
        "ISO 14289-1:2014, 7.18.1, 7.18.2 and 7.18.8; "
        "Matterhorn 1.1, 28-002, 28-004, 28-006, 28-007, 28-017"
    ),
    check=check,
)
