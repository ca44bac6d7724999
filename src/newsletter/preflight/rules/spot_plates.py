"""N933: spot colours, each a plate of its own that somebody pays for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import PROCESS
from newsletter.preflight.content.marks import Mark, spaces
from newsletter.preflight.content.spaces import Space
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule

NO_SPOT = {*PROCESS, "All", "None"}


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a warning for each spot colour, with the pages it is on."""
    cases = [
        Case(mark.page, mark.box, 0.0, {"name": name}, kind=name)
        for mark, space in ink_spaces(document)
        for name in space.names
        if name not in NO_SPOT
    ]
    return by_kind(document, "N933", cases)


def ink_spaces(document: Document) -> Iterator[tuple[Mark, Space]]:
    """Yield the marks in Separation and DeviceN spaces, with the space."""
    for mark in document.reading.marks:
        for space in spaces(mark):
            for part in space.parts():
                if part.names:
                    yield mark, part


RULE = Rule(
    code="N933",
    profiles=PRESS,
    threshold="none expected",
    source="GWG 2015, 4.18 (use of spot colours); ISO 32000-2:2020, 8.6.6.4",
    check=check,
    reads_marks=True,
)
