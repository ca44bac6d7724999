"""Tagging: the structure tree of a PDF, in the place of WeasyPrint's `add_tags`.

In: the pages with their streams, as each is painted, then WeasyPrint's PDF before it is written.
Out: the same PDF with a structure tree (ISO 32000-1:2008, 14.7) in which each link has its place,
and with all that is no part of it marked as an artifact (14.8.2.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.nodes import Annotation, Mark, Node, Structure
from newsletter.typesetting.seam.structure import Reader

if TYPE_CHECKING:
    from weasyprint import Document

POINTS = 0.75
"""Points in a pixel of CSS (CSS Values 3, 6.2)."""
OWNERS = {"Figure": "Layout", "L": "List", "TD": "Table", "TH": "Table"}
"""Who defines the attributes of an element (14.8.5.1)."""


class Tagging:
    """Stands in for `add_tags`, with what it has read of the pages as each was painted."""

    def __init__(self) -> None:
        self._reader = Reader()

    def read(self, page: Foreign, stream: Foreign) -> None:
        """Read a page whose content is in its stream, if that is tagged.

        Its boxes forget their links, which may be left out of another file of the same pages.
        """
        if stream._tags is not None:  # noqa: SLF001 - the seam
            self._reader.read(page._page_box, stream._tags)  # noqa: SLF001
        for *_link, box in page.links:
            box.link_annotation = None

    def add_tags(
        self,
        pdf: Foreign,
        document: Document,
        _pdf_version: Foreign,
        page_streams: Sequence[Foreign],
    ) -> None:
        """Write the structure of a document into its PDF."""
        import pydyf

        if not document.metadata.lang:
            _complain("the page has no language")
        structure = self._reader.finished()
        sizes = [(page.width * POINTS, page.height * POINTS) for page in document.pages]
        writer = _Writer(pdf, sizes)
        writer.write(structure.root)
        _remove_annotations(pdf, structure.needless)
        for page, stream in enumerate(page_streams):
            _set_aside(stream, page, writer.owners[page], structure)
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _complain(message: str) -> None:
    """Say what the file cannot do without, as WeasyPrint says such things."""
    from weasyprint.logger import LOGGER

    LOGGER.error(message)


class _Writer:
    """Writes nodes as objects of the PDF; `owners` are the elements of each page's content."""

    def __init__(self, pdf: Foreign, sizes: Sequence[tuple[float, float]]) -> None:
        import pydyf

        self.pydyf, self.pdf, self.sizes = pydyf, pdf, sizes
        self.pages = pdf.page_references  # made anew each time it is asked for
        self.owners: dict[int, dict[int, bytes]] = defaultdict(dict)
        self.links: list[tuple[bytes, Annotation]] = []
        self.names: dict[str, bytes] = {}

    def write(self, root: Node) -> None:
        """Write the tree, and from content and annotations the way back to it (14.7.4.4)."""
        tree = self._added({"Type": "/StructTreeRoot"})
        tree["K"] = self.pydyf.Array([self._element(root, tree)])
        tree["ParentTree"] = self._parent_tree()
        tree["ParentTreeNextKey"] = len(self.sizes) + len(self.links)
        if self.names:
            pairs = sorted(self.names.items(), key=lambda pair: pair[0].encode())
            listed = [item for name, element in pairs for item in (self._text(name), element)]
            tree["IDTree"] = self._added({"Names": self.pydyf.Array(listed)}).reference
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _added(self, values: dict[str, Foreign]) -> Foreign:
        dictionary = self.pydyf.Dictionary(values)
        self.pdf.add_object(dictionary)
        return dictionary

    def _text(self, text: str) -> Foreign:
        return self.pydyf.String(text)

    def _element(self, node: Node, parent: Foreign) -> bytes:
        element = self._added({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        reference: bytes = element.reference
        pages = [kid.page for kid in node.kids if not isinstance(kid, Node)]
        if pages:
            element["Pg"] = self.pages[pages[0]]
        self._describe(node, element, pages)
        kids = [self._kid(kid, element, pages) for kid in node.kids]
        if kids:
            element["K"] = self.pydyf.Array(kids)
        for annotation in node.annotations():
            self._link(annotation, node, reference)
        return reference

    def _kid(self, kid: Node | Mark | Annotation, element: Foreign, pages: list[int]) -> Foreign:
        """Return what stands in K for a node, marked content or an annotation (14.7.2)."""
        if isinstance(kid, Node):
            return self._element(kid, element)
        if isinstance(kid, Annotation):
            page = self.pages[kid.page]
            reference = {"Type": "/OBJR", "Obj": kid.source.reference, "Pg": page}
            return self.pydyf.Dictionary(reference)
        self.owners[kid.page][kid.mcid] = element.reference
        if kid.page == pages[0]:
            return kid.mcid
        page = self.pages[kid.page]
        return self.pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.mcid})

    def _describe(self, node: Node, element: Foreign, pages: list[int]) -> None:
        if node.role == "Figure" and not node.alt:
            _complain("a picture has no alt text")
        for key, text in (("Lang", node.lang), ("Alt", node.alt), ("ID", node.name)):
            if text:
                element[key] = self._text(text)
        if node.name:
            self.names[node.name] = element.reference
        attributes = {
            key: f"/{value}" if isinstance(value, str) else value
            for key, value in node.attributes.items()
        }
        if node.area and pages:
            attributes["BBox"] = self.pydyf.Array(self._on_page(node.area, pages[0]))
        if attributes:
            owner = {"O": f"/{OWNERS[node.role]}"}
            element["A"] = self.pydyf.Dictionary(owner | attributes)

    def _on_page(self, area: Sequence[float], page: int) -> tuple[float, ...]:
        """Return an area in the page's own coordinates, as far as it lies on the trimmed page.

        They count points upwards from the lower left corner of the trim.
        """
        width, height = self.sizes[page]
        left, top, right, bottom = (value * POINTS for value in area)
        corners = (
            max(left, 0),
            max(height - bottom, 0),
            min(right, width),
            min(height - top, height),
        )
        return tuple(round(value, 3) for value in corners)

    def _link(self, annotation: Annotation, node: Node, reference: bytes) -> None:
        """Tie an annotation to its element, and say where it leads by the words of its link."""
        self.links.append((reference, annotation))
        source = annotation.source
        source["StructParent"] = len(self.sizes) + len(self.links) - 1
        words = " ".join(node.text().split())
        if words:
            source["Contents"] = self._text(words)

    def _parent_tree(self) -> bytes:
        numbers: list[Foreign] = []
        for page in range(len(self.sizes)):
            owners = self.owners[page]
            listed = [owners.get(mcid, "null") for mcid in range(max(owners, default=-1) + 1)]
            numbers += [page, self.pydyf.Array(listed)]
        for key, (reference, _annotation) in enumerate(self.links, start=len(self.sizes)):
            numbers += [key, reference]
        found: bytes = self._added({"Nums": self.pydyf.Array(numbers)}).reference
        return found


def _remove_annotations(pdf: Foreign, annotations: Sequence[Annotation]) -> None:
    """Take annotations off their pages."""
    pages = pdf.page_references
    for annotation in annotations:
        number = int(pages[annotation.page].split()[0])
        page = pdf.objects[number]
        page["Annots"].remove(annotation.source.reference)
        if not page["Annots"]:
            del page["Annots"]


def _set_aside(stream: Foreign, page: int, owners: dict[int, bytes], structure: Structure) -> None:
    """Mark content that no element owns as an artifact: of the page's head or foot, or no more.

    `pydyf` writes a tag, its properties and BDC as three items.
    """
    import pydyf

    items = stream.stream
    for index, item in enumerate(items):
        if type(item) is bytes or not isinstance(item, pydyf.Dictionary) or "MCID" not in item:
            continue
        mcid = item["MCID"]
        if mcid in owners:
            continue
        items[index - 1] = "/Artifact"
        side = structure.margins.get((page, mcid))
        what = {"Type": "/Pagination", "Subtype": f"/{side}"} if side else {"Type": "/Layout"}
        items[index] = pydyf.Dictionary(what)
