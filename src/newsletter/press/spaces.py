"""Colour spaces of a PDF: what a set of components means as ink.

In: the object that names a space (ISO 32000-2:2020, 8.6). Out: a `Space`, which turns components
into an `Ink`; or nothing for spaces whose colours come out as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from newsletter.press.inks import Ink, Palette
from newsletter.press.problem import UnconvertedError
from newsletter.press.separation import CMYK

GRAY, RGB, FOUR = "/DeviceGray", "/DeviceRGB", "/DeviceCMYK"
AS_WRITTEN = frozenset({"/Separation", "/DeviceN", "/Pattern"})


class Space(Struct, frozen=True):
    """A space that is converted: its colour at the outset, and the ink of its components."""

    initial: tuple[float, ...]
    ink: Callable[[Sequence[float]], Ink]


def space_of(colour_space: Any, palette: Palette) -> Space | None:  # noqa: ANN401 - pikepdf's
    """Return how a space is converted; None for one that stays as it is written."""
    name, rest = _parts(colour_space)
    if name in AS_WRITTEN:
        return None
    if name == "/ICCBased":
        name = {1: GRAY, 3: RGB, 4: FOUR}[int(rest[0].N)]
    if name in (GRAY, "/G", "/CalGray"):
        return Space((0.0,), lambda parts: palette.of_gray(parts[0]))
    if name in (RGB, "/RGB", "/CalRGB"):
        return Space((0.0, 0.0, 0.0), lambda parts: palette.of_rgb(*parts))
    if name in (FOUR, "/CMYK"):
        return Space((0.0, 0.0, 0.0, 1.0), lambda parts: Ink(CMYK(*parts)))
    if name == "/Lab":
        return Space((0.0, 0.0, 0.0), lambda parts: palette.of_lab(*parts))
    raise UnconvertedError(f"colour space {name.lstrip('/')}")


def _parts(colour_space: Any) -> tuple[str, list[Any]]:  # noqa: ANN401
    from pikepdf import Array

    if isinstance(colour_space, Array):
        return str(colour_space[0]), list(colour_space)[1:]
    return str(colour_space), []
