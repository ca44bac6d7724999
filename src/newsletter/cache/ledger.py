"""Small results that are kept together: hundreds of answers in one entry of the store.

In: what is worked on, such as an issue; then kinds, what each answer follows from, and functions
that give it. Out: the answers, given or found. They are JSON's types. Those that were asked for
stand first; what was not is kept behind them as long as there is room.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from newsletter.cache.store import Store, at_hand, key_of

KIND = "ledger"
MOST = 4_000
"""How many answers an entry holds at most, some hundred kilobytes."""
DIGITS = 32
"""Of the SHA-256 by which an answer is found: 128 bits."""


class Ledger:
    """The answers of one entry, and those of them that were asked for."""

    def __init__(self, store: Store, key: str) -> None:
        self._store, self._key = store, key
        self._known = _read(store.find(key))
        self._asked: dict[str, Any] = {}

    def answer(self, name: str, give: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON is anything
        """Return the answer of that name; `give` is called where there is none."""
        if name not in self._asked:
            self._asked[name] = self._known[name] if name in self._known else give()
        return self._asked[name]

    def close(self) -> None:
        """Write the entry, if there is an answer that it lacks."""
        if self._asked.keys() <= self._known.keys():
            return
        answers = list((self._asked | self._known).items())[:MOST]
        self._store.keep(self._key, json.dumps(dict(answers)).encode("utf-8"))


_OPEN: list[Ledger] = []


@contextlib.contextmanager
def opened(*subject: str) -> Iterator[None]:
    """Have `noted` keep its answers with those on the same subject, such as an issue."""
    store = at_hand()
    if store is None:
        yield
        return
    ledger = Ledger(store, key_of(KIND, subject))
    _OPEN.append(ledger)
    try:
        yield
    finally:
        _OPEN.remove(ledger)
        ledger.close()


def noted(kind: str, parts: tuple[str, ...], give: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what `give` returns, from an earlier run if it followed from the same `parts`.

    Where no ledger is open, it is always called.
    """
    if not _OPEN:
        return give()
    whole = "".join(f"{len(part)}:{part}" for part in (kind, *parts))
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return _OPEN[-1].answer(digest[:DIGITS], give)


def _read(content: bytes | None) -> dict[str, Any]:
    try:
        known = json.loads(content or b"{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}
