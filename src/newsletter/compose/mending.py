"""Mending: almost Markdown made Markdown, where nothing else can be meant.

In: a passage of Markdown. Out: repairs, each the edits of one slip; after them each of these slips
is gone (N214) and nothing is told that was not told before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from newsletter.compose.markdown import compose
from newsletter.issue.texts import Passage
from newsletter.sources import Edit, edited

Repair = tuple[Edit, ...]
MOST_TRIED = 100
"""How many repairs of one text are tried one by one; the rest is left to its editor."""


def mended(passage: Passage) -> list[Repair]:
    """Return the repairs that may be made in a passage, none of which touches another."""
    offered = compose(passage, "").repairs
    if not offered or _are_sound(passage, offered):
        return offered
    taken: list[Repair] = []
    for repair in offered[:MOST_TRIED]:
        if _are_sound(passage, [*taken, repair]):
            taken.append(repair)
    return taken


def _are_sound(passage: Passage, repairs: Sequence[Repair]) -> bool:
    edits = sorted(chain(*repairs))
    if any(second[0] < first[1] for first, second in pairwise(edits)):
        return False
    before = Counter(problem.code for problem in compose(passage, "").problems)
    after = compose.__wrapped__(replace(passage, text=edited(passage.text, edits)), "")
    before.subtract(problem.code for problem in after.problems)
    return {code: count for code, count in before.items() if count} == {"N214": len(repairs)}
