"""One issue to be built, and what came of it; both cross from one process to another."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from newsletter.cache.request import Request
from newsletter.diagnostics import Diagnostic
from newsletter.issue.models import Profile

ENDED = "N724"
"""A process that was building ended by itself."""


class Task(Struct, frozen=True):
    """An issue of the publication in `root`, and what to make of it; see `edition.build`.

    `proof` is the number of the proof that is wanted too. `request` is what is noted in the
    cache; without one nothing is.
    """

    root: Path
    issue: str
    profiles: tuple[Profile, ...] = ()
    layout: str | None = None
    folder: Path | None = None
    proof: int | None = None
    request: Request | None = None


class Outcome(Struct, frozen=True):
    """The files that were made of an issue, none when it was refused, and all findings."""

    issue: str
    files: tuple[Path, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def ended(task: Task, reason: str) -> Outcome:
    """Return what is told of an issue whose process ended by itself."""
    values: dict[str, str | int] = {"issue": task.issue, "reason": reason}
    return Outcome(task.issue, findings=(Diagnostic(ENDED, None, values),))
