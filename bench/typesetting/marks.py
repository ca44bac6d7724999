"""What a character is to a line: an ideograph, an opening or a closing mark.

In: characters. Out: yes or no. The classes are those of CLREQ (Requirements for Chinese Text
Layout), 3.1.1 and 3.1.4, written out here once more and on purpose: a judge does not borrow
the law from those it judges.
"""

from __future__ import annotations

import re
import unicodedata

OPENING = frozenset("（【《〈「『“‘〔［｛〖([{")
CLOSING_BRACKETS = frozenset("）】》〉」』”’〕］｝〗)]}")
ASCII_STOPS = frozenset(",.;:!?")
STOPS = frozenset("、，；：。！？．") | ASCII_STOPS
CONNECTORS = frozenset("—–～〜")
INTERPUNCTS = frozenset("·・‧")
NOT_AT_START = CLOSING_BRACKETS | STOPS | CONNECTORS | INTERPUNCTS
PAIRED = frozenset("—…⋯")
"""Marks that stand in twos (—— and ……), which stay together and may begin a line."""

TRIMMED_RIGHT = frozenset("）】》〉」』”’〕］｝〗、，；：。！？．")
"""Full-width marks whose right half is blank, so that they may be set half an em wide."""
TRIMMED_LEFT = frozenset("（【《〈「『“‘〔［｛〖")
HANGING = frozenset("、，。．")

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]")
LETTER = "A-Za-z\u00c0-\u024f\u0370-\u03ff"
UNBREAKABLE = re.compile(
    rf"(?:[0-9][.,:](?=[0-9])|[{LETTER}][’'](?=[{LETTER}])|[{LETTER}0-9_\u00b2\u00b3])+[%‰℃°]?"
)
"""A Latin word or a number with what belongs to it; a hyphen or a slash allows a break."""


def is_han(text: str) -> bool:
    """Tell whether this is one ideograph."""
    return HAN.fullmatch(text) is not None


def is_mark(character: str) -> bool:
    """Tell whether this is punctuation, a dash or a space, thus nothing that is read aloud."""
    return not character.strip() or unicodedata.category(character)[0] == "P"
