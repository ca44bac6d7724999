"""An issue composed and checked: all that can be said of it without laying it out.

In: a publication's folder and an issue's id, or its copy. Out: the galley, or what is wrong. No
press, no renderer and no preflight is imported, so that an editor who asks after each edit has
an answer at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from newsletter.cache.ledger import opened
from newsletter.compose.galley import Galley, compose_issue, inspect_pictures, look_over
from newsletter.compose.resolution import refused_in_print
from newsletter.diagnostics import Diagnostic, Place, Refused, has_errors, in_order
from newsletter.fonts.family import FamilyError, FontFamily, load_families
from newsletter.issue.loader import Copy, load_copy, shown
from newsletter.issue.salvage import salvage
from newsletter.layouts import Layout, OptionValue, load_layout, options
from newsletter.printroom import judge_order
from newsletter.resources import folders
from newsletter.subedit import read_issue


class Findings(Struct, frozen=True):
    """What was found of an issue; `is_complete` says that errors have hidden nothing.

    `galley` is None where there is an error.
    """

    problems: Sequence[Diagnostic]
    galley: Galley | None
    is_complete: bool = True


def check(root: Path, issue_id: str, layout: str | None = None) -> list[Diagnostic]:
    """Return all that can be said of an issue without laying it out; errors included.

    With `layout` its texts and pictures are held against the places of that layout.
    """
    return examine(root, issue_id, layout)[0]


def examine(
    root: Path, issue_id: str, layout: str | None = None
) -> tuple[list[Diagnostic], Galley | None]:
    """Return what `check` does, and the galley; None where the issue has an error."""
    found = survey(root, issue_id, layout)
    return [*found.problems], found.galley


def survey(root: Path, issue_id: str, layout: str | None = None) -> Findings:
    """Return what `check` does, the galley, and whether everything was looked at."""
    with opened(str(root), issue_id):
        found = _found(root, issue_id, layout)
    problems = in_order(found.problems)
    return Findings(problems, None if has_errors(problems) else found.galley, found.is_complete)


def _found(root: Path, issue_id: str, layout: str | None) -> Findings:
    try:
        copy = load_copy(root, issue_id)
    except Refused as refusal:
        return _of_the_sound_parts(root, issue_id, layout, refusal.diagnostics)
    problems, galley = read_issue(copy.issue), None
    try:
        galley = compose(copy, layout)
        problems += galley.warnings
        judge_order(galley)
    except Refused as refusal:
        problems += refusal.diagnostics
    return Findings(_as_built(problems, copy), galley)


def _of_the_sound_parts(
    root: Path, issue_id: str, layout: str | None, problems: Sequence[Diagnostic]
) -> Findings:
    """Add to the errors of an issue's files what can be said of all that is sound in them."""
    remains = salvage(root, issue_id)
    found = [*problems]
    if remains.issue is not None:
        found += read_issue(remains.issue)
        copy = remains.copy(root, issue_id)
        if copy is None:
            found += inspect_pictures(remains.issue, root / "issues" / issue_id)
        else:
            found += _as_built(_looked_over(copy, layout), copy)
    return Findings(remains.certain(found), None, is_complete=remains.is_whole())


def _looked_over(copy: Copy, layout_name: str | None) -> list[Diagnostic]:
    try:
        layout, _chosen = _layout(copy, layout_name)
        return look_over(copy, layout, font_families(copy.root))
    except Refused as refusal:
        return [*refusal.diagnostics, *inspect_pictures(copy.issue, copy.folder)]


def _as_built(problems: Iterable[Diagnostic], copy: Copy) -> list[Diagnostic]:
    """Return the problems with the weight that a build gives them: what it refuses is an error."""
    if "print" not in copy.publication.profiles:
        return [*problems]
    return [refused_in_print(problem) for problem in problems]


def compose(copy: Copy, layout_name: str | None = None, fillers: int = 0) -> Galley:
    """Compose an issue in the layout it chose, or in another; raises `Refused`.

    The layout adds as many pages as `fillers` says, where it has a place for them.
    """
    layout, chosen = _layout(copy, layout_name)
    return compose_issue(copy, layout, chosen, font_families(copy.root), fillers)


def _layout(copy: Copy, name: str | None) -> tuple[Layout, Mapping[str, OptionValue]]:
    """Return the layout of that name, or the one that the issue chose, and its options."""
    publication, issue = copy.publication, copy.issue
    choice = issue.layout or publication.layout
    places = folders("layouts", copy.root)
    if name is None:
        layout = load_layout(choice.name, places, choice.place("name"))
    else:
        layout = load_layout(name, places)
    chosen = options(layout, [publication.layout, *([issue.layout] if issue.layout else [])])
    return layout, chosen


def font_families(root: Path) -> Mapping[str, FontFamily]:
    """Return all font families, the publication's own before ours; raises `Refused`."""
    try:
        return load_families(folders("fonts", root))
    except FamilyError as error:
        place = Place(shown(error.path, root))
        raise Refused(
            Diagnostic("N603", place, {"problem": problem}) for problem in error.problems
        ) from error
