"""The desk itself: all rules over one text, and the repairs that are safe."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript
from newsletter.copydesk.rules import NEEDS, RULES

# A repair may uncover another; a chain of this length would mean that two rules disagree.
_ROUNDS = 50


def read(text: str, *, prose: bool = False) -> list[Finding]:
    """Return what every rule finds in `text`, ordered by place.

    `text` is one block, or several paragraphs divided by empty lines. `prose` says that it
    consists of sentences: then it must end with a stop, and spaces that would part the
    phrases of a heading are slips.
    """
    copy = Manuscript(text, prose)
    characters = frozenset(text)
    rules = [rule for rule in RULES if not characters.isdisjoint(NEEDS.get(rule.code, characters))]
    findings = [finding for rule in rules for finding in rule.read(copy)]
    return sorted(findings, key=lambda f: (f.start, f.end, f.code))


def fix(text: str, *, prose: bool = False) -> str:
    """Return `text` with every safe repair made, until none is left; fixing twice is idle."""
    for _ in range(_ROUNDS):
        repaired = apply(text, read(text, prose=prose))
        if repaired == text:
            break
        text = repaired
    return text


def apply(text: str, findings: Iterable[Finding]) -> str:
    """Return `text` with the replacements of `findings` made; of two that overlap, the first."""
    pieces: list[str] = []
    done = 0
    for finding in sorted(findings, key=lambda f: (f.start, f.end, f.code)):
        if finding.replacement is None or finding.start < done:
            continue
        pieces += [text[done : finding.start], finding.replacement]
        done = finding.end
    return "".join([*pieces, text[done:]])
