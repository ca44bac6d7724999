"""N909: every content stream can be read to its end, with operators that the standard knows."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import EVERY, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each kind of damage on a page, and one where the walk was stopped."""
    if plain_content(document) is not None:
        return
    reading = document.reading
    for (page, what), count in reading.damage.items():
        noted: dict[str, str | int] = {"what": what, "count": count}
        yield Diagnostic("N909", document.spot(page), noted)
    if reading.stopped:
        values: dict[str, str | int] = {"what": reading.stopped, "count": 1}
        yield Diagnostic("N909", document.spot(reading.stopped_at), values, "too much")


RULE = Rule(
    code="N909",
    profiles=EVERY,
    threshold="no damage",
    source="ISO 32000-2:2020, 7.8.2 (content streams), Annex A (operators)",
    check=check,
)
