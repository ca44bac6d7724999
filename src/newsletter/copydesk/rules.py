"""The table of rules: code, what it reads, where the rule comes from and why we hold to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from newsletter.copydesk import (
    damage,
    dates,
    doubles,
    invisibles,
    lines,
    pairs,
    quotes,
    spaces,
    stops,
    widths,
)
from newsletter.copydesk.characters import CLOSERS, OPENERS, STOPS
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

MARKS = "GB/T 15834-2011"
NUMBERS = "GB/T 15835-2011"
SETTING = "CLREQ"
UNICODE = "Unicode Standard"
CRAFT = "sub-editing practice"


class Rule(Struct, frozen=True):
    """One thing the sub-editor looks for; it raises findings of this code only."""

    code: str
    read: Callable[[Manuscript], Iterable[Finding]]
    source: str
    reason: str


RULES: tuple[Rule, ...] = (
    Rule("N401", pairs.unpaired, f"{MARKS}, 4.8, 4.9, 4.15", "a lost mark changes who speaks"),
    Rule("N402", pairs.crossed, f"{MARKS}, 4.8, 4.15", "one of the two marks is misplaced"),
    Rule("N403", pairs.nested_alike, f"{MARKS}, 4.8, 4.15", "the reader loses the inner level"),
    Rule("N404", quotes.straight, f"{MARKS}, 4.8", "they have no direction and no Chinese form"),
    Rule("N405", quotes.mixed, f"{MARKS}, 4.8, 5.2", "one publication, one kind of mark"),
    Rule("N406", widths.half_width, f"{MARKS}, 4.1-4.7, 4.9, 5.1", "they break the character grid"),
    Rule("N407", widths.wide_letters, SETTING, "they are set in the wrong font and width"),
    Rule("N408", lines.dash, f"{MARKS}, 4.10, 5.1", "a dash is one line two characters long"),
    Rule("N409", lines.ellipsis, f"{MARKS}, 4.11, 5.1", "an ellipsis is six points"),
    Rule("N410", lines.range_mark, f"{MARKS}, 4.13.3.2; {NUMBERS}", "a hyphen is for codes"),
    Rule("N411", lines.zero, f"{NUMBERS}, 5.2.5", "a circle is no character"),
    Rule("N412", spaces.between_han, SETTING, "a hole in the line"),
    Rule("N413", spaces.beside_mark, f"{MARKS}, 5.1; {SETTING}", "the mark brings its own white"),
    Rule("N414", spaces.beside_latin, SETTING, "the typesetter makes this gap"),
    Rule("N415", invisibles.ideographic_space, SETTING, "the layout indents"),
    Rule("N416", invisibles.invisible, UNICODE, "no search finds the word, no line breaks there"),
    Rule("N417", doubles.characters, CRAFT, "a slip of the fingers"),
    Rule("N418", doubles.words, CRAFT, "a slip of the fingers"),
    Rule("N419", stops.doubled, f"{MARKS}, 4.1, 4.4-4.7", "a pause takes one stop"),
    Rule("N420", stops.colliding, f"{MARKS}, 5.1", "one of the two is left from an older wording"),
    Rule("N421", stops.between_titles, f"{MARKS}, 4.5.3.5", "the marks separate well enough"),
    Rule("N422", stops.missing, f"{MARKS}, 4.1-4.3", "something may have been cut off"),
    Rule("N423", damage.broken, UNICODE, "what stood there is lost"),
    Rule("N424", damage.look_alike, UNICODE, "it looks right and is another character"),
    Rule("N425", damage.traditional, "通用规范汉字表", "a stray form in Simplified text"),
    Rule("N426", dates.impossible, f"{NUMBERS}; GB/T 7408", "there is no such day"),
    Rule("N427", dates.wrong_weekday, "Gregorian calendar", "one of the two is wrong"),
    Rule("N428", dates.backwards, f"{MARKS}, 4.13.3.2", "one of the two ends is wrong"),
)

_BRACKETS = f"{OPENERS}{CLOSERS}()"
_BLANKS = " \t"
_FIGURES = "0123456789"
_WIDE = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
NEEDS: dict[str, str] = {
    **dict.fromkeys(("N401", "N402", "N403"), _BRACKETS),
    "N404": "\"'",
    "N405": "「『",
    "N406": ",;:?!.()",
    "N407": f"{_WIDE}．",
    "N408": "⸺—―─–-－",
    "N409": "….。·•・⋯",
    **dict.fromkeys(("N410", "N428"), _FIGURES),
    **dict.fromkeys(("N411", "N427"), "年"),
    **dict.fromkeys(("N412", "N413", "N414"), _BLANKS),
    "N415": "\u3000",
    **dict.fromkeys(("N419", "N420"), STOPS),
    "N421": "、",
    "N426": "月-时点:",
}
"""Characters of which a text has at least one where a rule finds anything, by its code.

The other rules read every text.
"""
