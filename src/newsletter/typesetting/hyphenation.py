"""Hyphenation of Latin words within Chinese text, where a line could not be even without it.

In: a word and the language of its dictionary (those of pyphen, Liang's patterns). Out: where
it may be divided. CLREQ, handling_western_text_in_chinese_text_using_proportional_western_fonts:
no break inside a Latin word but by hyphenation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SHORTEST = 6
LEAST_BEFORE = 2
LEAST_AFTER = 3


def places(word: str, language: str) -> list[int]:
    """Return the numbers of letters after which a word may be divided; names in capitals stay."""
    is_word = word.isascii() and word.isalpha() and (word.islower() or word.istitle())
    if len(word) < SHORTEST or not is_word:
        return []
    found = _dictionary(language).positions(word)
    return [at for at in found if LEAST_BEFORE <= at <= len(word) - LEAST_AFTER]


@cache
def _dictionary(language: str) -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang=language)
