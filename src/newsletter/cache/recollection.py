"""What a run of the program has left for the next: what was made, by what it was made from.

In: the store, a kind. Out: what earlier runs have made. What this one makes is written at its end.
"""

from __future__ import annotations

import atexit
import hashlib
import marshal
from typing import Generic, TypeVar

from newsletter.cache.store import Store

MOST = 1000
"""Results that are kept: from there on those alone that the last run has asked for."""
WORTH = 4
"""New results from which on they are written: some are others each time, as patterns of sets."""
K = TypeVar("K")
V = TypeVar("V")


class Recollection(Generic[K, V]):
    """`known` is what earlier runs have made, `made` what this one has, `asked` what it used."""

    def __init__(self, known: dict[K, V]) -> None:
        self.known, self.made = known, dict[K, V]()
        self.asked: set[K] = set()

    def kept(self) -> dict[K, V]:
        """Return what the next run should know."""
        whole = self.known | self.made
        if len(whole) > MOST:
            return {key: whole[key] for key in self.asked if key in whole}
        return whole


def key_of_kind(kind: str) -> str:
    """Return the key of what is kept of a kind; all that it depends on is part of the kind."""
    return hashlib.sha256(kind.encode()).hexdigest()


def read(store: Store, key: str) -> dict[K, V]:
    """Return what earlier runs have left; nothing where it is not whole."""
    try:
        found = marshal.loads(store.find(key) or b"")  # noqa: S302 - sealed, and ours
    except (EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def write_at_end(store: Store, key: str, recollection: Recollection[K, V]) -> None:
    """Have what is to be kept written when the program ends."""
    atexit.register(_write, store, key, recollection)


def _write(store: Store, key: str, recollection: Recollection[K, V]) -> None:
    if len(recollection.made) >= WORTH:
        store.keep(key, marshal.dumps(recollection.kept()))
