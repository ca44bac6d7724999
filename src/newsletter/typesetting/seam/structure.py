"""The structure of a laid-out document: what its text and pictures are, in reading order.

In: the boxes of all pages with the numbers of their marked content. Out: a tree of `Node`s. An
element that lies on several pages or in several columns is one node, where WeasyPrint's own
tree has one for each piece. What has no node is decoration: running heads, folios, leaders,
table heads that are repeated, what CSS writes into empty elements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.nodes import Annotation, Mark, Node, Structure
from newsletter.typesetting.seam.roles import (
    AFTER_DROP_CAP,
    DOCUMENT,
    DROP_CAP,
    GROUPS,
    INLINE,
    LINES,
    NOTES,
    PARAGRAPH,
    has_class,
    has_link,
    is_decoration,
    role_of,
)

MARGINS = {"top": "Header", "bottom": "Footer"}
ROOTS = ("html", "body")
CELLS = frozenset({"TD", "TH"})


class _Around(NamedTuple):
    """What is around a box: its node, its language, its element, whether a link was begun.

    `block` is the nearest element that does not stand in a line, `tag` that of the box.
    """

    node: Node
    lang: str = ""
    element: Foreign = None
    block: Foreign = None
    is_linked: bool = False
    tag: str = ""

    def holds(self, box: Foreign) -> bool:
        """Tell whether a box is but a piece of what was entered last: a line, a text."""
        is_same = box.element is self.element and box.element_tag == self.tag
        return is_same and box.link_annotation is None


class Reader:
    """Reads the boxes of one page after the other into one tree."""

    def __init__(self) -> None:
        self.structure = Structure(Node(DOCUMENT))
        self.page = -1
        self.tags: Mapping[Foreign, Foreign] = {}
        self.known: dict[tuple[int, str], Node] = {}
        self.said: dict[tuple[int, str], bool] = {}
        self.paragraphs: dict[tuple[int, int], Node] = {}
        self.items: dict[int, Node] = {}
        self.drop_cap: Node | None = None
        self.order: dict[int, int] = {}

    def read(self, page_box: Foreign, tags: Mapping[Foreign, Foreign]) -> None:
        """Read the next page; `tags` give the marked content of its boxes."""
        self.page, self.tags = self.page + 1, tags
        self._box(page_box, _Around(self.structure.root))

    def finished(self) -> Structure:
        """Return the structure of all pages, when the last one is read."""
        root = self.structure.root
        _prune(root)
        for node in root.walk():
            _settle(node)
            _put_in_order(node)
        return self.structure

    def _box(self, box: Foreign, around: _Around) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands in for another
        if hasattr(box, "at_keyword"):
            self._margin(box)
            return
        if box.element is not None:
            if box.is_leader or not self._is_said(box) or self._is_repeated(box, around):
                self._pass_over(box)
                return
            if not around.holds(box):
                around = self._entered(box, around)
        if box in self.tags:
            self._mark(box, around)
        for child in box.__dict__.get("children", ()):
            self._box(child, around)

    def _pass_over(self, box: Foreign) -> None:
        """Put the annotations aside of what is no part of the structure."""
        for inner in box.descendants():
            if inner.link_annotation is not None:
                self.structure.needless.append(Annotation(self.page, inner.link_annotation))

    def _margin(self, box: Foreign) -> None:
        """Note what stands in a margin box: a head or foot of the page (14.8.2.2.2)."""
        side = str(box.at_keyword).removeprefix("@").split("-", maxsplit=1)[0]
        for inner in box.descendants():
            tag = self.tags.get(inner)
            if tag and side in MARGINS:
                self.structure.margins[self.page, tag["mcid"]] = MARGINS[side]

    def _is_said(self, box: Foreign) -> bool:
        """Tell whether there is something to say of what an element or pseudo-element holds."""
        key = _key(box)
        if key not in self.said:
            self.said[key] = not is_decoration(box.element, key[1])
        return self.said[key]

    def _is_repeated(self, box: Foreign, around: _Around) -> bool:
        """Tell whether a table's head or foot stood before, on another page or in a column."""
        if box.element.tag not in ("thead", "tfoot"):
            return False
        before = self.known.get(_key(box))
        return before is not None and before is not around.node

    def _entered(self, box: Foreign, around: _Around) -> _Around:
        """Return what is around the content of a box, its own node if it has one."""
        if not self.order:  # the first element is the root
            self.order = {id(inner): place for place, inner in enumerate(box.element.iter())}
        key = _key(box)
        lang = around.lang
        if key[1] == box.element.tag:
            lang = str(box.element.get("lang") or lang)
        node = self.known.get(key)
        if node is None:
            node = self.known[key] = self._begun(box, around, lang)
            if node.order < 0 and node is not around.node:
                node.order = self._place(box.element)
        block = around.block if box.element.tag in LINES else box.element
        is_linked = around.is_linked
        if box.link_annotation is not None:
            is_linked = self._link(box, node, is_within=is_linked)
        return _Around(node, lang, box.element, block, is_linked, str(box.element_tag))

    def _place(self, element: Foreign) -> int:
        """Return where an element stands in the HTML."""
        return self.order.get(id(element), -1)

    def _link(self, box: Foreign, node: Node, *, is_within: bool) -> bool:
        """Take a box's annotation; one within a box that has one repeats it (7.18.5)."""
        annotation = Annotation(self.page, box.link_annotation)
        if is_within or node.role != "Link":
            self.structure.needless.append(annotation)
        else:
            node.kids.append(annotation)
        return True

    def _mark(self, box: Foreign, around: _Around) -> None:
        """Put a box's marked content into its node; text stands in none that only groups."""
        node = around.node
        if node.role in GROUPS:
            node = self._paragraph(around)
        text = str(getattr(box, "text", ""))
        if str(box.element_tag).endswith("::after"):  # it stands apart, as a page's number does
            text = f" {text}"
        node.kids.append(Mark(self.page, self.tags[box]["mcid"], text))

    def _paragraph(self, around: _Around) -> Node:
        """Return the paragraph for what stands in an element that has none."""
        key = id(around.node), id(around.block)
        if key not in self.paragraphs:
            self.paragraphs[key] = around.node.add(PARAGRAPH)
        return self.paragraphs[key]

    # Nodes

    def _begun(self, box: Foreign, around: _Around, lang: str) -> Node:
        """Return the node for the content of an element that is met for the first time."""
        element = box.element
        role = role_of(element, str(box.element_tag))
        if around.node.role in ("TOC", "Reference") and role != "Link":
            return self._of_contents(role, around, element)
        if role in ("LI", "Lbl"):
            return self._item(element, around) if role == "LI" else self._label(around)
        if has_class(element, DROP_CAP):
            self.drop_cap = around.node.add(PARAGRAPH)
        if self.drop_cap and (has_class(element, DROP_CAP) or has_class(element, AFTER_DROP_CAP)):
            return self.drop_cap
        if not role and (lang == around.lang or element.tag in ROOTS):
            return around.node
        return self._made(role or ("Span" if element.tag in LINES else "Div"), box, around, lang)

    def _made(self, role: str, box: Foreign, around: _Around, lang: str) -> Node:
        parent = around.node
        if role in INLINE and parent.role in GROUPS:
            parent = self._paragraph(around)
        node = parent.add(role)
        if around.lang and lang != around.lang:
            node.lang = lang
        if role in DESCRIBED:
            DESCRIBED[role](node, box)
        return node

    def _of_contents(self, role: str, around: _Around, element: Foreign) -> Node:
        """Return the node of an entry in a table of contents, or of what stands between."""
        contents = around.node
        if contents.role == "Reference" or role not in (PARAGRAPH, "LI"):
            return contents
        if has_link(element):
            return contents.add("TOCI").add("Reference")
        return contents.add("TOCI").add(PARAGRAPH) if contents.kids else contents.add("Caption")

    def _item(self, element: Foreign, around: _Around) -> Node:
        """Return what holds the text of an item of a list, or of a note."""
        is_note = around.element is not None and has_class(around.element, NOTES)
        item = around.node.add("Note" if is_note else "LI")
        item.name = str(element.get("id") or "") if is_note else ""
        body = item.add(PARAGRAPH if is_note else "LBody")
        self.items[id(body)] = item
        return body

    def _label(self, around: _Around) -> Node:
        """Return the label of the item that is around."""
        item = self.items.get(id(around.node))
        if item is None:
            return around.node
        label = Node("Lbl")
        item.kids.insert(0, label)
        return label


