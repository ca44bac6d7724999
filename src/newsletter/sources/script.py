"""Which script a character belongs to, as far as joining lines needs it.

In: the text on either side of a line's end. Out: whether they join without a space.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

NEUTRAL = frozenset("“”‘’—…·")
QUOTE_REACH = 8


def joins_without_space(before: str, after: str) -> bool:
    """Tell whether two lines join without a space: when either side of the break is Chinese.

    Curly quotes, dash and ellipsis belong to both scripts; they are read through.
    """
    return _is_chinese(reversed(before[-QUOTE_REACH:])) or _is_chinese(iter(after[:QUOTE_REACH]))


def _is_chinese(characters: Iterator[str]) -> bool:
    for character in characters:
        if character not in NEUTRAL:
            return is_wide(character)
    return False


@functools.cache
def is_wide(character: str) -> bool:
    """Tell whether a character is East Asian Wide or Fullwidth (UAX #11), Hangul left out."""
    if "\uac00" <= character <= "\ud7a3":
        return False
    return unicodedata.east_asian_width(character) in ("W", "F")
