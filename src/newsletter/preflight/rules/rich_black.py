"""N923: black text of small size is black ink alone.

With three more inks under it, the least shift between the plates gives coloured fringes.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import FAINT, Plates, plates
from newsletter.preflight.content.marks import is_visible
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

LARGE_PT = 24.0
"""From here on strokes are so wide that a fringe is not seen."""
BLACK_FROM = 0.85
"""With this much black ink text is read as black, whatever lies under it."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with small text in rich black."""
    cases = []
    for text in document.reading.texts:
        found = plates(text.fill) if text.fill else None
        if found and is_rich(found) and text.size_pt < LARGE_PT and is_visible(text):
            values = {"inks": shown(found), "size": f"{text.size_pt:.1f}"}
            cases.append(Case(text.page, text.box, -text.size_pt, values))
    return by_page(document, "N923", cases)


def is_rich(found: Plates) -> bool:
    """Tell whether it is black with other inks under it."""
    others = [share for plate, share in found.items() if plate != "Black"]
    return found.get("Black", 0.0) >= BLACK_FROM and max(others, default=0.0) >= FAINT


def shown(found: Plates) -> str:
    """Return inks as printers write them: C60 M40 K100."""
    return " ".join(
        f"{plate[0] if plate != 'Black' else 'K'}{100 * share:.0f}"
        for plate, share in found.items()
        if share >= FAINT
    )


RULE = Rule(
    code="N923",
    profiles=PRESS,
    threshold="K alone below 24 pt",
    source="GWG 2015, 4.15 (rich black text)",
    check=check,
    reads_marks=True,
)
