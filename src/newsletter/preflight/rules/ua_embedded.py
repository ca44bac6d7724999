"""N974: every font of the text is in the file."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.marked import fonts_used, read_content
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each font that text is set in and that is not embedded."""
    for font, page, _codes in fonts_used(read_content(document)):
        if not font.is_embedded:
            yield fault(document, "N974", "31-009", "a font that is not embedded", font.name, page)


RULE = Rule(
    code="N974",
    profiles=TAGGED,
    threshold="every font of the text",
    source="ISO 14289-1:2014, 7.21.4.1; Matterhorn 1.1, 31-009",
    check=check,
)
