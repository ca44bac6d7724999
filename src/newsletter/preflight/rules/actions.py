"""N930: nothing in the file acts: no scripts, no actions, no forms to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Term
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule

MOST_BOOKMARKS = 20_000


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each kind of action."""
    root = document.pdf.Root
    found = [*_of_the_file(root), *_of_bookmarks(objects.entry(root, "/Outlines"))]
    for kind in dict.fromkeys(found):
        yield Diagnostic("N930", document.spot(), {"kind": kind, "pages": Term("the file itself")})
    cases: list[Case] = []
    for sheet in document.sheets:
        holders = [sheet.page, *objects.items(objects.entry(sheet.page, "/Annots"))]
        kinds = dict.fromkeys(kind for holder in holders for kind in _held(holder))
        cases += [Case(sheet.number, None, 0.0, {"kind": kind}, kind=kind) for kind in kinds]
    yield from by_kind(document, "N930", cases)


def _of_the_file(root: objects.Object) -> Iterator[str]:
    if objects.is_dictionary(objects.entry(root, "/OpenAction")):
        yield _kind(objects.entry(root, "/OpenAction"))
    if objects.is_dictionary(objects.entry(root, "/AA")):
        yield "AA"
    if objects.path(root, "/Names", "/JavaScript") is not None:
        yield "JavaScript"
    if objects.items(objects.path(root, "/AcroForm", "/Fields")):
        yield "AcroForm"


def _held(holder: objects.Object) -> Iterator[str]:
    action = objects.entry(holder, "/A")
    if objects.is_dictionary(action):
        yield _kind(action)
    if objects.is_dictionary(objects.entry(holder, "/AA")):
        yield "AA"


def _of_bookmarks(outlines: objects.Object) -> Iterator[str]:
    """Yield the actions of bookmarks, each visited once however they are chained."""
    waiting = [objects.entry(outlines, "/First")]
    seen: set[object] = set()
    while waiting and len(seen) < MOST_BOOKMARKS:
        item = waiting.pop()
        key = objects.identity(item)
        if not objects.is_dictionary(item) or key is None or key in seen:
            continue
        seen.add(key)
        yield from _held(item)
        waiting += [objects.entry(item, "/Next"), objects.entry(item, "/First")]


def _kind(action: objects.Object) -> str:
    return objects.name(objects.entry(action, "/S")) or "–"


RULE = Rule(
    code="N930",
    profiles=PRESS,
    threshold="none",
    source="ISO 15930-7:2010 (actions and JavaScript); ISO 32000-2:2020, 12.6",
    check=check,
)
