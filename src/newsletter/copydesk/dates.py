"""Dates and hours that cannot be, weekdays that do not fit, spans that run backwards."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

_TO = "[ ]?(?:——|—|－|--|-|–|~|～|〜|至|到)[ ]?"
_NOT_INSIDE = r"(?<![0-9.,A-Za-z第-])"
_DATE = re.compile(
    rf"{_NOT_INSIDE}(?:(?P<year>[0-9]{{4}})[ ]?年[ ]?)?"
    r"(?P<month>[0-9]{1,2})[ ]?月(?!龄|[ ]?[0-9]{3})"
    rf"(?:[ ]?(?P<day>[0-9]{{1,2}})(?:[ ]?日?{_TO}(?P<until>[0-9]{{1,2}}))?[ ]?[日号])?"
)
_ISO = re.compile(
    r"(?<![0-9A-Za-z/._-])(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])"
)
_HAN_DATE = re.compile(
    "(?<![〇○零一二三四五六七八九十])(?P<month>[一二三四五六七八九十]{1,3})月"
    "(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_MONTH_ALONE = re.compile("[份底初末]|[上中下]旬|以来")
_LUNAR = re.compile("农历|阴历|旧历|夏历")
_HOUR = re.compile(
    r"(?:[日号午晚晨间]|当天)[ ]?(?P<hour>[0-9]{1,2})"
    r"(?:[时点](?:[ ]?(?P<minute>[0-9]{1,2})分)?|:(?P<minutes>[0-9]{2}))(?![0-9:])"
)
_WEEKDAY = re.compile(
    r"(?<![0-9])(?P<year>[12][0-9]{3})[ ]?年[ ]?"
    r"(?P<month>[0-9]{1,2})[ ]?月[ ]?(?P<day>[0-9]{1,2})[ ]?日"
    r"(?:[（(，, ]{0,2}(?:星期|礼拜)(?P<long>[一二三四五六日天])"
    r"|[（(]周(?P<short>[一二三四五六日])(?=[）)，]))"
)
_DAYS = "一二三四五六日"
_YEARS_SPAN = re.compile(rf"(?<![0-9])([12][0-9]{{3}})[ ]?年?{_TO}([12][0-9]{{3}})(?=[ ]?年)")
_MONTHS_SPAN = re.compile(rf"(?<=[0-9]年)[ ]?([0-9]{{1,2}}){_TO}([0-9]{{1,2}})(?=[ ]?月)")
_DAYS_SPAN = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})[ ]?月[ ]?([0-9]{{1,2}})[ ]?[日号]?{_TO}"
    r"(?:([0-9]{1,2})[ ]?月[ ]?)?([0-9]{1,2})(?=[ ]?[日号])"
)
_FULL = "([12][0-9]{3})[ ]?年[ ]?([0-9]{1,2})[ ]?月(?:[ ]?([0-9]{1,2})[ ]?日)?"
_FULL_SPAN = re.compile(rf"(?<![0-9]){_FULL}{_TO}{_FULL}")
_LEAP_YEAR = 2000
_LAST_MONTH, _LAST_MINUTE, _DAY = 12, 59, timedelta(days=1)
_HAN_FIGURES = {figure: n for n, figure in enumerate("一二三四五六七八九", start=1)}


def impossible(copy: Manuscript) -> Iterator[Finding]:
    """Find days, months and hours that the calendar and the clock do not have.

    Source: GB/T 15835-2011 writes dates and hours as GB/T 7408 counts them: months to 12, days
    as the month has them in that year, hours to 24, minutes to 59. Lunar dates are left alone.
    """
    for found in _DATE.finditer(copy.text):
        alone = found["day"] is None and found["year"] is None
        if alone and not _MONTH_ALONE.match(copy.text, found.end()):
            continue
        days = [int(found[name]) for name in ("day", "until") if found[name]]
        if not _possible(_number(found["year"]), int(found["month"]), days):
            yield _impossible(found)
    for found in _ISO.finditer(copy.text):
        if not _possible(int(found["year"]), int(found["month"]), [int(found["day"])]):
            yield _impossible(found)
    for found in _HAN_DATE.finditer(copy.text):
        lunar = _LUNAR.search(copy.text, max(0, found.start() - 10), found.start())
        days = [_from_han(found["day"])]
        if not lunar and not _possible(None, _from_han(found["month"]), days):
            yield _impossible(found)
    yield from _hours(copy)


def wrong_weekday(copy: Manuscript) -> Iterator[Finding]:
    """Find full dates followed by the name of another day of the week.

    Source: the Gregorian calendar.
    """
    for found in _WEEKDAY.finditer(copy.text):
        numbers = int(found["year"]), int(found["month"]), int(found["day"])
        if not _possible(numbers[0], numbers[1], [numbers[2]]):
            continue
        named = (found["long"] or found["short"]).replace("天", "日")
        real = _DAYS[date(*numbers).weekday()]
        if named != real:
            values = {"found": found.group(), "named": named, "real": real}
            yield Finding("N427", found.start(), found.end(), values)


def backwards(copy: Manuscript) -> Iterator[Finding]:
    """Find spans whose end lies before their beginning: 2025—2021年, 12月22—21日.

    Source: GB/T 15834-2011, 4.13.3.2: the mark joins a beginning and an end. A span from
    December to January without years may pass the turn of the year and is left alone.
    """
    for pattern, runs_back in _SPANS:
        for found in pattern.finditer(copy.text):
            if runs_back(found):
                yield Finding("N428", found.start(), found.end(), {"found": found.group()})


def _hours(copy: Manuscript) -> Iterator[Finding]:
    for found in _HOUR.finditer(copy.text):
        hour, minute = int(found["hour"]), int(found["minute"] or found["minutes"] or 0)
        if timedelta(hours=hour, minutes=minute) > _DAY or minute > _LAST_MINUTE:
            yield _impossible(found)


def _impossible(found: re.Match[str]) -> Finding:
    return Finding("N426", found.start(), found.end(), {"found": found.group()})


def _possible(year: int | None, month: int, days: list[int]) -> bool:
    """Tell whether the days exist in the month; without a year, 29 February does."""
    if not 1 <= month <= _LAST_MONTH:
        return False
    last = calendar.monthrange(year or _LEAP_YEAR, month)[1]
    return all(1 <= day <= last for day in days)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _from_han(text: str) -> int:
    """Return the number that Chinese figures up to 九十九 spell; 0 for no number."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_HAN_FIGURES.get(tens, 1) * 10 if ten else 0) + _HAN_FIGURES.get(ones, 0)


def _years_run_back(found: re.Match[str]) -> bool:
    return int(found[1]) > int(found[2])


def _days_run_back(found: re.Match[str]) -> bool:
    same_month = found[3] is None or int(found[3]) == int(found[1])
    return same_month and int(found[2]) > int(found[4])


def _full_dates_run_back(found: re.Match[str]) -> bool:
    first, second = (found.group(1, 2, 3), found.group(4, 5, 6))
    both_have_days = bool(first[2] and second[2])
    length = 3 if both_have_days else 2
    return [int(n) for n in first[:length]] > [int(n) for n in second[:length]]


_SPANS = (
    (_YEARS_SPAN, _years_run_back),
    (_MONTHS_SPAN, _years_run_back),
    (_DAYS_SPAN, _days_run_back),
    (_FULL_SPAN, _full_dates_run_back),
)
