"""Dashes, ellipses and the marks of a range, each in the form that the standard gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.copydesk.characters import HAN_DIGITS, is_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript, Script

DASH = "——"
ELLIPSIS = "……"

_DASH = re.compile("⸺+|—{3,}|―+|─+|–{2,}|-{2,}|－{2,}|(?m:^)—(?![—–⸺])")
_DOTS = re.compile("[.]{3,}|。{3,}|…+|[·•・]{3,}|⋯+")
_CONNECTOR = "[ ]?(?:——|--|-|－|–|~|〜|˜|∼)[ ]?"
_TIME = "年月日时点分届"
_UNIT = (
    f"[{_TIME}%％‰℃个项家名位人次度倍万亿千百余篇章条款期卷页级米吨克元岁秒种周天]"
    "|小时|公里|公斤|公顷|平方|立方|美元|欧元|世纪"
)
# Never preceded by a letter, a figure, a point or a line: COP15-26, 9704-2012, 2021-06-24, 010-.
_NOT_A_CODE = r"(?<![A-Za-z0-9.,/:—－–~～-])(?<![A-Za-z] )"
_NUMBER = r"[0-9]{1,4}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,3})?"
_BETWEEN_NUMBERS = re.compile(
    rf"{_NOT_A_CODE}(?P<first>{_NUMBER})(?P<sign>[年月日时点%％℃万亿]?)"
    rf"(?P<line>{_CONNECTOR})(?P<second>{_NUMBER})(?![0-9.,:/—–-])[ ]?(?P<unit>{_UNIT})"
)
_BETWEEN_DATES = re.compile(
    rf"(?<=[0-9][年月日号时点])(?P<line>{_CONNECTOR})(?=[0-9]{{1,4}}[年月日号时点])"
)
_BETWEEN_HOURS = re.compile(
    rf"{_NOT_A_CODE}[0-9]{{1,2}}:[0-9]{{2}}(?P<line>{_CONNECTOR})[0-9]{{1,2}}:[0-9]{{2}}(?![0-9:])"
)
_BETWEEN_YEARS = re.compile(
    rf"(?<=[（(])(?P<from>[12][0-9]{{3}})(?P<line>{_CONNECTOR})(?P<to>[12][0-9]{{3}})(?=年?[）)])"
)
_WAVE = frozenset("~〜˜∼")
_LONGEST = 3
_ZERO_YEAR = re.compile(
    rf"(?<![〇○◯零0-9A-Za-z{HAN_DIGITS}十百千])[〇○◯零0{HAN_DIGITS}OＯ]{{4}}(?=年)"
)


def dash(copy: Manuscript) -> Iterator[Finding]:
    """Find dashes made of hyphens, of a two-em dash, of box lines, or of the wrong number of —.

    Source: GB/T 15834-2011, 4.10 (form “——”) and 5.1 (two places, never divided).
    """
    for found in _DASH.finditer(copy.text):
        start, end = found.span()
        if not copy.chinese or _is_not_a_dash(copy, start, end):
            continue
        safe = len(found.group()) <= len(DASH)
        values = {"found": found.group(), "context": copy.around(start, end)}
        yield Finding("N408", start, end, values, DASH if safe else None)


def ellipsis(copy: Manuscript) -> Iterator[Finding]:
    """Find ellipses that are not six points in two places.

    Source: GB/T 15834-2011, 4.11 (form “……”; twelve points where paragraphs are left out) and
    5.1 (two places, never divided).
    """
    for found in _DOTS.finditer(copy.text):
        start, end = found.span()
        if found.group() in (ELLIPSIS, ELLIPSIS * 2) or not copy.chinese:
            continue
        if copy.shielded(start) or not _in_chinese(copy, start, end):
            continue
        values = {"found": found.group(), "context": copy.around(start, end)}
        yield Finding("N409", start, end, values, ELLIPSIS)


def range_mark(copy: Manuscript) -> Iterator[Finding]:
    """Find hyphens, half-width tildes and dashes between the two ends of a range.

    Source: GB/T 15834-2011, 4.13.3.2: the beginning and end of times, places and amounts take
    — or ～; 4.13.3.1 keeps the hyphen for codes, telephone numbers and dates such as 2011-02-15.
    GB/T 15835-2011 says the same of amounts.
    """
    seen: set[int] = set()
    for pattern in (_BETWEEN_NUMBERS, _BETWEEN_DATES, _BETWEEN_HOURS, _BETWEEN_YEARS):
        for found in pattern.finditer(copy.text):
            start, end = found.span("line")
            if start in seen or copy.shielded(start) or _is_number_of_a_document(found):
                continue
            seen.add(start)
            wanted = _wanted_line(found.groupdict())
            values = {"found": found.group(), "mark": found["line"].strip(), "wanted": wanted}
            yield Finding("N410", start, end, values, wanted if _is_clear(found) else None)


def zero(copy: Manuscript) -> Iterator[Finding]:
    """Find years in Chinese figures whose zero is a circle, a 0, an O or 零.

    Source: GB/T 15835-2011, 5.2.5: in a number that counts nothing, such as a year, zero is 〇.
    """
    for found in _ZERO_YEAR.finditer(copy.text):
        year = found.group()
        wanted = re.sub("[○◯零0OＯ]", "〇", year)
        if wanted != year and re.search(f"[{HAN_DIGITS}]", year):
            values = {"found": f"{year}年", "wanted": f"{wanted}年"}
            yield Finding("N411", found.start(), found.end(), values, wanted)


def _in_chinese(copy: Manuscript, start: int, end: int) -> bool:
    """Tell whether Chinese stands before, or directly after, what was found."""
    return copy.before(start) is Script.HAN or copy.leads_to_han(end)


def _is_not_a_dash(copy: Manuscript, start: int, end: int) -> bool:
    """Tell apart what only looks like one: options, rules of a table, ranges, Latin text."""
    line = copy.text[start:end]
    if copy.shielded(start) or not _in_chinese(copy, start, end):
        return True
    left, right = copy.at(start - 1), copy.at(end)
    if line == "—":
        return not (is_han(right) or right in ("“", "《"))
    if line == "―":
        return True
    if line[0] in "-–":
        if right == ">" or left == "<":
            return True
        latin_option = re.match("[A-Za-z]", right) and not is_han(left)
        between_figures = re.match("[0-9]", left) and re.match("[0-9]", right)
        return bool(latin_option or between_figures) or len(line) > _LONGEST
    return line[0] in "─－" and len(line) > _LONGEST


def _wanted_line(found: dict[str, str | None]) -> str:
    """Return ～ for an amount that has a wave already, and — for everything else."""
    is_time = (found.get("unit") or "年")[0] in _TIME
    return "～" if (found["line"] or "").strip() in _WAVE and not is_time else "—"


def _is_clear(found: re.Match[str]) -> bool:
    """Tell whether the figures can only be a range: 2021-22年 may be a financial year."""
    if "first" not in found.groupdict():
        return True
    year_first = len(found["first"]) == len("2021") > len(found["second"])
    return not year_first or bool(found["sign"])


def _is_number_of_a_document(found: re.Match[str]) -> bool:
    """Tell whether what looks like years in brackets cannot be a span of time: （2021-1107）."""
    return "from" in found.groupdict() and found["from"] >= found["to"]
