"""N971: fonts are embedded and sound, and no text asks for a glyph that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.archive_check import archival_findings
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.own_fonts import are_sound, is_just_made
from newsletter.preflight.rule import TAGGED, NotChecked, Rule

CLAUSE = re.compile(r"^ISO_19005_3:6\.2\.11((?:\.\d+)*)-\d+$")
"""Fonts in ISO 19005-3:2012; the numbers below it are those of ISO 14289-1, 7.21."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield what the check of PDF/A says of fonts: PDF/UA-1 asks the same of them.

    A file that was just made is asked first whether there is anything to say.
    """
    if is_just_made() and are_sound(document):
        return
    for finding in archival_findings(document.data):
        clause = CLAUSE.search(finding.rule)
        if clause is None:
            continue
        if finding.kind == "unsupported":
            yield NotChecked(f"{finding.where}: {finding.message}")
        else:
            values = {
                "clause": f"7.21{clause[1]}",
                "found": finding.where,
                "problem": finding.message,
            }
            yield Diagnostic("N971", document.spot(), values)


RULE = Rule(
    code="N971",
    profiles=TAGGED,
    threshold="embedded, sound, no missing glyph",
    source=(
        "ISO 14289-1:2014, 7.21.2 to 7.21.6 and 7.21.8; "
        "Matterhorn 1.1, 31-001 to 31-008, 31-011 to 31-026, 31-030"
    ),
    check=check,
)
