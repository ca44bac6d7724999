"""Languages: which words in a Chinese text are foreign, so that they are not read as pinyin.

In: the characters of a paragraph. Out: the stretches of two or more words in Latin letters. One
word alone is left: it is as often an abbreviation that Chinese readers spell, or a name in
pinyin, and nothing in the text tells which. English is what such stretches are in Chinese print;
what is in another language has to be marked in the HTML (`lang`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

ENGLISH = "en"
_WORD = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’\-]*"
_SMALL = re.compile("[a-z]")
_RUN = re.compile(rf"{_WORD}(?:(?:[ \u00a0]|, |\. | & ){_WORD})+")


def foreign_runs(characters: Sequence[str]) -> list[range]:
    """Return the stretches of cells that are words of another language, in order.

    Capitals alone are abbreviations, not words.
    """
    text = "".join(characters)
    if not _SMALL.search(text):
        return []
    starts = list(accumulate(map(len, characters), initial=0))
    return [
        range(bisect_left(starts, found.start()), bisect_left(starts, found.end()))
        for found in _RUN.finditer(text)
        if any(letter.islower() for letter in found[0])
    ]
