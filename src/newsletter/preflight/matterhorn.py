"""The Matterhorn Protocol 1.1 (PDF Association, 2021): how PDF/UA-1 is tested, and by whom.

Its 31 checkpoints hold 136 failure conditions. Each rule `ua_*` names those that it looks for;
those of `BY_A_PERSON` no program can judge.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.document import Document


def fault(
    document: Document, code: str, condition: str, what: str, found: str | int, page: int = 0
) -> Diagnostic:
    """Return the finding that a failure condition holds; `what` is one of the catalogue's terms."""
    values: dict[str, str | int] = {"condition": condition, "what": Term(what), "found": found}
    return Diagnostic(code, document.spot(page), values)


BY_A_PERSON: Mapping[str, str] = {
    "01-001": "whether something tagged is decoration",
    "01-002": "whether something marked as decoration has a meaning",
    "01-006": "whether the structure suits the content",
    "02-002": "whether a type of one's own is mapped to a fitting one",
    "03-001": "flickering",
    "03-002": "flickering",
    "03-003": "flickering",
    "04-001": "whether anything is said by colour alone, and contrast",
    "05-001": "sound",
    "05-002": "sound",
    "06-004": "whether the title names the document",
    "08-001": "text that was recognised in a scan",
    "08-002": "text that was recognised in a scan",
    "09-001": "whether the order of reading makes sense",
    "09-002": "whether elements are nested in a sensible way",
    "09-003": "whether each type suits its content",
    "11-007": "whether the language is the right one",
    "12-001": "characters that are stretched",
    "13-001": "whether pictures are figures",
    "13-002": "links whose ground says something",
    "13-003": "whether each caption is tagged as one",
    "13-005": "whether a figure's words should be alternative text",
    "13-006": "pictures that belong together",
    "13-007": "whether there is a more accessible way to say it",
    "13-008": "figures that are text",
    "14-001": "whether each heading is tagged as one",
    "14-005": "headings of a seventh level",
    "15-001": "whether each row's head is tagged as one",
    "15-002": "whether each column's head is tagged as one",
    "15-004": "tables that are none",
    "15-005": "whether each cell's heads can be told",
    "16-001": "whether an ordered list says how it is numbered",
    "16-002": "whether the numbering is the right one",
    "16-003": "whether each list is tagged as one",
    "17-001": "whether each formula is tagged as one",
    "18-001": "whether heads and feet of pages are artifacts",
    "18-002": "whether they are named as heads and feet",
    "19-001": "whether each note is tagged as one",
    "19-002": "whether each reference is tagged as one",
    "22-001": "article threads",
    "23-001": "signatures",
    "24-001": "forms to be filled in by hand",
    "27-001": "ways through the document",
    "28-001": "whether annotations are read in the right place",
    "28-003": "annotations that only decorate",
    "28-013": "maps of links",
    "29-001": "actions and scripts",
}
"""The failure conditions that the protocol leaves to people, with what each is about."""
