"""Likeness: whether a page that was laid out anew looks as one did before.

In: pages of two layouts by the same stylesheets. Out: whether they are painted alike. Compared are
the boxes as they were laid out, with all their numbers, words, pictures and styles.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.units import Alike

PLAIN = (int, float, str, tuple, type(None))
DERIVED = frozenset({"background", "children", "missing_link", "not_covered", "page_type"})
"""What follows from style and size, or says nothing of the look."""


def pages_alike(one: Foreign, other: Foreign) -> bool:
    """Tell whether two pages look alike; their pictures have to come from one `Forme`.

    Most that do not say something else, which is seen soonest.
    """
    return _words(one) == _words(other) and looks_alike(one, other, Alike())


def _words(page: Foreign) -> list[str]:
    """Return what the boxes of a page say, each after those that follow it."""
    said, waiting = list[str](), [page]
    while waiting:
        box = waiting.pop()
        values = vars(getattr(box, "_box", box))
        waiting += values.get("children", ())
        if "text" in values:
            said.append(values["text"])
    return said


def looks_alike(one: Foreign, other: Foreign, alike: Alike) -> bool:
    """Tell whether two boxes are painted alike with all that is in them."""
    one, other = getattr(one, "_box", one), getattr(other, "_box", other)
    mine, others = vars(one), vars(other)
    if type(one) is not type(other) or not alike.styles(one.style, other.style):
        return False
    if mine.get("replacement") is not others.get("replacement"):
        return False
    if mine.get("composed") != others.get("composed") or _said(mine) != _said(others):
        return False
    below, beside = one.children, other.children
    return len(below) == len(beside) and all(
        looks_alike(child, counterpart, alike)
        for child, counterpart in zip(below, beside, strict=True)
    )


def _said(values: Mapping[str, Foreign]) -> dict[str, Foreign]:
    """Return the numbers and words of a box."""
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, PLAIN) and name not in DERIVED
    }
