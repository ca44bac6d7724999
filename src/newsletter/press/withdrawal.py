"""Withdrawal: a file that was changed after its making no longer claims a standard.

In: an open PDF and the standards whose claim is taken back. Out: the same PDF, with the rest of
its metadata as it was. A proof is to be looked at; nobody shall take it for the file to print.
"""

from __future__ import annotations

import re
from typing import Any, Literal

Claim = Literal["PDF/X", "PDF/A", "PDF/UA"]
NAMESPACES: dict[Claim, tuple[str, ...]] = {
    "PDF/X": ("http://www.npes.org/pdfx/ns/id/", "http://ns.adobe.com/pdfx/1.3/"),
    "PDF/A": ("http://www.aiim.org/pdfa/ns/id/",),
    "PDF/UA": ("http://www.aiim.org/pdfua/ns/id/",),
}
"""Where XMP names each standard: ISO 15930-7:2010, ISO 19005-3:2012, 6.6.4, ISO 14289-1:2014, 5;
the second of PDF/X is that of its earlier parts."""
INFORMATION = {"PDF/X": ("/GTS_PDFXVersion", "/GTS_PDFXConformance")}


def withdraw(pdf: Any, claims: tuple[Claim, ...]) -> None:  # noqa: ANN401 - pikepdf.Pdf
    """Take claims out of the document information and the XMP packet."""
    for claim in claims:
        for key in INFORMATION.get(claim, ()):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
    stream = pdf.Root.get("/Metadata")
    packet = _without(stream, claims)
    if packet is not None:
        stream.write(packet)
    elif stream is not None:
        del pdf.Root["/Metadata"]


def _without(stream: Any, claims: tuple[Claim, ...]) -> bytes | None:  # noqa: ANN401
    """Return the packet without those claims; None where they cannot be told apart in it."""
    from pikepdf import Stream

    if not isinstance(stream, Stream):
        return None
    try:
        text: str = stream.read_bytes().decode("utf-8")
    except UnicodeDecodeError:  # XMP in UTF-16 or -32: rare, and no loss to a proof
        return None
    for claim in claims:
        for namespace in NAMESPACES[claim]:
            for prefix in re.findall(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}", text):
                text = _without_prefix(text, prefix)
    return text.encode("utf-8")


def _without_prefix(text: str, prefix: str) -> str:
    name = rf"{re.escape(prefix)}:[\w.-]+"
    text = re.sub(rf"<({name})\b[^>]*?(?:/>|>.*?</\1\s*>)", "", text, flags=re.DOTALL)
    return re.sub(rf"\s{name}\s*=\s*(\"[^\"]*\"|'[^']*')", "", text)
