"""The order to the press: what the print file of an issue needs beside its pages.

In: a galley, whose publication says for which press, and whose layout names its inks. Out: a
`PrintOrder`; `Refused` when there is no such press profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter import __version__
from newsletter.compose.galley import Galley
from newsletter.diagnostics import Diagnostic, Refused, listed
from newsletter.issue.loader import Copy
from newsletter.layouts.inks import ink_choices
from newsletter.layouts.spec import InkChoice
from newsletter.press.condition import (
    ConditionError,
    PressCondition,
    condition_names,
    load_condition,
)
from newsletter.resources import folders

if TYPE_CHECKING:
    from newsletter.press.about import About
    from newsletter.press.inks import Ink
    from newsletter.press.printing import PrintOrder

PER_CENT = 100


def judge_order(galley: Galley) -> None:
    """Raise what `print_order` would raise, without the press, which takes time to import."""
    _condition(galley.copy)
    ink_choices(galley.layout)


def print_order(galley: Galley) -> PrintOrder:
    """Return what the press is told for an issue; raises `Refused`."""
    from newsletter.press.lettering import face
    from newsletter.press.printing import PrintOrder
    from newsletter.press.separation import Separation

    page, press = galley.layout.spec.page, galley.copy.publication.press
    condition = _condition(galley.copy)
    separation = Separation(
        condition, press.intent, press.black_point_compensation, press.ink_limit
    )
    return PrintOrder(
        width_mm=page.width_mm,
        height_mm=page.height_mm,
        bleed_mm=page.bleed_mm,
        separation=separation,
        about=about(galley.copy),
        slug=_slug(galley.copy, condition),
        font=face(),
        inks={levels: _ink(choice) for levels, choice in ink_choices(galley.layout).items()},
    )


def about(copy: Copy) -> About:
    """Return what the files of an issue say of themselves."""
    from newsletter.press.about import About

    publication, issue = copy.publication, copy.issue
    return About(
        title=f"{publication.name} {issue.title}",
        publisher=publication.publisher,
        subject=f"{publication.name}{issue.period or ''}",
        language=publication.language,
        date=issue.date.end if issue.date else None,
        producer=f"newsletter {__version__}",
    )


def _condition(copy: Copy) -> PressCondition:
    places = folders("profiles", copy.root)
    press = copy.publication.press
    try:
        return load_condition(press.condition, places)
    except ConditionError as error:
        place = press.place("condition") if press.written("condition") else None
        values = {"name": error.name, "names": listed(condition_names(places))}
        if error.problem == "missing":
            raise Refused([Diagnostic("N721", place, values)]) from error
        hint = "unreadable" if error.problem == "unreadable" else "default"
        raise Refused([Diagnostic("N722", place, values, hint=hint)]) from error


def _slug(copy: Copy, condition: PressCondition) -> str:
    """Return the slug line: whose page it is, which, for which press, of which day."""
    publication, issue = copy.publication, copy.issue
    name = publication.short_name or publication.name
    parts = [f"{name} {issue.id}", "{page}/{count}", condition.name]
    if issue.date:
        parts.append(issue.date.end.isoformat())
    return "   ".join(parts)


def _ink(choice: InkChoice) -> Ink:
    from newsletter.press.inks import Ink, Spot
    from newsletter.press.separation import CMYK

    process = CMYK(*(part / PER_CENT for part in choice.cmyk))
    if choice.spot is None:
        return Ink(process)
    return Ink(process, Spot(choice.spot, process), choice.tint / PER_CENT)
