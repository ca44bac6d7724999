"""Marks that come in twos: left alone, crossed, or nested in their own kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.copydesk.characters import CLOSERS, OPENERS, PARTNER, STOPS
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

_OPENER = {closer: opener for opener, closer in PARTNER.items()}
_MARK = re.compile(f"[{OPENERS}{CLOSERS}]")
_SHOWN = 40
_INNER = {"“": "‘’", "《": "〈〉"}


def unpaired(copy: Manuscript) -> Iterator[Finding]:
    """Find marks without a partner in their paragraph.

    Source: GB/T 15834-2011, 4.8 (引号), 4.9 (括号), 4.15 (书名号): all have two parts.
    """
    for at in copy.pairing.unclosed:
        yield _alone(copy, at, PARTNER[copy.text[at]], _why_unclosed(copy, at))
    for at in copy.pairing.unopened:
        yield _alone(copy, at, _OPENER[copy.text[at]], "unopened")


def crossed(copy: Manuscript) -> Iterator[Finding]:
    """Find pairs that overlap, as in 《“…》”.

    Source: GB/T 15834-2011, 4.8 and 4.15; marks of different kinds enclose one another.
    """
    for start, end in copy.pairing.crossed:
        marks = copy.text[start] + copy.text[end]
        yield Finding("N402", end, end + 1, {"marks": marks, "found": copy.around(end, end + 1)})


def nested_alike(copy: Manuscript) -> Iterator[Finding]:
    """Find double marks directly inside double marks of the same kind.

    Source: GB/T 15834-2011, 4.8 and 4.15: outside “ ” and 《 》, inside ‘ ’ and 〈 〉.
    """
    around = {pair.start: pair.outer for pair in copy.pairing.pairs}
    crowded = set(around.values())
    for pair in copy.pairing.pairs:
        mark, outer = copy.text[pair.start], pair.outer
        if outer not in around or mark not in _INNER or copy.text[outer] != mark:
            continue
        two_levels = pair.start not in crowded and around[outer] is None
        replacement = _inner_level(copy.text[pair.start : pair.end + 1]) if two_levels else None
        values = {
            "mark": mark + PARTNER[mark],
            "inner": _INNER[mark],
            "found": copy.text[pair.start : min(pair.end + 1, pair.start + _SHOWN)],
        }
        yield Finding("N403", pair.start, pair.end + 1, values, replacement)


def _inner_level(quoted: str) -> str | None:
    """Return the quotation with the marks of the inner level, if no stray mark is in it."""
    inner, content = _INNER[quoted[0]], quoted[1:-1]
    return None if _MARK.search(content) else inner[0] + content + inner[1]


def _alone(copy: Manuscript, at: int, partner: str, hint: str) -> Finding:
    values = {"mark": copy.text[at], "partner": partner, "found": copy.around(at, at + 1)}
    return Finding("N401", at, at + 1, values, hint=hint)


def _why_unclosed(copy: Manuscript, at: int) -> str:
    if copy.text[at] in "“‘" and copy.han_at(at - 1) and copy.at(at + 1) in ("", *STOPS):
        return "turned"
    return "continued" if copy.text[at] in "“「" and _begins_paragraph(copy, at) else "unclosed"


def _begins_paragraph(copy: Manuscript, at: int) -> bool:
    return not copy.text[max(0, at - 3) : at].strip(" \t\u3000\n")
