"""The metadata of a file: its XMP packet and its Info dictionary (ISO 32000-2:2020, 14.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsletter.preflight import objects
from newsletter.preflight.document import Document

PDFX = "http://www.npes.org/pdfx/ns/id/"
XMP = "http://ns.adobe.com/xap/1.0/"
MEDIA = "http://ns.adobe.com/xap/1.0/mm/"
PDF = "http://ns.adobe.com/pdf/1.3/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
LARGEST = 4 * 2**20
DATE_DIGITS = 14
NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Metadata:
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


def _xmp(document: Document) -> dict[str, str]:
    import pikepdf

    stream = objects.entry(document.pdf.Root, "/Metadata")
    try:
        if not objects.is_stream(stream) or objects.decoded(stream, LARGEST) is None:
            return {}
        packet = document.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return {key: _plain(value) for key, value in packet.items()}
    except (objects.TooLarge, pikepdf.PdfError, ValueError, KeyError, TypeError):
        return {}


def _plain(value: object) -> str:
    """Return a value as text; of several, as in dc:title in several languages, the first."""
    if isinstance(value, (list, set, tuple)):
        return str(next(iter(value), ""))
    return str(value)


def same_moment(info: str, xmp: str) -> bool:
    """Tell whether a date of the Info dictionary is the XMP packet's, to the second.

    `D:20211224120000+08'00'` and `2021-12-24T12:00:00+08:00` are one; what one of them leaves
    out is not compared (ISO 32000-2:2020, 7.9.4).
    """
    one, two = NOT_DIGIT.sub("", info)[:DATE_DIGITS], NOT_DIGIT.sub("", xmp)[:DATE_DIGITS]
    length = min(len(one), len(two))
    return one[:length] == two[:length] and length > 0
