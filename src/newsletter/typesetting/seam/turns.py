"""In what order the blocks of a parent are laid out, where some let the ones after them go first.

In: a parent and its children as WeasyPrint lays them out, one after another. Out: the child whose
turn it is. WeasyPrint walks through a copy of the parent's children, and goes on overleaf by their
numbers in the parent itself; so a change of order is made in the parent, and kept beside it for
as long as the walk through the copy lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletter.typesetting.seam.foreign import Foreign

Orders = Sequence[tuple[int, ...]]
"""For parents, the numbers that their children had at first; nothing where these never moved."""


class Turns:
    """The changes of order of every parent; `passed` counts them."""

    def __init__(self) -> None:
        self.passed = 0
        self._first: dict[int, tuple[Foreign, list[Foreign]]] = {}
        self._walks: dict[int, dict[int, Foreign]] = {}

    def has_turned(self, parent: int) -> bool:
        """Tell whether children of the parent with this id ever changed their order."""
        return parent in self._first

    def orders(self, root: Foreign, place: Foreign) -> Orders:
        """Return the order of the children of every parent on the way to a place, from the root.

        It ends with the last parent whose children moved: the way may lead through a first letter
        that is not taken out yet.
        """
        found = self._orders(root, place)
        while found and not found[-1]:
            found.pop()
        return found

    def _orders(self, root: Foreign, place: Foreign) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = []
        for index, below in (place or {}).items():
            found.append(self._order(root))
            if index < len(root.children):
                found += self._orders(root.children[index], below)
        return found

    def arrange(self, root: Foreign, place: Foreign, orders: Orders) -> None:
        """Put the children of every parent on the way to a place into the order of before."""
        self._arrange(root, place, iter(orders))

    def _arrange(self, root: Foreign, place: Foreign, orders: Iterator[tuple[int, ...]]) -> None:
        for index, below in (place or {}).items():
            order = next(orders, ())
            if order != self._order(root):
                _, children = self._first.setdefault(id(root), (root, list(root.children)))
                root.children = [children[k] for k in order] if order else list(children)
            if index < len(root.children):
                self._arrange(root.children[index], below, orders)

    def _order(self, parent: Foreign) -> tuple[int, ...]:
        """Return where the children of a parent stood at first; nothing if they never moved."""
        if id(parent) not in self._first:
            return ()
        place_of = {id(child): k for k, child in enumerate(self._first[id(parent)][1])}
        order = tuple(place_of[id(child)] for child in parent.children)
        return () if order == tuple(sorted(order)) else order

    def begin(self, parent: Foreign, *, afresh: bool) -> None:
        """Begin a walk through a parent's children; afresh, in the order that they had at first."""
        self._walks.pop(id(parent), None)
        if afresh and id(parent) in self._first:
            parent.children = list(self._first[id(parent)][1])

    def now(self, box: Foreign, parent: Foreign) -> Foreign:
        """Return the child whose turn it is when the walk comes to a child."""
        return self._walks.get(id(parent), {}).get(id(box), box)

    def following(self, box: Foreign, parent: Foreign) -> list[Foreign]:
        """Return the children after one."""
        return list(parent.children[_index(box, parent) + 1 :])

    def let_pass(self, box: Foreign, passing: Foreign, parent: Foreign) -> None:
        """Let a child that comes later go before another, and keep the order of the rest."""
        self.passed += 1
        children = list(parent.children)
        self._first.setdefault(id(parent), (parent, children))
        first, last = _index(box, parent), _index(passing, parent)
        after = [*children[:first], passing, *children[first:last], *children[last + 1 :]]
        walk = self._walks.setdefault(id(parent), {})
        place_of = {id(walk.get(id(child), child)): id(child) for child in children}
        walk |= {place_of[id(was)]: now for was, now in zip(children, after, strict=True)}
        parent.children = after


def _index(box: Foreign, parent: Foreign) -> int:
    return next(k for k, child in enumerate(parent.children) if child is box)
