"""The pages that layouts are judged by: the issue of 2021 and each specimen, in every layout."""

from __future__ import annotations

import functools
from pathlib import Path

from newsletter import checking
from newsletter.compose.galley import Galley
from newsletter.issue.loader import load_copy, load_copy_at
from newsletter.press.finish import finish
from newsletter.render import Pages, render
from workshop import HOUSE, SILKROAD

LAYOUTS = sorted(path.parent.name for path in SILKROAD.parent.glob("*/layout.yaml"))
ISSUES = [(layout, issue) for layout in LAYOUTS for issue in ("2021", "specimen")]


def folder(layout: str) -> Path:
    return SILKROAD.parent / layout


@functools.cache
def galley(layout: str, issue: str) -> Galley:
    """Return an issue composed in a layout, or the layout's specimen."""
    here = folder(layout)
    if issue == "specimen":
        return checking.compose(
            load_copy_at(HOUSE, here / "specimen.yaml", here / "specimen" / "newsletter.yaml")
        )
    return checking.compose(load_copy(HOUSE, issue), layout)


@functools.cache
def pages(layout: str, issue: str) -> Pages:
    return render(galley(layout, issue))


@functools.cache
def screen(layout: str, issue: str) -> bytes:
    """Return the finished file for the screen."""
    raw, warnings = pages(layout, issue).write(tagged=True)
    assert warnings == []
    return finish(raw, galley(layout, issue).layout.spec.page)
