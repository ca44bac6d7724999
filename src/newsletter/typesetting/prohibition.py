"""Where a line may end (CLREQ, prohibition_rules_for_line_start_end and its neighbours).

In: kinds and characters on both sides of a place. Out: whether a line may be broken there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newsletter.typesetting.characters import KINDS, WESTERN, Kind
from newsletter.typesetting.rules import Grade, Rules

NOT_AT_START = frozenset(
    {Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.CONNECTOR, Kind.INTERPUNCT, Kind.HYPHEN}
)
NOT_AT_END = frozenset({Kind.OPEN})
ALWAYS_KEPT = frozenset(
    {Kind.POSTFIX, Kind.PERCENT, Kind.GLUE, Kind.BREAK, Kind.SPACE, Kind.FORCED, Kind.NOTE}
)
"""What never begins a line, in no grade: it belongs to what stands before it."""
WORD = WESTERN | {Kind.NOTE}
UNITS = frozenset(
    "年月日时分秒号点周天岁世多余元角万亿千百十兆个名位人家项次届期倍层章节条款页卷册篇段种类批件份"
    "吨斤克米里亩顷升度瓦伏公平立英海摄级座台辆艘架株棵头只℃℉％‰㎡㎥㎞㎏㎜㎝"
)
"""Words that follow a number: units, counters, 年月日 (GB/T 15835-2011, 6 and 7)."""
LATIN_UNITS = frozenset(
    "mm cm dm m km g kg mg t s min h ms Hz kHz MHz GHz THz W kW MW GW kWh MWh V kV A mA "  # noqa: SIM905 - read as a list
    "Pa kPa MPa J kJ K mol L mL ml ha pt px KB MB GB TB MiB GiB dB ppm".split()
)
"""Symbols of units that may stand after a space (GB 3100-1993)."""
ORDINAL = "第"
MULTIPLIERS = frozenset("十百千万亿兆")
"""Part of the number that they follow, so that its unit comes after them."""
PART = 2
"""Letters that each part of a compound has at least, if a line may end after its hyphen."""
CLOSERS, OPENERS = frozenset(")]}"), frozenset("([{")
"""Latin brackets: of two in a row the second one may begin a line (UAX #14, LB30 and LB31)."""
THOUSANDS = 3
"""Digits of a group that a space sets apart (GB/T 15835-2011, 5.1.3)."""


@cache
def break_table(grade: Grade) -> tuple[bool, ...]:
    """Return for each pair of kinds, `left * KINDS + right`, whether a line may end between."""
    return tuple(
        _may_break(Kind(left), Kind(right), grade)
        for left in range(KINDS)
        for right in range(KINDS)
    )


def _may_break(left: Kind, right: Kind, grade: Grade) -> bool:
    if left is Kind.FORCED:
        return True
    if right in ALWAYS_KEPT or left is Kind.GLUE:
        return False
    if left in WORD and right in WORD:
        return False
    if left in (Kind.DASH, Kind.ELLIPSIS) and left is right:
        return False
    return not _is_prohibited(left, right, grade)


def _is_prohibited(left: Kind, right: Kind, grade: Grade) -> bool:
    if left is Kind.PREFIX:
        return True
    if grade == "none":
        return False
    if right in NOT_AT_START or left in NOT_AT_END:
        return True
    if grade != "basic" and Kind.SOLIDUS in (left, right):
        return True  # GB/T 15834-2011, 5.1.9: at neither end of a line
    return grade == "strict" and right in (Kind.DASH, Kind.ELLIPSIS)


def breaks_of(characters: Sequence[str], kinds: Sequence[Kind], rules: Rules) -> list[bool]:
    """Return for each place k whether a line may end after the k-th character."""
    table = break_table(rules.line_edges)
    count = len(kinds)
    allowed = [table[kinds[k] * KINDS + kinds[k + 1]] for k in range(count - 1)]
    for k, kind in enumerate(kinds[:-1]):
        if kind is Kind.HYPHEN:
            allowed[k] = _joins_words(kinds, k)
        elif kind is Kind.POSTFIX and kinds[k + 1] is Kind.PREFIX:
            allowed[k] = characters[k] in CLOSERS and characters[k + 1] in OPENERS
    if rules.keep_numbers and (Kind.DIGIT in kinds or Kind.PERCENT in kinds):
        for k in range(count - 1):
            if allowed[k]:
                allowed[k] = not _is_measure(characters, kinds, k)
    return allowed


def _joins_words(kinds: Sequence[Kind], k: int) -> bool:
    """Tell whether a hyphen stands within a Latin compound, which may be divided after it.

    What it joins are words, not the letters of a formula.
    """
    sides = [*kinds[max(k - PART, 0) : k], *kinds[k + 1 : k + 1 + PART]]
    return sides == [Kind.LATIN] * (2 * PART)


def _is_measure(characters: Sequence[str], kinds: Sequence[Kind], k: int) -> bool:
    """Tell whether place k parts a number from what it counts (CLREQ, h-digits…)."""
    left, right = kinds[k], kinds[k + 1]
    before = kinds[k - 1] if k else Kind.FORCED
    counts = right in (Kind.HAN, Kind.SYMBOL) and characters[k + 1] in UNITS
    if left in (Kind.DIGIT, Kind.PERCENT):
        return counts
    if characters[k] in MULTIPLIERS:
        return counts and before is Kind.DIGIT
    if left is Kind.SPACE and before is Kind.DIGIT:
        return counts or _unit_after(characters, kinds, k) or _is_thousands(kinds, k)
    ordinal = characters[k - 1 : k + 1] if left is Kind.SPACE else characters[k : k + 1]
    return right is Kind.DIGIT and ORDINAL in ordinal


def _unit_after(characters: Sequence[str], kinds: Sequence[Kind], k: int) -> bool:
    """Tell whether the word after place k is a unit, such as km, km/h or m²."""
    end = k + 1
    while end < len(kinds) and kinds[end] is Kind.LATIN:
        end += 1
    word = "".join(characters[k + 1 : end])
    return word.split("/")[0].rstrip("²³") in LATIN_UNITS


def _is_thousands(kinds: Sequence[Kind], k: int) -> bool:
    """Tell whether a group of three digits follows place k."""
    following = list(kinds[k + 1 : k + 2 + THOUSANDS])
    is_longer = following[THOUSANDS:] == [Kind.DIGIT]
    return following[:THOUSANDS] == [Kind.DIGIT] * THOUSANDS and not is_longer
