"""Nodes: the structure of a document as a tree of plain values."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from newsletter.typesetting.seam.foreign import Foreign


class Mark(Struct, frozen=True):
    """A piece of marked content: its page from 0, its number on it, its words."""

    page: int
    mcid: int
    text: str = ""


class Annotation(Struct, frozen=True):
    """A link's annotation on a page; `source` is WeasyPrint's own object."""

    page: int
    source: Foreign


class Node(Struct, eq=False):
    """A structure element: its type, what is in it, and what it says of itself.

    `area` is left, top, right and bottom in CSS pixels from the upper left corner of the page.
    `order` is where its element stands in the HTML, below zero for a node without an element.
    """

    role: str
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    lang: str = ""
    alt: str = ""
    name: str = ""
    attributes: dict[str, str | int] = field(default_factory=dict)
    area: tuple[float, float, float, float] | tuple[()] = ()
    order: int = -1

    def add(self, role: str) -> Node:
        """Append a node and return it."""
        node = Node(role)
        self.kids.append(node)
        return node

    def text(self) -> str:
        """Return the words of a node and of all below it."""
        said = (
            kid.text() if isinstance(kid, Node) else kid.text
            for kid in self.kids
            if not isinstance(kid, Annotation)
        )
        return "".join(said)

    def nodes(self) -> list[Node]:
        """Return the nodes directly below."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def marks(self) -> list[Mark]:
        """Return the marked content directly below."""
        return [kid for kid in self.kids if isinstance(kid, Mark)]

    def annotations(self) -> list[Annotation]:
        """Return the annotations directly below."""
        return [kid for kid in self.kids if isinstance(kid, Annotation)]

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in reading order."""
        yield self
        for node in self.nodes():
            yield from node.walk()


class Structure(Struct):
    """The tree, the heads and feet of pages, and the annotations that repeat another.

    `margins` say of marked content, by its page and number, whether it is a Header or a Footer.
    """

    root: Node
    margins: dict[tuple[int, int], str] = field(default_factory=dict)
    needless: list[Annotation] = field(default_factory=list)
