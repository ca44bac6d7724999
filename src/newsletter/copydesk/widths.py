"""Marks half as wide as they should be, and figures and letters twice as wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsletter.copydesk.characters import CLOSERS, OPENERS, STOPS, is_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript, Script
from newsletter.copydesk.pairing import Pair

_STOP = re.compile(r"[,;:?!.]")
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True))
_CHINESE_SIGNS = frozenset(f"{STOPS}{OPENERS}{CLOSERS}％—…")
_ASCII = re.compile(r"[A-Za-z0-9]")
_FIGURE_BEFORE = re.compile(r"([^0-9.,])[0-9.,]{1,12}%?$")
_NUMBERED = re.compile(r"[一二三四五六七八九十甲乙丙丁]{1,3}$")
_SHOWN = 40
# (x+1), (1.2±0.1), (2−x)×10, (0, 1): a formula keeps its own brackets.
_FORMULA = re.compile(
    r"\([^()]*[=^*/<>+±∓÷√≈≠≤≥]|\([^()]*\)[×÷^]"
    r"|\([-0-9.a-z]{1,4}(?:, ?[-0-9.a-z]{1,4})+\)"
)
# [J], [M], [EB/OL]: the type of what a reference names (GB/T 7714-2015, annex B).
_REFERENCE = re.compile(
    r"(?<=\S)\[(?:[MCGNJDRSPAZ]|DB|CP|EB|CM|DS)(?:/(?:OL|CD|MT|DK))?\](?=[.,:;/ ]|$)"
)
_EXTENSION = re.compile(r"\.[A-Za-z]")
_WIDE = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+(?:．[\uff10-\uff19]+)*|(?<=[0-9])．(?=[0-9])"
)


def half_width(copy: Manuscript) -> Iterator[Finding]:
    """Find , . ; : ? ! and ( ) where the sentence is Chinese.

    Source: GB/T 15834-2011, 4.1 to 4.7 and 4.9, which give the forms, and section 5.1: in
    Chinese these marks take the place of a character each. A reference keeps the marks of
    GB/T 7714-2015, section 7: 张三. 绿色发展研究[J]. 环境科学, 2021, 12(3): 1-10.
    """
    if not copy.chinese:
        return
    is_reference = _REFERENCE.search(copy.text) is not None
    for found in () if is_reference else _STOP.finditer(copy.text):
        if not _belongs_to_latin(copy, found.start()):
            yield from _read_stop(copy, found.start())
    half = [p for p in copy.pairing.pairs if copy.text[p.start] == "(" or copy.text[p.end] == ")"]
    around = {pair.outer for pair in half}
    for pair in half:
        yield from _read_brackets(copy, pair, innermost=pair.start not in around)


def wide_letters(copy: Manuscript) -> Iterator[Finding]:
    """Find figures and letters of double width, as in ２０２１ and ＡＢ.

    Source: CLREQ, composition of Chinese and Western text mixed: the width of letters and
    figures is the typesetter's business, the text keeps the ordinary ones.
    """
    for found in _WIDE.finditer(copy.text):
        wanted = unicodedata.normalize("NFKC", found.group())
        values = {"found": found.group(), "wanted": wanted}
        yield Finding("N407", found.start(), found.end(), values, wanted)


def _belongs_to_latin(copy: Manuscript, at: int) -> bool:
    """Tell whether the mark stands inside a number, a name or an address: 3.5, U.S., 10:30."""
    inside = _ASCII.match(copy.at(at - 1)) and _ASCII.match(copy.at(at + 1))
    return bool(inside) or copy.shielded(at)


def _read_stop(copy: Manuscript, at: int) -> Iterator[Finding]:
    mark = copy.text[at]
    if mark == ".":
        yield from _read_point(copy, at)
    elif mark == "!":
        if copy.before(at) is Script.HAN:
            yield _half(copy, at, "default")
    elif mark == "?":
        if copy.before(at) is Script.HAN or copy.han_at(at + 1):
            yield _half(copy, at, "default")
    elif copy.before(at) is Script.HAN or copy.leads_to_han(at + 1):
        yield _half(copy, at, "default")


def _read_point(copy: Manuscript, at: int) -> Iterator[Finding]:
    """Read a point: a full stop, the dot in a foreign name, or the mark after 一."""
    left, right = copy.at(at - 1), copy.at(at + 1)
    if "." in (left, right) or _ASCII.match(right):
        return
    ends = not right or right == "\n" or right in CLOSERS
    if _is_chinese_side(left) and copy.before(at) is Script.HAN:
        before = copy.text[max(0, at - 4) : at]
        if _NUMBERED.fullmatch(before.rsplit("\n")[-1]):
            yield _half(copy, at, "number", safe=False)
        else:
            yield _half(copy, at, "default" if ends else "dot", safe=ends)
    elif ends and _ends_with_figure(copy.text[max(0, at - 16) : at]):
        yield _half(copy, at, "default")


def _ends_with_figure(text: str) -> bool:
    """Tell whether a text ends with a figure that follows a Chinese character."""
    figure = _FIGURE_BEFORE.search(text)
    return figure is not None and is_han(figure[1])


def _is_chinese_side(left: str) -> bool:
    return is_han(left) or left in _CHINESE_SIGNS


def _half(copy: Manuscript, at: int, hint: str, *, safe: bool = True) -> Finding:
    mark = copy.text[at]
    values = {"mark": mark, "wanted": _FULL[mark], "found": copy.around(at, at + 1)}
    replacement = _FULL[mark] if safe and copy.plainly_chinese else None
    return Finding("N406", at, at + 1, values, replacement, hint)


def _read_brackets(copy: Manuscript, pair: Pair, *, innermost: bool) -> Iterator[Finding]:
    start, end = pair.start, pair.end + 1
    has_han = copy.has_han(start, end)
    if not (has_han or _in_chinese(copy, pair)) or copy.shielded(start):
        return
    if not has_han and _FORMULA.match(copy.text, start, min(end + 1, start + _SHOWN)):
        return
    if _EXTENSION.match(copy.text, end):
        return
    values = {
        "mark": "( )",
        "wanted": "（ ）",
        "found": copy.around(start, min(end, start + _SHOWN), 2),
    }
    safe = innermost and copy.plainly_chinese
    yield Finding(
        "N406", start, end, values, f"（{copy.text[start + 1 : end - 1]}）" if safe else None
    )


def _in_chinese(copy: Manuscript, pair: Pair) -> bool:
    """Tell whether the bracket follows Chinese directly, or opens a line of Chinese."""
    left = copy.text[max(0, pair.start - 3) : pair.start].rstrip(" \t")[-1:]
    if not left or left == "\n":
        return copy.han_at(pair.end + 1)
    return _is_chinese_side(left) and copy.before(pair.start) is Script.HAN
