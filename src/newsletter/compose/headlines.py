"""Headlines: how wide a headline should be set so that its lines come out even.

In: the words and the measure in em. Out: a measure no wider, in which the words take no more
lines but fill them alike, so that no line is left with a character or two.
"""

from __future__ import annotations

import math

from newsletter.sources import is_wide

FULL_WIDTH_PUNCTUATION = frozenset("“”‘’—…")
NARROW_EM = 0.56
SLACK_EM = 1.0


def width_em(text: str) -> float:
    """Return about how wide a text is in em: a Chinese character 1, a Latin one a little over ½."""
    return sum(1 if is_wide(c) or c in FULL_WIDTH_PUNCTUATION else NARROW_EM for c in text)


def even_measure(text: str, measure_em: float) -> float:
    """Return the measure in em that sets `text` in even lines, at most `measure_em`.

    The slack lets a mark that may not begin a line move (CLREQ, prohibition rules).
    """
    width = width_em(text)
    if width <= measure_em:
        return measure_em
    lines = math.ceil(width / (measure_em - SLACK_EM))
    return min(measure_em, math.ceil(width / lines + SLACK_EM))
