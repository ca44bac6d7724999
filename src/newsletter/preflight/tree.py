"""The structure tree of a PDF, read once and whatever is wrong with it.

In: an open document. Out: its structure elements with the standard types that they are mapped to
(ISO 32000-1:2008, 14.7), the content and the annotations that each holds. What is no element is
passed over; an element that comes back in its own tree is read once.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from newsletter.pdf.objects import dictionary, entries, is_array, is_dictionary, name, number
from newsletter.preflight.document import Document

STANDARD = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI"),
        *("Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)
"""The standard structure types (ISO 32000-1:2008, 14.8.4)."""
DEEPEST = 200
Holder = int | tuple[int, int]
"""Where marked content stands: on a page, counted from 1, or in the object of a form."""
Piece = tuple[Holder, int]
"""A piece of marked content: where it stands, and its number there."""


class Element(Struct, eq=False):
    """A structure element: its type as written and as mapped, and what it holds.

    `page` counts from 1; it is 0 where nothing says on which one the element begins. `parts` are
    elements and marked content in reading order.
    """

    written: str
    role: str
    entry: Any
    parent: Element | None = None
    page: int = 0
    parts: list[Element | Piece] = field(default_factory=list)
    objects: list[Any] = field(default_factory=list)

    @property
    def kids(self) -> list[Element]:
        """The elements directly below."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def contents(self) -> list[Piece]:
        """The pieces of marked content directly below."""
        return [part for part in self.parts if not isinstance(part, Element)]

    def text(self, key: str) -> str:
        """Return a text entry, "" if there is none."""
        value = self.entry.get(key)
        return "" if value is None else str(value)

    def attribute(self, name: str) -> Any:  # noqa: ANN401 - a PDF object
        """Return an attribute of whatever owner; None if there is none."""
        given = self.entry.get("/A")
        for attributes in given if is_array(given) else [given]:
            if is_dictionary(attributes) and name in attributes:
                return attributes[name]
        return None

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def ancestors(self) -> Iterator[Element]:
        """Yield the elements around this one, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent


class Tree(Struct, frozen=True):
    """A structure tree: all elements in reading order, and the mapping of roles."""

    elements: tuple[Element, ...]
    role_map: Mapping[str, str]

    def of_role(self, *roles: str) -> Iterator[Element]:
        """Yield the elements of some roles, in reading order."""
        yield from (element for element in self.elements if element.role in roles)

    def of_objects(self) -> dict[tuple[int, int], Element]:
        """Return which element holds each annotation, by the number of its object."""
        return {
            thing.objgen: element
            for element in self.elements
            for thing in element.objects
            if is_dictionary(thing)
        }

    def owners(self) -> dict[Piece, Element]:
        """Return which element holds each piece of marked content."""
        return {content: element for element in self.elements for content in element.contents}


@functools.lru_cache(maxsize=2)
def read_tree(document: Document) -> Tree:
    """Return the structure tree of a document, an empty one if there is none."""
    root = dictionary(document.pdf.Root, "/StructTreeRoot")
    reader = _Reader(document, _role_map(dictionary(root, "/RoleMap")))
    top = reader.elements(root.get("/K"), None, 0)
    return Tree(tuple(each for element in top for each in element.walk()), reader.role_map)


def mapped(role_map: Mapping[str, str], name: str) -> str:
    """Return the standard type that a type is mapped to, "" if there is none."""
    seen: set[str] = set()
    while name not in STANDARD:
        if name in seen or name not in role_map:
            return ""
        seen.add(name)
        name = role_map[name]
    return name


def _role_map(given: Any) -> dict[str, str]:  # noqa: ANN401
    return {key.lstrip("/"): name(value) for key, value in entries(given)}


class _Reader:
    def __init__(self, document: Document, role_map: Mapping[str, str]) -> None:
        self.role_map = role_map
        self.pages = {page.obj.objgen: number for number, page in enumerate(document.pdf.pages, 1)}
        self.seen: set[tuple[int, int]] = set()

    def elements(self, kids: Any, parent: Element | None, depth: int) -> list[Element]:  # noqa: ANN401
        """Return the elements among some kids; give the parent all of them that it can hold."""
        found = []
        for kid in kids if is_array(kids) else [kids]:
            if is_dictionary(kid) and kid.get("/S") is not None:
                element = self._element(kid, parent, depth)
                if element is not None:
                    found.append(element)
                    if parent is not None:
                        parent.parts.append(element)
            elif parent is not None:
                self._content(kid, parent)
        return found

    def _element(self, entry: Any, parent: Element | None, depth: int) -> Element | None:  # noqa: ANN401
        if depth > DEEPEST or (entry.is_indirect and entry.objgen in self.seen):
            return None
        self.seen.add(entry.objgen)
        written = name(entry["/S"])
        element = Element(written, mapped(self.role_map, written), entry, parent)
        element.page = self._page(entry.get("/Pg"))
        self.elements(entry.get("/K"), element, depth + 1)
        if not element.page:
            pages = (holder for holder, _ in element.contents if isinstance(holder, int))
            below = (kid.page for kid in element.kids if kid.page)
            element.page = next(pages, 0) or next(below, 0)
        return element

    def _content(self, kid: Any, parent: Element) -> None:  # noqa: ANN401
        """Take marked content or an object reference (14.7.4.2, 14.7.4.3)."""
        if isinstance(kid, int):
            parent.parts.append((parent.page, int(kid)))
        elif is_dictionary(kid) and "/MCID" in kid:
            stream = kid.get("/Stm")
            page = self._page(kid.get("/Pg")) or parent.page
            holder: Holder = stream.objgen if stream is not None else page
            parent.parts.append((holder, int(number(kid["/MCID"], -1.0) or 0)))
        elif is_dictionary(kid) and "/Obj" in kid:
            parent.objects.append(kid["/Obj"])

    def _page(self, given: Any) -> int:  # noqa: ANN401
        return self.pages.get(given.objgen, 0) if is_dictionary(given) else 0
