"""Characters that were damaged on the way, or that only look like the right ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsletter.copydesk.characters import is_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript
from newsletter.copydesk.traditional import TRADITIONAL

_BROKEN = re.compile(
    "[\ufffc\ufffd\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+|锟斤拷|烫烫烫|屯屯屯"
)
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
# Radicals of the supplement that Unicode leaves without a compatibility mapping.
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_STRAY, _SHOWN = 2, 8


def broken(copy: Manuscript) -> Iterator[Finding]:
    """Find replacement, private-use and control characters, and what wrong decoding leaves.

    Source: Unicode Standard, general categories Cc, Co, Cs and noncharacters. No font shows
    what they stood for; only the author knows it.
    """
    for found in _BROKEN.finditer(copy.text):
        points = " ".join(f"U+{ord(c):04X}" for c in found.group()[:4])
        values = {"points": points, "context": copy.around(*found.span())}
        yield Finding("N423", found.start(), found.end(), values)


def look_alike(copy: Manuscript) -> Iterator[Finding]:
    """Find radicals and compatibility ideographs in place of the characters they resemble.

    Source: Unicode Standard, blocks CJK Radicals Supplement, Kangxi Radicals and CJK
    Compatibility Ideographs. Text copied out of a PDF is full of them; no search finds it.
    """
    for found in _RADICAL.finditer(copy.text):
        mark = found.group()
        wanted = _SUPPLEMENT.get(mark) or unicodedata.normalize("NFKC", mark)
        if wanted != mark:
            values = {"found": mark, "wanted": wanted, "points": f"U+{ord(mark):04X}"}
            yield Finding("N424", found.start(), found.end(), values, wanted)


def traditional(copy: Manuscript) -> Iterator[Finding]:
    """Find Traditional forms in a Simplified text: one or two each, more of them as a passage.

    Source: 通用规范汉字表 (2013) for the rule; the forms are those of `TRADITIONAL`. Words between
    quotation marks, title marks or brackets with more than two different forms quote a
    Traditional source, or name a body abroad, on purpose.
    """
    if TRADITIONAL.keys().isdisjoint(copy.text):
        return
    rest = _without_quotations(copy)
    found = [(at, mark) for at, mark in enumerate(rest) if mark in TRADITIONAL]
    if found and len(_outside_gb2312(rest)) > _STRAY:
        start, end = found[0][0], found[-1][0] + 1
        shown = "".join(dict.fromkeys(mark for _at, mark in found))[:_SHOWN]
        yield Finding("N425", start, end, {"found": shown}, hint="passage")
        return
    for at, mark in found:
        values = {"found": mark, "wanted": TRADITIONAL[mark]}
        yield Finding("N425", at, at + 1, values)


def _without_quotations(copy: Manuscript) -> str:
    """Return a text as long as the copy, with blanks for what it quotes in Traditional."""
    rest = list(copy.text)
    for pair in copy.pairing.pairs:
        inside = copy.text[pair.start : pair.end] if pair.outer is None else ""
        if len(_outside_gb2312(inside)) > _STRAY:
            rest[pair.start : pair.end] = " " * len(inside)
    return "".join(rest)


def _outside_gb2312(text: str) -> set[str]:
    """Return the Chinese characters that the Simplified set of 1980 does not have."""
    characters = filter(is_han, set(text))
    return {c for c in characters if not c.encode("gb2312", errors="ignore")}
