"""N915: the file says for which printing condition its colours are made.

Exactly one output intent GTS_PDFX, with an identifier and a CMYK printer profile, or an
identifier of the ICC's registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.diagnostics import Diagnostic
from newsletter.pdf import objects
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.spaces import ICC_SPACE_AT, LARGEST_PROFILE
from newsletter.preflight.document import Document
from newsletter.preflight.rule import PRESS, NotChecked, Rule

INKS = 4
REGISTRY = "http://www.color.org"
CLASS_AT, SIGNATURE_AT = slice(12, 16), slice(36, 40)
"""Where a profile says its class and that it is one (ICC.1:2022, 7.2)."""


def check(document: Document, _conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each thing that is wrong with the output intent."""
    found = [
        intent
        for intent in objects.items(objects.entry(document.pdf.Root, "/OutputIntents"))
        if objects.name(objects.entry(intent, "/S")) == "GTS_PDFX"
    ]
    problems = _problems(found[0]) if len(found) == 1 else ["several" if found else "none"]
    for problem in problems:
        yield Diagnostic("N915", document.spot(), {"count": len(found)}, problem)


def _problems(intent: objects.Object) -> Iterator[str]:
    identifier = objects.text(objects.entry(intent, "/OutputConditionIdentifier"))
    if not identifier.strip():
        yield "no identifier"
    profile = objects.entry(intent, "/DestOutputProfile")
    if objects.is_stream(profile):
        yield from _profile_problems(profile)
    elif objects.text(objects.entry(intent, "/RegistryName")) != REGISTRY:
        yield "no profile"


def _profile_problems(profile: objects.Object) -> Iterator[str]:
    try:
        data = objects.decoded(profile, LARGEST_PROFILE) or b""
    except objects.TooLarge:
        data = b""
    if data[SIGNATURE_AT] != b"acsp" or data[CLASS_AT] != b"prtr":
        yield "no printer profile"
    elif data[ICC_SPACE_AT] != b"CMYK" or objects.number(objects.entry(profile, "/N")) != INKS:
        yield "not CMYK"


RULE = Rule(
    code="N915",
    profiles=PRESS,
    threshold="one GTS_PDFX, N = 4",
    source="ISO 15930-7:2010 (output intents); ISO 32000-2:2020, 14.11.5",
    check=check,
)
