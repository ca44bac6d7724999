"""Marks of a stylesheet: brackets that do not match, and full-width punctuation.

In: the text of a stylesheet and its name. Out: what is wrong with its marks, at line and column.
Words in quotes, comments and the addresses of `url()` may hold any mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsletter.diagnostics import Diagnostic, Place, Severity

TOKENS = re.compile(
    r"""/\*.*?(?P<comment>\*/|\Z) | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | \burl\(\s*(?!["'\s])[^)]*\) | \\. | (?P<bracket>[][{}()])
    | (?P<wide>[；：，（）｛｝［］＃％．＠“”‘’])""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
"""What has to be told apart to see which brackets match."""
CLOSING = {"}": "{", ")": "(", "]": "["}
QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def wrong_marks(shown: str, text: str) -> Iterator[Diagnostic]:
    """Yield the first bracket or comment that is not closed, or a bracket that closes nothing."""
    waiting: list[re.Match[str]] = []
    for match in TOKENS.finditer(text):
        mark = match["bracket"]
        if match["comment"] == "":
            yield Diagnostic("N518", Place.within(shown, text, match.start(), 1), hint="comment")
            return
        if mark is None:
            continue
        if mark not in CLOSING:
            waiting.append(match)
        elif waiting and waiting[-1][0] == CLOSING[mark]:
            waiting.pop()
        else:
            yield _unmatched(shown, text, match, waiting)
            return
    if waiting:
        first = next((match for match in waiting if match[0] != "{"), waiting[0])
        problem = _unclosed(shown, text, first)
        # CSS itself closes what is open at the end (CSS Syntax 3, 5.3).
        is_last = first[0] == "{" and "{" not in text[first.end() :]
        yield problem.at(Severity.WARNING) if is_last else problem


def full_width(shown: str, text: str) -> Iterator[Diagnostic]:
    """Yield each line's first mark of Chinese type that stands in place of one of CSS.

    To CSS it is a letter of the word before it, so what follows up to the next semicolon is lost.
    """
    told: set[int] = set()
    for match in TOKENS.finditer(text):
        place = Place.within(shown, text, match.start(), 1) if match["wide"] else None
        if place is not None and place.line not in told:
            told.add(place.line)
            mark = match["wide"]
            values = {
                "mark": mark,
                "narrow": QUOTES.get(mark) or unicodedata.normalize("NFKC", mark),
            }
            yield Diagnostic("N517", place, values, hint="wide").at(Severity.ERROR)


def _unmatched(
    shown: str, text: str, match: re.Match[str], waiting: list[re.Match[str]]
) -> Diagnostic:
    """Return what a closing bracket shows that closes nothing: that it does, or what is open."""
    if waiting and waiting[-1][0] != "{" and match[0] == "}":
        return _unclosed(shown, text, waiting[-1])
    values = {"bracket": match[0], "opening": CLOSING[match[0]]}
    hint = "stray" if match[0] == "}" else "stray bracket"
    return Diagnostic("N518", Place.within(shown, text, match.start(), 1), values, hint=hint)


def _unclosed(shown: str, text: str, match: re.Match[str]) -> Diagnostic:
    closing = next(mark for mark, opening in CLOSING.items() if opening == match[0])
    values = {"bracket": match[0], "closing": closing}
    hint = "default" if match[0] == "{" else "bracket"
    return Diagnostic("N518", Place.within(shown, text, match.start(), 1), values, hint=hint)
