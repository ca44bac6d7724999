"""The leaves of a PDF: the text of each page, and pictures of them.

In: a PDF. Out: texts in reading order, small JPEGs, a larger one of the cover. Read and drawn by
PDFium, page by page. `LeafError` says why a file is not a PDF that can be read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter.archive.bag import Content
from newsletter.diagnostics import Diagnostic, Refused, Spot
from newsletter.pdf.trim import beside_trim, trim_of

if TYPE_CHECKING:
    from PIL import Image

THUMBNAIL_PX, COVER_PX = 360, 1600
"""The longer side of a thumbnail and of the cover."""
QUALITY = 85
BROKEN_WORD = re.compile("[\x02\ufffe][\r\n]*")
"""A hyphen at the end of a line, as PDFium gives it."""


class LeafError(ValueError):
    """The file cannot be read as a PDF."""


class Leaves(NamedTuple):
    """Of each page its text, and its thumbnail with the cover, as `pictures` has them."""

    texts: list[str]
    drawn: list[tuple[bytes, bytes | None]]


def leaves(pdf: Path) -> Leaves:
    """Return the leaves of a PDF; raises `LeafError`."""
    return Leaves(page_texts(pdf), list(pictures(pdf)))


def leaves_or_refusal(pdf: Path) -> Leaves:
    """Return the leaves of a PDF; raises `Refused` (N789)."""
    try:
        return leaves(pdf)
    except LeafError as error:
        values = {"file": pdf.name, "reason": str(error)}
        raise Refused([Diagnostic("N789", Spot(pdf.name), values)]) from error


def page_texts(pdf: Content) -> list[str]:
    """Return the text of each page; raises `LeafError`."""
    texts = []
    for page in _pages(pdf):
        text_page = page.get_textpage()
        text = text_page.get_text_bounded(*trim_of(page))
        text_page.close()
        texts.append(cleaned(text))
    return texts


def pictures(pdf: Content) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield each page as a thumbnail, and the first as a cover too; raises `LeafError`."""
    for number, page in enumerate(_pages(pdf)):
        cover = _jpeg(_drawn(page, COVER_PX)) if number == 0 else None
        yield _jpeg(_drawn(page, THUMBNAIL_PX)), cover


def cleaned(text: str) -> str:
    """Return a page's text with plain line breaks, and without what only marks a broken word."""
    text = BROKEN_WORD.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or c >= " ")
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    return f"{text}\n" if text else ""


def renderer() -> str:
    """Return the build of PDFium."""
    import pypdfium2

    return str(pypdfium2.PDFIUM_INFO.build)


def _pages(pdf: Content) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise LeafError(str(error)) from error
    try:
        for page in document:
            yield page
            page.close()
    except pypdfium2.PdfiumError as error:
        raise LeafError(str(error)) from error
    finally:
        document.close()


def _drawn(page: Any, longest: int) -> Image.Image:  # noqa: ANN401 - pypdfium2's page
    """Return a page within its trim as an image whose longer side has so many pixels."""
    trim = trim_of(page)
    longer = max(trim.right - trim.left, trim.top - trim.bottom, 1)
    drawn = page.render(scale=longest / longer, crop=beside_trim(page))
    image: Image.Image = drawn.to_pil().convert("RGB")
    return image


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
