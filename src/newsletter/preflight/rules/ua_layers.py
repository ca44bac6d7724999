"""N963: layers have names, and none shows itself by its own choice."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.diagnostics import Diagnostic
from newsletter.pdf.objects import dictionaries, dictionary
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.matterhorn import fault
from newsletter.preflight.rule import TAGGED, NotChecked, Rule


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each configuration of layers that readers cannot tell or control."""
    if "/OCProperties" not in document.pdf.Root:
        return
    properties = dictionary(document.pdf.Root, "/OCProperties")
    others = [("20-001", each) for each in dictionaries(properties, "/Configs")]
    for condition, configuration in [("20-002", dictionary(properties, "/D")), *others]:
        if not str(configuration.get("/Name", "")):
            what = "a configuration of layers without a name"
            yield fault(document, "N963", condition, what, "OCProperties")
        if "/AS" in configuration:
            what = "layers that are shown or hidden by themselves"
            yield fault(document, "N963", "20-003", what, "AS")


RULE = Rule(
    code="N963",
    profiles=TAGGED,
    threshold="every configuration",
    source="ISO 14289-1:2014, 7.10; Matterhorn 1.1, 20-001 to 20-003",
    check=check,
)
