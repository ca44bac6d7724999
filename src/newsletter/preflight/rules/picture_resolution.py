"""N920: pictures have pixels enough for the size at which they are placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic, Severity
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.marks import Image, is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

LEAST, GOOD = 150, 225
"""Pixels per inch at a screen of 60 lines per cm: below 1 and 1.5 times the screen's lines."""
ROUNDING = 0.5
"""Sizes are rounded; 224.6 is 225."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with pictures that are too coarse."""
    images = [image for image in document.reading.images if not is_line_art(image)]
    return by_page(document, "N920", coarse(images, LEAST, GOOD))


def is_line_art(image: Image) -> bool:
    """Tell whether a picture has one bit a pixel."""
    return image.picture.is_mask or image.picture.bits == 1


def coarse(images: Iterable[Image], least: float, good: float) -> Iterator[Case]:
    """Yield the pictures below either limit; a single pixel is a flat colour, no picture."""
    for image in images:
        picture = image.picture
        if image.ppi < good - ROUNDING and is_visible(image) and picture.width * picture.height > 1:
            is_bad = image.ppi < least - ROUNDING
            yield Case(
                image.page,
                image.box,
                -image.ppi,
                {"ppi": round(image.ppi), "limit": round(least if is_bad else good)},
                severity=Severity.ERROR if is_bad else Severity.WARNING,
            )


RULE = Rule(
    code="N920",
    profiles=PRESS,
    threshold="< 150 ppi error, < 225 ppi warning",
    source="GWG 2015, 4.26 (image resolution)",
    check=check,
    reads_marks=True,
)
