"""The examination: all rules of a profile on one file.

In: an open document, a profile, its conditions. Out: a `Report` with every finding and with
what became of every rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Term, has_errors, in_order
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import Answer, NotChecked, Outcome, Profile, Rule
from newsletter.preflight.rules import rules_of


class Report(Struct, frozen=True):
    """What a preflight found, and what became of each of its rules."""

    profile: Profile
    findings: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]


def examine(
    document: Document, profile: Profile, conditions: Conditions, *, strict: bool = False
) -> Report:
    """Run every rule that the profile and the conditions ask for; `strict` is for `answers`."""
    findings: list[Diagnostic] = []
    outcomes = []
    for rule in (rule for rule in rules_of(profile) if rule.is_asked(conditions)):
        said = list(answers(rule, document, conditions, strict=strict))
        found = [answer for answer in said if isinstance(answer, Diagnostic)]
        unseen = [answer for answer in said if isinstance(answer, NotChecked)]
        findings += found
        outcomes.append(_outcome(rule, found, unseen))
    return Report(profile, tuple(in_order(findings)), tuple(outcomes))


def answers(
    rule: Rule, document: Document, conditions: Conditions, *, strict: bool = False
) -> Iterable[Answer]:
    """Yield what a rule says; what it did not see counts, too.

    A file can be damaged in ways that nobody foresaw. That costs the rule that met it, which is
    then not checked, and no other; with `strict` it is raised, for whoever looks for such files.
    """
    try:
        yield from rule.check(document, conditions)
    except Exception:
        if strict:
            raise
        yield NotChecked(Term("damage"))
    if rule.reads_marks and _is_stopped(document):
        yield NotChecked(Term("reading stopped"), document.reading.stopped_at)


def _is_stopped(document: Document) -> bool:
    """Tell whether there was too much on the pages to read them to the end."""
    return plain_content(document) is None and document.reading.stopped is not None


def _outcome(rule: Rule, found: Sequence[Diagnostic], unseen: Sequence[NotChecked]) -> Outcome:
    told = tuple(dict.fromkeys(answer.reason for answer in unseen))
    if has_errors(found):
        return Outcome(rule, "failed", told)
    if found:
        return Outcome(rule, "warned", told)
    return Outcome(rule, "not checked" if told else "passed", told)
