"""Separation: from sRGB, Lab and gray to the four inks of a press.

In: colours with components from 0 to 1, or pictures. Out: inks from 0 to 1, or pictures of
DeviceCMYK or DeviceGray. What is neutral goes on the black plate alone, as dark as the press
can show it; everything else goes through the profile of the press. No colour asks for more
ink than the limit: where the profile would, cyan, magenta and yellow give way in proportion.
"""

from __future__ import annotations

import functools
import hashlib
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field

from newsletter.luminance import linear
from newsletter.press.condition import Intent, PressCondition

if TYPE_CHECKING:
    from PIL import Image

FULL = 255
LAB_LEVELS_PER_L = FULL / 100
CIE_EPSILON = 216 / 24389  # CIE 15:2018, 8.2.1: where L* leaves its straight part
CIE_KAPPA = 24389 / 27
LUMINOSITY = (0.3, 0.59, 0.11)
"""What of red, green and blue is the luminosity of a mask (ISO 32000-2:2020, 11.3.5.3)."""


class CMYK(NamedTuple):
    """Amounts of ink from 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def total(self) -> float:
        """The sum of the four, 4 at most."""
        return sum(self)

    @property
    def is_black_alone(self) -> bool:
        """Whether it is full black and nothing else."""
        return self == BLACK


BLACK = CMYK(0.0, 0.0, 0.0, 1.0)


class Separation(Struct, frozen=True, dict=True):
    """How colours become ink: through a condition's profile, with an intent, below a limit."""

    condition: PressCondition
    intent: Intent = "relative"
    black_point_compensation: bool = True
    ink_limit: float = 300.0
    _colours: dict[tuple[int, int, int], CMYK] = field(default_factory=dict)

    def identity(self) -> str:
        """Return what all colours follow from: the profile's SHA-256, how it is used."""
        profile = hashlib.sha256(self.condition.icc).hexdigest()
        return f"{profile} {self.intent} {self.black_point_compensation} {self.ink_limit}"

    def of_rgb(self, red: float, green: float, blue: float) -> CMYK:
        """Return the inks of an sRGB colour, to 1/255."""
        levels = (_level(red), _level(green), _level(blue))
        if levels not in self._colours:
            self._colours[levels] = self._separated(levels)
        return self._colours[levels]

    def _separated(self, levels: tuple[int, int, int]) -> CMYK:
        from PIL import Image

        if len(set(levels)) == 1:
            return self.of_gray(levels[0] / FULL)
        return self._limited(_inks(self._through_profile(Image.new("RGB", (1, 1), levels))))

    def of_gray(self, level: float) -> CMYK:
        """Return the black that is as light as a gray of sRGB, from 0 (black) to 1."""
        return CMYK(0.0, 0.0, 0.0, self._black_of_gray[_level(level)] / FULL)

    def of_lab(self, lightness: float, a: float, b: float) -> CMYK:
        """Return the inks of a colour of CIE L*a*b*, D50: L* from 0 to 100."""
        from PIL import Image, ImageCms

        levels = (_level(lightness / 100), _signed(a), _signed(b))
        lab = Image.new("LAB", (1, 1), levels)
        source = ImageCms.createProfile("LAB")
        return self._limited(_inks(_apply(lab, self._transform(source, "LAB"))))

    def _limited(self, ink: CMYK) -> CMYK:
        limit = self.ink_limit / 100
        if ink.total <= limit:
            return ink
        rest = max(0.0, limit - ink.black) / (ink.total - ink.black)
        cyan, magenta, yellow = (int(part * rest * FULL) / FULL for part in ink[:3])
        return CMYK(cyan, magenta, yellow, ink.black)

    # Pictures

    def of_picture(self, picture: Image.Image) -> Image.Image:
        """Return an RGB or gray picture in CMYK; one without colour in gray, on black alone."""
        if picture.mode == "L":
            return picture.point([FULL - black for black in self._black_of_gray])
        if _is_neutral(picture):
            return self.of_picture(picture.getchannel(0))
        return _within(self._through_profile(picture), self.ink_limit / 100)

    def _through_profile(self, picture: Image.Image) -> Image.Image:
        return _apply(picture, self._from_srgb)

    @functools.cached_property
    def _from_srgb(self) -> Any:  # noqa: ANN401 - a handle of LittleCMS
        from PIL import ImageCms

        return self._transform(ImageCms.createProfile("sRGB"), "RGB")

    def _transform(self, source: Any, mode: str) -> Any:  # noqa: ANN401
        from PIL import ImageCms

        flags = ImageCms.Flags.NONE
        if self.black_point_compensation:
            flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        intents = ImageCms.Intent
        intent = {"relative": intents.RELATIVE_COLORIMETRIC, "perceptual": intents.PERCEPTUAL}
        made = ImageCms.buildTransform(
            source, self._profile, mode, "CMYK", intent[self.intent], flags
        )
        made.output_profile = _Unwritten()  # type: ignore[assignment]
        return made

    @functools.cached_property
    def _profile(self) -> Any:  # noqa: ANN401
        from PIL import ImageCms

        return ImageCms.getOpenProfile(io.BytesIO(self.condition.icc))

    # Gray

    @functools.cached_property
    def _black_of_gray(self) -> tuple[int, ...]:
        """Return for each level of gray the black that is as light, 255 for level 0.

        Luminance is scaled so that the source's black meets the black of the press, as black
        point compensation does (ISO 18619:2015).
        """
        ramp = self._luminance_of_black
        darkest = ramp[FULL]
        wanted = (darkest + (1 - darkest) * linear(n / FULL) for n in range(FULL))
        return (*(_nearest(ramp, luminance) for luminance in wanted), 0)

    @functools.cached_property
    def _luminance_of_black(self) -> list[float]:
        """Return the luminance Y, paper at 1, of each level of black ink."""
        from PIL import Image, ImageCms

        inks = Image.frombytes(
            "CMYK", (FULL + 1, 1), b"".join(bytes((0, 0, 0, n)) for n in _LEVELS)
        )
        to_lab = ImageCms.buildTransform(
            self._profile,
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        lightness = _apply(inks, to_lab).getchannel(0).tobytes()
        return [_luminance(level / LAB_LEVELS_PER_L) for level in lightness]


_LEVELS = range(FULL + 1)


def luminosity(red: float, green: float, blue: float) -> float:
    """Return how much a mask of that colour lets through, from 0 to 1."""
    return sum(part * weight for part, weight in zip((red, green, blue), LUMINOSITY, strict=True))


class _Unwritten:
    """What Pillow would copy into each picture that comes out: here nobody asks for a profile."""

    def tobytes(self) -> bytes:
        """Return nothing."""
        return b""


def _level(part: float) -> int:
    return round(min(max(part, 0.0), 1.0) * FULL)


def _signed(part: float) -> int:
    """Return a* or b* as LittleCMS keeps it in a byte: 128 is none."""
    return 128 + round(min(max(part, -128.0), 127.0))


def _inks(pixel: Image.Image) -> CMYK:
    """Return the inks of a picture of one pixel."""
    cyan, magenta, yellow, black = (level / FULL for level in pixel.tobytes())
    return CMYK(cyan, magenta, yellow, black)


def _apply(picture: Image.Image, transform: Any) -> Image.Image:  # noqa: ANN401
    from PIL import ImageCms

    made = ImageCms.applyTransform(picture, transform)
    if made is None:
        message = "no picture came out of the transform"
        raise ValueError(message)
    return made


def _luminance(lightness: float) -> float:
    """Return Y from L* (CIE 15:2018, 8.2.1)."""
    if lightness <= CIE_KAPPA * CIE_EPSILON:
        return lightness / CIE_KAPPA
    return float(((lightness + 16) / 116) ** 3)


def _nearest(falling: list[float], value: float) -> int:
    """Return the first of the levels that are nearest to a value."""
    gaps = [abs(level - value) for level in falling]
    return gaps.index(min(gaps))


def _is_neutral(picture: Image.Image) -> bool:
    from PIL import ImageChops

    red, green, blue = picture.split()
    pairs = ((red, green), (green, blue))
    return not any(ImageChops.difference(*pair).getbbox() for pair in pairs)


def _within(picture: Image.Image, limit: float) -> Image.Image:
    """Return a CMYK picture whose pixels hold no more ink than `limit`, 4 at most."""
    from PIL import Image, ImageMath

    most = int(limit * FULL)
    cyan, magenta, yellow, black = picture.split()
    inks = {"c": cyan, "m": magenta, "y": yellow, "k": black}

    def lowered(name: str) -> Image.Image:
        def scaled(args: dict[str, Any]) -> Any:  # noqa: ANN401 - Pillow's arithmetic
            colour = args["int"](args["c"]) + args["int"](args["m"]) + args["int"](args["y"])
            room = args["max"](most - args["int"](args["k"]), 0)
            colour = args["max"](colour, 1)
            kept = args["min"](args["int"](args[name]), args["int"](args[name]) * room / colour)
            return args["convert"](kept, "L")

        made: Image.Image = ImageMath.lambda_eval(scaled, **inks)
        return made

    return Image.merge("CMYK", [lowered("c"), lowered("m"), lowered("y"), black])
