"""What is behind a change: the lines of YAML or CSS that differ.

In: compared pages and both manuscripts. Out: the same pages; each change names the passages that
may be its reason: for words and pictures the one that they come from, for type, colour and place
the passages of the layout that speak of such things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from newsletter.review.classes import Change, ComparedPage, Kind
from newsletter.review.manuscript import Manuscript, Passage, passages

SUBJECT = {
    Kind.TYPE: re.compile(r"font|size|weight|family|body_pt", re.IGNORECASE),
    Kind.COLOUR: re.compile(
        r"#[0-9a-f]{3,8}\b|colou?r|rgb|hsl|fill|background|tint|accent", re.IGNORECASE
    ),
    Kind.MOVED: re.compile(
        r"\d(mm|pt|em|rem|px|cm|%|ch|ic)\b|margin|padding|grid|lines", re.IGNORECASE
    ),
}
SUBJECT[Kind.IMPERCEPTIBLE] = SUBJECT[Kind.COLOUR]
SUBJECT[Kind.REFLOW] = SUBJECT[Kind.MOVED]
LAYOUT = "layouts/"
MOST = 6


def with_passages(
    pages: Sequence[ComparedPage], before: Manuscript | None, now: Manuscript | None
) -> list[ComparedPage]:
    """Return the pages whose changes name what is behind them; the same if that is unknown."""
    if before is None or now is None:
        return list(pages)
    found = passages(before, now)
    return [
        replace(
            page,
            changes=tuple(replace(c, behind=_behind(c, found)) for c in page.changes),
            cause=page.cause
            and replace(
                page.cause,
                change=replace(page.cause.change, behind=_behind(page.cause.change, found)),
            ),
        )
        for page in pages
    ]


def _behind(change: Change, found: Sequence[Passage]) -> tuple[str, ...]:
    own = [passage for passage in found if change.origin and passage.holds(change.origin)]
    if not own and change.kind in (Kind.TEXT, Kind.ORDER, Kind.PICTURE):
        file = change.origin.rpartition(":")[0]
        own = [p for p in found if p.file == file or _says(p, change)]
    if not own:
        subject = SUBJECT.get(change.kind)
        layout = [passage for passage in found if passage.file.startswith(LAYOUT)]
        fitting = [p for p in layout if subject and any(map(subject.search, (*p.now, *p.before)))]
        own = fitting or layout
    return tuple(passage.place for passage in own[:MOST])


def _says(passage: Passage, change: Change) -> bool:
    """Tell whether a passage holds words that changed."""
    before, now = "".join(passage.before), "".join(passage.now)
    return bool(change.now and change.now in now) or bool(change.before and change.before in before)
