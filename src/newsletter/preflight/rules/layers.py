"""N935: no layers that somebody could switch on or off before printing."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, listed
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import PRESS, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a warning with the names of the layers."""
    groups = objects.items(objects.path(document.pdf.Root, "/OCProperties", "/OCGs"))
    names = [objects.text(objects.entry(group, "/Name")) or "–" for group in groups]
    if names:
        values: dict[str, str | int] = {"count": len(names), "names": listed(names)}
        yield Diagnostic("N935", document.spot(), values)


RULE = Rule(
    code="N935",
    profiles=PRESS,
    threshold="none expected",
    source="GWG 2015, 4.29 (optional content); ISO 32000-2:2020, 8.11",
    check=check,
)
