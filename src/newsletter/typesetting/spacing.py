"""What stands between two characters: how far they overlap or part, shrink and grow.

In: the kinds on both sides. Out: a `Junction`, all lengths in em. The order of the steps is
that of CLREQ, "reduction" and "expansion" under line adjustment.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import NamedTuple

from newsletter.typesetting.characters import KINDS, MARKS, Kind
from newsletter.typesetting.rules import Rules

HALF = 0.5
QUARTER = 0.25


class Shrink(IntEnum):
    """The order in which a line is made tighter."""

    WORD_SPACE = 0
    INTERPUNCT = 1
    BRACKET = 2
    PAUSE = 3
    LATIN_GAP = 4
    STOP = 5


class Stretch(IntEnum):
    """The order in which a line is made looser, before all gaps grow alike."""

    WORD_SPACE = 0
    LATIN_GAP = 1
    MARK = 2


class Junction(NamedTuple):
    """What happens between two characters of a line, in em.

    `kern` is always there; up to `shrink` can be taken and up to `stretch` be added, each in
    its turn; `gap` tells whether what is left over is shared here too.
    """

    kern: float = 0.0
    shrink: float = 0.0
    shrink_step: int = 0
    stretch: float = 0.0
    stretch_step: int = 0
    gap: bool = False


NONE = Junction()
"""Nothing happens here."""
COMMON = Junction(gap=True)
"""A gap that shares what is left over, no more."""
TRAILING = frozenset({Kind.CLOSE, Kind.PAUSE, Kind.STOP})
"""Marks whose white is on their right (CLREQ, h-punctuation_adjustment_space)."""
GAPPED = frozenset({Kind.LATIN, Kind.DIGIT, Kind.PERCENT})
HUGGED_AFTER = frozenset({Kind.OPEN, Kind.PREFIX, Kind.GLUE, Kind.HYPHEN})
HUGGED_BEFORE = TRAILING | {
    Kind.POSTFIX,
    Kind.PERCENT,
    Kind.GLUE,
    Kind.NOTE,
    Kind.SPACE,
    Kind.HYPHEN,
}
HUGGED = frozenset({Kind.CONNECTOR, Kind.SOLIDUS, Kind.BREAK, Kind.FORCED, Kind.INTERPUNCT})
STRINGS = frozenset({Kind.LATIN, Kind.DIGIT, Kind.PREFIX, Kind.POSTFIX, Kind.PERCENT, Kind.HYPHEN})
SHRINKS = {
    Kind.CLOSE: Shrink.BRACKET,
    Kind.PAUSE: Shrink.PAUSE,
    Kind.STOP: Shrink.STOP,
}


@cache
def junctions(rules: Rules) -> tuple[Junction, ...]:
    """Return the junction of each pair of kinds, `left * KINDS + right`."""
    return tuple(
        _junction(Kind(left), Kind(right), rules) for left in range(KINDS) for right in range(KINDS)
    )


def _junction(left: Kind, right: Kind, rules: Rules) -> Junction:
    """Return what happens between two kinds; the two usual cases as the very constants."""
    found = _particular(left, right, rules)
    return {NONE: NONE, COMMON: COMMON}.get(found, found)


def _particular(left: Kind, right: Kind, rules: Rules) -> Junction:
    gap = _is_gap(left, right)
    if left in MARKS and right in MARKS:
        return _between_marks(left, right, rules, gap=gap)
    if _meets_latin(left, right) and rules.latin_gap:
        return _latin_gap(rules, gap=gap)
    shrink, step = _shrink(left, right, rules)
    if left is Kind.SPACE:
        return Junction(shrink_step=step, stretch_step=Stretch.WORD_SPACE, gap=gap)
    if gap and (left in TRAILING or right is Kind.OPEN):
        return Junction(0.0, shrink, step, rules.mark_stretch, Stretch.MARK, gap)
    return Junction(0.0, shrink, step, 0.0, 0, gap)


def _between_marks(left: Kind, right: Kind, rules: Rules, *, gap: bool) -> Junction:
    """Return what two marks in a row give up between them, and can still give.

    CLREQ, adjacent marks: they have 1.5 em, 1 em in some styles. Where they have given already,
    they give the rest last of all, since marks of 1 em together seem to touch.
    """
    inner = _inner(left, right)
    is_squeezed = rules.style == "full" or left is Kind.STOP
    squeezed = min(inner, 2.0 - rules.pair_width) if is_squeezed else 0.0
    shrink, step = _shrink(left, right, rules)
    more = min(inner - squeezed, HALF) if shrink else 0.0
    last = Shrink.STOP if squeezed and more else step
    return Junction(kern=-squeezed, shrink=more, shrink_step=last, gap=gap)


def _inner(left: Kind, right: Kind) -> float:
    """Return the white that two marks in a row have between them."""
    return HALF * ((left in TRAILING) + (right is Kind.OPEN))


def _meets_latin(left: Kind, right: Kind) -> bool:
    """Tell whether Chinese meets Latin (CLREQ, mixed text composition)."""
    return (left is Kind.HAN and right in (Kind.LATIN, Kind.DIGIT)) or (
        left in GAPPED and right is Kind.HAN
    )


def _latin_gap(rules: Rules, *, gap: bool) -> Junction:
    natural = rules.latin_gap
    shrink = max(0.0, natural - rules.latin_gap_least)
    stretch = max(0.0, rules.latin_gap_most - natural)
    return Junction(natural, shrink, Shrink.LATIN_GAP, stretch, Stretch.LATIN_GAP, gap)


def latin_space(rules: Rules) -> Junction:
    """Return what follows a source space between Chinese and Latin: it is their gap."""
    return _latin_gap(rules, gap=True)._replace(kern=0.0)


def _shrink(left: Kind, right: Kind, rules: Rules) -> tuple[float, int]:
    """Return by how much a junction can shrink, and when its turn comes."""
    if left is Kind.SPACE:
        return 0.0, Shrink.WORD_SPACE  # how much a space gives depends on how wide it is
    if Kind.INTERPUNCT in (left, right) and rules.style == "full":
        return QUARTER, Shrink.INTERPUNCT
    step = SHRINKS.get(left, Shrink.BRACKET if right is Kind.OPEN else None)
    if step is None or rules.squeeze == "none" or rules.style == "kaiming":
        return 0.0, 0
    if step is Shrink.STOP and rules.squeeze == "pauses":
        return 0.0, 0
    return HALF, step


def _is_gap(left: Kind, right: Kind) -> bool:
    """Tell whether a gap may grow here.

    CLREQ, expansion: not inside unbreakable marks, not beside connectors or solidi; a mark
    stays with the text that it opens or closes; never inside a Latin word or a number.
    """
    if left in HUGGED or right in HUGGED or left in HUGGED_AFTER or right in HUGGED_BEFORE:
        return False
    if left in (Kind.DASH, Kind.ELLIPSIS) and left is right:
        return False
    return not (left in STRINGS and right in STRINGS)
