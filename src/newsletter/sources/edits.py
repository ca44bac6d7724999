"""Edits of a text, whichever place asks for them.

In: a text and edits that do not overlap. Out: the text with all of them made.
"""

from __future__ import annotations

from collections.abc import Iterable

Edit = tuple[int, int, str]
"""From where to where in a text something else is to stand, and what."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, from its end so that places before them stay."""
    for start, end, right in sorted(edits, reverse=True):
        text = text[:start] + right + text[end:]
    return text
