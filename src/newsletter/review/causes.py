"""The root cause of a reflow: the first change before the lines began to move.

In: the pages of a comparison in their order. Out: the same pages; those that only flow name the
page and the change where it began.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from newsletter.review.classes import Cause, Change, ComparedPage, Kind

CALM = frozenset({Kind.IDENTICAL, Kind.IMPERCEPTIBLE})
FIRST = (Kind.ORDER, Kind.TEXT, Kind.TYPE, Kind.PICTURE, Kind.MOVED, Kind.REFLOW)
"""What can set lines moving, the likeliest first."""


def with_causes(pages: Sequence[ComparedPage]) -> list[ComparedPage]:
    """Return the pages with the cause of each reflow."""
    found: list[ComparedPage] = []
    cause: Cause | None = None
    for page in pages:
        if page.kind in CALM:
            cause = None
        elif not page.crossed or cause is None:
            cause = _cause_on(page)
        is_flow = page.kind is Kind.REFLOW and cause is not None
        found.append(replace(page, cause=cause) if is_flow else page)
    return found


def _cause_on(page: ComparedPage) -> Cause | None:
    """Return the first change on a page that can set lines moving, in the order of reading."""
    if page.kind in (Kind.NEW, Kind.REMOVED):
        return Cause(page.new or page.old or 0, Change(page.kind, "page"))
    for kind in FIRST:
        of_kind = [change for change in page.changes if change.kind is kind]
        if of_kind:
            first = min(of_kind, key=lambda change: (change.new_area or (0, 0))[1])
            return Cause(page.new or page.old or 0, first)
    return None
