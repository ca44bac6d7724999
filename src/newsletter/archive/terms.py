"""Terms: what of a text is compared when it is searched, the same for index, query and excerpt.

In: any text. Out: a list of terms. A Chinese, Japanese or Korean character is a term by itself,
a run of letters of another script is one, and so is a run of digits; a word of Chinese is then a
row of terms, so that words of one and two characters are found exactly, without a dictionary.

Before, the text is brought to NFKC (UAX #15: full width and half width are one) and to small
letters. Quotation marks, book title marks, middle dots, hyphens and spaces between characters are
passed over: 何塞·卡斯特罗 is 何塞・卡斯特罗, and “一带一路”绿色 is 一带一路绿色. All other marks,
the comma and the full stop above all, are the term `BREAK`, which no word reaches across.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

BREAK = "¶"
CHARACTERS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f"
    "\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Each a term by itself: Han with its extensions, kana, Bopomofo, Hangul (Unicode 15 blocks)."""
PASSED_OVER = (
    "\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\u3008-\u300f\u301d-\u301f"  # quotes, book titles
    "\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\u16eb\u2e33"  # middle dots
    "\\-\u00ad\u2010\u2011"  # hyphens
    "\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f"  # without width
    " \t\r\f\v\u00a0\u2000-\u200a\u3000"
)
"""Ends a word of letters but stands in nobody's way: 绿色“一带一路” has no gap in it."""
TERM = re.compile(
    f"(?P<term>[\u4e00-\u9fff]|[{CHARACTERS}]|(?:(?![{CHARACTERS}])[^\\W\\d_])+|\\d+)"
    f"|(?P<passed>[{PASSED_OVER}]+)|(?P<mark>.)",
    re.DOTALL,
)


class Located(Struct, frozen=True):
    """A term and the stretch of the original text that it came from."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Return the terms of a text in order; no break at its ends, and no two in a row."""
    found: list[str] = []
    for match in TERM.finditer(_normal(text)):
        if match.lastgroup == "term":
            found.append(match[0])
        elif match.lastgroup == "mark" and found and found[-1] != BREAK:
            found.append(BREAK)
    return found[:-1] if found[-1:] == [BREAK] else found


def located(text: str) -> Iterator[Located]:
    """Yield the terms of a text with their places in it, a break with an empty stretch.

    The text is as `clean` returns it.
    """
    origin: list[int] = []
    letters: list[str] = []
    for index, character in enumerate(text):
        folded = _folded(character)
        letters.append(folded)
        origin += [index] * len(folded)
    origin.append(len(text))
    broken = True
    for match in TERM.finditer("".join(letters)):
        if match.lastgroup == "term":
            broken = False
            yield Located(match[0], origin[match.start()], origin[match.end() - 1] + 1)
        elif match.lastgroup == "mark" and not broken:
            broken = True
            yield Located(BREAK, origin[match.start()], origin[match.start()])


def clean(text: str) -> str:
    """Return a text as the catalogue keeps it: composed (NFC), so that places in it are exact."""
    return unicodedata.normalize("NFC", text)


def flowing(text: str) -> str:
    """Return the text of a printed page with its lines joined: the end of a line is no break."""
    return " ".join(text.split())


@functools.lru_cache(maxsize=1 << 14)
def _folded(character: str) -> str:
    return _normal(character)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
