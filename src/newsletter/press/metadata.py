"""What a file says of itself: the XMP packet and the document information.

In: the facts of an edition. Out: bytes of XMP (ISO 16684-1:2019) and a dictionary, both saying
the same. Dates are the issue's, identifiers follow from the content: no clock, no chance.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

UNDATED = dt.date(1980, 1, 1)
"""The date of an issue without one."""
PDF_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
PACKET_ID = "W5M0MpCehiHzreSzNTczkc9d"
"""The fixed identifier of every packet (ISO 16684-1:2019, 7.3.2)."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a file: its title, who publishes it, its language and date, the maker."""

    title: str
    publisher: str
    subject: str
    language: str
    date: dt.date | None
    producer: str

    @property
    def moment(self) -> str:
        """Its date as XMP writes it, at midnight UTC."""
        return f"{(self.date or UNDATED).isoformat()}T00:00:00Z"

    @property
    def pdf_moment(self) -> str:
        """Its date as a PDF writes it (ISO 32000-2:2020, 7.9.4)."""
        return f"D:{(self.date or UNDATED):%Y%m%d}000000Z"


def information(about: About, *, trapped: bool = False) -> Any:  # noqa: ANN401 - pikepdf's
    """Return the document information dictionary (ISO 32000-2:2020, 14.3.3)."""
    from pikepdf import Dictionary, Name, String

    return Dictionary(
        Title=String(about.title),
        Author=String(about.publisher),
        Subject=String(about.subject),
        Creator=String(about.producer),
        Producer=String(about.producer),
        CreationDate=String(about.pdf_moment),
        ModDate=String(about.pdf_moment),
        Trapped=Name.True_ if trapped else Name("/False"),
    )


def x4_packet(about: About, content: bytes) -> bytes:
    """Return the XMP of a PDF/X-4 file (ISO 15930-7:2010); its identifier follows `content`."""
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, content.hex())
    simple = {
        "pdfxid:GTS_PDFXVersion": "PDF/X-4",
        "pdf:Producer": about.producer,
        "pdf:Trapped": "False",
        "xmp:CreatorTool": about.producer,
        "xmp:CreateDate": about.moment,
        "xmp:ModifyDate": about.moment,
        "xmp:MetadataDate": about.moment,
        "xmpMM:DocumentID": f"uuid:{identifier}",
        "xmpMM:InstanceID": f"uuid:{identifier}",
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
        "dc:format": "application/pdf",
    }
    return packet(about, simple, PDF_NAMESPACES)


def packet(about: About, simple: Mapping[str, str], namespaces: Mapping[str, str]) -> bytes:
    """Return a packet with those simple properties and the Dublin Core of `about`."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    lines = [
        f'<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="{PACKET_ID}"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        f'<rdf:Description rdf:about="" {declared}>',
        *(f"<{name}>{escape(value)}</{name}>" for name, value in simple.items()),
        *_dublin_core(about),
        "</rdf:Description>",
        "</rdf:RDF>",
        "</x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(lines).encode("utf-8")


def _dublin_core(about: About) -> Iterable[str]:
    title, subject = escape(about.title), escape(about.subject)
    yield f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    yield f"<dc:creator><rdf:Seq><rdf:li>{escape(about.publisher)}</rdf:li></rdf:Seq></dc:creator>"
    alternatives = f'<rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
    yield f"<dc:description>{alternatives}</dc:description>"
    language = f"<rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag>"
    yield f"<dc:language>{language}</dc:language>"
