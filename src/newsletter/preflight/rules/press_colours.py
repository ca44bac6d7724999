"""N914: only CMYK, gray and spot colours; no RGB, Lab or calibrated colour anywhere.

PDF/X-4 allows colour that carries its profile. The house does not: what the press would
convert nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.marks import Mark, spaces
from newsletter.preflight.content.spaces import Space
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

WRONG = {"RGB", "Lab"}


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page and colour space; soft masks and patterns count, too."""
    cases = []
    for mark in document.reading.marks:
        for space in spaces(mark):
            wrong = foreign(space)
            if wrong:
                values = {"space": wrong.label, "used": Term(type(mark).__name__)}
                kind = (wrong.label, type(mark).__name__)
                cases.append(Case(mark.page, mark.box, _area(mark), values, kind=kind))
    yield from by_page(document, "N914", cases)
    yield from _unknown(document)


def foreign(space: Space) -> Space | None:
    """Return the part of a space that no plate can be made from as it is, if there is one."""
    return next(
        (
            part
            for part in space.parts()
            if part.model in WRONG or part.family.startswith("Cal") or part.family == "unknown"
        ),
        None,
    )


def _area(mark: Mark) -> float:
    box = mark.box
    return max(box.right - box.left, 0.0) * max(box.top - box.bottom, 0.0)


def _unknown(document: Document) -> Iterator[NotChecked]:
    for image in document.reading.images:
        if image.picture.space is None and not image.picture.is_mask:
            yield NotChecked(Term("JPEG 2000"), image.page)


RULE = Rule(
    code="N914",
    profiles=PRESS,
    threshold="DeviceCMYK, gray, ICC-based CMYK, spot colours",
    source="ISO 15930-7:2010 (colour spaces); GWG 2015, 4.31 (CMYK variants)",
    check=check,
    reads_marks=True,
)
