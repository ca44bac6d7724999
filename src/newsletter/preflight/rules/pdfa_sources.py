"""N983: what an archive encloses is listed once, as a source, and can be found by name."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic, Term
from newsletter.pdf.objects import dictionaries, dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import is_ours
from newsletter.preflight.rule import ARCHIVE, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each enclosed file that is lost, listed twice, or of another relation.

    That sources are enclosed at all is asked of our own files alone.
    """
    from pikepdf import NameTree

    root = document.pdf.Root
    tree = dictionary(root, "/Names").get("/EmbeddedFiles")
    named = list(NameTree(tree).values()) if tree is not None else []
    listed = [each.objgen for each in dictionaries(root, "/AF")]
    if not named and is_ours(document):
        yield _finding(document, "nothing is enclosed", "EmbeddedFiles")
    for specification in named:
        name = str(specification.get("/UF", "?"))
        if listed.count(specification.objgen) != 1:
            yield _finding(document, "not listed once among the file's own", name)
        if specification.get("/AFRelationship") != "/Source":
            yield _finding(document, "not said to be a source", name)


def _finding(document: Document, what: str, found: str) -> Diagnostic:
    return Diagnostic("N983", document.spot(), {"what": Term(what), "found": found})


RULE = Rule(
    code="N983",
    profiles=ARCHIVE,
    threshold="each once in AF",
    source="ISO 19005-3:2012, 6.8",
    check=check,
)
