"""The most ink in a picture, from its pixels (ISO 32000-2:2020, 8.9.5).

In: a picture. Out: `Inkwell`, the greatest sum of plates in one pixel and the greatest share of
each plate; or the reason why nobody can say, as a `Term`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from newsletter.diagnostics import Term
from newsletter.pdf import objects
from newsletter.preflight.content.inks import PROCESS, Plates, process_plates, total
from newsletter.preflight.content.marks import Picture
from newsletter.preflight.content.spaces import Colour, Space
from newsletter.preflight.limits import LARGEST_PICTURE

if TYPE_CHECKING:
    from PIL.Image import Image

STRIP = 256
"""Rows that are added up at a time, so that memory does not grow with the picture."""
MOST_COLOURS = 65_536
"""Different colours of a DeviceN picture that are looked up one by one."""
EIGHT, SIXTEEN = 8, 16
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "CMYK"}
PACKED = {2: "L;2", 4: "L;4"}
STEP = {1: 255, 2: 85, 4: 17, 8: 1}
"""What Pillow makes of one step of a packed sample."""


class Inkwell(Struct, frozen=True):
    """The most ink: in per cent in one place, and of each plate from 0 to 1."""

    total: float
    plates: Plates = field(default_factory=dict)


def most_ink(picture: Picture) -> Inkwell | Term:
    """Return the most ink of a picture, or why it cannot be told."""
    space = picture.space
    if space is None:
        return Term("JPEG 2000" if picture.stream is not None else "inline pictures")
    if space.model == "Gray":
        return Inkwell(100.0, {"Black": 1.0})
    reason = _why_not(picture, space)
    if reason:
        return reason
    try:
        return _measured(picture, space)
    except (OSError, ValueError, objects.TooLarge, MemoryError, SyntaxError, IndexError):
        return Term("pictures that cannot be decoded")


def _why_not(picture: Picture, space: Space) -> Term | None:
    """Return why a picture is not decoded, if it is not."""
    if space.model not in {"CMYK", "inks"}:
        return Term("ink of RGB")
    if picture.stream is None:
        return Term("inline pictures")
    if picture.width * picture.height * space.components > LARGEST_PICTURE:
        return Term("large pictures")
    return None


def _measured(picture: Picture, space: Space) -> Inkwell | Term:
    image = _image(picture, space)
    if image is None:
        return Term("pictures that cannot be decoded")
    if space.family in {"DeviceCMYK", "ICCBased"}:
        return _four_plates(image)
    steps = STEP.get(picture.bits, 1) if space.family == "Indexed" else 255
    colours = image.getcolors(MOST_COLOURS)
    if colours is None:
        return Term("pictures of many spot colours")
    values = (value if isinstance(value, tuple) else (value,) for _count, value in colours)
    return _looked_up(space, ([each / steps for each in value] for value in values))


def _looked_up(space: Space, values: Iterable[list[float]]) -> Inkwell | Term:
    """Return the most ink of single colours."""
    most, plates = 0.0, dict.fromkeys(PROCESS, 0.0)
    for value in values:
        found = process_plates(Colour(space, tuple(value)))
        if found is None:
            return Term("ink of RGB")
        most = max(most, total(found))
        for plate, share in found.items():
            plates[plate] = max(plates.get(plate, 0.0), share)
    return Inkwell(most, plates)


def _image(picture: Picture, space: Space) -> Image | None:
    """Return the samples as an image with a channel a component, Decode applied."""
    from PIL import ImageChops

    image = _jpeg(picture) if picture.filters in {("DCTDecode",), ("DCT",)} else None
    image = image or _plain(picture, space)
    if image is None or len(image.getbands()) != space.components:
        return None
    ends = picture.decode
    if space.family != "Indexed" and ends:
        if all(pair == (1.0, 0.0) for pair in zip(ends[::2], ends[1::2], strict=False)):
            return ImageChops.invert(image)
        if any(pair != (0.0, 1.0) for pair in zip(ends[::2], ends[1::2], strict=False)):
            return None
    return image


def _jpeg(picture: Picture) -> Image | None:
    """Return the samples of a JPEG. Pillow turns CMYK over, as Adobe's programs store it."""
    from PIL import Image, ImageChops

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(objects.raw(picture.stream) or b""), formats=["JPEG"])
            image.load()
        except Image.DecompressionBombWarning as error:
            raise ValueError("large") from error
    return ImageChops.invert(image) if image.mode == "CMYK" else image


def _plain(picture: Picture, space: Space) -> Image | None:
    """Return samples of 1 to 16 bits; several components only at 8 and 16."""
    from PIL import Image

    data = objects.decoded(picture.stream, LARGEST_PICTURE)
    size = picture.width, picture.height
    mode = MODES.get(space.components)
    if data is None or mode is None or not all(size):
        return None
    if picture.bits == SIXTEEN:
        data = data[::2]
    elif picture.bits != EIGHT and space.components > 1:
        return None
    if picture.bits == 1:
        return Image.frombytes("1", size, data, "raw", "1").convert("L")
    packing = PACKED.get(picture.bits, "L") if mode == "L" else mode
    return Image.frombytes(mode, size, data, "raw", packing)


def _four_plates(image: Image) -> Inkwell:
    """Return the most ink of a CMYK image: the plates' sums, a strip at a time."""
    from PIL import ImageMath

    most = 0.0
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        names = dict(zip("cmyk", strip.split(), strict=True))
        summed = ImageMath.lambda_eval(
            lambda plates: plates["c"] + plates["m"] + plates["y"] + plates["k"], **names
        )
        most = max(most, summed.getextrema()[1])
    tops = [band.getextrema()[1] for band in image.split()]
    shares = {
        plate: high / 255
        for plate, high in zip(PROCESS, tops, strict=True)
        if isinstance(high, (int, float))
    }
    return Inkwell(most / 255 * 100, shares)
