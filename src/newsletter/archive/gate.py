"""The gate: what speaks against an issue before it is kept for ever.

In: an issue's folder and the findings of its build, which hold those of `check`. Out: the errors
among them, and what each guard adds. A guard is any function that is given the publication's
folder and the issue's id, and returns diagnostics. Preflight speaks through the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Refused, Severity, in_order

Guard = Callable[[Path, str], Iterable[Diagnostic]]


def review_guard(root: Path, issue: str) -> Iterable[Diagnostic]:
    """Say which pages of an issue under review lack approval, and which rounds a signature.

    A record that cannot be read may be a rejection, so it speaks against any issue.
    """
    from newsletter.review.gate import check_gate, is_under_review
    from newsletter.review.records import read_records

    if is_under_review(root, issue):
        return check_gate(root, issue)
    return read_records(root, issue).problems


GUARDS: tuple[Guard, ...] = (review_guard,)


def objections(root: Path, issue: str, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the errors that speak against an issue."""
    said = [*findings, *(found for guard in GUARDS for found in guard(root, issue))]
    return in_order(found for found in said if found.severity is Severity.ERROR)


def refuse(issue: str, found: Sequence[Diagnostic], *, can_be_made: bool) -> Refused:
    """Return the refusal of an issue: its objections and how they can be overruled."""
    hint = "default" if can_be_made else "unmade"
    closing = Diagnostic("N772", None, {"issue": issue, "count": len(found)}, hint=hint)
    return Refused([*found, closing])
