"""Colours as the eye sees them: Little CMS itself, in floating point, and CIEDE2000.

In: arrays of 8-bit sRGB or four inks. Out: arrays of L*a*b*, differences, sRGB. Pillow's Little
CMS gives L*a*b* in 8 bits, too coarse to measure with, so the library is called directly.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
from typing import Any

import numpy as np

RGB8, CMYK8 = 0x40019, 0x60021
LAB_DOUBLE = 0x4A0018
"""Little CMS's TYPE_RGB_8, TYPE_CMYK_8 and TYPE_Lab_DBL (lcms2.h)."""
RELATIVE = 1
BLACK_POINT_COMPENSATION, NO_OPTIMISATION = 0x2000, 0x0100


@functools.cache
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("lcms2") or "liblcms2.so.2"
    library = ctypes.CDLL(name)
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    library.cmsOpenProfileFromMem.restype = pointer
    library.cmsOpenProfileFromMem.argtypes = [ctypes.c_char_p, number]
    library.cmsCreate_sRGBProfile.restype = pointer
    library.cmsCreateLab4Profile.restype = pointer
    library.cmsCreateLab4Profile.argtypes = [pointer]
    library.cmsCreateTransform.restype = pointer
    library.cmsCreateTransform.argtypes = [pointer, number, pointer, number, number, number]
    library.cmsDoTransform.argtypes = [pointer, pointer, pointer, number]
    return library


def is_there() -> bool:
    """Tell whether Little CMS can be loaded."""
    try:
        _library()
    except OSError:
        return False
    return True


class Proof:
    """What a press makes of colours: its profile, relative colorimetric with compensation."""

    def __init__(self, icc: bytes) -> None:
        library = _library()
        press = library.cmsOpenProfileFromMem(icc, len(icc))
        srgb, lab = library.cmsCreate_sRGBProfile(), library.cmsCreateLab4Profile(None)
        way = (RELATIVE, BLACK_POINT_COMPENSATION | NO_OPTIMISATION)
        self._to_ink = library.cmsCreateTransform(srgb, RGB8, press, CMYK8, *way)
        self._to_lab = library.cmsCreateTransform(press, CMYK8, lab, LAB_DOUBLE, RELATIVE, 0)
        self._to_rgb = library.cmsCreateTransform(press, CMYK8, srgb, RGB8, *way)

    def ink(self, rgb: Any) -> Any:
        """Return the four inks that Little CMS makes of sRGB."""
        return _done(self._to_ink, rgb, 4, np.uint8)

    def lab(self, ink: Any) -> Any:
        """Return L*a*b* of ink on the paper."""
        return _done(self._to_lab, ink, 3, np.float64)

    def rgb(self, ink: Any) -> Any:
        """Return ink on paper as sRGB."""
        return _done(self._to_rgb, ink, 3, np.uint8)


def _done(transform: int, values: Any, channels: int, kind: Any) -> Any:
    flat = np.ascontiguousarray(values.reshape(-1, values.shape[-1]))
    out = np.empty((len(flat), channels), kind)
    _library().cmsDoTransform(transform, flat.ctypes.data, out.ctypes.data, len(flat))
    return out.reshape(*values.shape[:-1], channels)


def difference(one: Any, other: Any) -> Any:
    """Return CIEDE2000 between arrays of L*a*b* (CIE 142-2001; Sharma, Wu, Dalal 2005)."""
    l1, a1, b1 = np.moveaxis(one, -1, 0)
    l2, a2, b2 = np.moveaxis(other, -1, 0)
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    gray = (c1 * c2) == 0
    turn = np.where(gray, 0, (h2 - h1 + 180) % 360 - 180)
    far = np.abs(h1 - h2) > 180  # noqa: PLR2004 - half a circle
    hue = (h1 + h2) / 2 + np.where(far, np.where(h1 + h2 < 360, 180, -180), 0)  # noqa: PLR2004
    hue = np.where(gray, h1 + h2, hue)
    return _weighed((l1, c1), (l2, c2), turn, hue)


def _weighed(first: Any, second: Any, turn: Any, hue: Any) -> Any:
    """Return the difference from lightness and chroma of both, the turn of hue and the mean hue."""
    (l1, c1), (l2, c2) = first, second
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    angle = np.radians(hue)
    t = (
        1
        - 0.17 * np.cos(angle - np.radians(30))
        + 0.24 * np.cos(2 * angle)
        + 0.32 * np.cos(3 * angle + np.radians(6))
        - 0.20 * np.cos(4 * angle - np.radians(63))
    )
    scale_l = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    scale_c, scale_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    bend = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    rotation = -np.sin(np.radians(bend)) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    dl, dc = (l2 - l1) / scale_l, (c2 - c1) / scale_c
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2) / scale_h
    return np.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


def summary(rgb: Any, ink: Any, proof: Proof) -> tuple[float, float, float]:
    """Return mean, 95th percentile and maximum of the difference to Little CMS's separation.

    `rgb` are flattened pixels, `ink` what is printed there; every pixel counts once.
    """
    both = np.concatenate([rgb.reshape(-1, 3), ink.reshape(-1, 4)], axis=1)
    pairs, counts = np.unique(both, axis=0, return_counts=True)
    meant, made = proof.lab(proof.ink(pairs[:, :3])), proof.lab(pairs[:, 3:])
    found = difference(meant, made)
    order = np.argsort(found)
    share = np.cumsum(counts[order]) / counts.sum()
    percentile = float(found[order][np.searchsorted(share, 0.95)])
    return float(np.average(found, weights=counts)), percentile, float(found.max())
