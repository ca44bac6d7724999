"""N956: tables, lists, contents and ruby are nested as the standard has it."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import read_tree

ROWS = frozenset({"TR", "THead", "TBody", "TFoot", "Caption"})
HOLDS = {
    "Table": ROWS,
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"L", "LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "TOC": frozenset({"TOC", "TOCI", "Caption"}),
    "TOCI": frozenset({"Lbl", "Reference", "NonStruct", "P", "TOC"}),
    "Ruby": frozenset({"RB", "RT", "RP"}),
    "Warichu": frozenset({"WT", "WP"}),
}
WITHIN = {
    "TR": frozenset({"Table", "THead", "TBody", "TFoot"}),
    **dict.fromkeys(("TH", "TD"), frozenset({"TR"})),
    **dict.fromkeys(("THead", "TBody", "TFoot"), frozenset({"Table"})),
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TOCI": frozenset({"TOC"}),
    **dict.fromkeys(("RB", "RT", "RP"), frozenset({"Ruby"})),
    **dict.fromkeys(("WT", "WP"), frozenset({"Warichu"})),
}
CONDITION = {
    **dict.fromkeys(("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"), "09-004"),
    **dict.fromkeys(("L", "LI", "LBody"), "09-005"),
    **dict.fromkeys(("TOC", "TOCI"), "09-006"),
    **dict.fromkeys(("Ruby", "RB", "RT", "RP"), "09-007"),
    **dict.fromkeys(("Warichu", "WT", "WP"), "09-008"),
}


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each element that stands where it may not."""
    for element in read_tree(document).elements:
        parent = element.parent.role if element.parent else ""
        condition = CONDITION.get(element.role, "")
        around = WITHIN.get(element.role)
        if around and parent not in around:
            found = f"{element.role} < {parent or 'StructTreeRoot'}"
            yield fault(
                document, "N956", condition, "an element in the wrong place", found, element.page
            )
        allowed = HOLDS.get(element.role)
        for kid in element.kids:
            if allowed and kid.role not in allowed:
                found = f"{element.role} > {kid.role or kid.written}"
                yield fault(
                    document, "N956", condition, "an element in the wrong place", found, kid.page
                )
        if element.role in HOLDS and element.contents:
            what = "text in an element that only groups"
            yield fault(document, "N956", condition, what, element.role, element.page)


RULE = Rule(
    code="N956",
    profiles=TAGGED,
    threshold="as the tables 333, 336, 337 and 338 have it",
    source=(
        "ISO 14289-1:2014, 7.1; ISO 32000-1:2008, tables 333 and 336 to 338; "
        "Matterhorn 1.1, 09-004 to 09-008"
    ),
    check=check,
)
