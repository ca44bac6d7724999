"""One issue as `newsletter build` makes it: its files, its proof, the note in the cache."""

from __future__ import annotations

from collections.abc import Callable

import click
from msgspec.structs import replace

from newsletter.cli import coloured
from newsletter.commands.proofs import write_proof
from newsletter.crew.task import Outcome, Task
from newsletter.diagnostics import Refused


def build_issue(task: Task, progress: Callable[[str], None] = lambda _stage: None) -> Outcome:
    """Build an issue; what is refused is an outcome too.

    `progress` is told each stage as it begins; see `edition.build`.
    """
    from newsletter import edition

    try:
        made = edition.build(
            task.root,
            task.issue,
            task.profiles or None,
            task.folder,
            progress,
            layout=task.layout,
        )
    except Refused as refusal:
        return Outcome(task.issue, findings=tuple(refusal.diagnostics))
    if task.request:
        from newsletter.register import note

        note(task.request, made, coloured)
    return proofed(Outcome(task.issue, tuple(made.files.values()), made.findings), task.proof)


def proofed(outcome: Outcome, number: int | None) -> Outcome:
    """Write the proof of that number, if there is one, of the print file that was made."""
    if number is None or not outcome.files:
        return outcome
    found = [path for path in outcome.files if path.stem.endswith("-print")]
    if not found:
        raise click.UsageError("--proof stamps the print file: add --profile print")
    try:
        return replace(outcome, files=(*outcome.files, write_proof(found[0], number)))
    except Refused as refusal:
        findings = (*outcome.findings, *refusal.diagnostics)
        return replace(outcome, findings=findings)
