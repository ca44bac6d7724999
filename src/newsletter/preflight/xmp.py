"""XMP: what the metadata of a file say.

In: an open document. Out: the properties of its metadata stream by their names with namespace,
and those that an extension schema of PDF/A describes. Metadata that are no XML say nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from newsletter.preflight.document import Document
from newsletter.preflight.objects import read_stream

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
LARGEST = 4_000_000


@functools.lru_cache(maxsize=2)
def metadata(document: Document) -> Mapping[str, str]:
    """Return the properties of the metadata; of a list the text of all items."""
    root = _parsed(document)
    found: dict[str, str] = {}
    for description in root.iter(f"{RDF}Description") if root is not None else ():
        found |= {str(key): str(text) for key, text in description.attrib.items()}
        for child in description:
            found[str(child.tag)] = "".join(child.itertext()).strip()
    found.pop(f"{RDF}about", None)
    return found


def extensions(document: Document) -> set[tuple[str, str]]:
    """Return namespace and name of each property that an extension schema describes whole."""
    root = _parsed(document)
    found: set[tuple[str, str]] = set()
    for schema in root.iter(f"{RDF}li") if root is not None else ():
        space = schema.findtext(f"{SCHEMA}namespaceURI")
        if not space or not schema.findtext(f"{SCHEMA}prefix"):
            continue
        for each in schema.iter(f"{RDF}li"):
            parts = ("name", "valueType", "category", "description")
            told = [each.findtext(f"{PROPERTY}{part}") for part in parts]
            if all(told):
                found.add((space, str(told[0])))
    return found


def _parsed(document: Document) -> Any:  # noqa: ANN401 - an element of lxml
    """Return the root of the metadata; None if there are none, or no XML without entities."""
    from lxml import etree

    data = read_stream(document.pdf.Root.get("/Metadata"))
    if not data or len(data) > LARGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
