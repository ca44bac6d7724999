"""N955: of every text it can be told in which language it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.annotations import annotations_of
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.marked import read_content
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import Element, read_tree

TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a language tag (RFC 5646, 2.1)."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each text without a language, and for each language that is none."""
    root = document.pdf.Root
    language = str(root.get("/Lang", ""))
    if language and not TAG.fullmatch(language):
        yield fault(document, "N955", "11-001", "no tag of a language", language)
    tree = read_tree(document)
    for given in sorted({element.text("/Lang") for element in tree.elements} - {""}):
        if not TAG.fullmatch(given):
            yield fault(document, "N955", "11-001", "no tag of a language", given)
    if not language:
        yield from _without(document)


def _without(document: Document) -> Iterator[Diagnostic]:
    """Look for texts that have no language of their own in a file that has none."""
    tree, content = read_tree(document), read_content(document)
    owners = tree.owners()
    silent = {
        painted.page
        for painted in content.painted
        if painted.kind == "text" and not painted.is_artifact and not painted.language
        if not _speaks(owners.get((painted.holder, painted.mcid)))
    }
    for page in sorted(silent):
        yield fault(document, "N955", "11-001", "text without a language", "Lang", page)
    for element in tree.elements:
        for key in ("/Alt", "/ActualText", "/E"):
            if element.text(key) and not _speaks(element):
                what = "alternative text without a language"
                yield fault(document, "N955", "11-002", what, element.written, element.page)
    if document.pdf.Root.get("/Outlines") is not None:
        yield fault(document, "N955", "11-003", "bookmarks without a language", "Outlines")
    if any("/Contents" in annotation for _, annotation in annotations_of(document)):
        yield fault(document, "N955", "11-004", "annotations without a language", "Contents")
    yield fault(document, "N955", "11-006", "metadata without a language", "Lang")


def _speaks(element: Element | None) -> bool:
    """Tell whether an element or one around it has a language."""
    if element is None:
        return False
    return any(each.text("/Lang") for each in (element, *element.ancestors()))


RULE = Rule(
    code="N955",
    profiles=TAGGED,
    threshold="every text",
    source="ISO 14289-1:2014, 7.2; Matterhorn 1.1, 11-001 to 11-004, 11-006",
    check=check,
)
