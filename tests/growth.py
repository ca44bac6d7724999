"""How the cost of some work grows with its input: processor time against processor time.

No absolute time is ever compared, so a slow or busy machine changes nothing; a few attempts
are made, since the clock of a shared processor is coarse.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ATTEMPTS = 5
FLOOR_S = 0.004
"""Less than this is noise of the clock."""


def cost(work: Callable[[], object]) -> float:
    """Return the least processor time of three runs."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def grows_linearly(small: Callable[[], object], large: Callable[[], object], ratio: int) -> bool:
    """Tell whether `large`, an input `ratio` times as long, takes about `ratio` times as long.

    Twice that is let pass; quadratic work would take `ratio` squared.
    """
    most = 2 * ratio
    return any(cost(large) <= most * max(cost(small), FLOOR_S) for _ in range(ATTEMPTS))
