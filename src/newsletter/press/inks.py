"""Inks that a layout names: for a colour on the screen, what is printed in its place.

In: colours of the content. Out: an `Ink`: amounts of the four process inks, or a tint of a spot
ink. A colour that the layout maps comes out as the layout says; any other is separated.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from newsletter.press.separation import CMYK, Separation

Levels = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""


class Spot(Struct, frozen=True):
    """A spot ink: the name of its plate, and how the four process inks imitate it in full."""

    name: str
    alternate: CMYK


class Ink(Struct, frozen=True):
    """What is printed: process inks, or a tint from 0 to 1 of a spot ink."""

    process: CMYK
    spot: Spot | None = None
    tint: float = 1.0

    @property
    def is_black_alone(self) -> bool:
        """Whether it is full black of the black plate and nothing else."""
        return self.spot is None and self.process.is_black_alone


class Palette(Struct, frozen=True, dict=True):
    """The inks of a file: what the layout maps, and the separation of all that it does not."""

    separation: Separation
    named: Mapping[Levels, Ink] = field(default_factory=dict)

    def of_rgb(self, red: float, green: float, blue: float) -> Ink:
        """Return the ink of a colour: the named one when it is the token's colour to 1/255."""
        levels = tuple(round(min(max(part, 0.0), 1.0) * 255) for part in (red, green, blue))
        named = self.named.get((levels[0], levels[1], levels[2]))
        return named or Ink(self.separation.of_rgb(red, green, blue))

    def of_gray(self, level: float) -> Ink:
        """Return the ink of a gray from 0 (black) to 1; it may be a token's colour too."""
        return self.of_rgb(level, level, level)

    def of_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Return the ink of a colour of L*a*b*."""
        return Ink(self.separation.of_lab(lightness, a, b))
