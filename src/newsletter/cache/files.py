"""What follows from the content of one large file, kept by its state, so that it is not read.

In: a kind, a path, the function that makes the result from the file. Out: the result. A file is
taken for the same where path, size, times and number in the file system are (see `state`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from newsletter.cache.state import file_state, state_of
from newsletter.cache.store import at_hand, key_of

SETTLED_NS = 3_000_000_000
"""How old the last change of a file must be: where times are whole seconds, FAT counts in twos."""


def recalled_of(kind: str, path: str, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, from an earlier run if the file is in the same state.

    Nothing is kept of a file that has just changed, or changes meanwhile.
    """
    store, state = at_hand(), _settled_state(path)
    if store is None or state is None:
        return make()
    key = key_of(kind, (path, state))
    found = store.find(key)
    if found is None:
        found = make()
        if file_state(path) == state:
            store.keep(key, found)
    return found


def _settled_state(path: str) -> str | None:
    """Return the state of a file; None while another change would not show in its times."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    is_settled = max(found.st_mtime_ns, found.st_ctime_ns) + SETTLED_NS < time.time_ns()
    return state_of(found) if is_settled else None
