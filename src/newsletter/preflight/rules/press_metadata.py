"""N917: title, dates, identifiers and Trapped are there, and Info and XMP say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Term, listed
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import (
    DUBLIN_CORE,
    MEDIA,
    PDF,
    XMP,
    Metadata,
    metadata,
    same_moment,
)
from newsletter.preflight.rule import PRESS, NotChecked, Rule

NEEDED = (
    (DUBLIN_CORE, "title", "dc:title"),
    (XMP, "CreateDate", "xmp:CreateDate"),
    (XMP, "ModifyDate", "xmp:ModifyDate"),
    (XMP, "MetadataDate", "xmp:MetadataDate"),
    (MEDIA, "DocumentID", "xmpMM:DocumentID"),
    (MEDIA, "VersionID", "xmpMM:VersionID"),
    (MEDIA, "RenditionClass", "xmpMM:RenditionClass"),
)
DATES = (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate"))


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for what is missing, one for what differs, one for Trapped."""
    said = metadata(document)
    missing = [label for namespace, name, label in NEEDED if not said.said(namespace, name)]
    if missing:
        yield Diagnostic("N917", document.spot(), {"what": listed(missing)}, "missing")
    different = list(_different(said))
    if different:
        yield Diagnostic("N917", document.spot(), {"what": listed(different)}, "different")
    trapped = {said.info.get("/Trapped", ""), said.said(PDF, "Trapped")} - {""}
    if len(trapped) != 1 or not trapped <= {"True", "False"}:
        said_so = ", ".join(sorted(trapped))
        values = {"what": f"Trapped: {said_so}" if said_so else Term("Trapped nowhere")}
        yield Diagnostic("N917", document.spot(), values, "trapped")


def _different(said: Metadata) -> Iterator[str]:
    title, other = said.info.get("/Title", "").strip(), said.said(DUBLIN_CORE, "title")
    if title and other and title != other:
        yield "Title"
    for key, name in DATES:
        date, moment = said.info.get(key, ""), said.said(XMP, name)
        if date and moment and not same_moment(date, moment):
            yield key[1:]


RULE = Rule(
    code="N917",
    profiles=PRESS,
    threshold="title, dates, identifiers, Trapped true or false; Info = XMP",
    source="ISO 15930-7:2010 (document identification and dates, trapping)",
    check=check,
)
