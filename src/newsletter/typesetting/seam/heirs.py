"""Heirs: paragraphs that say the same as in the layout before are not shaped and planned again.

In: the units of a document before and now. Out: with each line box whose paragraph is the same,
the setting that was made for it. Lines come from it as if it had been made anew: a setting is
handed on only if all its lines follow from one plan, made from its beginning, and no box in it
depends on where it stands, shows a page's number or calls a note.

Only boxes of the same elements inherit, as what was laid out before belongs to these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.setting import Setting
from newsletter.typesetting.seam.units import Alike, Node, Unit, boxes_in

LINE = "LineBox"
NOTES = ("footnote", "note", "note_call", "note_callback")


class Heritage(NamedTuple):
    """A setting, the boxes that it was made from, and those that stand in their places now."""

    setting: Setting
    boxes: Sequence[Foreign]
    heirs: Sequence[Foreign]

    def taken(self) -> Setting:
        """Return the setting as if it had been made from the boxes of now."""
        heir_of = {id(box): heir for box, heir in zip(self.boxes, self.heirs, strict=True)}
        return self.setting.handed_on(heir_of)


def bequeath(
    old: Sequence[Unit], new: Sequence[Unit], alike: Alike, asking: Collection[Foreign]
) -> None:
    """Note with every line box of now what it inherits; those with boxes `asking` do not.

    Units are matched by name, and in those that changed the boxes before and after the change.
    """
    asked = {id(box) for box in asking}
    known = {unit.name: unit for unit in old}
    for unit in new:
        before = known.get(unit.name)
        if before is not None:
            for one, other in _same(before.nodes, unit.nodes, alike):
                _bequeath(one, other, asked)


def _same(
    old: Sequence[Node], new: Sequence[Node], alike: Alike
) -> Iterator[tuple[Sequence[Node], Sequence[Node]]]:
    """Yield the nodes of the line boxes that are the same, from the beginning and from the end."""
    most = min(len(old), len(new))
    first = next((k for k in range(most) if not alike.nodes(old[k], new[k])), most)
    rest = range(1, most - first + 1)
    last = next((k - 1 for k in rest if not alike.nodes(old[-k], new[-k])), most - first)
    shift = len(new) - len(old)
    for start, end in ((0, first), (len(old) - last, len(old))):
        for k in range(start, end):
            if old[k].kind.__name__ == LINE:
                stop = k + old[k].size
                if stop <= end:
                    moved = 0 if start == 0 else shift
                    yield old[k:stop], new[k + moved : stop + moved]


def _bequeath(old: Sequence[Node], new: Sequence[Node], asked: Collection[int]) -> None:
    """Have a line box inherit, if it can; what it inherits may itself have been inherited."""
    said = old[0].box.__dict__
    setting, inherited = said.get("setting"), said.get("heritage")
    if setting is None and inherited is None:
        return
    heirs = [node.box for node in new]
    are_same = all(one.element is other.element for one, other in zip(old, new, strict=True))
    if not are_same or any(id(box.missing_link) in asked or _has_note(box) for box in heirs):
        return
    if not (all(map(_is_as_it_was, old)) and _have_their_boxes(old) and _have_their_boxes(new)):
        return
    if setting is None:
        new[0].box.heritage = inherited._replace(heirs=heirs)
    elif setting.is_of_one_plan:
        new[0].box.heritage = Heritage(setting, [node.box for node in old], heirs)


def _is_as_it_was(node: Node) -> bool:
    """Tell whether layout left a box as it was: it takes the letter of `::first-letter` out."""
    return getattr(node.box, "text", None) == node.text and len(node.box.children) == node.below


def _have_their_boxes(nodes: Sequence[Node]) -> bool:
    """Tell whether the boxes in a line are still those of before layout: numbers bring others."""
    return [id(node.box) for node in nodes] == [*map(id, boxes_in(nodes[0].box))]


def _has_note(box: Foreign) -> bool:
    """Tell whether a box leads to a note, which is not among those in it."""
    return any(getattr(box, name) is not None for name in NOTES)
