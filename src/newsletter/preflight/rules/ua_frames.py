"""N960: the frame of each figure lies on its page."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.geometry import Box
from newsletter.pdf.objects import BOX_SIDES, box, inherited, numbers
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree

SLACK = 1.0
"""Points that a frame may reach over the edge."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each frame that is empty, upside down or off the page."""
    for element in read_tree(document).of_role("Figure"):
        frame = element.attribute("/BBox")
        if frame is None or not element.page:
            continue
        media = box(inherited(document.pdf.pages[element.page - 1].obj, "/MediaBox"))
        sides = numbers(frame, BOX_SIDES)
        if sides is None or media is None or not _lies_in(media, *sides):
            found = " ".join(f"{value:.0f}" for value in sides or ()) or "—"
            values = {"found": found}
            yield Diagnostic("N960", document.spot(element.page), values)


def _lies_in(media: Box, left: float, bottom: float, right: float, top: float) -> bool:
    across = media.left - SLACK <= left < right <= media.right + SLACK
    return across and media.bottom - SLACK <= bottom < top <= media.top + SLACK


RULE = Rule(
    code="N960",
    profiles=TAGGED,
    threshold="on its page",
    source="ISO 32000-1:2008, 14.8.5.4.5",
    check=check,
)
