"""Copy-fit: how many lines a text will take, and by how much it is too long, without fonts.

In: a text, the measure of its place in em of its own type size, how many lines the place holds,
and the rules of composition. Out: a `Fit`. Lines are broken as the composer breaks them;
estimated are only the advances: a Chinese character and a full-width mark have 1 em, which is
so in every Chinese font, and Latin characters the average of their group in `WIDTHS`.

These averages are the plain means over each group's characters of the advances in the table
hmtx of fonts/noto-serif-sc/NotoSerifSC-Regular.otf, divided by unitsPerEm and rounded to
hundredths; `tests/typesetting/test_copyfit.py` takes them again. The letters of the
bundled sans and kai are narrower by up to a tenth, the kai's figures as much wider, and bold
faces wider by a twentieth.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from msgspec import Struct

from newsletter.typesetting.characters import (
    CHINESE_PUNCTUATION,
    Kind,
    dropped_spaces,
    kinds_of,
)
from newsletter.typesetting.fitting import Goal, fit_dividing
from newsletter.typesetting.paragraph import Cells, Paragraph
from newsletter.typesetting.rules import Rules

SPACE = 0.26
WIDTHS = {
    "ijl": 0.33,
    "frt": 0.41,
    "abcdeghknopqsuvxyz": 0.59,
    "mw": 0.91,
    "IJ": 0.40,
    "ABCDEFGHKLNOPQRSTUVXYZ": 0.70,
    "MW": 1.01,
    "0123456789": 0.55,
    ".,:;!|'": 0.30,
    '()[]{}/-"': 0.36,
    "%@&": 0.87,
    "#$*+<=>?_~–": 0.55,
    "—": 0.89,
}
"""Average advance of the characters of each group, in em."""
OTHER = 0.60
"""Advance of what is in no group, such as Greek and Cyrillic letters."""
FULL = CHINESE_PUNCTUATION - {Kind.CONNECTOR} | {Kind.HAN, Kind.SYMBOL, Kind.ATOM}
"""What has a full em, whatever its code point."""
NOT_DRAWN = frozenset({"Cc", "Cf", "Me", "Mn"})
"""Categories of Unicode without an advance of their own."""
BLANKS = re.compile(r"[ \t\n]+")


class Fit(Struct, frozen=True):
    """How many lines a text needs, and how many lines and printed characters are too many.

    `characters_over` have to go from its end, spaces not counted, for the text to fit.
    """

    lines_needed: int
    lines_over: int
    characters_over: int


def fit_text(text: str, measure: float, lines: int, rules: Rules, *, goal: Goal = "ragged") -> Fit:
    """Return how a text fits into `lines` lines of `measure` em; `goal` as the composer has it."""
    text = BLANKS.sub(" ", text).lstrip(" ").rstrip()
    ends = line_ends(text, measure, rules, goal)
    over = max(0, len(ends) - lines)
    if not over:
        return Fit(len(ends), 0, 0)

    def holds(length: int) -> bool:
        return len(line_ends(text[:length], measure, rules, goal)) <= lines

    kept = ends[lines - 1]
    while kept and not holds(kept):
        kept -= 1
    while holds(kept + 1):
        kept += 1
    return Fit(len(ends), over, _printed(text[kept:]))


def line_ends(text: str, measure: float, rules: Rules, goal: Goal) -> list[int]:
    """Return where each line ends, as an offset in the text."""
    kinds = kinds_of(text)
    dropped = dropped_spaces(kinds)
    kept = [k for k in range(len(text)) if k not in dropped]
    if not kept:
        return []
    cells = Cells(
        characters=[text[k] for k in kept],
        kinds=[kinds[k] for k in kept],
        advances=[_advance(text[k], kinds[k]) for k in kept],
        ems=[1.0] * len(kept),
    )
    paragraph = Paragraph(cells, rules)
    ends = fit_dividing(paragraph, 0, measure, measure, goal, may_divide=_anywhere)
    return [kept[end - 1] + 1 for end in ends]


def _anywhere(_cell: int) -> bool:
    """Allow that words wider than the measure are divided, as `overflow-wrap` does."""
    return True


def _printed(text: str) -> int:
    """Return how many characters an editor counts: all that is printed, but no spaces."""
    return sum(not c.isspace() and unicodedata.category(c) not in NOT_DRAWN for c in text)


@cache
def _advance(character: str, kind: Kind) -> float:
    """Return the nominal advance of a character in em."""
    if kind in FULL or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    category = unicodedata.category(character)
    if category == "Zs":
        return SPACE
    if category in NOT_DRAWN:
        return 0.0
    letter = unicodedata.normalize("NFKD", character)[0]
    return next((width for group, width in WIDTHS.items() if letter in group), OTHER)
