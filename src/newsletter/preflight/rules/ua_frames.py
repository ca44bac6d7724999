"""N960: the frame of each figure lies on its page."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
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
        box = document.pdf.pages[element.page - 1].mediabox
        media = [float(value) for value in box]
        left, bottom, right, top = (float(value) for value in frame)
        inside = media[0] - SLACK <= left < right <= media[2] + SLACK
        if not (inside and media[1] - SLACK <= bottom < top <= media[3] + SLACK):
            found = " ".join(f"{value:.0f}" for value in (left, bottom, right, top))
            values = {"found": found}
            yield Diagnostic("N960", document.spot(element.page), values)


RULE = Rule(
    code="N960",
    profiles=TAGGED,
    threshold="on its page",
    source="ISO 32000-1:2008, 14.8.5.4.5",
    check=check,
)
