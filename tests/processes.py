"""Processes that tests start, wait for and find gone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def alive(group: int) -> bool:
    """Tell whether a group of processes has any left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def waited(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so; return whether it came in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
