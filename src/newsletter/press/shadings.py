"""Gradients, from sRGB or gray to the inks of a press.

In: a shading object, axial or radial. Out: the same object in DeviceCMYK, or DeviceGray in a
mask, whose function follows the path that the colours take on the screen: the inks between two
inks are not their mean.
"""

from __future__ import annotations

from typing import Any

from newsletter.press.functions import Components, function_from, pieces_of
from newsletter.press.inks import Palette
from newsletter.press.problem import UnconvertedError
from newsletter.press.spaces import space_of

AXIAL, RADIAL = 2, 3


def convert_shading(
    pdf: Any,  # noqa: ANN401 - pikepdf's
    shading: Any,  # noqa: ANN401
    palette: Palette,
    *,
    masking: bool = False,
) -> None:
    """Rewrite a shading (ISO 32000-2:2020, 8.7.4.5)."""
    from pikepdf import Array, Name

    space = space_of(shading.ColorSpace, palette)
    target = "/DeviceGray" if masking else "/DeviceCMYK"
    if space is None or str(shading.ColorSpace) == target:
        return
    kind = int(shading.ShadingType)
    if kind not in (AXIAL, RADIAL):
        raise UnconvertedError(f"shading of type {kind}")

    def inks(parts: Components) -> Components:
        process = space.ink(parts).process
        return (1 - process.black,) if masking else tuple(process)

    start, end = (float(value) for value in shading.get("/Domain", [0, 1]))
    shading.Function = function_from(pdf, pieces_of(shading.Function, start, end), inks)
    if "/Background" in shading:
        shading.Background = Array(
            [round(value, 4) for value in inks(tuple(float(v) for v in shading.Background))]
        )
    shading.ColorSpace = Name(target)
