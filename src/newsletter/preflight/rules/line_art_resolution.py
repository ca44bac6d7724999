"""N921: line art of one bit a pixel has pixels enough to look smooth."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule
from newsletter.preflight.rules.picture_resolution import coarse, is_line_art

LEAST, GOOD = 550, 800


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with line art that is too coarse."""
    images = [image for image in document.reading.images if is_line_art(image)]
    return by_page(document, "N921", coarse(images, LEAST, GOOD))


RULE = Rule(
    code="N921",
    profiles=PRESS,
    threshold="< 550 ppi error, < 800 ppi warning",
    source="GWG 2015, 4.27 (1-bit image resolution)",
    check=check,
    reads_marks=True,
)
