"""N952: types of one's own are mapped to standard ones, standard ones to nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule
from newsletter.preflight.tree import STANDARD, mapped, read_tree


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each type that leads nowhere, and each standard one that is changed."""
    tree = read_tree(document)
    for name in sorted({element.written for element in tree.elements}):
        if not mapped(tree.role_map, name):
            is_circular = name in tree.role_map and _is_circular(tree.role_map, name)
            condition = "02-003" if is_circular else "02-001"
            what = "mapped in a circle" if is_circular else "mapped to no standard type"
            yield fault(document, "N952", condition, what, name)
    for name in sorted(STANDARD.intersection(tree.role_map)):
        yield fault(document, "N952", "02-004", "a standard type is mapped to another", name)


def _is_circular(role_map: Mapping[str, str], name: str) -> bool:
    seen: set[str] = set()
    while name in role_map:
        if name in seen:
            return True
        seen.add(name)
        name = role_map[name]
    return False


RULE = Rule(
    code="N952",
    profiles=TAGGED,
    threshold="every type ends in a standard one",
    source="ISO 14289-1:2014, 7.1; Matterhorn 1.1, 02-001, 02-003, 02-004",
    check=check,
)
