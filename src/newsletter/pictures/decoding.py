"""What Pillow, and so WeasyPrint, makes of a JPEG or PNG whose header has been judged.

In: the file's bytes. Out: its mode, profile and EXIF orientation. A JPEG is
decoded to the end, at an eighth of its size: that reads every coded bit and takes a
sixty-fourth of the memory.
"""

from __future__ import annotations

import contextlib
import io
import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.pictures.problem import flaw

if TYPE_CHECKING:
    from PIL import Image

_UPRIGHT, _TURNED = 1, range(2, 9)  # TIFF 6.0, tag 274; from 5 on width and height change places
_ON_ITS_SIDE = range(5, 9)
_REDUCTION = 8
_lock = threading.RLock()


class Decoded(Struct, frozen=True):
    """A raster as Pillow describes it."""

    mode: str
    profile: bytes | None
    orientation: int

    @property
    def on_its_side(self) -> bool:
        """Tell whether the orientation makes the width a height."""
        return self.orientation in _ON_ITS_SIDE


def decode(data: bytes, kind: str) -> Decoded:
    """Describe a "JPEG" or "PNG"; a JPEG is decoded as well."""
    with _pillow(tolerant=kind == "PNG"):
        try:
            return _decode(data, kind)
        except Exception as error:  # Pillow's readers raise nearly everything
            reason = str(error) or type(error).__name__
            raise flaw("N317", reason=reason) from error


def _decode(data: bytes, kind: str) -> Decoded:
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        found = Decoded(
            image.mode,
            image.info.get("icc_profile") or None,
            _orientation(image),
        )
        if kind == "JPEG":
            reduced = (max(1, side // _REDUCTION) for side in image.size)
            image.draft(image.mode, (next(reduced), next(reduced)))
            image.load()
        return found


@contextlib.contextmanager
def _pillow(*, tolerant: bool) -> Iterator[None]:
    """Let Pillow tolerate what WeasyPrint lets it tolerate, or nothing, and no warnings.

    Pillow has no other switch for it than this one of the process. The size has been judged
    before, so `MAX_IMAGE_PIXELS` has nothing to add.
    """
    from PIL import ImageFile

    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _orientation(image: Image.Image) -> int:
    """Return the orientation that WeasyPrint will apply.

    As it does: only if an EXIF block stands before the pixels, and then also from XMP. A
    block that Pillow cannot read or write again makes WeasyPrint drop the picture.
    """
    from PIL import ExifTags

    if "exif" not in image.info:
        return _UPRIGHT
    exif = image.getexif()
    orientation = exif.get(ExifTags.Base.Orientation, _UPRIGHT)
    if orientation not in _TURNED:
        return _UPRIGHT
    del exif[ExifTags.Base.Orientation]
    exif.tobytes()
    return int(orientation)
