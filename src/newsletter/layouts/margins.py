"""Margins: what lies between a grid and the edges of its page.

In: page and grid of a layout.yaml. Out: the four margins in points; or, where the grid and the
margins that are given do not make up the page, what is wrong, said at the layout's own keys.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.diagnostics import Diagnostic, Place, Values
from newsletter.geometry import PT_PER_MM, points
from newsletter.layouts.spec import Grid, LayoutFile, PageSize

FINE = 100
"""What the grid leaves is given in hundredths of a point, rounded up."""
NEAR_PT = 0.5
"""By how much a grid may be larger than its room; margins that are given are rounded ones."""
LEAST_MM = 10
"""A remedy leaves a margin that is not given at least so much."""


class Margins(NamedTuple):
    """The margins in points. Inner is the side of the binding: left on odd pages."""

    top: float
    foot: float
    inner: float
    outer: float


def margins_of(page: PageSize, grid: Grid) -> Margins:
    """Return the margins as given; one that is not takes what the grid leaves, two share it."""
    across = points(page.width_mm) - grid.type_width_pt
    down = points(page.height_mm) - grid.type_height_pt
    top, foot = _shared(page.top_mm, page.foot_mm, down)
    inner, outer = _shared(page.inner_mm, page.outer_mm, across)
    return Margins(top, foot, inner, outer)


def _shared(one_mm: float | None, other_mm: float | None, left_pt: float) -> tuple[float, float]:
    one = None if one_mm is None else points(one_mm)
    other = None if other_mm is None else points(other_mm)
    if one is None and other is None:
        return _fine(left_pt / 2), _fine(left_pt / 2)
    if one is None:
        return _fine(left_pt - (other or 0)), other or 0
    return one, _fine(left_pt - one) if other is None else other


def _fine(length_pt: float) -> float:
    return math.ceil(length_pt * FINE) / FINE


# What can be wrong with them ------------------------------------------------------------------


def unfit_grids(spec: LayoutFile) -> Iterator[Diagnostic]:
    """Yield N516 where the columns are not as wide, or the lines not as high, as their room."""
    page, grid = spec.page, spec.grid
    room = points(page.width_mm) - points((page.inner_mm or 0) + (page.outer_mm or 0))
    is_given = None not in (page.inner_mm, page.outer_mm)
    lacks = grid.type_width_pt > room + NEAR_PT
    if lacks or (is_given and room - grid.type_width_pt >= grid.body_pt):
        hint = "narrow" if lacks else "wide"
        keys = ("column_characters", "columns", "gap_characters", "body_pt")
        place = _own_place(spec, keys, ("width_mm", "inner_mm", "outer_mm"))
        yield Diagnostic("N516", place, _across(spec, room), hint=hint)
    room = points(page.height_mm) - points((page.top_mm or 0) + (page.foot_mm or 0))
    is_given = None not in (page.top_mm, page.foot_mm)
    lacks = grid.type_height_pt > room + NEAR_PT
    if lacks or (is_given and room - grid.type_height_pt >= grid.leading_pt):
        hint = "low" if lacks else "high"
        place = _own_place(spec, ("lines", "leading_pt"), ("height_mm", "top_mm", "foot_mm"))
        yield Diagnostic("N516", place, _down(spec, room), hint=hint)


def tight_margins(spec: LayoutFile) -> Iterator[Diagnostic]:
    """Yield N523 where the layout's heads or page numbers would stand too near to the trim."""
    page, margins = spec.page, margins_of(spec.page, spec.grid)
    sides = (
        ("top_mm", page.least_top_mm, page.top_mm, margins.top),
        ("foot_mm", page.least_foot_mm, page.foot_mm, margins.foot),
    )
    for key, least_mm, given_mm, margin in sides:
        lacking = points(least_mm or 0) - margin
        if lacking <= 1 / FINE:
            continue
        fewer = math.ceil(lacking / spec.grid.leading_pt)
        values: Values = {
            "key": key,
            "has": _mm(margin),
            "needs": f"{least_mm:g}",
            "lacking": f"{math.ceil(lacking / PT_PER_MM * 10) / 10:g}",
            "fits": max(spec.grid.lines - fewer, 1),
        }
        if given_mm is None:
            place = _own_place(spec, ("lines", "leading_pt"), ("height_mm", "top_mm", "foot_mm"))
        else:
            place = _own_place(spec, (), (key, "height_mm"))
        yield Diagnostic("N523", place, values, hint="default" if given_mm is None else "given")


def _across(spec: LayoutFile, room: float) -> Values:
    grid, page = spec.grid, spec.page
    least = LEAST_MM * (page.inner_mm, page.outer_mm).count(None)
    room -= points(least)
    gaps = (grid.columns - 1) * grid.column_gap_pt
    return {
        "what": f"{grid.columns} × {grid.column_characters} × {grid.body_pt:g} pt",
        "needs": _mm(grid.type_width_pt),
        "room": _mm(room),
        "fits": max(int((room + NEAR_PT - gaps) / grid.columns / grid.body_pt), 0),
    }


def _down(spec: LayoutFile, room: float) -> Values:
    grid, page = spec.grid, spec.page
    least = LEAST_MM * (page.top_mm, page.foot_mm).count(None)
    room -= points(least)
    return {
        "what": f"{grid.lines} × {grid.leading_pt:g} pt",
        "needs": _mm(grid.type_height_pt),
        "room": _mm(room),
        "fits": int((room + NEAR_PT) / grid.leading_pt),
    }


def _mm(length_pt: float) -> str:
    return f"{length_pt / PT_PER_MM:.1f}"


def _own_place(spec: LayoutFile, of_grid: tuple[str, ...], of_page: tuple[str, ...]) -> Place:
    """Return the first of some keys that the layout's own file has, not one that it extends."""
    own = spec.place("name").file
    keys = [("grid", key) for key in of_grid] + [("page", key) for key in of_page]
    places = [
        spec.place(*key) for key in keys if getattr(getattr(spec, key[0]), key[1]) is not None
    ]
    return next((place for place in places if place.file == own), spec.place("name"))
