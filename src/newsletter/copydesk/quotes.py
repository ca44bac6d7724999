"""Quotation marks from the typewriter, and two styles of them in one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from newsletter.copydesk.characters import CHINESE_MARKS, is_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

_STRAIGHT = re.compile(r"[\"']|\n[ \t]*\n")
_CURLY = re.compile("[“”]")
_MARKS_BESIDE = frozenset(f"{CHINESE_MARKS}“”‘’")
_CORNER = re.compile("[「『]")


def straight(copy: Manuscript) -> Iterator[Finding]:
    """Find " and ' in Chinese copy; a pair that is plain to see may become “ ” or ‘ ’.

    Source: GB/T 15834-2011, 4.8: the marks are “ ” outside and ‘ ’ inside.
    """
    if not copy.chinese:
        return
    depth = _Depth(copy.text)
    for marks in _paragraphs(copy):
        for sign in "\"'":
            yield from _read_paragraph(copy, [at for at in marks if copy.text[at] == sign], depth)


def mixed(copy: Manuscript) -> Iterator[Finding]:
    """Find 「 」 beside “ ” in one text: the first mark of the rarer style.

    Source: GB/T 15834-2011, 4.8 and 5.2: “ ” across the page, 「 」 and 『 』 down the page.
    """
    corner = [m.start() for m in _CORNER.finditer(copy.text)]
    curly = [at for at, mark in enumerate(copy.text) if mark == "“"] if corner else []
    if corner and curly:
        at = min(corner, curly, key=len)[0]
        values = {"mark": copy.text[at], "found": copy.around(at, at + 1)}
        yield Finding("N405", at, at + 1, values)


def _read_paragraph(copy: Manuscript, marks: list[int], depth: _Depth) -> Iterator[Finding]:
    marks = [at for at in marks if _is_quotation_mark(copy, at)]
    if len(marks) % 2:
        for at in marks:
            if copy.beside_han(at, at + 1):
                yield _straight(copy, at, at + 1, None)
        return
    for start, last in zip(marks[::2], marks[1::2], strict=True):
        if _touches_han(copy, start, last):
            replacement = _curled(copy.text, start, last, depth) if copy.plainly_chinese else None
            yield _straight(copy, start, last + 1, replacement)


def _straight(copy: Manuscript, start: int, end: int, replacement: str | None) -> Finding:
    values = {"mark": copy.text[start], "found": copy.around(start, end, 2)}
    hint = "default" if replacement else "unclear"
    return Finding("N404", start, end, values, replacement, hint)


def _curled(text: str, start: int, last: int, depth: _Depth) -> str | None:
    """Return the quotation with proper marks, or None where the author must decide."""
    inside = text[start + 1 : last]
    if not inside.strip() or inside != inside.strip() or set(inside) & set("“”‘’"):
        return None
    level = depth.at(start)
    if text[start] == '"' and level == 0 == depth.at(last):
        return f"“{inside}”"
    if level == 1 == depth.at(last):
        return f"‘{inside}’"
    return None


def _is_quotation_mark(copy: Manuscript, at: int) -> bool:
    """Tell it from an apostrophe (it's), from feet and inches (5'10"), and from an address."""
    if copy.shielded(at) or re.match("[0-9]", copy.at(at - 1)):
        return False
    beside = copy.at(at - 1), copy.at(at + 1)
    return copy.text[at] == '"' or any(is_han(c) or c in _MARKS_BESIDE for c in beside)


def _touches_han(copy: Manuscript, start: int, last: int) -> bool:
    """Tell whether the quotation is Chinese or stands in a Chinese sentence."""
    return copy.beside_han(start, start + 1) or copy.beside_han(last, last + 1)


def _paragraphs(copy: Manuscript) -> Iterator[list[int]]:
    """Yield the straight quotation marks of each paragraph."""
    marks: list[int] = []
    for token in _STRAIGHT.finditer(copy.text):
        if token.group() in ('"', "'"):
            marks.append(token.start())
        else:
            yield marks
            marks = []
    yield marks


class _Depth:
    """How many “ are open at an offset."""

    def __init__(self, text: str) -> None:
        found = list(_CURLY.finditer(text))
        self._places = [m.start() for m in found]
        self._levels = list(accumulate((1 if m.group() == "“" else -1 for m in found), initial=0))

    def at(self, offset: int) -> int:
        return self._levels[bisect_right(self._places, offset)]
