"""Marks: what the operators of a page leave on it, each with its place and its colours.

Boxes are in points of the page, clipped by what clips them; a box without extent is invisible.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.content.fonts import Font
from newsletter.preflight.content.spaces import Colour, Space


class Origin(StrEnum):
    """Where a mark's operator stands."""

    PAGE = "page"
    PATTERN = "pattern"
    GLYPH = "glyph"
    MASK = "soft mask"
    ANNOTATION = "annotation"


class Look(Struct, frozen=True):
    """How colours are laid on: overprint, blending (ISO 32000-2:2020, 8.6.7 and 11.3.5)."""

    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    blend: str = "Normal"
    origin: Origin = Origin.PAGE

    @property
    def mixes(self) -> bool:
        """Tell whether what is beneath may add to what is painted, other than by showing through.

        With the blend mode Normal a result lies between the two (11.3.6), so it has no more ink.
        """
        return self.blend not in {"Normal", "Compatible"}


class Text(Struct, frozen=True):
    """One string that is shown: its size in points, its colours, its rendering mode (9.3.6)."""

    page: int
    box: Box
    look: Look
    font: Font
    size_pt: float
    mode: int
    fill: Colour | None
    stroke: Colour | None


class Path(Struct, frozen=True):
    """A path that is filled, stroked or both.

    `thickness_pt` is the shorter side of the thinnest rectangle in a path that is filled, where
    that rectangle is long enough to look like a line; otherwise None.
    """

    page: int
    box: Box
    look: Look
    fill: Colour | None
    stroke: Colour | None
    width_pt: float = 0.0
    thickness_pt: float | None = None


class Picture(Struct, frozen=True):
    """What an image's dictionary says (8.9.5); `stream` is None for an inline image."""

    key: object
    width: int
    height: int
    bits: int
    space: Space | None
    is_mask: bool = False
    filters: tuple[str, ...] = ()
    decode: tuple[float, ...] = ()
    stream: objects.Object = None


class Image(Struct, frozen=True):
    """A picture where it is placed; `fill` is the colour that a stencil mask paints."""

    page: int
    box: Box
    look: Look
    picture: Picture
    ppi: float
    fill: Colour | None = None


class Shade(Struct, frozen=True):
    """A smooth shading (8.7.4): its colour space and colours taken along it."""

    page: int
    box: Box
    look: Look
    space: Space
    colours: tuple[Colour, ...]
    is_complete: bool = True


Mark = Text | Path | Image | Shade


def is_visible(mark: Mark) -> bool:
    """Tell whether any of it can be seen: within its clip, and not in a soft mask."""
    inside = mark.box.right > mark.box.left and mark.box.top > mark.box.bottom
    return inside and mark.look.origin is not Origin.MASK


def spaces(mark: Mark) -> list[Space]:
    """Return the colour spaces that a mark is painted in."""
    if isinstance(mark, Shade):
        return [mark.space]
    if isinstance(mark, Image):
        stencil = [mark.fill.space] if mark.fill else []
        return stencil if mark.picture.is_mask or not mark.picture.space else [mark.picture.space]
    return [colour.space for colour in (mark.fill, mark.stroke) if colour]


def fills_and_strokes(mark: Mark) -> list[tuple[Colour, bool]]:
    """Return the colours that a mark paints, each with whether it overprints."""
    found = []
    if isinstance(mark, Shade):
        return [(colour, mark.look.overprint_fill) for colour in mark.colours]
    if mark.fill:
        found.append((mark.fill, mark.look.overprint_fill))
    if not isinstance(mark, Image) and mark.stroke:
        found.append((mark.stroke, mark.look.overprint_stroke))
    return found
