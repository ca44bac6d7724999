"""Archival: the file that is kept, with all that it was made from, as PDF/A-3b.

In: an open, tagged PDF in sRGB, and its `Papers`. Out: the same PDF with an output intent, its
sources enclosed, and nothing in it that PDF/A forbids (ISO 19005-3:2012).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

PRINTED = 4
"""The flag Print of an annotation (ISO 32000-1:2008, 12.5.3), which 6.3.2 asks for."""
MEDIA_TYPES = {
    ".yaml": "application/yaml",  # RFC 9512
    ".yml": "application/yaml",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


class Enclosure(Struct, frozen=True):
    """A file that goes with the PDF, under the name that it has in the publication's folder."""

    name: str
    data: bytes


class Papers(Struct, frozen=True):
    """What an archive keeps with the pages: sources, the profile of its colours, the date.

    `srgb` is an ICC profile; without a `date` nothing in the file has one.
    """

    srgb: bytes
    enclosures: Sequence[Enclosure] = ()
    date: dt.date | None = None


def make_archival(pdf: Any, papers: Papers) -> None:  # noqa: ANN401 - pikepdf.Pdf
    """Make an open PDF fit for PDF/A-3b, but for its metadata."""
    _set_output_intent(pdf, papers.srgb)
    _enclose(pdf, papers)
    _drop_empty_resources(pdf)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = PRINTED


def _set_output_intent(pdf: Any, srgb: bytes) -> None:  # noqa: ANN401
    """Say that device colours are sRGB (6.2.3)."""
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(srgb, N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        RegistryName=String("http://www.color.org"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _enclose(pdf: Any, papers: Papers) -> None:  # noqa: ANN401
    """Enclose files as sources, each once in the catalogue's AF and among the names (6.8)."""
    from pikepdf import Array, Dictionary, String

    if not papers.enclosures:
        return
    names: list[Any] = []
    for enclosure in sorted(papers.enclosures, key=lambda each: each.name.encode("utf-16-be")):
        names += [String(enclosure.name), _file(pdf, enclosure, papers.date)]
    pdf.Root.AF = Array(names[1::2])
    listed = pdf.Root.get("/Names") or Dictionary()
    listed.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(names)))
    pdf.Root.Names = listed


def _file(pdf: Any, enclosure: Enclosure, date: dt.date | None) -> Any:  # noqa: ANN401
    from pikepdf import Dictionary, Name, String

    suffix = PurePosixPath(enclosure.name).suffix.lower()
    media = MEDIA_TYPES.get(suffix, "application/octet-stream")
    digest = hashlib.md5(enclosure.data, usedforsecurity=False).digest()
    about = Dictionary(Size=len(enclosure.data), CheckSum=String(digest))
    if date is not None:
        moment = String(f"D:{date:%Y%m%d}000000Z")
        about.CreationDate = about.ModDate = moment
    stream = pdf.make_stream(enclosure.data)
    stream.Type, stream.Subtype, stream.Params = Name.EmbeddedFile, Name(f"/{media}"), about
    name = String(enclosure.name)
    specification = Dictionary(
        Type=Name.Filespec,
        F=name,
        UF=name,
        Desc=name,
        AFRelationship=Name.Source,
        EF=Dictionary(F=stream, UF=stream),
    )
    return pdf.make_indirect(specification)


def _drop_empty_resources(pdf: Any) -> None:  # noqa: ANN401
    """Take away dictionaries of patterns and shadings with nothing in them."""
    from pikepdf import Dictionary, Stream

    for thing in pdf.objects:
        resources = thing.get("/Resources") if isinstance(thing, Dictionary | Stream) else None
        if isinstance(resources, Dictionary):
            for name in ("/Pattern", "/Shading"):
                if name in resources and not resources[name].keys():
                    del resources[name]
