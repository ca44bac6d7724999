"""The widths of a composite font's glyphs, as its dictionary tells them.

In: a CIDFont. Out: its `Widths`; what is not as it should be raises ValueError or TypeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsletter.pdf import objects

USUAL_WIDTH = 1000.0
"""The width of a glyph that /W does not name (ISO 32000-1:2008, table 117)."""


class Widths(NamedTuple):
    """The widths of a font's CIDs in thousandths of an em, and of those that are not listed."""

    listed: Mapping[int, float]
    usual: float


def widths(holder: objects.Object) -> Widths:
    """Return the widths that /W and /DW tell (ISO 32000-1:2008, 9.7.4.3)."""
    usual = objects.number(objects.entry(holder, "/DW"), USUAL_WIDTH) or 0.0
    try:
        return Widths(_listed(objects.items(objects.entry(holder, "/W"))), usual)
    except StopIteration as error:
        raise ValueError("widths that break off") from error


def _listed(given: Iterable[objects.Object]) -> Mapping[int, float]:
    found: dict[int, float] = {}
    items = iter(given)
    for first in items:
        second = next(items)
        if objects.is_array(second):
            some = {int(first) + k: float(value) for k, value in enumerate(second)}
        else:
            some = dict.fromkeys(range(int(first), int(second) + 1), float(next(items)))
        if not found.keys().isdisjoint(some):
            raise ValueError("two widths for one CID")
        found |= some
    return found
