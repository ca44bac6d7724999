"""Printer's marks: what stands beside a page for those who cut, print and measure it.

In: the trim box, the bleed, the words of the slug line. Out: the operators of a content stream
and the box that holds it all. Lines are 0.25 pt in Separation /All, so that they come out on
every plate; all of it lies beyond the bleed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsletter.geometry import Box, points
from newsletter.press.inks import Spot
from newsletter.press.lettering import Lettering

SLUG_MM = 8.0
"""How much paper the marks take on every side, from the bleed outwards."""
LINE_PT = 0.25
MARK_MM = 5.0
GAP_MM = 0.5
"""How long a crop mark is, and how far from the bleed it begins."""
TARGET_RADIUS_MM = 1.5
PATCH_MM = 5.0
BAR_FROM_MM = 12.0
"""Where the colour bar begins, from the left edge of the trim: clear of the bleed marks."""
SLUG_SIZE_PT = 6.0
ALL_PLATES, SPOT_PLATE = "/AllPlates", "/SpotPlate"
CURVE = 0.5522847498
"""How far a control point lies for a quarter of a circle of radius 1."""

PATCHES: tuple[tuple[float, float, float, float], ...] = (
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
    (1, 1, 0, 0),
    (1, 0, 1, 0),
    (0, 1, 1, 0),
    (0.5, 0, 0, 0),
    (0, 0.5, 0, 0),
    (0, 0, 0.5, 0),
    (0, 0, 0, 0.5),
    (0.5, 0.4, 0.4, 0),
    (0.25, 0.19, 0.19, 0),
)
"""Solids, overprints of two, half tones, and grays of three inks to be seen beside half of black
(gray balance of ISO 12647-2:2004 for 25 and 50 % cyan)."""


class Sheet(Struct, frozen=True):
    """A page on its sheet: trim and bleed in points; the slug goes round the bleed."""

    trim: Box
    bleed_mm: float

    @property
    def bleed(self) -> Box:
        """The box up to which the page is printed."""
        return self.trim.grown(points(self.bleed_mm))

    @property
    def media(self) -> Box:
        """The box of the whole sheet."""
        return self.bleed.grown(points(SLUG_MM))


def marks(sheet: Sheet, lettering: Lettering, words: str, spots: Sequence[Spot] = ()) -> str:
    """Return the operators of all marks of a page; `words` are its slug line."""
    lines = [
        "q",
        f"{ALL_PLATES} CS 1 SCN {LINE_PT} w 0 J [] 0 d",
        *(line(*ends) for ends in _corner_lines(sheet)),
        *(_target(x, y) for x, y in _target_places(sheet)),
        *_bar(sheet, spots),
        "0 0 0 1 k",
        lettering.path(words, SLUG_SIZE_PT, *_slug_line(sheet)),
        "Q",
    ]
    return "\n".join(lines)


def _corner_lines(sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    """Yield the crop marks, and beside them the shorter bleed marks."""
    near = sheet.bleed.grown(points(GAP_MM))
    for box, reach in ((sheet.trim, 1.0), (sheet.bleed, 0.6)):
        far = near.grown(points(MARK_MM) * reach)
        for x in (box.left, box.right):
            yield x, near.bottom, x, far.bottom
            yield x, near.top, x, far.top
        for y in (box.bottom, box.top):
            yield near.left, y, far.left, y
            yield near.right, y, far.right, y


def line(*ends: float) -> str:
    """Return the operators of a line between two points, x and y of each."""
    return "{:.3f} {:.3f} m {:.3f} {:.3f} l S".format(*ends)


def _target_places(sheet: Sheet) -> Iterator[tuple[float, float]]:
    """Yield the centres of the registration marks, in the middle of each side's slug."""
    bleed, out = sheet.bleed, points(SLUG_MM / 2)
    middle_x, middle_y = (bleed.left + bleed.right) / 2, (bleed.bottom + bleed.top) / 2
    yield from ((middle_x, bleed.bottom - out), (middle_x, bleed.top + out))
    yield from ((bleed.left - out, middle_y), (bleed.right + out, middle_y))


def _target(x: float, y: float) -> str:
    """Return a circle with a cross twice as wide."""
    radius = points(TARGET_RADIUS_MM)
    arm = 2 * radius
    cross = (line(x - arm, y, x + arm, y), line(x, y - arm, x, y + arm))
    return "\n".join([*cross, _circle(x, y, radius)])


def _circle(x: float, y: float, radius: float) -> str:
    k = CURVE * radius
    quarters = (
        (x + radius, y + k, x + k, y + radius, x, y + radius),
        (x - k, y + radius, x - radius, y + k, x - radius, y),
        (x - radius, y - k, x - k, y - radius, x, y - radius),
        (x + k, y - radius, x + radius, y - k, x + radius, y),
    )
    curves = " ".join(" ".join(f"{value:.3f}" for value in quarter) + " c" for quarter in quarters)
    return f"{x + radius:.3f} {y:.3f} m {curves} s"


def _bar(sheet: Sheet, spots: Sequence[Spot]) -> Iterator[str]:
    """Yield the patches of the colour bar, in the slug below the page; spot inks come last."""
    side = points(PATCH_MM)
    left = sheet.trim.left + points(BAR_FROM_MM)
    bottom = sheet.bleed.bottom - points(SLUG_MM / 2) - side / 2
    for index, patch in enumerate(PATCHES):
        inks = " ".join(f"{part:g}" for part in patch)
        yield f"{inks} k {left + index * side:.3f} {bottom:.3f} {side:.3f} {side:.3f} re f"
    for index, _spot in enumerate(spots, len(PATCHES)):
        plate = f"{SPOT_PLATE}{index - len(PATCHES)}"
        place = f"{left + index * side:.3f} {bottom:.3f} {side:.3f} {side:.3f} re f"
        yield f"{plate} cs 1 scn {place}"


def _slug_line(sheet: Sheet) -> tuple[float, float]:
    """Return where the slug line begins: right of the lower registration mark."""
    middle = (sheet.bleed.left + sheet.bleed.right) / 2
    baseline = sheet.bleed.bottom - points(SLUG_MM / 2) - SLUG_SIZE_PT / 3
    return middle + points(SLUG_MM), baseline
