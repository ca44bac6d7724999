"""N929: no annotation lies on the part of a page that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.matrix import placed
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.sheets import Sheet

ALLOWED = {"PrinterMark", "TrapNet"}
"""What a press adds itself (ISO 32000-2:2020, 14.11.3 and 14.11.6.2)."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page and kind of annotation within the bleed."""
    cases = [case for sheet in document.sheets for case in _cases(sheet)]
    return by_page(document, "N929", cases)


def _cases(sheet: Sheet) -> Iterator[Case]:
    for annotation in objects.items(objects.entry(sheet.page, "/Annots")):
        kind = objects.name(objects.entry(annotation, "/Subtype")) or "–"
        box = objects.box(objects.entry(annotation, "/Rect"))
        if kind in ALLOWED or box is None:
            continue
        box = placed(sheet.matrix, box)
        common = box.within(sheet.bleed)
        if common.right >= common.left and common.top >= common.bottom:
            yield Case(sheet.number, box, 0.0, {"kind": kind}, kind=kind)


RULE = Rule(
    code="N929",
    profiles=PRESS,
    threshold="none within the bleed",
    source="ISO 15930-7:2010 (annotations)",
    check=check,
)
