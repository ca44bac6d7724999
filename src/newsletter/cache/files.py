"""What follows from the content of one large file, kept by its state, so that it is not read.

In: a kind, a path, the function that makes the result from the file. Out: the result. A file is
taken for the same where path, size, times and number in the file system are (see `state`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from newsletter.cache.state import file_state
from newsletter.cache.store import at_hand, key_of

SETTLED_NS = 3_000_000_000
"""How old the last change of a file must be: where times are whole seconds, FAT counts in twos."""


def recalled_of(kind: str, path: str, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, from an earlier run if the file is in the same state.

    Nothing is kept of a file that has just changed, or changes meanwhile.
    """
    store, state = at_hand(), file_state(path)
    if store is None or not _is_settled(path):
        return make()
    key = key_of(kind, (path, state))
    found = store.find(key)
    if found is None:
        found = make()
        if file_state(path) == state:
            store.keep(key, found)
    return found


def _is_settled(path: str) -> bool:
    """Tell whether a file would have other times by now, had it changed since its last change."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return False
    return max(found.st_mtime_ns, found.st_ctime_ns) + SETTLED_NS < time.time_ns()
