"""Small PDFs for preflight: one that a press accepts, and what makes it worse.

`press_pdf()` passes every rule; its arguments put something onto its first page, or change the
file. `found` and `unseen` are what one rule says of it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import opened
from newsletter.preflight.examination import answers
from newsletter.preflight.rule import NotChecked
from newsletter.preflight.rules import all_rules

PT = 72 / 25.4
BLEED = 3 * PT
WIDTH, HEIGHT = 210 * PT, 297 * PT
PROFILES = Path(__file__).resolve().parent.parent / "profiles"
FOGRA = (PROFILES / "FOGRA39L_coated.icc").read_bytes()
SRGB = (PROFILES / "sRGB.icc").read_bytes()
TEXT = "BT /F 10 Tf 100 500 Td (text) Tj ET"
BLACK_TEXT = f"/Over gs 0 0 0 1 k {TEXT}"
Change = Callable[[pikepdf.Pdf], None]
Resources = Callable[[pikepdf.Pdf], dict[str, Any]]


def press_pdf(
    content: str | bytes = BLACK_TEXT,
    *,
    resources: Resources | None = None,
    change: Change | None = None,
    pages: int = 4,
    save: dict[str, Any] | None = None,
) -> bytes:
    """Return a PDF/X-4 of A4 pages whose first shows `content`."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            _page(pdf, content if number == 0 else "", resources)
        _identify(pdf)
        if change:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **{"force_version": "1.6", "static_id": True, **(save or {})})
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, content: str | bytes, resources: Resources | None) -> None:
    page = pdf.add_blank_page(page_size=(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED))
    whole = [0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED]
    page.obj.BleedBox = whole
    page.obj.TrimBox = [BLEED, BLEED, BLEED + WIDTH, BLEED + HEIGHT]
    held = Dictionary(
        Font=Dictionary(F=font(pdf)),
        ExtGState=Dictionary(
            Over=Dictionary(OP=True, op=True, OPM=1), Half=Dictionary(ca=0.5, CA=0.5)
        ),
    )
    for category, things in (resources(pdf) if resources else {}).items():
        known = held.get(f"/{category}", Dictionary())
        for name, thing in things.items():
            known[f"/{name}"] = thing
        held[f"/{category}"] = known
    page.obj.Resources = held
    data = content.encode("latin-1") if isinstance(content, str) else content
    page.obj.Contents = pdf.make_stream(data)


def font(pdf: pikepdf.Pdf, *, embedded: bool = True) -> Dictionary:
    """Return a font with 256 glyphs half an em wide; nothing looks into its program."""
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Small, Ascent=800, Descent=-200)
    if embedded:
        descriptor.FontFile2 = pdf.make_stream(b"a program")
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/ABCDEF+Small"),
        FirstChar=0,
        LastChar=255,
        Widths=Array([500] * 256),
        FontDescriptor=descriptor,
    )


def image(pdf: pikepdf.Pdf, width: int, height: int, **entries: Any) -> pikepdf.Stream:  # noqa: ANN401
    """Return an image of 8-bit CMYK, all without ink, or as `entries` say."""
    data = entries.pop("data", bytes(4 * width * height))
    stream = pdf.make_stream(data)
    held = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceCMYK,
        **entries,
    }
    for key, value in held.items():
        stream[f"/{key}"] = value
    return stream


def form(pdf: pikepdf.Pdf, content: str, **entries: Any) -> pikepdf.Stream:  # noqa: ANN401
    """Return a form of 600 by 900 points."""
    stream = pdf.make_stream(content.encode("latin-1"))
    held = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 600, 900], **entries}
    for key, value in held.items():
        stream[f"/{key}"] = value
    return stream


def separation(pdf: pikepdf.Pdf, name: str, *solid: float) -> Array:
    """Return a spot colour over CMYK."""
    function = pdf.make_indirect(
        Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=Array(solid), N=1)
    )
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, function])


def output_intent(pdf: pikepdf.Pdf, profile: bytes = FOGRA, count: int = 4) -> Dictionary:
    """Return an output intent with its profile."""
    stream = pdf.make_stream(profile)
    stream.N = count
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=stream,
    )


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Trapped="False"
 xmp:CreateDate="2021-12-24T12:00:00+08:00" xmp:ModifyDate="2021-12-24T12:00:00+08:00"
 xmp:MetadataDate="2021-12-24T12:00:00+08:00" xmpMM:DocumentID="uuid:1"
 xmpMM:VersionID="1" xmpMM:RenditionClass="default"><dc:title><rdf:Alt>
 <rdf:li xml:lang="x-default">Small</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>
</x:xmpmeta>"""


def set_xmp(pdf: pikepdf.Pdf, packet: str) -> None:
    """Write the XMP packet."""
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _identify(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([output_intent(pdf)])
    set_xmp(pdf, XMP)
    pdf.docinfo["/Title"] = "Small"
    pdf.docinfo["/CreationDate"] = "D:20211224120000+08'00'"
    pdf.docinfo["/ModDate"] = "D:20211224120000+08'00'"
    pdf.docinfo["/Trapped"] = Name("/False")


def said(data: bytes, code: str, conditions: Conditions | None = None) -> list[Any]:
    """Return all that the rule with a code says of a file."""
    rule = next(rule for rule in all_rules() if rule.code == code)
    with opened("small.pdf", data) as document:
        return list(answers(rule, document, conditions or Conditions(), strict=True))


def found(data: bytes, code: str, conditions: Conditions | None = None) -> list[Diagnostic]:
    """Return the findings of one rule."""
    return [answer for answer in said(data, code, conditions) if isinstance(answer, Diagnostic)]


def unseen(data: bytes, code: str) -> list[str]:
    """Return the reasons why a rule did not see everything."""
    return [answer.reason for answer in said(data, code) if isinstance(answer, NotChecked)]
