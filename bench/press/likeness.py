"""How alike two pictures of a page are: structural similarity.

In: two arrays of sRGB. Out: a number up to 1 (Wang, Bovik, Sheikh, Simoncelli 2004), of the
luma, in windows of 8 by 8 pixels.
"""

from __future__ import annotations

from typing import Any

import numpy as np

WINDOW = 8
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
LUMA = np.array([0.299, 0.587, 0.114])


def likeness(one: Any, other: Any) -> float:
    """Return the mean structural similarity of two pictures of one size."""
    x, y = one.astype(float) @ LUMA, other.astype(float) @ LUMA
    mean_x, mean_y = _mean(x), _mean(y)
    var_x, var_y = _mean(x * x) - mean_x**2, _mean(y * y) - mean_y**2
    together = _mean(x * y) - mean_x * mean_y
    top = (2 * mean_x * mean_y + C1) * (2 * together + C2)
    bottom = (mean_x**2 + mean_y**2 + C1) * (var_x + var_y + C2)
    return float((top / bottom).mean())


def _mean(values: Any) -> Any:
    """Return the mean of every window."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    w = WINDOW
    return (sums[w:, w:] - sums[:-w, w:] - sums[w:, :-w] + sums[:-w, :-w]) / w**2
