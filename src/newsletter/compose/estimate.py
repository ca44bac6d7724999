"""Estimates of lines: how a text fits its place, found anew or known from an earlier run.

In: a text, the measure of its place in em of its own type size, and the rules of composition.
Out: how many lines it takes. Where the answer is known nothing of line composition is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.cache.ledger import noted
from newsletter.typesetting.rules import Rules

if TYPE_CHECKING:
    from newsletter.typesetting.fitting import Goal


def fit(text: str, measure: float, lines: int, rules: Rules, goal: Goal) -> tuple[int, int, int]:
    """Return how many lines a text needs, and how many lines and characters are over."""

    def given() -> tuple[int, int, int]:
        from newsletter.typesetting.copyfit import fit_text

        found = fit_text(text, measure, lines, rules, goal=goal)
        return found.lines_needed, found.lines_over, found.characters_over

    needed, lines_over, characters_over = noted(
        "fit", (text, f"{measure!r} {lines}", repr(rules), goal), given
    )
    return needed, lines_over, characters_over
