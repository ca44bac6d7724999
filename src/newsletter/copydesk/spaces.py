"""Spaces typed where Chinese has none, or where the house sets the gap itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from newsletter.copydesk.characters import CHINESE_MARKS, LATIN, all_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript, Script

_SEGMENT = re.compile("[^，。；：？！、（）()\n]+")
_GAP = re.compile(r"[ \t]+(?=[^ \t])")
_WESTERN_BEFORE = re.compile(rf"[{LATIN}0-9%°]")
_WESTERN_AFTER = re.compile(rf"[{LATIN}0-9+$€£¥#@&~]")
# —— 马骏: the line under a quotation that says whose it is.
_ATTRIBUTION = re.compile("(?:^|\n)——$")
_ROW = re.compile(r"^[^\n]*\t[^\n]*$", re.MULTILINE)
# What stands before a tab and is no cell: the mark of a list, or a label such as 电话：.
_MARKER = re.compile(
    r"(?:(?:[^\w\s]|[①-⑳])+|[(（]?[0-9A-Za-z一二三四五六七八九十]{1,4}[.．、)）]|o|[^\t]*[：:])"
    r"[ ]*\t"
)
_CELL_GAP = re.compile(r"(?<=\S)[ ]*\t[ \t]*(?=\S)")
_MARK_GAP = re.compile(
    rf"(?<![\s])[ \t]+(?=[{CHINESE_MARKS}“”‘’—…·])|(?<=[{CHINESE_MARKS}“”‘’—…·])[ \t]+(?![\s])"
    rf"|(?m:^)[ \t]+(?=[{CHINESE_MARKS}“‘])"
)
# Words that stand apart in a credit line: 新华社记者 张三 摄.
_CREDIT = frozenset(
    (
        "摄",
        "文",
        "图",
        "译",
        "编",
        "供稿",
        "供图",
        "撰文",
        "摄影",
        "制图",
        "绘图",
        "漫画",
        "翻译",
        "编译",
        "编辑",
        "责编",
        "校对",
        "审校",
        "整理",
        "报道",
    )
)
_CREDIT_ENDS = ("记者", "通讯员", "特约记者", "供稿", "供图", "编辑", "摄影", "作者", "撰文")
# Labels that stand apart from their heading: 第一章 总则, 图1 机制框图, 2.1 背景.
_LABEL = re.compile(
    r"第?[0-9一二三四五六七八九十百]{1,4}[章节篇部分条编讲期届]{0,2}"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[图表例][0-9]{1,3}(?:[-.—][0-9]{1,3})?"
    r"|附件?[录表图]?[0-9A-Z一二三四五六七八九十]{0,2}"
)
# What a space may set off: telephone numbers, post codes, addresses of the web and of mail.
_CONTACT = re.compile(
    r"\+?[0-9][0-9 -]{5,20}|[0-9A-Za-z._%+-]{1,64}@|https?:|www\.|[0-9A-Za-z-]{1,63}\.[a-z]{2,6}\b"
)
_FULL_DATE = re.compile("[12][0-9]{3}年")
# 2021 年, 40 个: a counted thing is never the beginning of the next phrase of a heading.
_COUNTED = re.compile(
    "[年月日号时点分秒个项家名位人次度倍万亿千百余多种届期章条款岁米吨元公平立美欧份周天]"
)
# 甲 乙 丙, 一 二 三: single characters that are more likely a list than a word spaced out.
_ORDINALS = frozenset("甲乙丙丁戊己庚辛壬癸一二三四五六七八九十")
_PHRASE = 3
_NAME = 4
_LIST = 3


class _Gap(Struct, frozen=True):
    """A space between two characters, with the unbroken pieces of text on either side."""

    start: int
    end: int
    left: str
    right: str
    listed: bool
    spaced_out: bool
    """Whether the characters around stand one by one, as in 观 点: nothing else can be meant."""


def between_han(copy: Manuscript) -> Iterator[Finding]:
    """Find spaces between two Chinese characters.

    Source: CLREQ: Chinese is set solid, without spaces between words. Left alone are credit
    lines (新华社记者 张三 摄), lists of names, the two halves of a title (凝聚共识 共建家园)
    and the label of a heading (第一章 总则). Only a word that is spaced out character by
    character is repaired: elsewhere the space may divide names (与会的有张三 李四), or stand for
    a mark that was lost, so that the author must decide.
    """
    for gap in _gaps(copy):
        if not (copy.han_at(gap.start - 1) and copy.han_at(gap.end)) or gap.listed:
            continue
        if _divides_phrases(copy, gap, _PHRASE):
            continue
        if gap.spaced_out:
            yield _spare(copy, "N412", gap.start, gap.end)
            continue
        values = {"found": copy.around(gap.start, gap.end, 3)}
        hint = "phrases" if min(len(gap.left), len(gap.right)) > _PHRASE else "names"
        yield Finding("N412", gap.start, gap.end, values, hint=hint)


def beside_latin(copy: Manuscript) -> Iterator[Finding]:
    """Find spaces between Chinese and Latin letters or figures.

    Source: CLREQ, composition of Chinese and Western text mixed: the gap is a matter of
    setting. The typesetter makes it; typed spaces would double it or make it uneven.
    """
    if not copy.chinese:
        return
    for gap in _gaps(copy):
        left, right = copy.text[gap.start - 1], copy.text[gap.end]
        before = copy.han_at(gap.start - 1) and _WESTERN_AFTER.match(right)
        after = _WESTERN_BEFORE.match(left) and copy.han_at(gap.end)
        if not (before or after) or gap.listed or copy.shielded(gap.start - 1):
            continue
        if before and _sets_off_contact(copy, gap):
            continue
        if not _COUNTED.match(right) and _divides_phrases(copy, gap, _PHRASE + 1):
            continue
        yield _spare(copy, "N414", gap.start, gap.end)


def beside_mark(copy: Manuscript) -> Iterator[Finding]:
    """Find spaces before or after a Chinese mark.

    Source: GB/T 15834-2011, 5.1: the marks take their own place of one or two characters;
    CLREQ: the white around them is part of the mark and is adjusted in setting.
    """
    for found in _MARK_GAP.finditer(copy.text):
        start, end = found.span()
        if _ATTRIBUTION.search(copy.text[max(0, start - 3) : start]):
            continue
        if _is_chinese_mark(copy, start, end) and not _precedes_quoted_phrase(copy, start, end):
            yield _spare(copy, "N413", start, end)


def pasted_rows(text: str) -> list[tuple[int, int]]:
    """Return where the rows of a table stand whose cells tabs divide, as spreadsheets copy them.

    A line is one that has two such gaps, or one and stands next to another line with one; the mark
    of a list or a label before the first gap makes none.
    """
    lines = [row for row in _ROW.finditer(text) if not _MARKER.match(row[0])]
    counted = [(*row.span(), len(_CELL_GAP.findall(row[0]))) for row in lines]
    rows = [line for line in counted if line[2]]
    edges = Counter(edge for start, end, _gaps in rows for edge in (start - 1, end))
    return [
        (start, end)
        for start, end, gaps in rows
        if gaps > 1 or max(edges[start - 1], edges[end]) > 1
    ]


def read_cells(text: str) -> Finding | None:
    """Return what is told of a field of one line that tabs divide, as rows of spreadsheets are.

    The mark of a list or a label before the first gap makes no cell; such a gap is a space.
    """
    marker = _MARKER.match(text)
    gaps = [*_CELL_GAP.finditer(text, marker.end() if marker else 0)]
    if not gaps:
        return None
    words = " | ".join(cell.strip() for cell in text.split("\t"))
    return Finding("N430", gaps[0].start(), gaps[-1].end(), {"found": words})


def _gaps(copy: Manuscript) -> Iterator[_Gap]:
    rows = pasted_rows(copy.text) if "\t" in copy.text else []
    for segment in _SEGMENT.finditer(copy.text):
        if " " not in segment.group() and "\t" not in segment.group():
            continue
        pieces = _GAP.split(segment.group().strip(" \t"))
        closes = copy.at(segment.end()) in ("", "\n", "）", ")")
        listed = _is_credit(pieces) or _is_list_of_names(pieces, closes=closes)
        spaced_out = _is_spaced_out(pieces)
        begins = copy.at(segment.start() - 1) in ("", "\n")
        first = segment.start() + len(segment.group()) - len(segment.group().lstrip(" \t"))
        gaps = _GAP.finditer(copy.text, first, segment.end())
        for gap, (left, right) in zip(gaps, pairwise(pieces), strict=False):
            if "\t" in gap[0] and any(start <= gap.start() < end for start, end in rows):
                continue  # the cells of a table: see N214
            labelled = begins and left is pieces[0] and _is_label(copy, left, right)
            yield _Gap(gap.start(), gap.end(), left, right, listed or labelled, spaced_out)


def _is_label(copy: Manuscript, left: str, right: str) -> bool:
    """Tell 第一章 总则 and 2 项目背景 from 12 月 and from a sentence that begins with a number."""
    if left.isdigit():
        return not copy.prose and len(left) < len("2021") and len(right) >= _PHRASE
    return bool(_LABEL.fullmatch(left))


def _is_credit(pieces: list[str]) -> bool:
    return any(p in _CREDIT or p.endswith(_CREDIT_ENDS) for p in pieces)


def _is_list_of_names(pieces: list[str], *, closes: bool) -> bool:
    """Tell 张建宇 马骏 郭敬 from words torn apart and from letters spaced out."""
    names = all(len(p) <= _NAME and all_han(p) for p in pieces)
    spaced_out = all(len(p) == 1 for p in pieces)
    return names and not spaced_out and (closes or len(pieces) >= _LIST)


def _is_spaced_out(pieces: list[str]) -> bool:
    """Tell 观 点 and “一 带 一 路” from words torn apart and from 甲 乙 丙."""
    characters = [p.strip("“”‘’《》〈〉【】") for p in pieces]
    return all(len(c) == 1 for c in characters) and not _ORDINALS.issuperset(characters)


def _divides_phrases(copy: Manuscript, gap: _Gap, shortest: int) -> bool:
    """Tell whether a single space parts two phrases of a heading, or of a title in 《 》."""
    if gap.end - gap.start > 1 or min(len(gap.left), len(gap.right)) < shortest:
        return False
    return not copy.prose or _in_title(copy, gap.start)


def _in_title(copy: Manuscript, at: int) -> bool:
    """Tell whether the nearest title mark within reach of a title is an open one."""
    before = copy.text[max(0, at - 60) : at]
    return before.rfind("《") > before.rfind("》")


def _sets_off_contact(copy: Manuscript, gap: _Gap) -> bool:
    if _CONTACT.match(copy.text, gap.end):
        return True
    return not copy.prose and bool(_FULL_DATE.match(copy.text, gap.end))


def _is_chinese_mark(copy: Manuscript, start: int, end: int) -> bool:
    """Tell a mark that is Chinese, or stands beside Chinese, from the “ ” and — of English."""
    for mark in (copy.at(start - 1), copy.at(end)):
        if mark and mark in CHINESE_MARKS:
            return True
    return copy.chinese and Script.HAN in (copy.before(start), copy.after(end))


def _precedes_quoted_phrase(copy: Manuscript, start: int, end: int) -> bool:
    """Tell whether the space parts two phrases of a heading: 共建绿色丝路 “一带一路”大会召开."""
    if copy.prose or end - start > 1 or copy.at(end) not in ("“", "《"):
        return False
    before = copy.text[max(0, start - 4) : start]
    return len(before) == _PHRASE + 1 and all_han(before)


def _spare(copy: Manuscript, code: str, start: int, end: int) -> Finding:
    return Finding(code, start, end, {"found": copy.around(start, end, 3)}, "")
