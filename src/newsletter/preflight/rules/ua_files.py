"""N964: embedded files have names that every reader can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionaries, is_dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each embedded file that lacks one of its two names."""
    for specification in _specifications(document):
        lacking = [key for key in ("/F", "/UF") if not str(specification.get(key, ""))]
        if lacking:
            found = ", ".join(key.lstrip("/") for key in lacking)
            yield fault(document, "N964", "21-001", "an embedded file without a name", found)


def _specifications(document: Document) -> Iterator[Any]:
    """Yield the dictionaries that embed a file: objects, and what AF holds itself."""
    root = document.pdf.Root
    listed = [each for each in dictionaries(root, "/AF") if not each.is_indirect]
    for thing in (*document.pdf.objects, *listed):
        if is_dictionary(thing) and "/EF" in thing:
            yield thing


RULE = Rule(
    code="N964",
    profiles=TAGGED,
    threshold="F and UF",
    source="ISO 14289-1:2014, 7.11; Matterhorn 1.1, 21-001",
    check=check,
)
