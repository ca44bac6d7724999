"""An issue composed and checked: all that can be said of it without laying it out.

In: a publication's folder and an issue's id, or its copy. Out: the galley, or what is wrong. No
press, no renderer and no preflight is imported, so that an editor who asks after each edit has
an answer at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsletter.cache.ledger import opened
from newsletter.compose.galley import Galley, compose_issue
from newsletter.diagnostics import Diagnostic, Place, Refused, has_errors, in_order
from newsletter.fonts.family import FamilyError, FontFamily, load_families
from newsletter.issue.loader import Copy, load_copy, shown
from newsletter.layouts import load_layout, options
from newsletter.printroom import judge_order
from newsletter.resources import folders
from newsletter.subedit import read_issue


def check(root: Path, issue_id: str, layout: str | None = None) -> list[Diagnostic]:
    """Return all that can be said of an issue without laying it out; errors included.

    With `layout` its texts and pictures are held against the places of that layout.
    """
    return examine(root, issue_id, layout)[0]


def examine(
    root: Path, issue_id: str, layout: str | None = None
) -> tuple[list[Diagnostic], Galley | None]:
    """Return what `check` does, and the galley; None where the issue has an error."""
    with opened(str(root), issue_id):
        problems, galley = _found(root, issue_id, layout)
    return in_order(problems), None if has_errors(problems) else galley


def _found(root: Path, issue_id: str, layout: str | None) -> tuple[list[Diagnostic], Galley | None]:
    try:
        copy = load_copy(root, issue_id)
    except Refused as refusal:
        return refusal.diagnostics, None
    problems, galley = read_issue(copy.issue), None
    try:
        galley = compose(copy, layout)
        problems += galley.warnings
        judge_order(galley)
    except Refused as refusal:
        problems += refusal.diagnostics
    return problems, galley


def compose(copy: Copy, layout_name: str | None = None, fillers: int = 0) -> Galley:
    """Compose an issue in the layout it chose, or in another; raises `Refused`.

    The layout adds as many pages as `fillers` says, where it has a place for them.
    """
    publication, issue = copy.publication, copy.issue
    choice = issue.layout or publication.layout
    places = folders("layouts", copy.root)
    if layout_name is None:
        layout = load_layout(choice.name, places, choice.place("name"))
    else:
        layout = load_layout(layout_name, places)
    chosen = options(layout, [publication.layout, *([issue.layout] if issue.layout else [])])
    return compose_issue(copy, layout, chosen, font_families(copy.root), fillers)


def font_families(root: Path) -> Mapping[str, FontFamily]:
    """Return all font families, the publication's own before ours; raises `Refused`."""
    try:
        return load_families(folders("fonts", root))
    except FamilyError as error:
        place = Place(shown(error.path, root))
        raise Refused(
            Diagnostic("N603", place, {"problem": problem}) for problem in error.problems
        ) from error
