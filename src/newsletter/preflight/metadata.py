"""The metadata of a file: its XMP packet and its Info dictionary (ISO 32000-2:2020, 14.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from newsletter.pdf import objects
from newsletter.preflight.document import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PDFUA = "http://www.aiim.org/pdfua/ns/id/"
PDFX = "http://www.npes.org/pdfx/ns/id/"
XMP = "http://ns.adobe.com/xap/1.0/"
MEDIA = "http://ns.adobe.com/xap/1.0/mm/"
PDF = "http://ns.adobe.com/pdf/1.3/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
DESCRIPTION = ("name", "valueType", "category", "description")
OURS = "newsletter"
LARGEST = 4 * 2**20
DATE_DIGITS = 14
NOT_DIGIT = re.compile(r"\D")


class Metadata(Struct, frozen=True):
    """What the XMP packet says, by `{namespace}name`, and the Info dictionary."""

    xmp: dict[str, str] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)

    def said(self, namespace: str, name: str) -> str:
        """Return a value of the XMP packet, or nothing."""
        return self.xmp.get(f"{{{namespace}}}{name}", "").strip()


def metadata(document: Document) -> Metadata:
    """Read both; what cannot be read is not there."""
    info = objects.entry(document.pdf.trailer, "/Info")
    found = {
        key: objects.text(value) or objects.name(value) for key, value in objects.entries(info)
    }
    return Metadata(_xmp(document), found)


def is_ours(document: Document) -> bool:
    """Tell whether a file says that this tool made it."""
    said = metadata(document)
    return any(
        maker.split(" ")[0] == OURS
        for maker in (said.info.get("/Creator", ""), said.said(XMP, "CreatorTool"))
    )


def described(document: Document) -> set[tuple[str, str]]:
    """Return namespace and name of each property that an extension schema describes whole.

    PDF/A asks for that of every property it does not know (ISO 19005-3:2012, 6.6.2.3).
    """
    root = _packet(document)
    found: set[tuple[str, str]] = set()
    for schema in root.iter(f"{{{RDF}}}li") if root is not None else ():
        space = schema.findtext(f"{{{SCHEMA}}}namespaceURI")
        if not space or not schema.findtext(f"{{{SCHEMA}}}prefix"):
            continue
        for each in schema.iter(f"{{{RDF}}}li"):
            told = [each.findtext(f"{{{PROPERTY}}}{part}") for part in DESCRIPTION]
            if all(told):
                found.add((space, str(told[0])))
    return found


def _xmp(document: Document) -> dict[str, str]:
    """Return the packet's properties."""
    root = _packet(document)
    return {} if root is None else dict(_properties(root))


def _packet(document: Document) -> Element | None:
    """Return the root of the packet; declarations of entities have no place in one."""
    from xml.etree import ElementTree as ET

    stream = objects.entry(document.pdf.Root, "/Metadata")
    try:
        data = objects.decoded(stream, LARGEST) if objects.is_stream(stream) else None
        if not data or b"<!" in data.replace(b"<!--", b""):
            return None
        return ET.fromstring(data.strip(b"\0 \t\r\n"))  # noqa: S314 - see above
    except (objects.TooLarge, ET.ParseError, ValueError, LookupError):
        return None


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    """Yield names and values, whether written as attributes or as elements."""
    for description in root.iter(f"{{{RDF}}}Description"):
        for name, value in description.attrib.items():
            if name != f"{{{RDF}}}about":
                yield name, value
        for child in description:
            first = child.find(f"*/{{{RDF}}}li")
            yield str(child.tag), (child.text if first is None else first.text) or ""


def same_moment(info: str, xmp: str) -> bool:
    """Tell whether a date of the Info dictionary is the XMP packet's, to the second.

    `D:20211224120000+08'00'` and `2021-12-24T12:00:00+08:00` are one; what one of them leaves
    out is not compared (ISO 32000-2:2020, 7.9.4).
    """
    one, two = NOT_DIGIT.sub("", info)[:DATE_DIGITS], NOT_DIGIT.sub("", xmp)[:DATE_DIGITS]
    length = min(len(one), len(two))
    return one[:length] == two[:length] and length > 0
