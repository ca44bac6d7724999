"""Filling a line: who gives way when it is too long, who grows when it is too short.

In: how much is to be added (or taken, below zero), and the junctions within the line. Out: the
change of each junction, in the same unit. CLREQ, "necessity for line adjustment": reduction
and expansion each go step by step, all gaps of one step together and equally.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from newsletter.typesetting.spacing import Shrink, Stretch

EPSILON = 1e-6


class Filling(Struct, frozen=True):
    """The change of each junction of a line, and by how much every common gap grew."""

    changes: tuple[float, ...]
    gap: float
    rest: float
    """What could not be placed: above zero the line stays short, below zero it is too long."""


class Give(NamedTuple):
    """What one junction can give: amounts in the unit of the line, and when its turn comes."""

    shrink: float
    shrink_step: int
    stretch: float
    stretch_step: int
    gap: bool


def fill(need: float, gives: Sequence[Give]) -> Filling:
    """Share `need` among the junctions of a line."""
    changes = [0.0] * len(gives)
    if abs(need) <= EPSILON:
        return Filling(tuple(changes), 0.0, 0.0)
    if need < 0:
        rest = need + _in_steps(-need, [(g.shrink, g.shrink_step) for g in gives], changes, -1)
        return Filling(tuple(changes), 0.0, 0.0 if rest > -EPSILON else rest)
    rest = need - _in_steps(need, [(g.stretch, g.stretch_step) for g in gives], changes, 1)
    if rest <= EPSILON:
        return Filling(tuple(changes), 0.0, 0.0)
    gaps = [index for index, give in enumerate(gives) if give.gap]
    if not gaps:
        return Filling(tuple(changes), 0.0, rest)
    share = rest / len(gaps)
    for index in gaps:
        changes[index] += share
    return Filling(tuple(changes), share, 0.0)


def _in_steps(
    need: float, offers: Sequence[tuple[float, int]], changes: list[float], sign: int
) -> float:
    """Take `need` from the offers, step after step; return how much was found."""
    found = 0.0
    for step in range(max(len(Shrink), len(Stretch))):
        here = [k for k, (amount, when) in enumerate(offers) if when == step and amount > 0]
        capacity = sum(offers[k][0] for k in here)
        if not capacity:
            continue
        share = min(1.0, (need - found) / capacity)
        for k in here:
            changes[k] += sign * offers[k][0] * share
        found += capacity * share
        if found >= need - EPSILON:
            return need
    return found
