"""What becomes of a picture's colours when its ICC profile is ignored.

In: a profile's bytes and whether the picture is gray. Out: the profile's name and the
greatest change of any channel, in levels of 255.

WeasyPrint 70 writes DeviceRGB or DeviceGray and never looks at a profile. So the samples are
read as sRGB; a profile matters as far as it says something else.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# The sRGB profiles of the ICC, of HP and of pikepdf differ from LittleCMS's own by 0 or 1
# level, a gray gamma of 2.2 by 9, in the shadows only; Display P3 and Adobe RGB by more
# than 15.
UNSEEN_SHIFT = 10
LARGEST_PROFILE = 4_000_000
_STEPS = range(0, 256, 51)


class UnreadableProfileError(ValueError):
    """LittleCMS cannot use the profile for pictures of this kind."""


def profile_shift(profile: bytes, *, gray: bool) -> tuple[str, int]:
    """Return the profile's name and the greatest change that ignoring it makes."""
    from PIL import ImageCms

    if len(profile) > LARGEST_PROFILE:
        raise UnreadableProfileError
    sample = _gray_ramp() if gray else _colour_grid()
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(source).strip()
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            sample.mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        meant = ImageCms.applyTransform(sample, transform)
    except Exception as error:  # LittleCMS's wrapper raises many kinds
        raise UnreadableProfileError from error
    if meant is None:
        raise UnreadableProfileError
    pairs = zip(sample.convert("RGB").tobytes(), meant.tobytes(), strict=True)
    return name, max(abs(ignored - right) for ignored, right in pairs)


def _gray_ramp() -> Image.Image:
    from PIL import Image

    return Image.frombytes("L", (256, 1), bytes(range(256)))


def _colour_grid() -> Image.Image:
    from PIL import Image

    grid = bytes(v for r in _STEPS for g in _STEPS for b in _STEPS for v in (r, g, b))
    return Image.frombytes("RGB", (len(grid) // 3, 1), grid)
