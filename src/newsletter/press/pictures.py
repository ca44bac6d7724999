"""Pictures of a PDF, from gray or sRGB to the inks of a press, without loss.

In: an image object. Out: the same object with other samples. Masks stay as they are: they say
how much shows, not in which colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsletter.cache.store import recalled
from newsletter.pdf.packing import packed
from newsletter.press.problem import UnconvertedError
from newsletter.press.separation import Separation

if TYPE_CHECKING:
    from PIL import Image

DESCRIBED = (
    *("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Decode"),
    *("/Filter", "/DecodeParms", "/Type", "/Subtype", "/Intent"),
)
"""Entries on which the samples depend (ISO 32000-2:2020, 8.9.5)."""
DEEPEST = 8
"""How deep a colour space is read; those of 8.6 have half as many levels."""
TIFF_PREDICTOR = 2
"""Each sample is written as the difference to its left neighbour (ISO 32000-2:2020, 7.4.4.4)."""


def convert_picture(picture: Any, separation: Separation) -> None:  # noqa: ANN401 - pikepdf.Stream
    """Rewrite an image XObject in DeviceCMYK or DeviceGray."""
    if picture.get("/ImageMask", default=False):
        return
    if str(picture.get("/ColorSpace")) == "/DeviceCMYK":
        return
    from pikepdf import Array

    if isinstance(picture.get("/Mask"), Array):
        raise UnconvertedError("picture with a colour key mask")
    made = recalled(
        "picture in ink",
        (picture.read_raw_bytes(), _told(picture), separation.identity()),
        lambda: _in_ink(separation.of_picture(_samples(picture))),
    )
    _write(picture, made[0], made[1:])


def _told(picture: Any) -> str:  # noqa: ANN401
    """Return what a picture says of its samples, with all that it refers to, as text."""
    entries = {key: picture.get(key) for key in DESCRIBED}
    return repr({key: _spelled(value) for key, value in entries.items() if value is not None})


def _spelled(value: Any, depth: int = 0) -> Any:  # noqa: ANN401
    """Return an object without references, a stream by its content."""
    from pikepdf import Array, Dictionary, Stream

    if depth > DEEPEST:
        raise UnconvertedError("picture whose colours are nested too deeply")
    if isinstance(value, Array):
        return [_spelled(item, depth + 1) for item in value]
    if isinstance(value, Stream):
        return value.read_bytes()
    if isinstance(value, Dictionary):
        return {key: _spelled(item, depth + 1) for key, item in value.items()}
    return str(value)


def gray_mask(picture: Any) -> None:  # noqa: ANN401
    """Leave a soft mask's picture as it is; refuse one that has colours (11.6.5.3)."""
    if str(picture.get("/ColorSpace")) != "/DeviceGray":
        raise UnconvertedError("soft mask in colours")


def _samples(picture: Any) -> Image.Image:  # noqa: ANN401
    """Return the samples as RGB or gray, 8 bits each."""
    from pikepdf import PdfImage

    try:
        samples = PdfImage(picture).as_pil_image()
    except Exception as error:  # one for each filter and depth it does not know
        raise UnconvertedError(f"picture that cannot be read ({error})") from error
    decode = [float(value) for value in picture.get("/Decode", [])]
    if decode and decode != [0.0, 1.0] * (len(decode) // 2):
        raise UnconvertedError("picture with a Decode array")
    if samples.mode in ("1", "I;16", "L", "LA"):
        return samples.convert("L")
    if samples.mode in ("RGB", "RGBA", "P"):
        return samples.convert("RGB")
    raise UnconvertedError(f"picture of mode {samples.mode}")


def _in_ink(samples: Image.Image) -> bytes:
    """Return the number of inks as one byte, then the samples, compressed."""
    colours = len(samples.getbands())
    return bytes([colours]) + packed(_differences(samples).tobytes())


def _write(picture: Any, colours: int, data: bytes) -> None:  # noqa: ANN401
    from pikepdf import Dictionary, Name

    parameters = Dictionary(
        Predictor=TIFF_PREDICTOR, Colors=colours, BitsPerComponent=8, Columns=int(picture.Width)
    )
    picture.write(data, filter=Name.FlateDecode, decode_parms=parameters)
    picture.ColorSpace = Name.DeviceGray if colours == 1 else Name.DeviceCMYK
    picture.BitsPerComponent = 8
    picture.Interpolate = False
    if "/Decode" in picture:
        del picture.Decode


def _differences(samples: Image.Image) -> Image.Image:
    """Return every sample less its left neighbour, modulo 256; the first column as it is."""
    from PIL import Image, ImageChops

    made = []
    for band in samples.split():
        difference = ImageChops.subtract_modulo(band, ImageChops.offset(band, 1, 0))
        difference.paste(band.crop((0, 0, 1, band.height)), (0, 0))
        made.append(difference)
    return made[0] if len(made) == 1 else Image.merge(samples.mode, made)
