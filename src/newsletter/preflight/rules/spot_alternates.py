"""N934: a spot colour looks the same wherever it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.spaces import Space
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_kind
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.spot_plates import NO_SPOT, ink_spaces

TINTS = (0.25, 0.5, 1.0)
"""Where two definitions are compared: highlight, middle, solid."""
DIGITS = 2
Look = tuple[object, ...]


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each spot colour with two definitions."""
    known: dict[str, Look] = {}
    looks: dict[int, Look] = {}
    cases = []
    for mark, space in ink_spaces(document):
        name = space.names[0]
        if space.family != "Separation" or name in NO_SPOT:
            continue
        look = looks.setdefault(id(space), _look(space))
        if known.setdefault(name, look) != look:
            cases.append(Case(mark.page, mark.box, 0.0, {"name": name}, kind=name))
    return by_kind(document, "N934", cases)


def _look(space: Space) -> Look:
    """Return what a space makes of some tints."""
    base = space.base.label if space.base else ""
    try:
        tints = [space.tint((tint,)) if space.tint else () for tint in TINTS]
    except (ValueError, IndexError):
        tints = []
    return base, *(tuple(round(value, DIGITS) for value in tint) for tint in tints)


RULE = Rule(
    code="N934",
    profiles=PRESS,
    threshold="one definition a name",
    source="ISO 15930-7:2010 (Separation and DeviceN); GWG 2015, 4.20 (ambiguous spot colours)",
    check=check,
    reads_marks=True,
)
