"""N973: what only a person can judge is not checked."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import BY_A_PERSON
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(_document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield what the protocol leaves to people."""
    for condition, what in BY_A_PERSON.items():
        yield NotChecked(f"{condition}: {what}")


RULE = Rule(
    code="N973",
    profiles=TAGGED,
    threshold="a person's judgement",
    source="Matterhorn 1.1, the failure conditions marked H",
    check=check,
)
