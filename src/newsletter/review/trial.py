"""A trial: all that a comparison will ask of a PDF is read once, where it can be stopped.

In: the bytes of a PDF that may be anybody's. Out: the digests of its pages; `Refused` if it is no
PDF. What came to its end in a process with bounds does so again in one without them, since
PDFium and qpdf do the same whenever they read the same.
"""

from __future__ import annotations

import io

from newsletter.diagnostics import Diagnostic, Refused, Spot
from newsletter.review.letters import lettered_pages
from newsletter.review.metadata import metadata
from newsletter.review.pixels import page_digests


def tried(pdf: bytes, label: str) -> list[str]:
    """Read pages as pixels and letters, and what the file says; raises `Refused` (N767)."""
    import pikepdf
    import pypdfium2

    try:
        pikepdf.open(io.BytesIO(pdf)).close()
        digests = page_digests(pdf)
        for page in range(len(digests)):
            lettered_pages(pdf, [page])
        metadata(pdf)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        problem = {"file": label, "problem": str(error)}
        raise Refused([Diagnostic("N767", Spot(label), problem)]) from error
    return digests
