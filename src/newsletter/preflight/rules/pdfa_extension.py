"""N982: the metadata describe the properties that PDF/A does not know."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import PDFUA, described, metadata
from newsletter.preflight.rule import ARCHIVE, NotChecked, Rule

FOREIGN = {PDFUA: "pdfuaid"}
"""The schemas that our files use and PDF/A does not predefine; N981 finds any other."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each property of PDF/UA that no extension schema describes."""
    known = described(document)
    for name in sorted(metadata(document).xmp):
        space, _, local = name.lstrip("{").partition("}")
        if space in FOREIGN and (space, local) not in known:
            yield Diagnostic("N982", document.spot(), {"found": f"{FOREIGN[space]}:{local}"})


RULE = Rule(
    code="N982",
    profiles=ARCHIVE,
    threshold="every property described",
    source="ISO 19005-3:2012, 6.6.2.3",
    check=check,
)
