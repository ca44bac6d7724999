"""The examination: all rules of a profile on one file.

In: an open document, a profile, its conditions. Out: a `Report` with every finding and with
what became of every rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsletter.diagnostics import Diagnostic, has_errors, in_order
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import NotChecked, Outcome, Profile, Rule
from newsletter.preflight.rules import all_rules


@dataclass(frozen=True, slots=True)
class Report:
    """What a preflight found, and what became of each of its rules."""

    profile: Profile
    findings: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]


def examine(document: Document, profile: Profile, conditions: Conditions) -> Report:
    """Run every rule that the profile asks for."""
    findings: list[Diagnostic] = []
    outcomes = []
    for rule in all_rules():
        if profile in rule.profiles:
            said = list(rule.check(document, conditions))
            found = [answer for answer in said if isinstance(answer, Diagnostic)]
            reasons = [answer.reason for answer in said if isinstance(answer, NotChecked)]
            findings += found
            outcomes.append(_outcome(rule, found, reasons))
    return Report(profile, tuple(in_order(findings)), tuple(outcomes))


def _outcome(rule: Rule, found: Sequence[Diagnostic], reasons: Sequence[str]) -> Outcome:
    told = tuple(dict.fromkeys(reasons))
    if has_errors(found):
        return Outcome(rule, "failed", told)
    if found:
        return Outcome(rule, "warned", told)
    return Outcome(rule, "not checked" if told else "passed", told)
