"""Opening a PDF that somebody else made: what cannot be used is refused in our words.

In: bytes and the name that messages give the file. Out: an open PDF, for as long as the block
lasts; `Refused` for a file that is damaged (N712), locked (N713) or has a page without size.
`MemoryError` where it takes more memory than there is.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.diagnostics import Diagnostic, Refused, Spot
from newsletter.press.upright import UnusablePageError, Upright, upright

if TYPE_CHECKING:
    import pikepdf

EXHAUSTED = "std::bad_alloc"
"""qpdf says so where memory runs out while it reads (ISO C++, 17.6.4.1)."""


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    """Open a PDF; damage that shows only when it is read is refused too."""
    import pikepdf

    damage = (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, RecursionError)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused([Diagnostic("N713", Spot(name))])
            if not len(pdf.pages):
                raise Refused([Diagnostic("N712", Spot(name))])
            yield pdf
    except pikepdf.PasswordError as error:
        raise Refused([Diagnostic("N713", Spot(name))]) from error
    except damage as error:
        if EXHAUSTED in str(error):
            raise MemoryError from error
        raise Refused([Diagnostic("N712", Spot(name))]) from error


def uprights(pdf: pikepdf.Pdf, name: str) -> list[Upright]:
    """Return all pages as they are seen; raises `Refused` with every page that has no size."""
    found: list[Upright] = []
    problems = []
    for number, page in enumerate(pdf.pages, 1):
        try:
            found.append(upright(page.obj))
        except UnusablePageError:
            problems.append(Diagnostic("N717", Spot(name, number), {"page": number}))
    if problems:
        raise Refused(problems)
    return found
