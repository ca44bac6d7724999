"""Pairs: which units of two documents are the same, and where places in one are in the other.

A place is what WeasyPrint calls `resume_at`: the numbers of children that lead to it from the
root element, as dictionaries in one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.units import Alike, Unit

Path = tuple[int, ...]
NOWHERE: Foreign = object()
DEPTH = 2
"""How many children's numbers lead from the body to a unit, at most."""


class Tree:
    """Tells which unit a box or a place in the tree belongs to, and what is tried on a page.

    `deepest` is the last unit that was come to since the page was begun, -1 if there is none;
    `keeping` are the boxes of some kinds, by id, that keep what their next layout goes by.
    """

    def __init__(self, units: Sequence[Unit], kinds: tuple[type, ...]) -> None:
        self._at = {unit.path: number for number, unit in enumerate(units)}
        self._of_element = {
            element: number for number, unit in enumerate(units) for element in unit.elements
        }
        self._of_box = {id(unit.box): number for number, unit in enumerate(units)}
        self._parents = {id(unit.parent) for unit in units}
        self._kinds = kinds
        self.begin_page()

    def begin_page(self) -> None:
        """Begin to note what is tried on a page."""
        self.deepest = -1
        self.keeping: dict[int, Foreign] = {}

    def visit(self, box: Foreign) -> None:
        """Note that a box is tried."""
        number = self._of_box.get(id(box))
        if number is None:
            number = self._of_element.get(box.element, -1)
        self.deepest = max(self.deepest, number)
        if isinstance(box, self._kinds):
            self.keeping[id(box)] = box

    def is_reordered(self, turns: Foreign) -> bool:
        """Tell whether units themselves changed their order."""
        return any(turns.has_turned(parent) for parent in self._parents)

    def unit_at(self, resume_at: Foreign) -> int | None:
        """Return the unit in which a place lies, None if that is not known."""
        return self._at.get(_path(resume_at, self._at))


def _path(resume_at: Foreign, known: Mapping[Path, int]) -> Path:
    """Return the path of the unit in which a place lies: indices of the body's children."""
    below = (resume_at or {0: None}).get(0)
    path: Path = ()
    while path not in known and len(path) < DEPTH:
        place, below = next(iter(below.items())) if below else (0, None)
        path = *path, place
    return path


class Pairs:
    """The units of before that are the same now, wherever they stand.

    `elements` and `boxes`, these by their id, lead from those of before to those of now; also the
    boxes that WeasyPrint knows counters of, which it may have put copies of into the tree.
    `have_others` if any element is not the very same one.
    """

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], alike: Alike) -> None:
        self._old, self._new, self._heads = old, new, alike.heads
        self._at = {unit.path: number for number, unit in enumerate(old)}
        self._now = dict(_same(old, new, alike))
        self.elements: dict[Foreign, Foreign] = {}
        self.boxes: dict[int, Foreign] = {}
        for number, now in self._now.items():
            for node, other in zip(old[number].nodes, new[now].nodes, strict=True):
                self.elements[node.element] = other.element
                if node.box is None:
                    continue
                self.boxes[id(node.box)] = other.box
                if node.box.missing_link is not None:
                    self.boxes[id(node.box.missing_link)] = other.box.missing_link
        self.have_others = any(was is not now for was, now in self.elements.items())

    def let_nodes_go(self) -> None:
        """Let go of what units of before were compared by; where they stood is still asked for."""
        self._old = [unit.without_nodes() for unit in self._old]

    def now(self, number: int) -> int:
        """Return the number that a unit which is the same has now."""
        return self._now[number]

    def heirs(self, boxes: Iterable[int]) -> dict[int, Foreign]:
        """Return what boxes of before, given by id, are now, by its own id."""
        return {id(now): now for was in boxes if (now := self.boxes.get(was)) is not None}

    def stand(self, first: int, last: int) -> bool:
        """Tell whether some units are the same and follow each other, and the next one's head."""
        if not all(number in self._now for number in range(first, last + 1)):
            return False
        if self.now(last) - self.now(first) != last - first:
            return False
        after, after_now = last + 1, self.now(last) + 1
        if after == len(self._old) or after_now == len(self._new):
            is_same = after == len(self._old) and after_now == len(self._new)
        else:
            is_same = self._heads(self._old[after], self._new[after_now])
        steps = zip(range(first, after), range(self.now(first), after_now), strict=True)
        return is_same and all(
            _goes_on(self._old, number) == _goes_on(self._new, now) for number, now in steps
        )

    def moved(self, resume_at: Foreign, unit: int) -> Foreign:
        """Return where a place in a unit of before is now; `NOWHERE` if that is another place."""
        if resume_at is None:
            return None
        was, now = self._old[unit].path, self._new[self.now(unit)].path
        below = resume_at[0]
        rest: Foreign = None
        depth = 0
        for _ in was:
            if below is None:
                break
            depth += 1
            (_, below), = below.items()  # fmt: skip
        if depth < len(was) and was[depth:] != now[depth:]:
            return NOWHERE
        rest = below
        for place in reversed(now[:depth]):
            rest = {place: rest}
        return {0: rest}

    def moved_end(self, resume_at: Foreign, units: tuple[int, int]) -> Foreign:
        """Return where a page ends now: in one of its units, or before the next one."""
        if resume_at is None:
            return None
        unit = self._at[_path(resume_at, self._at)]
        if unit <= units[1]:
            return self.moved(resume_at, unit)
        now = self._new[self.now(units[1]) + 1].path
        below = next(iter(resume_at[0].values()))
        return {0: {now[0]: {now[1]: None} if below is not None else None}}


def _same(old: Sequence[Unit], new: Sequence[Unit], alike: Alike) -> Iterator[tuple[int, int]]:
    """Yield the numbers of units that are alike: first those in their old order, then by name."""
    most = min(len(old), len(new))
    first = next((k for k in range(most) if not alike.units(old[k], new[k])), most)
    yield from ((number, number) for number in range(first))
    rest = range(1, most - first + 1)
    last = next((k - 1 for k in rest if not alike.units(old[-k], new[-k])), most - first)
    yield from ((len(old) - k, len(new) - k) for k in range(last, 0, -1))
    named: dict[Foreign, list[int]] = {}
    for number in range(first, len(new) - last):
        named.setdefault(new[number].name, []).append(number)
    for number in range(first, len(old) - last):
        those = named.get(old[number].name, [])
        found = next((now for now in those if alike.units(old[number], new[now])), None)
        if found is not None:
            those.remove(found)
            yield number, found


def _goes_on(units: Sequence[Unit], number: int) -> bool:
    """Tell whether the unit after one has the same parent."""
    after = units[number + 1 : number + 2]
    return bool(after) and len(after[0].path) > 1 and after[0].path[0] == units[number].path[0]


def paragraph_at(root_box: Foreign, resume_at: Foreign, line_box: type) -> Foreign:
    """Return the line box in which a place lies, None if in none; `NOWHERE` if it is not clear."""
    box = root_box
    while resume_at:
        if isinstance(box, line_box):
            return box
        (index, below), *others = resume_at.items()
        if others or index >= len(box.children):
            return NOWHERE
        box, resume_at = box.children[index], below
    return box if isinstance(box, line_box) else None