def _key(box: Foreign) -> tuple[int, str]:
    """Return what the boxes of one element have in common, and those of one pseudo-element."""
    return id(box.element), str(box.element_tag)


# What a node says of itself -------------------------------------------------------------------


def _describe_figure(node: Node, box: Foreign) -> None:
    title = "{http://www.w3.org/2000/svg}title"
    node.alt = str(box.element.get("alt") or box.element.findtext(title) or "").strip()
    left, top = box.content_box_x(), box.content_box_y()
    node.area = left, top, left + box.width, top + box.height


def _describe_cell(node: Node, box: Foreign) -> None:
    """Say how many columns and rows a cell spans, and of which a heading is one (14.8.5.7)."""
    for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
        if span != 1:
            node.attributes[name] = int(span)
    if node.role == "TH":
        is_row = box.element.get("scope") in ("row", "rowgroup")
        node.attributes["Scope"] = "Row" if is_row else "Column"


def _describe_list(node: Node, box: Foreign) -> None:
    node.attributes["ListNumbering"] = "Decimal" if box.element.tag == "ol" else "Disc"


DESCRIBED: Mapping[str, Callable[[Node, Foreign], None]] = {
    "Figure": _describe_figure,
    "L": _describe_list,
    "TD": _describe_cell,
    "TH": _describe_cell,
}


# When all is read -----------------------------------------------------------------------------


def _prune(node: Node) -> bool:
    """Take away the nodes with nothing in them; tell whether anything is left.

    Cells without text stay: a row has as many as the others (ISO 14289-1:2014, 7.5).
    """
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid)]
    return node.role in CELLS or bool(node.kids)


def _settle(node: Node) -> None:
    """Give up what a node has no reason to say: a link that leads nowhere, unmarked items."""
    if node.role == "Link" and not node.annotations():
        node.role = "Span"
    if node.role == "L":
        parts = {part.role for item in node.nodes() for part in item.nodes()}
        if "Lbl" not in parts:
            node.attributes["ListNumbering"] = "None"


def _put_in_order(node: Node) -> None:
    """Read the parts of a group as they were written, wherever on the pages they came to stand.

    A picture that waits for the next page is still read before the paragraphs that passed it.
    """
    if all(isinstance(kid, Node) and kid.order >= 0 for kid in node.kids):
        node.kids.sort(key=lambda kid: kid.order if isinstance(kid, Node) else 0)
