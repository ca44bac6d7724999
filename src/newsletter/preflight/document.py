"""A PDF as the rules see it: opened safely, read once.

`opened` takes a file's bytes and refuses with a finding what cannot be examined at all; what
it only mended stands in `mended`. qpdf is held to limits while the file is open.
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Refused, Spot, Term
from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.limits import LARGEST_FILE, LARGEST_PICTURE, MOST_PAGES
from newsletter.preflight.sheets import Sheet, sheets

if TYPE_CHECKING:
    import pikepdf

    from newsletter.preflight.content.reading import Reading

HEADER = b"%PDF-"
HEADER_WITHIN = 1024
"""Readers look for the header in the first 1024 bytes (ISO 32000-1:2008, Annex H.3)."""
MOST_WARNINGS = 1000
"""Repairs after which a file is no PDF any more."""


class Document(Struct, frozen=True, dict=True):
    """An open PDF under the name that findings give it; `data` are its bytes.

    `mended` are the repairs that opening it took, in the words of qpdf.
    """

    name: str
    pdf: pikepdf.Pdf
    data: bytes
    mended: tuple[str, ...] = ()

    def spot(self, page: int = 0, box: Box | None = None) -> Spot:
        """Return the place of a page, counted from 1, of a box on it, or of the whole file."""
        area = self.sheets[page - 1].area(box) if page and box else ()
        return Spot(self.name, page, area)

    @functools.cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the pages with their boxes."""
        return sheets([page.obj for page in self.pdf.pages])

    @functools.cached_property
    def reading(self) -> Reading:
        """Return the marks of all pages."""
        from newsletter.preflight.content.reading import read

        return read(self.sheets)


@contextlib.contextmanager
def opened(name: str, data: bytes) -> Iterator[Document]:
    """Open a PDF for examination; raises `Refused` with N901 to N905."""
    import pikepdf

    with _limits():
        pdf = _open(name, data)
        try:
            _counted(name, pdf)
            warnings = tuple(str(warning) for warning in pdf.get_warnings())
            yield Document(name, pdf, data, warnings)
        except pikepdf.PdfError as error:
            raise _refused("N902", name, reason=_reason(error)) from error
        finally:
            pdf.close()


@contextlib.contextmanager
def _limits() -> Iterator[None]:
    """Hold qpdf to our limits and give it back its own."""
    from pikepdf import settings

    before: dict[str, Any] = settings.set_qpdf_limits(
        doc_max_warnings=MOST_WARNINGS,
        dct_max_memory=LARGEST_PICTURE,
        flate_max_memory=LARGEST_PICTURE,
        png_max_memory=LARGEST_PICTURE,
        run_length_max_memory=LARGEST_PICTURE,
        tiff_max_memory=LARGEST_PICTURE,
    )
    try:
        yield
    finally:
        settings.set_qpdf_limits(**before)


def _open(name: str, data: bytes) -> pikepdf.Pdf:
    import pikepdf

    if len(data) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // 2**20} MB"
        raise _refused("N904", name, what=f"{len(data) // 2**20} MB", limit=limit)
    if HEADER not in data[:HEADER_WITHIN]:
        raise _refused("N901", name)
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise _refused("N903", name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise _refused("N902", name, reason=_reason(error)) from error


def _counted(name: str, pdf: pikepdf.Pdf) -> None:
    """Walk the page tree once; qpdf refuses one that bites its tail."""
    import pikepdf

    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _refused("N905", name, reason=_reason(error)) from error
    if not count or not objects.is_dictionary(pdf.Root):
        raise _refused("N905", name, reason=Term("no pages"))
    if count > MOST_PAGES:
        raise _refused("N904", name, what=Term("so many pages"), count=count, limit=MOST_PAGES)


def _refused(code: str, name: str, **values: str | int) -> Refused:
    return Refused([Diagnostic(code, Spot(name), values)])


def _reason(error: Exception) -> str:
    """Return what qpdf says, without the name of its stream."""
    return str(error).split(": ", 1)[-1] or type(error).__name__
