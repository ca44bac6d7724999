"""What the elements of a drawing refer to, and how large it becomes when that is drawn.

In: all elements with their references, and the references that stylesheets make. Out:
references to nothing, in circles, and in cascades that double with every step.

WeasyPrint 70 ends a circle with a RecursionError and half a picture, and draws 16,384 copies
of one rectangle, made by 14 nested doublings in 832 bytes, in 11 seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct, field

from newsletter.pictures.problem import Flaw, Problem
from newsletter.pictures.svg import style, values
from newsletter.pictures.svg.style import ReferenceRule
from newsletter.pictures.svg.vocabulary import Attributes

MOST_DRAWN = 200_000
DEEPEST_DRAWN = 128
# WeasyPrint 70 searches the whole drawing for every id: 5,000 of them in 10,000 elements
# took 32 seconds.
MOST_TARGETS = 1_000

_INHERITED_PAINT = ("fill", "stroke")
_DRAWN_ANEW = ("pattern", "marker")
_SHORTEST_VERTEX = 2  # characters of path data, as in "h1"


class Reference(NamedTuple):
    """That an element refers to an id by the attribute or property `name`."""

    name: str
    target: str


class Node(Struct, eq=False):
    """An element: its place in the tree and in the file, and what it refers to."""

    name: str
    parent: Node | None
    line: int
    column: int
    id: str = ""
    classes: str = ""
    children: list[Node] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    vertices: int = 0  # at most so many, here and below

    @property
    def selectors(self) -> frozenset[str]:
        """What a selector may have that selects it."""
        classes = (f".{name}" for name in self.classes.split())
        return frozenset(("*", self.name, f"#{self.id}", *classes))

    def problem(self, code: str, **found: str | int) -> Problem:
        """Return a problem that stands at this element."""
        return Problem(code, found, "default", self.line, self.column)


def collect(node: Node, attributes: Attributes) -> None:
    """Note in `node` what its attributes say, and in its parent that it is there."""
    said = attributes.get
    node.id, node.classes = said("id", ""), said("class", "")
    for name, value in attributes.items():
        if "(" in value and " " not in name:
            node.references += _addressed(name, value)
    if "style" in attributes:
        for name, value in style.declarations(attributes["style"]):
            node.references += _addressed(name, value)
    for name in attributes:
        if name == "href" or name.endswith(" href"):
            target = values.fragment(attributes[name])
            if target:
                node.references.append(Reference("href", target))
    if node.parent:
        node.parent.children.append(node)
    _count_vertices(node, len(said("d", "")) + len(said("points", "")))


def judge(nodes: list[Node], rules: Iterable[ReferenceRule]) -> Iterator[Problem]:
    """Yield what is wrong with the references of the tree whose root is the first node."""
    _apply(nodes, list(rules))
    targets: dict[str, Node] = {}
    for node in nodes:
        if node.id:
            targets.setdefault(node.id, node)
    wanted: dict[str, Node] = {}
    for node in nodes:
        for reference in node.references:
            wanted.setdefault(reference.target, node)
    for target, node in wanted.items():
        if target not in targets:
            yield node.problem("N348", target=target[:60])
    if len(wanted) > MOST_TARGETS:
        yield nodes[0].problem("N355", count=len(wanted), limit=MOST_TARGETS)
    if not wanted:  # then it is no larger and no deeper than the reader let it be
        return
    try:
        _Expansion(targets).of(nodes[0], 0)
    except Flaw as stop:
        yield stop.problem


def _addressed(name: str, value: str) -> Iterator[Reference]:
    return (Reference(name, target) for target in values.fragments(value))


def _count_vertices(node: Node, characters: int) -> None:
    if not characters:
        return
    above: Node | None = node
    while above:
        above.vertices += characters // _SHORTEST_VERTEX + 1
        above = above.parent


def _apply(nodes: list[Node], rules: list[ReferenceRule]) -> None:
    by_selector: dict[str, list[Reference]] = {}
    for rule in rules:
        for selector in rule.selectors:
            by_selector.setdefault(selector, []).append(Reference(rule.name, rule.target))
    if not by_selector:
        return
    for node in nodes:
        found = (by_selector.get(selector, ()) for selector in node.selectors)
        node.references += dict.fromkeys(reference for group in found for reference in group)


class _Expansion(Struct):
    """Counts the elements that are drawn when every reference is followed."""

    _targets: dict[str, Node]
    _known: dict[Node, tuple[int, int]] = field(default_factory=dict)  # drawn, depth below
    _open: set[Node] = field(default_factory=set)

    def of(self, node: Node, depth: int) -> int:
        """Return how many elements `node` comes to; too many, too deep or a circle is a flaw."""
        known, below = self._known.get(node, (None, 0))
        if depth + below > DEEPEST_DRAWN:
            raise Flaw(node.problem("N344", limit=DEEPEST_DRAWN))
        if known is not None:
            return known
        if node in self._open:
            raise Flaw(node.problem("N347", target=node.id[:60]))
        self._open.add(node)
        drawn = self._drawn(node, depth + 1)
        self._open.remove(node)
        if drawn > MOST_DRAWN:
            raise Flaw(node.problem("N346", limit=MOST_DRAWN))
        self._known[node] = drawn, self._depth_below(node)
        return drawn

    def _drawn(self, node: Node, depth: int) -> int:
        """Add up children and targets; a paint is drawn for every shape that inherits it."""
        total = 1 + sum(self.of(child, depth) for child in node.children)
        paints = 0
        for name, target in self._resolved(node):
            count = self.of(target, depth)
            if name.startswith("marker"):
                total += count * node.vertices
            elif name in _INHERITED_PAINT:
                paints += count
            else:
                total += count
            self._judge_inheritance(name, node, target)
        return total * (1 + paints)

    def _resolved(self, node: Node) -> Iterator[tuple[str, Node]]:
        for name, target in node.references:
            if target in self._targets:
                yield name, self._targets[target]

    def _judge_inheritance(self, name: str, node: Node, target: Node) -> None:
        """Refuse a pattern or marker inside the element that it paints: it inherits itself.

        WeasyPrint 70 draws nothing for such a pattern, and half a picture for such a marker.
        """
        inherited = name in _INHERITED_PAINT or name.startswith("marker")
        above = target.parent if inherited and target.name in _DRAWN_ANEW else None
        while above:
            if above is node:
                raise Flaw(node.problem("N347", target=target.id[:60]))
            above = above.parent

    def _depth_below(self, node: Node) -> int:
        related = [*node.children, *(target for _, target in self._resolved(node))]
        return max((1 + self._known[other][1] for other in related), default=0)
