"""The units of a document, by which one layout is compared with the next.

In: WeasyPrint's tree of boxes before it is laid out. Out: its units, the children of the body and
those of plain blocks in it, each with what its layout depends on; and whether two are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from newsletter.typesetting.seam.foreign import Foreign


class Node(NamedTuple):
    """A box as it was before layout, which changes some.

    `label` is what it says elsewhere, in bookmarks and running heads, where counters may show;
    `below` is how many children it has, -1 around a unit; `size` how many boxes it is with all
    that is in it. The box itself is None in a thin unit, unless others ask for it.
    """

    box: Foreign
    kind: type
    tag: str
    element: Foreign
    style: Foreign
    first_letter: Foreign
    first_line: Foreign
    text: str | None
    picture: Foreign
    label: Foreign
    below: int
    size: int


class Unit(Struct, frozen=True):
    """A part of the body: where it is in it, its box, and all boxes that its layout depends on.

    `nodes` begin with those around it, from the root element on, `around` in number.
    """

    path: tuple[int, ...]
    box: Foreign
    parent: Foreign
    around: int
    nodes: tuple[Node, ...]

    def without_box(self) -> Unit:
        """Return a unit that no longer holds its box, with all that is in that."""
        return replace(self, box=None, parent=None)

    def without_nodes(self) -> Unit:
        """Return a unit that holds no boxes at all, and cannot be compared any more."""
        return replace(self, box=None, parent=None, nodes=())

    def thinned(self, kinds: tuple[type, ...]) -> Unit:
        """Return a unit whose nodes hold no boxes, but those of some kinds and with page numbers.

        It can be compared as before; what stands in its boxes is not handed on.
        """
        nodes = (
            node
            if node.box.missing_link is not None or issubclass(node.kind, kinds)
            else Node(None, *node[1:])
            for node in self.nodes
        )
        return replace(self, nodes=tuple(nodes))

    @property
    def name(self) -> Foreign:
        """Return what its element is called; units without a name of their own may share one."""
        own = self.nodes[self.around]
        return own.tag, own.element.get("id") if own.element is not None else None

    @property
    def is_first(self) -> bool:
        """Tell whether no other unit of its parent goes before."""
        return self.path[-1] == 0

    @property
    def elements(self) -> set[Foreign]:
        """The elements that belong to this unit alone."""
        outside = {node.element for node in self.nodes[: self.around]}
        return {node.element for node in self.nodes[self.around :]} - outside


def units_of(root_box: Foreign, thin_but: tuple[type, ...] | None = None) -> list[Unit]:
    """Return the units of a document in order; none if its root has other children than a body.

    A body may itself stand in a line. With `thin_but` they are thin, but for boxes of these kinds.
    """
    if len(root_box.children) != 1 or type(root_box.children[0]).__name__ == "LineBox":
        return []
    body = root_box.children[0]
    frame = (_node(root_box, is_whole=False), _node(body, is_whole=False))
    return [
        unit if thin_but is None else unit.thinned(thin_but)
        for place, box in enumerate(body.children)
        for unit in _units(place, box, frame)
    ]


def _units(place: int, box: Foreign, frame: tuple[Node, ...]) -> Iterator[Unit]:
    body = frame[-1].box
    if not _is_plain(box):
        yield Unit((place,), box, body, len(frame), (*frame, *_nodes(box)))
        return
    around = (*frame, _node(box, is_whole=False))
    for number, child in enumerate(box.children):
        yield Unit((place, number), child, box, len(around), (*around, *_nodes(child)))


def _is_plain(box: Foreign) -> bool:
    """Tell whether a block is nothing but blocks, one below the other."""
    style = box.style
    is_block = type(box).__name__ == "BlockBox" and style["position"] in {"static", "relative"}
    has_columns = style["column_count"] != "auto" or style["column_width"] != "auto"
    below = [child for child in box.children if type(child).__name__ != "BlockBox"]
    return (
        is_block
        and style["float"] == "none"
        and not has_columns
        and not below
        and (len(box.children) > 1)
    )


def _nodes(box: Foreign) -> list[Node]:
    """Return the nodes of a box and of those in it, each before what it holds."""
    below = [node for child in _all_below(box) for node in _nodes(child)]
    return [_node(box, 1 + len(below)), *below]


def boxes_in(box: Foreign) -> Iterator[Foreign]:
    """Yield a box and those in it, in the order of their nodes."""
    yield box
    for child in _all_below(box):
        yield from boxes_in(child)


def _all_below(box: Foreign) -> tuple[Foreign, ...]:
    """Return a box's children with a table's columns, which one for the margins has not yet."""
    return *box.children, *getattr(box, "column_groups", ())


def _node(box: Foreign, size: int = 0, *, is_whole: bool = True) -> Node:
    """Return the node of a box; that of one around a unit does not count what is in it."""
    return Node(
        box=box,
        kind=type(box),
        tag=box.element_tag,
        element=box.element,
        style=box.style,
        first_letter=box.first_letter_style,
        first_line=box.first_line_style,
        text=getattr(box, "text", None),
        picture=getattr(box, "replacement", None),
        label=(box.bookmark_label, tuple(box.string_set)) if box.string_set else box.bookmark_label,
        below=len(box.children) if is_whole else -1,
        size=size,
    )


class Alike:
    """Tells whether units of two documents are alike; styles are compared once for each pair."""

    def __init__(self) -> None:
        self._styles: dict[tuple[int, int], bool] = {}

    def units(self, one: Unit, other: Unit) -> bool:
        """Tell whether two units are laid out alike wherever they stand."""
        if len(one.nodes) != len(other.nodes) or one.around != other.around:
            return False
        return all(map(self.nodes, one.nodes, other.nodes))

    def heads(self, one: Unit, other: Unit) -> bool:
        """Tell whether two units ask for the same break before them and the same page."""
        if one.around != other.around or one.is_first != other.is_first:
            return False
        mine, others = _chain(one), _chain(other)
        return len(mine) == len(others) and all(map(self._heads, mine, others))

    def _heads(self, one: Node, other: Node) -> bool:
        return one.kind is other.kind and self.styles(one.style, other.style)

    def nodes(self, one: Node, other: Node) -> bool:
        """Tell whether two boxes are alike, but for what is in them."""
        return (
            one.kind is other.kind
            and one.tag == other.tag
            and one.text == other.text
            and one.label == other.label
            and one.below == other.below
            and one.picture is other.picture
            and self.styles(one.style, other.style)
            and self.styles(one.first_letter, other.first_letter)
            and self.styles(one.first_line, other.first_line)
            and _says_the_same(one.element, other.element)
        )

    def styles(self, one: Foreign, other: Foreign) -> bool:
        """Tell whether two styles compute to the same."""
        if one is other:
            return True
        if one is None or other is None or type(one) is not type(other):
            return False
        key = id(one), id(other)
        if key not in self._styles:
            self._styles[key] = self._compared(one, other)
        return self._styles[key]

    def _compared(self, one: Foreign, other: Foreign) -> bool:
        if hasattr(one, "cascaded"):
            mine, others = (one.pseudo_type, one.base_url), (other.pseudo_type, other.base_url)
            is_same = one.cascaded is other.cascaded or one.cascaded == other.cascaded
            if mine != others or not is_same:
                return False
        return self.styles(getattr(one, "parent_style", None), getattr(other, "parent_style", None))


def _chain(unit: Unit) -> list[Node]:
    """Return the nodes around a unit, its own, and those of each first child in it."""
    chain = list(unit.nodes[: unit.around + 1])
    for node in unit.nodes[unit.around + 1 :]:
        if not chain[-1].below:
            break
        chain.append(node)
    return chain


def _says_the_same(one: Foreign, other: Foreign) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one.tag == other.tag and one.attrib == other.attrib)
