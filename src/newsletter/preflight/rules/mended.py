"""N908: the file is written as it should be; nothing had to be mended to read it."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import EVERY, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding with the first repair, when there was any."""
    if document.mended:
        first = document.mended[0].split(": ", 1)[-1]
        values: dict[str, str | int] = {"count": len(document.mended), "reason": first}
        yield Diagnostic("N908", document.spot(), values)


RULE = Rule(
    code="N908",
    profiles=EVERY,
    threshold="none mended",
    source="ISO 32000-2:2020, 7.5 (file structure)",
    check=check,
)
