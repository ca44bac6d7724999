"""Telling: a state of the desk as the browser reads it.

In: the state, the judgement. Out: JSON's types; lengths are millimetres from the upper left
corner of the trimmed page. Messages come in both languages, so that a reader can change over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from newsletter.diagnostics import Diagnostic, Place, Spot, entry
from newsletter.preview.desk import Desk, State
from newsletter.preview.guides import guides_of
from newsletter.preview.judgement import Judgement
from newsletter.preview.leaf import Leaf
from newsletter.reporting import as_text
from newsletter.review.anchors import Locator
from newsletter.review.authors import short_name
from newsletter.review.gate import deciding, names_of
from newsletter.review.records import Approval, Comment

EMPTY: Mapping[str, Any] = {}
MOST_TOLD = 300
"""More findings than these are not read by anybody."""


def told(desk: Desk, judgement: Judgement, before: Mapping[str, Any] = EMPTY) -> dict[str, Any]:
    """Return the whole state but for what stands on each page.

    While pages are being set, what was told `before` beside them stays.
    """
    state = desk.state
    if state.status == "setting" and state.leaves and before.get("pages") and not state.errors:
        pages = [_page(leaf, judgement.records.approvals) for leaf in state.leaves]
        now = {"number": state.number, "status": state.status, "changed": state.changed}
        return {**before, **now, "pages": pages, "errors": []}
    return {
        "number": state.number,
        "status": state.status,
        "issue": desk.issue,
        "sheet": asdict(state.sheet) if state.sheet else None,
        "changed": state.changed,
        "pages": [_page(leaf, judgement.records.approvals) for leaf in state.leaves],
        "findings": _findings([*judgement.records.problems, *state.findings], state.leaves),
        "errors": [
            finding | {"excerpt": _excerpt(error, desk.root)}
            for error, finding in zip(
                state.errors, _findings(state.errors, state.leaves), strict=False
            )
        ],
        "comments": _comments(state, judgement.records.comments),
        "by": short_name(judgement.by) if judgement.by else None,
        "root": desk.root.as_posix(),
    }


def _comments(state: State, comments: Sequence[Comment]) -> list[dict[str, Any]]:
    """Return the comments where they stand now; `is_sure` unless their block is gone."""
    locator = Locator([leaf.page for leaf in state.leaves], state.size)
    told = []
    for comment in comments:
        where = locator.locate(comment.anchor)
        told.append(
            {
                **comment.model_dump(include={"id", "text", "answers", "resolved", "date"}),
                "by": short_name(comment.by),
                "quote": comment.anchor.quote,
                "page": where.page,
                "x": round(where.x_mm, 2),
                "y": round(where.y_mm, 2),
                "is_sure": where.how != "adrift",
            }
        )
    return told


def _page(leaf: Leaf, approvals: Sequence[Approval]) -> dict[str, Any]:
    page = leaf.page
    given = [a for a in approvals if a.digest == page.digest]
    verdicts = [
        {"by": short_name(a.by), "verdict": a.verdict, "note": a.note, "date": a.date}
        for a in given
    ]
    judges = names_of(deciding(given))
    was = any(a.page == page.number and a.digest != page.digest for a in approvals)
    return {
        "number": page.number,
        "digest": page.digest,
        "verdicts": verdicts,
        "judges": judges,
        "was": was,
    }


def _findings(found: Sequence[Diagnostic], leaves: Sequence[Leaf]) -> list[dict[str, Any]]:
    return [_finding(diagnostic, leaves) for diagnostic in found[:MOST_TOLD]]


def _finding(diagnostic: Diagnostic, leaves: Sequence[Leaf]) -> dict[str, Any]:
    place = diagnostic.place if isinstance(diagnostic.place, Place) else None
    return {
        "code": diagnostic.code,
        "name": entry(diagnostic.code).name,
        "severity": diagnostic.severity.value,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "page": page_of(diagnostic, leaves),
        "message": {lang: diagnostic.message(lang) for lang in ("en", "zh")},
        "hint": {lang: diagnostic.hint_text(lang) for lang in ("en", "zh")},
    }


def _excerpt(diagnostic: Diagnostic, root: Path) -> str | None:
    """Return the line that is meant, as a report shows it."""
    if not isinstance(diagnostic.place, Place):
        return None
    number = f"  {diagnostic.place.line} | "
    lines = as_text([diagnostic], root, "en").split("\n")
    return next((line.removeprefix(number) for line in lines if line.startswith(number)), None)


def page_of(diagnostic: Diagnostic, leaves: Sequence[Leaf]) -> int | None:
    """Return the page beside which a finding is shown: its own, or the one its line came to."""
    if isinstance(diagnostic.place, Spot):
        return diagnostic.place.page or None
    said = diagnostic.values.get("page")
    if isinstance(said, int) and 0 < said <= len(leaves):
        return said
    return _page_of_line(diagnostic.place, leaves) if diagnostic.place else None


def _page_of_line(place: Place, leaves: Sequence[Leaf]) -> int | None:
    """Return the page of the block that begins at a line, or at the nearest before it."""
    begins = [
        (line, -leaf.page.number)
        for leaf in leaves
        for file, line in _origins(leaf)
        if file == place.file and line <= place.line
    ]
    return -max(begins)[1] if begins else None


def _origins(leaf: Leaf) -> Iterator[tuple[str, int]]:
    for block in leaf.page.blocks:
        file, _, line = block.origin.rpartition(":")
        yield file, int(line)


def told_of_page(desk: Desk, leaf: Leaf) -> dict[str, Any]:
    """Return what stands on a page: blocks, lines, and the guides of its layout."""
    return {
        "number": leaf.page.number,
        "digest": leaf.page.digest,
        "blocks": [
            {
                "element": block.element,
                "origin": block.origin,
                "article": block.article,
                "box": [block.left_mm, block.top_mm, block.width_mm, block.height_mm],
            }
            for block in leaf.page.blocks
        ],
        "lines": [
            {
                "x": round(line.x_mm, 2),
                "y": round(line.baseline_mm, 2),
                "width": round(line.width_mm, 2),
                "stretch": round(line.stretch, 4),
                "filled": not line.is_last,
            }
            for line in leaf.page.lines
        ],
        "guides": guides_of(leaf, desk.state.leaves, desk.state.sheet),
    }
