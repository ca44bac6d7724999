"""N957: every code of the text stands for a character."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.marked import fonts_used, read_content
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule

SHOWN = 5


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each font with codes of which nobody knows what they say."""
    for font, page, codes in fonts_used(read_content(document)):
        if font.characters is None:
            if not font.is_known:
                yield fault(document, "N957", "31-027", "a font without ToUnicode", font.name, page)
            continue
        if not font.width:
            yield NotChecked(f"{font.name}: codes of an encoding that is not read here", page)
        lost = sorted(code for code in codes if not font.characters.get(code))
        if lost:
            found = f"{font.name} {' '.join(f'<{code:04x}>' for code in lost[:SHOWN])}"
            yield fault(
                document, "N957", "10-001", "codes that stand for no character", found, page
            )
        written = "".join(font.characters.get(code, "") for code in sorted(codes))
        for condition, forbidden in (("31-028", "\0"), ("31-029", "\ufeff\ufffe")):
            if any(character in written for character in forbidden):
                what = "codes that stand for a character that is none"
                yield fault(document, "N957", condition, what, font.name, page)


RULE = Rule(
    code="N957",
    profiles=TAGGED,
    threshold="every code",
    source="ISO 14289-1:2014, 7.21.7; Matterhorn 1.1, 10-001, 31-027 to 31-029",
    check=check,
)
