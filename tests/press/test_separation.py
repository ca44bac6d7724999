"""Separation: neutrals on black alone, the rest through the profile, never above the limit."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from newsletter.press.separation import BLACK, CMYK, Separation, luminosity
from pressed import fogra39, separation

LEVEL = st.integers(0, 255).map(lambda level: level / 255)


def test_paper_stays_bare_and_black_is_one_full_plate() -> None:
    assert separation().of_rgb(1, 1, 1) == CMYK(0, 0, 0, 0)
    assert separation().of_rgb(0, 0, 0) == BLACK
    assert BLACK.is_black_alone
    assert not CMYK(0.1, 0, 0, 1).is_black_alone


@given(LEVEL)
def test_a_neutral_takes_black_alone(level: float) -> None:
    ink = separation().of_rgb(level, level, level)
    assert ink[:3] == (0, 0, 0)
    assert ink == separation().of_gray(level)


def test_darker_grays_take_more_black() -> None:
    blacks = [separation().of_gray(level / 255).black for level in range(256)]
    assert blacks == sorted(blacks, reverse=True)


def test_a_gray_is_as_light_on_paper_as_its_scaled_luminance_asks() -> None:
    """Middle gray has L* 53.6; scaled to a press whose black has L* 17 it has 55 to 57."""
    black = round(separation().of_gray(128 / 255).black * 255)
    to_lab = ImageCms.buildTransform(
        ImageCms.getOpenProfile(io.BytesIO(fogra39().icc)),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    lab = ImageCms.applyTransform(Image.new("CMYK", (1, 1), (0, 0, 0, black)), to_lab)
    assert lab is not None
    assert 54.5 < lab.tobytes()[0] / 2.55 < 57


def test_a_colour_is_what_littlecms_makes_of_it() -> None:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.getOpenProfile(io.BytesIO(fogra39().icc)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    for colour in ((23, 69, 47), (138, 95, 20), (228, 239, 232)):
        direct = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), transform)
        assert direct is not None
        ink = separation().of_rgb(*(level / 255 for level in colour))
        assert tuple(round(part * 255) for part in ink) == tuple(direct.tobytes())


@given(LEVEL, LEVEL, LEVEL)
def test_no_colour_goes_beyond_the_limit(red: float, green: float, blue: float) -> None:
    low = Separation(fogra39(), ink_limit=240)
    assert low.of_rgb(red, green, blue).total <= 2.4 + 1e-9


def test_where_ink_is_taken_away_black_stays() -> None:
    dark = (3 / 255, 1 / 255, 2 / 255)
    free, held = Separation(fogra39(), ink_limit=400), Separation(fogra39(), ink_limit=260)
    assert free.of_rgb(*dark).total > 3
    assert held.of_rgb(*dark).black == free.of_rgb(*dark).black


def test_the_intent_and_the_compensation_are_choices() -> None:
    colour = (0.1, 0.3, 0.9)
    ways = {
        Separation(fogra39(), intent, compensated).of_rgb(*colour)  # type: ignore[arg-type]
        for intent in ("relative", "perceptual")
        for compensated in (True, False)
    }
    assert len(ways) > 1


def test_a_lab_colour_is_the_same_as_in_srgb() -> None:
    """#8a5f14 is L* 43.6, a* 12.6, b* 44.6 (D50)."""
    by_lab, by_rgb = (
        separation().of_lab(43.6, 12.6, 44.6),
        separation().of_rgb(138 / 255, 95 / 255, 20 / 255),
    )
    assert all(abs(a - b) < 0.06 for a, b in zip(by_lab, by_rgb, strict=True))


def test_a_picture_is_separated_as_its_colours_are() -> None:
    colours = [(23, 69, 47), (255, 255, 255), (138, 95, 20)]
    picture = Image.new("RGB", (3, 1))
    picture.putdata(colours)
    made = separation().of_picture(picture)
    assert made.mode == "CMYK"
    for x, colour in enumerate(colours):
        ink = separation().of_rgb(*(level / 255 for level in colour))
        pixel = made.crop((x, 0, x + 1, 1)).tobytes()
        assert all(abs(a / 255 - b) <= 1 / 255 for a, b in zip(pixel, ink, strict=True))


def test_a_picture_without_colour_becomes_gray_on_the_black_plate() -> None:
    ramp = Image.linear_gradient("L")
    made = separation().of_picture(Image.merge("RGB", [ramp] * 3))
    assert made.mode == "L"
    assert made.tobytes() == separation().of_picture(ramp).tobytes()
    assert made.tobytes()[:1] == b"\0"


def test_no_pixel_goes_beyond_the_limit() -> None:
    held = Separation(fogra39(), ink_limit=220)
    dark = Image.new("RGB", (64, 64))
    dark.putdata([(n % 40, n // 64 % 40, n % 7) for n in range(64 * 64)])
    made = held.of_picture(dark).tobytes()
    totals = [sum(made[at : at + 4]) for at in range(0, len(made), 4)]
    assert 2.1 * 255 < max(totals) <= 2.2 * 255


@pytest.mark.parametrize(("colour", "share"), [((1, 1, 1), 1), ((0, 0, 0), 0), ((0, 1, 0), 0.59)])
def test_a_mask_lets_through_its_luminosity(
    colour: tuple[float, float, float], share: float
) -> None:
    assert luminosity(*colour) == pytest.approx(share)
