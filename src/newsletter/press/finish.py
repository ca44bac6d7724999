"""Finishing: page boxes, page labels and stable bytes for each profile.

In: the PDF that the renderer wrote, with bleed on every page. Out: the bytes of the file
that a reader or a printer gets. The same input gives the same bytes.
"""

from __future__ import annotations

import io
from typing import Any

from newsletter.geometry import points, trim_box
from newsletter.issue.models import Profile
from newsletter.layouts import PageSize
from newsletter.press.archival import Papers, make_archival
from newsletter.press.claims import describe

COVER_LABEL = "封面"


def finish(data: bytes, profile: Profile, page: PageSize, papers: Papers | None = None) -> bytes:
    """Return the finished file of a profile; `papers` go into an archive."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for sheet in pdf.pages:
            _set_boxes(sheet, profile, page)
        pdf.Root.PageLabels = _page_labels(pdf, len(pdf.pages), has_cover=page.cover)
        if profile == "archive" and papers is not None:
            make_archival(pdf, papers)
            describe(pdf, ("PDF/A-3b", "PDF/UA-1"), papers.date)
        elif profile == "screen":
            describe(pdf, ("PDF/UA-1",))
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _set_boxes(sheet: Any, profile: Profile, page: PageSize) -> None:  # noqa: ANN401 - pikepdf.Page
    """Set the boxes of ISO 32000-2:2020, 14.11.2: a printer gets the bleed, others the trim."""
    trim = trim_box(page.width_mm, page.height_mm)
    bleed = trim.grown(points(page.bleed_mm))
    media = bleed if profile == "print" else trim
    sheet.obj.MediaBox = media.rounded()
    sheet.obj.CropBox = media.rounded()
    sheet.obj.TrimBox = trim.rounded()
    sheet.obj.BleedBox = media.rounded()
    if "/ArtBox" in sheet.obj:
        del sheet.obj["/ArtBox"]


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
