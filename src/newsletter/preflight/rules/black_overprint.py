"""N924: black text overprints, so that no white shows beside it when plates shift.

Overprinting a colour of DeviceCMYK leaves other plates alone only with overprint mode 1, and a
gray never does (ISO 32000-2:2020, 8.6.7).
"""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import FAINT, plates
from newsletter.preflight.content.marks import Text, is_visible
from newsletter.preflight.content.spaces import Colour
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

FULL = 0.995


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a warning for each page with black text that knocks out what is beneath."""
    cases = [
        Case(text.page, text.box, text.size_pt, {"size": f"{text.size_pt:.1f}"}, hint=_hint(text))
        for text in document.reading.texts
        if text.fill and is_black(text.fill) and not _overprints(text) and is_visible(text)
    ]
    return by_page(document, "N924", cases)


def is_black(colour: Colour) -> bool:
    """Tell whether it is black ink alone, at full strength."""
    found = plates(colour)
    if not found or found.get("Black", 0.0) < FULL:
        return False
    return all(share < FAINT for plate, share in found.items() if plate != "Black")


def _overprints(text: Text) -> bool:
    if not text.fill or not text.look.overprint_fill:
        return False
    family = text.fill.space.family
    return family == "Separation" or (family == "DeviceCMYK" and text.look.overprint_mode == 1)


def _hint(text: Text) -> str:
    is_gray = text.fill is not None and text.fill.space.model == "Gray"
    return "gray" if is_gray and text.look.overprint_fill else "default"


RULE = Rule(
    code="N924",
    profiles=PRESS,
    threshold="K 100 overprints, mode 1",
    source="GWG 2015, 4.10; ISO 32000-2:2020, 8.6.7",
    check=check,
    reads_marks=True,
)
