"""How sharp each picture will be where it stands.

In: an issue, the layout's page and grid, the inspected pictures. Out: a warning for each
raster below 150 pixels an inch at its placed width, the least that offset printing bears
(GWG 2022 takes 150 ppi for an error in sheet-fed offset).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsletter.diagnostics import Diagnostic, Values
from newsletter.geometry import PT_PER_MM, points
from newsletter.issue.models import Issue, Picture
from newsletter.layouts import LayoutFile
from newsletter.pictures import PictureFile

LEAST_PPI = 150
PT_PER_INCH = 72


def low_resolution(
    issue: Issue, layout: LayoutFile, files: Mapping[str, PictureFile]
) -> Iterator[Diagnostic]:
    """Yield N356 for each picture that has too few pixels for its place."""
    told = _told(issue, layout)
    for picture, of_grid_pt in placed(issue, layout):
        width_pt = told.get(id(picture), of_grid_pt)
        file = files.get(picture.file) if width_pt else None
        if file is None or file.media_type == "image/svg+xml":
            continue
        ppi = file.width / (width_pt / PT_PER_INCH)
        if ppi < LEAST_PPI:
            values: Values = {
                "picture": picture.file,
                "ppi": round(ppi),
                "width": round(width_pt / PT_PER_MM),
                "pixels": round(LEAST_PPI * width_pt / PT_PER_INCH),
            }
            yield Diagnostic("N356", picture.place("file"), values)


def _told(issue: Issue, layout: LayoutFile) -> Mapping[int, float]:
    """Return by the identity of pictures how wide the layout's slots say that they are, in points.

    A slot of one kind of section goes before that of every section.
    """
    widths = {
        slot.name: points(slot.width_mm) for slot in layout.slots if slot.width_mm is not None
    }
    told = {id(issue.cover.picture): widths.get("cover.picture")}
    for section in issue.sections:
        of_any = widths.get("section.picture")
        told[id(section.picture)] = widths.get(f"{section.kind}.picture", of_any)
    return {picture: width for picture, width in told.items() if width is not None}


def placed(issue: Issue, layout: LayoutFile) -> Iterator[tuple[Picture, float]]:
    """Yield the pictures whose width the layout's grid gives, with that width in points."""
    grid, page = layout.grid, layout.page
    if issue.cover.picture:
        yield issue.cover.picture, points(page.width_mm + 2 * page.bleed_mm)
    for section in issue.sections:
        if section.picture:
            yield section.picture, grid.type_width_pt
    for article in issue.articles():
        lead = article.lead_picture
        if lead:
            yield lead, grid.type_width_pt if lead.span == "page" else grid.column_width_pt
        for picture in article.pictures:
            yield picture, grid.column_width_pt
