"""Finishing: page boxes, page labels and stable bytes of the files for readers and archives.

In: the tagged PDF that the renderer wrote, with bleed on every page. Out: the bytes of the file
that a reader gets. The same input gives the same bytes. The printer's file is made by `printing`.
"""

from __future__ import annotations

import io
from typing import Any

from newsletter.geometry import trim_box
from newsletter.layouts import PageSize
from newsletter.press.archival import Papers, make_archival
from newsletter.press.claims import describe
from newsletter.press.saving import saved, set_boxes

COVER_LABEL = "封面"


def finish(data: bytes, page: PageSize, papers: Papers | None = None) -> bytes:
    """Return the finished file for a screen, or with `papers` the one to be kept."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        trim = trim_box(page.width_mm, page.height_mm)
        for sheet in pdf.pages:
            set_boxes(sheet.obj, trim, trim, trim)
        pdf.Root.PageLabels = _page_labels(pdf, len(pdf.pages), has_cover=page.cover)
        if papers is not None:
            make_archival(pdf, papers)
            describe(pdf, ("PDF/A-3b", "PDF/UA-1"), papers.date)
        else:
            describe(pdf, ("PDF/UA-1",))
        return saved(pdf)


def _page_labels(pdf: Any, count: int, *, has_cover: bool) -> Any:  # noqa: ANN401 - pikepdf's
    """Return the number tree of page labels (ISO 32000-2:2020, 12.4.2).

    A cover is named; all other pages carry the number that is printed on them.
    """
    from pikepdf import Array, Dictionary, Name, String

    first = Dictionary(P=String(COVER_LABEL)) if has_cover else Dictionary(S=Name.D, St=1)
    entries: list[Any] = [0, first]
    if has_cover and count > 1:
        entries += [1, Dictionary(S=Name.D, St=2)]
    return pdf.make_indirect(Dictionary(Nums=Array(entries)))
