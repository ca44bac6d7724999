"""The characters of Chinese copy, sorted into classes for regular expressions.

Each constant is the inside of a bracketed class: `f"[{HAN}]+"`. Blocks are those of the
Unicode Standard; the marks are those of GB/T 15834-2011, section 4.

A class that holds HAN takes a millisecond or two to compile, so rules ask `is_han` and `all_han`.
"""

from __future__ import annotations

from typing import Final

# Ideographs, with 々 and 〇, and the radicals that text copied out of a PDF shows in their place.
_HAN_BLOCKS: Final = (
    ("\u2e80", "\u2fd5"),
    ("\u3005", "\u3005"),
    ("\u3007", "\u3007"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
HAN: Final = "".join(f"{first}-{last}" for first, last in _HAN_BLOCKS)
# The marks that stand on the letter before them, where é is written as e and an accent.
ACCENTS: Final = "\u0300-\u036f"
# With the phonetic letters, those of Vietnamese and pinyin (ặ, ǚ), and those of African languages.
LATIN: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua787"
    f"\uff21-\uff3a\uff41-\uff5a{ACCENTS}"
)
DIGIT: Final = "0-9\uff10-\uff19"

STOPS: Final = "，。、；：？！"
OPENERS: Final = "“‘（《〈【「『〔"
CLOSERS: Final = "”’）》〉】」』〕"
PARTNER: Final = dict(zip(OPENERS, CLOSERS, strict=True))

# These are Chinese wherever they stand.
CHINESE_MARKS: Final = STOPS + "（）《》〈〉【】「」『』〔〕"

HAN_DIGITS: Final = "一二三四五六七八九"


def is_han(character: str) -> bool:
    """Tell whether a character, or none, is one of HAN."""
    return any(first <= character <= last for first, last in _HAN_BLOCKS)


def all_han(text: str) -> bool:
    """Tell whether a text is of HAN only, and not empty."""
    return bool(text) and all(map(is_han, text))
