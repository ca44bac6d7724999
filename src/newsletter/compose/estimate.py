"""Estimates of lines: how a text fits its place, found anew or known from an earlier run.

In: a text, the measure of its place in em of its own type size, and the rules of composition.
Out: how many lines it takes. Where the answer is known nothing of line composition is imported.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsletter.cache.ledger import noted
from newsletter.typesetting.rules import Rules

if TYPE_CHECKING:
    from newsletter.typesetting.fitting import Goal

WIDEST = 1.25
"""Em that a character takes at most, with the space between Chinese and Latin."""


def fit(text: str, measure: float, lines: int, rules: Rules, goal: Goal) -> tuple[int, int, int]:
    """Return how many lines a text needs, and how many lines and characters are over.

    One that is short in any case needs no composition.
    """
    if "\n" not in text and 0 < len(text) * WIDEST <= measure:
        return 1, 0, 0

    def given() -> tuple[int, int, int]:
        from newsletter.typesetting.copyfit import fit_text

        found = fit_text(text, measure, lines, rules, goal=goal)
        return found.lines_needed, found.lines_over, found.characters_over

    needed, lines_over, characters_over = noted(
        "fit", (text, f"{measure!r} {lines}", _said(rules), goal), given
    )
    return needed, lines_over, characters_over


@functools.lru_cache(maxsize=4)
def _said(rules: Rules) -> str:
    """Return all that rules say, which are asked for each text of an issue."""
    return repr(rules)
