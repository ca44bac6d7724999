"""How much of which ink a colour puts on the paper.

In: a colour. Out: the share of each plate from 0 to 1, by its name; None where only a
conversion through profiles could say (RGB, Lab). Black, cyan and the rest are names of plates
wherever they come from: from DeviceCMYK, gray, ICC-based CMYK, or a Separation of that name.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from newsletter.preflight.content.spaces import Colour, Space

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
Plates = Mapping[str, float]
MOST_COLOURS = 1024
"""Colours whose plates are kept; an issue has some twenty."""
FAINT = 0.005
"""Less than half a per cent is no ink: a plate's steps are 1/255."""


@functools.lru_cache(MOST_COLOURS)
def plates(colour: Colour) -> Plates | None:
    """Return the plates of a colour; a spot colour has a plate of its own."""
    return _plates(colour.space, colour.components)


def process_plates(colour: Colour) -> Plates | None:
    """Return the plates of a colour when spots are printed through their alternates."""
    space = colour.space
    if space.family in {"Separation", "DeviceN"} and _spots(space) and space.base and space.tint:
        try:
            return _plates(space.base, space.tint(colour.components))
        except (ValueError, IndexError):
            return None
    return plates(colour)


def total(found: Plates) -> float:
    """Return the sum of all plates in per cent."""
    return 100 * sum(found.values())


def is_white(colour: Colour) -> bool:
    """Tell whether a colour prints nothing."""
    found = plates(colour)
    return found is not None and all(share < FAINT for share in found.values())


def _spots(space: Space) -> tuple[str, ...]:
    return tuple(name for name in space.names if name not in {*PROCESS, "All", "None"})


def _plates(space: Space, components: tuple[float, ...]) -> Plates | None:
    if space.family == "Indexed" and space.base:
        return _plates(space.base, _looked_up(space, components))
    if space.model == "Gray" and components:
        return {"Black": _share(1 - components[0])}
    if space.model == "CMYK" and len(components) == len(PROCESS):
        return dict(zip(PROCESS, map(_share, components), strict=True))
    if space.model == "inks":
        return _named(space, components)
    return None


def _named(space: Space, components: tuple[float, ...]) -> Plates:
    found: dict[str, float] = {}
    for name, tint in zip(space.names, components, strict=False):
        for plate in PROCESS if name == "All" else (name,):
            if name != "None":
                found[plate] = max(found.get(plate, 0.0), _share(tint))
    return found


def _looked_up(space: Space, components: tuple[float, ...]) -> tuple[float, ...]:
    """Return the colour of an Indexed space's palette."""
    if not space.base or not components:
        return ()
    count = space.base.components
    start = int(components[0]) * count
    return tuple(byte / 255 for byte in space.palette[start : start + count])


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
