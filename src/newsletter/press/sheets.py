"""Sheets: where two pages stand on the paper, what is cut, and the marks beside them.

In: the trimmed page, its bleed, the paper. Out: boxes in points, the sheet's lower left corner at
the origin, and the operators of the marks: lines for the knife at the corners, dashed ones for
the fold, and a line of words that names the sheet. All of it lies beyond the bleed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsletter.geometry import Box, points
from newsletter.press.lettering import Lettering
from newsletter.press.marks import ALL_PLATES, GAP_MM, LINE_PT, MARK_MM, SLUG_MM, line

LEAST_OFFSET_MM = 3.0
"""How far from the trim the slug begins at least, also where pages have no bleed."""
LETTERING_PT = 6.0
LETTERING_FROM_MM = 8.0
"""Where the words begin, from the left edge of the trim: clear of the crop marks."""
TOLERANCE_PT = 0.3
"""0.1 mm: what programs round an A4 page to."""
PAPERS_MM = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "B4": (250.0, 353.0),
    "B3": (353.0, 500.0),
    "SRA4": (225.0, 320.0),
    "SRA3": (320.0, 450.0),
    "SRA2": (450.0, 640.0),
}
"""Width and height upright: ISO 216:2007 (A, B) and ISO 217:2013 (SRA)."""


class Paper(Struct, frozen=True):
    """A sheet for two pages of `width` × `height`; `across` × `up` is the paper, all in points."""

    width: float
    height: float
    bleed: float
    across: float
    up: float

    @property
    def fold(self) -> float:
        """Where the sheet is folded: how far from its left edge."""
        return self.across / 2

    @property
    def margin(self) -> float:
        """How much paper is left beside the trimmed pages at the narrowest side."""
        return min((self.across - 2 * self.width) / 2, (self.up - self.height) / 2)

    @property
    def offset(self) -> float:
        """How far from the trim the slug begins."""
        return max(self.bleed, points(LEAST_OFFSET_MM))

    def media(self) -> Box:
        """Return the whole sheet."""
        return Box(0.0, 0.0, self.across, self.up)

    def trim(self, creep: float = 0.0) -> Box:
        """Return what is left when the sheet is cut: its pages moved together by the creep."""
        half, bottom = self.width - creep, (self.up - self.height) / 2
        return Box(self.fold - half, bottom, self.fold + half, bottom + self.height)

    def trim_box(self, creep: float = 0.0) -> Box:
        """Return the trim as a box of the page: within the paper, were its size rounded."""
        return self.trim(creep).within(self.media())

    def bleed_box(self, creep: float = 0.0) -> Box:
        """Return the trim with its bleed, as far as the paper reaches."""
        return self.trim(creep).grown(self.bleed).within(self.media())

    def left_page(self, creep: float = 0.0) -> Box:
        """Return the trim of the page left of the fold; creep moves it towards the fold."""
        trim = self.trim(creep)
        return Box(trim.left, trim.bottom, trim.left + self.width, trim.top)

    def right_page(self, creep: float = 0.0) -> Box:
        """Return the trim of the page right of the fold."""
        trim = self.trim(creep)
        return Box(trim.right - self.width, trim.bottom, trim.right, trim.top)

    def left_half(self) -> Box:
        """Return all of the sheet that lies left of the fold."""
        return self.media()._replace(right=self.fold)

    def right_half(self) -> Box:
        """Return all of the sheet that lies right of the fold."""
        return self.media()._replace(left=self.fold)


def paper_for(
    width: float, height: float, bleed: float, sheet_mm: tuple[float, float] | None = None
) -> Paper | None:
    """Return the paper for two pages, turned as it fits; None where they are larger than it.

    Without `sheet_mm` it is as large as pages, bleed and slug want. Lengths in points.
    """
    if sheet_mm is None:
        beside = 2 * (max(bleed, points(LEAST_OFFSET_MM)) + points(SLUG_MM))
        return Paper(width, height, bleed, 2 * width + beside, height + beside)
    sides = (points(sheet_mm[0]), points(sheet_mm[1]))
    fitting = [Paper(width, height, bleed, *turned) for turned in (sides, sides[::-1])]
    best = max(fitting, key=lambda paper: paper.margin)
    return best if best.margin >= -TOLERANCE_PT else None


def sheet_marks(paper: Paper, creep: float, lettering: Lettering, words: str) -> str:
    """Return the operators of the marks of one side; none where the paper has no room."""
    lines = ["q", f"{ALL_PLATES} CS 1 SCN {LINE_PT} w 0 J [] 0 d"]
    lines += [line(*ends) for ends in _crop_lines(paper, creep)]
    lines += ["[3 2] 0 d", *(line(*ends) for ends in _fold_lines(paper))]
    trim = paper.trim(creep)
    middle = trim.bottom - paper.offset - points(SLUG_MM / 2)
    baseline = middle - LETTERING_PT / 3
    if baseline - LETTERING_PT / 3 >= 0:
        left = trim.left + points(LETTERING_FROM_MM)
        lines += ["0 0 0 1 k", lettering.path(words, LETTERING_PT, left, baseline)]
    return "\n".join([*lines, "Q"])


def _crop_lines(paper: Paper, creep: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield two lines for each corner of the trim, as far as they lie on the paper."""
    trim = paper.trim(creep)
    near, far = _slug(paper, trim)
    for x in (trim.left, trim.right):
        yield from _on_paper(paper, (x, far.bottom, x, near.bottom), (x, near.top, x, far.top))
    for y in (trim.bottom, trim.top):
        yield from _on_paper(paper, (far.left, y, near.left, y), (near.right, y, far.right, y))


def _fold_lines(paper: Paper) -> Iterator[tuple[float, float, float, float]]:
    near, far = _slug(paper, paper.trim())
    x = paper.fold
    yield from _on_paper(paper, (x, far.bottom, x, near.bottom), (x, near.top, x, far.top))


def _slug(paper: Paper, trim: Box) -> tuple[Box, Box]:
    """Return the boxes at which marks begin and end."""
    near = trim.grown(paper.offset + points(GAP_MM))
    return near, near.grown(points(MARK_MM))


def _on_paper(
    paper: Paper, *lines: tuple[float, float, float, float]
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines, each cut at the edge of the paper; those beyond it are left out."""
    for ends in lines:
        left, bottom, right, top = Box(*ends).within(paper.media())
        if right - left + top - bottom > LINE_PT:
            yield left, bottom, right, top
