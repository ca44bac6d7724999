"""How sharp each picture will be where it stands.

In: an issue, the layout's page and grid, the inspected pictures. Out: a warning for each
raster that has too few pixels an inch at its placed size, by the measure of preflight's N920.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping

from newsletter.diagnostics import Diagnostic, Severity, Values
from newsletter.geometry import PT_PER_INCH, PT_PER_MM, points
from newsletter.issue.models import ArticlePicture, Issue, LeadPicture, Picture, View
from newsletter.layouts import Layout, LayoutFile
from newsletter.pictures import PictureFile

LEAST_PPI, GOOD_PPI = 150, 225
"""Below the first a file for the press is refused, below the second it is warned of: N920."""
ROUNDING = 0.5
"""Sizes are rounded; 149.6 is 150."""
SHOWN_WHOLE = ("chart", "map")
"""Pictures that no layout trims, as those of the size small."""
LEAST_WIDTH_MM = 27.0
"""A small picture is no narrower: a stamp; 160 pixels are still 150 to the inch."""
TEMPLATES = (".j2", ".html")
NOT_TOLD = (0.0, 0.0)


def low_resolution(
    issue: Issue,
    layout: LayoutFile,
    files: Mapping[str, PictureFile],
    sizes: Mapping[str, tuple[float, float]] | None = None,
    heeded: Container[int] = (),
) -> Iterator[Diagnostic]:
    """Yield N356 for each picture that has too few pixels for its place.

    `sizes` says by the names of files how wide and high in points the page sets pictures, 0 where
    that is not known; None that there is no page yet. `heeded` has the identities of the pictures
    that the layout sets smaller if they are small.
    """
    for picture, width_pt, height_pt in _boxes(issue, layout, files, sizes, heeded):
        file = files.get(picture.file) if width_pt else None
        if file is None or file.media_type == "image/svg+xml":
            continue
        scales = width_pt / file.width, height_pt / file.height
        is_whole = picture.kind in SHOWN_WHOLE and height_pt
        ppi = PT_PER_INCH / (min(scales) if is_whole else max(scales))
        if ppi < GOOD_PPI - ROUNDING:
            is_trimmed = scales[1] > scales[0] and not is_whole
            can_shrink = id(picture) in heeded and not _is_small(picture)
            small_pt = small_width_pt(file, layout, picture) if can_shrink else 0.0
            values: Values = {
                "picture": picture.file,
                "ppi": round(ppi),
                "limit": LEAST_PPI if ppi < LEAST_PPI - ROUNDING else GOOD_PPI,
                "width": round(width_pt / PT_PER_MM),
                "height": round(height_pt / PT_PER_MM),
                "pixels": _enough(width_pt),
                "rows": _enough(height_pt),
                "small": round(small_pt / PT_PER_MM),
            }
            hint = "trimmed" if is_trimmed else "default"
            if _would_help(small_pt, width_pt, file):
                hint = "small"
            yield Diagnostic("N356", picture.place("file"), values, hint)


def _would_help(small_pt: float, width_pt: float, file: PictureFile) -> bool:
    """Tell whether a picture that is too narrow where it stands would do if it were small."""
    is_too_wide = PT_PER_INCH * file.width / width_pt < GOOD_PPI - ROUNDING
    would_do = small_pt > 0 and PT_PER_INCH * file.width / small_pt >= LEAST_PPI - ROUNDING
    return is_too_wide and would_do


def small_width_pt(file: PictureFile, layout: LayoutFile, picture: Picture) -> float:
    """Return how wide in points a picture stands that is to be small; 0 for one that cannot be.

    It is as wide as its pixels are good for, but at most half a column, and no higher than that;
    a drawing is good for any width.
    """
    if not isinstance(picture, ArticlePicture) or _spans_page(picture):
        return 0.0
    half = layout.grid.column_width_pt / 2
    good = file.width * PT_PER_INCH / GOOD_PPI
    if file.media_type == "image/svg+xml":
        good = half
    fitting = min(good, half * min(1, file.width / file.height))
    return round(min(max(fitting, points(LEAST_WIDTH_MM)), half), 2)


def _spans_page(picture: Picture) -> bool:
    return isinstance(picture, LeadPicture) and picture.span == "page"


def _is_small(picture: Picture) -> bool:
    return isinstance(picture, ArticlePicture) and picture.size == "small"


def _boxes(
    issue: Issue,
    layout: LayoutFile,
    files: Mapping[str, PictureFile],
    sizes: Mapping[str, tuple[float, float]] | None,
    heeded: Container[int],
) -> Iterator[tuple[Picture, float, float]]:
    """Yield pictures with width and height of their places in points; 0 where one is not known.

    A cover fills its page, a portrait is as high as wide. Without a page small pictures are taken
    to be as small as layouts make them that heed it.
    """
    told = _told(issue, layout)
    views = (article for article in issue.articles() if isinstance(article, View))
    portraits = {id(view.person.portrait) for view in views}
    for picture, of_grid_pt in placed(issue, layout):
        width_pt = told.pop(id(picture), None)
        set_pt, height_pt = (sizes or {}).get(picture.file, NOT_TOLD)
        shrinks = _is_small(picture) and id(picture) in heeded
        if sizes is None and shrinks and picture.file in files:
            set_pt = small_width_pt(files[picture.file], layout, picture)
        if picture is issue.cover.picture and width_pt is None:
            height_pt = points(layout.page.height_mm + 2 * layout.page.bleed_mm)
        yield picture, (set_pt or of_grid_pt) if width_pt is None else width_pt, height_pt
    for picture in issue.pictures():
        width_pt = told.get(id(picture), 0.0)
        yield picture, width_pt, width_pt if id(picture) in portraits else 0.0


def heeds_small(layout: Layout) -> bool:
    """Tell whether a template of a layout asks how wide small pictures are (`small_width`)."""
    templates = (path for name, path in layout.served().items() if name.endswith(TEMPLATES))
    return any("small_width" in path.read_text("utf-8", "replace") for path in templates)


def refused_in_print(problem: Diagnostic) -> Diagnostic:
    """Return N356 as an error where a file for the press would be refused for it."""
    if problem.code != "N356" or problem.values.get("limit") != LEAST_PPI:
        return problem
    return problem.at(Severity.ERROR)


def _enough(length_pt: float) -> int:
    """Return how many pixels make a length as sharp as it should be."""
    return math.ceil(GOOD_PPI * length_pt / PT_PER_INCH - 1e-6)


def _told(issue: Issue, layout: LayoutFile) -> dict[int, float]:
    """Return by the identity of pictures how wide the layout's slots say that they are, in points.

    A slot of one kind of section goes before that of every section.
    """
    widths = {
        slot.name: points(slot.width_mm) for slot in layout.slots if slot.width_mm is not None
    }
    told = {id(issue.cover.picture): widths.get("cover.picture")}
    for section in issue.sections:
        for field in ("picture", "emblem"):
            width = widths.get(f"{section.kind}.{field}", widths.get(f"section.{field}"))
            told[id(getattr(section, field))] = width
    for article in issue.articles():
        if isinstance(article, View):
            told[id(article.person.portrait)] = widths.get("view.person.portrait")
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
