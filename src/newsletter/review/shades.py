"""Shades: how far apart two colours are to the eye.

In: colours in sRGB. Out: their difference ΔE*ab (CIE 1976, CIE 15:2004, 8.2.1), under D65. The
conversion is that of IEC 61966-2-1. Below `JUST_NOTICEABLE` two large patches side by side look
the same: 2.3 (M. Mahy, L. Van Eycken, A. Oosterlinck, Evaluation of uniform color spaces developed
after the adoption of CIELAB and CIELUV, Color Research & Application 19, 1994). The YIQ difference
that tools for web pages use calls gray 120 and gray 140 alike at its usual threshold of 0.1; on
paper they are not, so that it is not used here.
"""

from __future__ import annotations

from typing import Any

JUST_NOTICEABLE = 2.3
WHITE = (0.95047, 1.0, 1.08883)
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
STEP = 6 / 29


def delta_e(one: Any, two: Any) -> Any:  # noqa: ANN401 - arrays of numpy
    """Return the differences of colours: arrays of shape (n, 3), 0 to 255; out: (n,)."""
    import numpy as np

    return np.sqrt(((_lab(one) - _lab(two)) ** 2).sum(axis=-1))


def delta_e_of(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    """Return the difference of two colours."""
    import numpy as np

    return float(delta_e(np.array([one]), np.array([two]))[0])


def _lab(colours: Any) -> Any:  # noqa: ANN401
    import numpy as np

    share = np.asarray(colours, dtype=np.float32) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - of the standard
    xyz = linear @ np.array(TO_XYZ, dtype=np.float32).T / np.array(WHITE, dtype=np.float32)
    root = np.where(xyz > STEP**3, np.cbrt(xyz), xyz / (3 * STEP**2) + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
