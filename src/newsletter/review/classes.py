"""The classes of change, and what is said of each change.

A page belongs to the weightiest class among its changes; `Kind` lists them from the lightest.
"""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

Area = tuple[float, float, float, float]
"""Left, top, width, height in mm from the upper left corner of the trimmed page."""


class Kind(IntEnum):
    """What happened to a page; a greater one weighs more."""

    IDENTICAL = 0
    IMPERCEPTIBLE = 1
    COLOUR = 2
    MOVED = 3
    PICTURE = 4
    TYPE = 5
    REFLOW = 6
    TEXT = 7
    ORDER = 8
    SIZE = 9
    REMOVED = 10
    NEW = 11

    @property
    def label(self) -> str:
        """Its name in JSON, in the report and in the documentation."""
        return self.name.lower()


class Change(Struct, frozen=True):
    """One change on a page.

    `what` is changed: words, lines, letters, picture, drawing, page. `count` says how many lines
    or letters; `before` and `now` are words, fonts, colours or measures; `dx_mm` and `dy_mm` how
    far it moved to the right and down; `delta_e` the difference of colours (CIE 1976). The areas
    are on the old and the new page. `origin` is `file:line`, `behind` the passages of the
    manuscript that changed and may be the reason.
    """

    kind: Kind
    what: str
    count: int = 0
    before: str = ""
    now: str = ""
    context: tuple[str, str] = ("", "")
    dx_mm: float = 0.0
    dy_mm: float = 0.0
    delta_e: float = 0.0
    old_area: Area | None = None
    new_area: Area | None = None
    origin: str = ""
    article: str = ""
    behind: tuple[str, ...] = ()


class Cause(Struct, frozen=True):
    """Where a reflow begins: the page, counted from 1 on the new side, and what changed there."""

    page: int
    change: Change


class ComparedPage(Struct, frozen=True):
    """A page and what became of it; `old` and `new` are page numbers from 1, None if lacking."""

    old: int | None
    new: int | None
    kind: Kind
    changes: tuple[Change, ...] = ()
    cause: Cause | None = None
    folio: tuple[str, str] | None = None
    crossed: int = 0
    """How many words crossed its beginning."""

    @property
    def shift(self) -> tuple[float, float]:
        """The greatest way that something went on it, in mm."""
        moved = [(change.dx_mm, change.dy_mm) for change in self.changes]
        return max(moved, key=lambda way: way[0] ** 2 + way[1] ** 2, default=(0.0, 0.0))


class Comparison(Struct, frozen=True):
    """All pages in the order of the new side, and what differs in the files besides."""

    pages: tuple[ComparedPage, ...]
    metadata: tuple[tuple[str, str, str], ...] = ()

    def count(self, kind: Kind) -> int:
        """Return how many pages are of a class."""
        return sum(page.kind is kind for page in self.pages)
