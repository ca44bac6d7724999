"""Which profile a file is made for, and what that profile asks.

In: an open document. Out: the profile, with the sign by which it was known, a `Term`.
"""

from __future__ import annotations

from msgspec.structs import replace

from newsletter.diagnostics import Term
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.metadata import PDFA, PDFUA, PDFX, metadata
from newsletter.preflight.rule import Profile

INK_UNCOATED = 280.0
"""Per cent: uncoated paper drinks the ink and dries more slowly."""


def guessed(document: Document) -> tuple[Profile, Term]:
    """Return the profile that a file says it is made for; of one that says nothing a press asks.

    Tags alone say nothing: many programs write them into every file.
    """
    said = metadata(document)
    root = document.pdf.Root
    intents = objects.items(objects.entry(root, "/OutputIntents"))
    kinds = {objects.name(objects.entry(intent, "/S")) for intent in intents}
    if said.said(PDFX, "GTS_PDFXVersion"):
        return "press-coated", Term("by PDF/X")
    if "GTS_PDFX" in kinds:
        return "press-coated", Term("by output intent")
    if said.said(PDFA, "part"):
        return "archive", Term("by PDF/A")
    if said.said(PDFUA, "part"):
        return "screen", Term("by PDF/UA")
    return "press-coated", Term("by nothing")


def conditions(profile: Profile, trim_mm: tuple[float, float] | None = None) -> Conditions:
    """Return what a profile asks, of pages of a size if one is given."""
    width, height = trim_mm or (None, None)
    asked = Conditions(trim_width_mm=width, trim_height_mm=height)
    return replace(asked, ink_limit=INK_UNCOATED) if profile == "press-uncoated" else asked
