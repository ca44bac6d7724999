"""Plates: the pictures of a page as its blocks name them, matched and measured.

In: the blocks of both pages of a pair. Out: which picture is which, and a `Change` for one that
moved, grew, came or went. What a picture shows is looked at elsewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsletter.review.classes import Area, Change, Kind
from newsletter.review.observations import LEAST_SHIFT_MM
from newsletter.review.sides import Blocks
from newsletter.typesetting.blocks import PICTURES, SetBlock


class Plate(NamedTuple):
    """The same picture on the old page and on the new one."""

    old: SetBlock
    new: SetBlock

    @property
    def way_mm(self) -> tuple[float, float]:
        """How far it went to the right and down."""
        return (
            round(self.new.left_mm - self.old.left_mm, 2) + 0.0,
            round(self.new.top_mm - self.old.top_mm, 2) + 0.0,
        )

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere in the same size."""
        return max(map(abs, self.way_mm)) >= LEAST_SHIFT_MM and not self.is_resized

    @property
    def is_resized(self) -> bool:
        """Whether it is larger or smaller."""
        wider, higher = (
            self.new.width_mm - self.old.width_mm,
            self.new.height_mm - self.old.height_mm,
        )
        return max(abs(wider), abs(higher)) >= LEAST_SHIFT_MM


def area(block: SetBlock) -> Area:
    """Return the rectangle of a block."""
    return block.left_mm, block.top_mm, block.width_mm, block.height_mm


def matched(old: Blocks, new: Blocks) -> tuple[list[Plate], list[SetBlock], list[SetBlock]]:
    """Return the pictures that both pages have, those that are gone, and those that came."""
    before, now = _pictures(old), _pictures(new)
    matcher = difflib.SequenceMatcher(
        None, [_name(block) for block in before], [_name(block) for block in now], autojunk=False
    )
    plates, gone, come = [], [], []
    for what, i, j, k, m in matcher.get_opcodes():
        both = min(j - i, m - k) if what in ("equal", "replace") else 0
        plates += [Plate(before[i + n], now[k + n]) for n in range(both)]
        gone += before[i + both : j]
        come += now[k + both : m]
    return plates, gone, come


def _pictures(blocks: Blocks) -> list[SetBlock]:
    return [block for block in blocks if block.element in PICTURES]


def _name(block: SetBlock) -> tuple[str, str, str]:
    """Return what a picture is known by; its line of YAML may be another now."""
    return block.article, block.element, block.origin.rpartition(":")[0]


def plate_changes(
    plates: Sequence[Plate], gone: Sequence[SetBlock], come: Sequence[SetBlock]
) -> Iterator[Change]:
    """Yield what became of the pictures, but for what they show."""
    for plate in plates:
        if plate.is_moved or plate.is_resized:
            dx, dy = plate.way_mm
            yield Change(
                kind=Kind.PICTURE if plate.is_resized else Kind.MOVED,
                what="picture",
                count=1,
                before=_size(plate.old) if plate.is_resized else "",
                now=_size(plate.new) if plate.is_resized else "",
                dx_mm=dx,
                dy_mm=dy,
                old_area=area(plate.old),
                new_area=area(plate.new),
                origin=plate.new.origin,
                article=plate.new.article,
            )
    for block in gone:
        yield _alone(block, before=_size(block), old_area=area(block))
    for block in come:
        yield _alone(block, now=_size(block), new_area=area(block))


def _alone(
    block: SetBlock,
    before: str = "",
    now: str = "",
    old_area: Area | None = None,
    new_area: Area | None = None,
) -> Change:
    return Change(
        Kind.PICTURE,
        "picture",
        1,
        before,
        now,
        old_area=old_area,
        new_area=new_area,
        origin=block.origin,
        article=block.article,
    )


def _size(block: SetBlock) -> str:
    return f"{block.width_mm:.1f} × {block.height_mm:.1f} mm"
