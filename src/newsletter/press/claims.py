"""Claims: what a file says of itself, as XMP, and which standards it claims to follow.

In: an open PDF with its document information, the standards, and the date of the issue. Out: the
same PDF with one metadata stream, written afresh so that the same input gives the same bytes
(ISO 16684-1:2019; ISO 32000-1:2008, 14.3.2). Both name the same title, author and dates.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from xml.sax.saxutils import escape

Standard = Literal["PDF/UA-1", "PDF/A-3b", "PDF/X-4"]

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{descriptions}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
CLAIMS: dict[Standard, str] = {
    "PDF/UA-1": "<pdfuaid:part>1</pdfuaid:part>",
    "PDF/A-3b": "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
    "PDF/X-4": "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
}
"""How a file names its standard: ISO 14289-1:2014, 5; ISO 19005-3:2012, 6.6.4; ISO 15930-7:2010."""
EXTENSION = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""What PDF/A wants to be told of the schema of PDF/UA (ISO 19005-3:2012, 6.6.2.3)."""


def describe(
    pdf: Any,  # noqa: ANN401 - pikepdf.Pdf
    standards: tuple[Standard, ...],
    date: dt.date | None = None,
    identifier: str = "",
) -> None:
    """Write the metadata of a file.

    `date` is that of the issue, without it there is none. `identifier` tells documents apart, as
    PDF/X-4 asks; it has to follow from the content.
    """
    from pikepdf import Name, String

    if date is not None:
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = String(f"D:{date:%Y%m%d}000000Z")
    info = {key.lstrip("/"): str(value) for key, value in pdf.docinfo.items()}
    info["Identifier"] = identifier
    parts = [_description(info, str(pdf.Root.get("/Lang", "")), standards, date)]
    if "PDF/A-3b" in standards and "PDF/UA-1" in standards:
        parts.append(EXTENSION)
    stream = pdf.make_stream(PACKET.format(descriptions="\n".join(parts)).encode("utf-8"))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream


def _description(
    info: dict[str, str], language: str, standards: tuple[Standard, ...], date: dt.date | None
) -> str:
    lines = [
        _listed("dc:title", "Alt", info.get("Title"), ' xml:lang="x-default"'),
        _listed("dc:creator", "Seq", info.get("Author")),
        _listed("dc:description", "Alt", info.get("Subject"), ' xml:lang="x-default"'),
        _listed("dc:language", "Bag", language),
        _simple("pdf:Producer", info.get("Producer")),
        _simple("xmp:CreatorTool", info.get("Creator")),
    ]
    if date is not None:
        moment = f"{date:%Y-%m-%d}T00:00:00Z"
        lines += [_simple(f"xmp:{name}Date", moment) for name in ("Create", "Modify", "Metadata")]
    lines += _identified(info) if info["Identifier"] else []
    lines += [CLAIMS[standard] for standard in standards]
    body = "\n".join(line for line in lines if line)
    used = {prefix: name for prefix, name in NAMESPACES.items() if f"<{prefix}:" in body}
    spaces = "".join(f'\n xmlns:{prefix}="{name}"' for prefix, name in used.items())
    return f'<rdf:Description rdf:about=""{spaces}>\n{body}\n</rdf:Description>'


def _identified(info: dict[str, str]) -> list[str]:
    """Return what PDF/X-4 asks of a document beside its name: which it is, which version of it."""
    identifier = f"uuid:{info['Identifier']}"
    return [
        _simple("pdf:Trapped", info["Trapped"].lstrip("/")),
        _simple("xmpMM:DocumentID", identifier),
        _simple("xmpMM:InstanceID", identifier),
        _simple("xmpMM:VersionID", "1"),
        _simple("xmpMM:RenditionClass", "default"),
        _simple("dc:format", "application/pdf"),
    ]


def _simple(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _listed(name: str, kind: str, text: str | None, attribute: str = "") -> str:
    if not text:
        return ""
    item = f"<rdf:li{attribute}>{escape(text)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{item}</rdf:{kind}></{name}>"
