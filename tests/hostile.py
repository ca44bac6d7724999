"""PDFs that are made to exhaust whoever reads them; each comes to an end, so that a test does."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

A4_PT = (595, 842)
PAGES = 4


def slow(path: Path, step: float = 1.8) -> Path:
    """Write a PDF whose first page PDFium draws for some twenty seconds, by tiles within tiles."""
    with pikepdf.new() as pdf:
        inner = _tile(pdf, b"0 0 1 1 re f", step, Dictionary())
        outer = _tile(pdf, PAINTED, step, Dictionary(Pattern=Dictionary(P=inner)))
        _blank(pdf)
        first = pdf.pages[0].obj
        first.Resources = Dictionary(Pattern=Dictionary(P=outer))
        first.Contents = pdf.make_stream(PAINTED)
        pdf.save(path)
    return path


PAINTED = b"/Pattern cs /P scn 0 0 600 900 re f"


def _tile(pdf: pikepdf.Pdf, content: bytes, step: float, resources: Dictionary) -> Any:  # noqa: ANN401
    return pdf.make_indirect(
        Stream(
            pdf,
            content,
            Type=Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 300, 300]),
            XStep=step,
            YStep=step,
            Resources=resources,
        )
    )


def large(path: Path, size: int) -> Path:
    """Write a PDF whose first page has so many bytes of content: a thousandth of it in the file."""
    with pikepdf.new() as pdf:
        _blank(pdf)
        content = pdf.make_stream(b"")
        content.write(zlib.compress(b"0 0 9 9 re f " * (size // 13), 9), filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = content
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


def _blank(pdf: pikepdf.Pdf) -> None:
    for _ in range(PAGES):
        pdf.add_blank_page(page_size=A4_PT)
