"""newsletter build: the PDFs of one issue, or of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from newsletter.cache.request import Request
from newsletter.cache.unchanged import unchanged
from newsletter.cli import Desk
from newsletter.commands import (
    at_desk,
    end,
    finish,
    format_option,
    issue_named,
    refuse_into_archive,
    shown,
)
from newsletter.commands.building import build_issue, proofed
from newsletter.commands.progress import Progress, Tally
from newsletter.crew.task import Outcome, Task
from newsletter.diagnostics import Diagnostic, Refused, has_errors
from newsletter.reporting import as_data

Told = Callable[[Outcome], None]


@click.command("build")
@click.argument("issue", required=False, callback=issue_named)
@click.option("--all", "every", is_flag=True, help="Build every issue of the publication.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(["screen", "print", "archive"]),
    help="Make only this file (may be given again; default: as newsletter.yaml says).",
)
@click.option(
    "--layout",
    metavar="NAME",
    help="Set it in another layout, into files of their own: ISSUE-NAME-screen.pdf.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write to DIR instead of build/ISSUE.",
)
@click.option(
    "--proof",
    type=click.IntRange(min=1),
    metavar="N",
    help="Also make ISSUE-proof-N.pdf: the print file, stamped 校样 and with its number.",
)
@click.option("--open", "show", is_flag=True, help="Open the PDF when it is made.")
@click.option("--final", is_flag=True, help="Only if every page is approved, every round signed.")
@click.option("--fresh", is_flag=True, help="Build even what has not changed.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --all: so many issues at once (default: as many as there are cores).",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="With --all: have the workers of a Dask cluster build, e.g. tcp://10.0.0.5:8786.",
)
@format_option
@at_desk
def command(
    desk: Desk,
    issue: str | None,
    every: bool,  # noqa: FBT001 - click passes flags so
    show: bool,  # noqa: FBT001
    form: str,
    **choices: Any,  # noqa: ANN401 - one a choice of the command
) -> None:
    """Make the PDFs of ISSUE: build/ISSUE/ISSUE-screen.pdf, -print.pdf, -archive.pdf."""
    root = desk.root()
    _judge(root, issue, choices, every=every)
    if every:
        outcomes = _build_all(desk, root, choices)
    else:
        outcomes = [_build_one(desk, root, str(issue), choices)]
    files = [shown(path) for outcome in outcomes for path in outcome.files]
    if form == "text":
        for file in files:
            click.echo(file)
    if show and files:
        click.launch(files[0])
    if every:
        _finish_all(desk, outcomes, form, files, root, choices)
        return
    findings = [*outcomes[0].findings]
    if form == "text":
        desk.report(findings)
        _tell_failure(desk, outcomes[0], root, choices)
        end(findings)
    else:
        finish(desk, findings, form, files=files)


def _judge(root: Path, issue: str | None, choices: dict[str, Any], *, every: bool) -> None:
    """Raise `UsageError` where what was chosen cannot be."""
    if bool(issue) == every:
        raise click.UsageError("name one ISSUE, or give --all")
    if every and choices["output"]:
        raise click.UsageError("--all and --output exclude each other")
    if not every and (choices["jobs"] or choices["cluster"]):
        raise click.UsageError("--jobs and --cluster go with --all")
    if choices["output"]:
        refuse_into_archive(choices["output"], root / "archive")


def _task(root: Path, issue: str, choices: dict[str, Any]) -> Task:
    output: Path | None = choices["output"]
    profiles, layout = choices["profiles"], choices["layout"]
    request = Request(str(root), issue, profiles, layout, str(output) if output else None)
    return Task(root, issue, profiles, layout, output, choices["proof"], request)


def _pass_the_gate(root: Path, issue: str, layout: str | None) -> None:
    """Raise `Refused` unless the review of an issue is complete."""
    from newsletter.review.gate import refuse_unless_passed

    refuse_unless_passed(root, issue, layout)


# One issue ------------------------------------------------------------------------------------


def _build_one(desk: Desk, root: Path, issue: str, choices: dict[str, Any]) -> Outcome:
    """Build one issue in this process; that it has not changed was asked before (`entry`)."""
    if choices["final"]:
        try:
            _pass_the_gate(root, issue, choices["layout"])
        except Refused as refusal:
            return Outcome(issue, findings=tuple(refusal.diagnostics))
    with Progress(desk, issue) as progress:
        return build_issue(_task(root, issue, choices), progress)


# All of them ----------------------------------------------------------------------------------


def _build_all(desk: Desk, root: Path, choices: dict[str, Any]) -> list[Outcome]:
    """Build every issue that has changed; return what came of each, in the order of their ids."""
    from newsletter.issue.loader import issue_ids

    _see_that_proofs_have_print_files(root, choices)
    tasks = [_task(root, issue, choices) for issue in issue_ids(root)]
    outcomes: dict[str, Outcome] = {}
    waiting = []
    for task in tasks:
        known = _known(task, choices)
        if known:
            outcomes[task.issue] = known
        else:
            waiting.append(task)
    with Tally("newsletter") as tally:

        def told(outcome: Outcome) -> None:
            outcomes[outcome.issue] = outcome
            tally(len(outcomes), len(tasks))

        _perform(desk, waiting, choices, told)
    return [outcomes[task.issue] for task in tasks]


def _see_that_proofs_have_print_files(root: Path, choices: dict[str, Any]) -> None:
    from newsletter.issue.loader import load_publication

    if choices["proof"] and "print" not in (choices["profiles"] or load_publication(root).profiles):
        raise click.UsageError("--proof stamps the print file: add --profile print")


def _known(task: Task, choices: dict[str, Any]) -> Outcome | None:
    """Return what is known of an issue without building it: that it may not, or need not be."""
    if choices["final"]:
        try:
            _pass_the_gate(task.root, task.issue, task.layout)
        except Refused as refusal:
            return Outcome(task.issue, findings=tuple(refusal.diagnostics))
    if choices["fresh"] or task.proof or task.request is None:
        return None
    manifest = unchanged(task.request)
    if manifest is None:
        return None
    from newsletter.cache.findings import files_of, findings_of

    return Outcome(task.issue, files_of(manifest), findings_of(manifest))


def _perform(desk: Desk, tasks: list[Task], choices: dict[str, Any], told: Told) -> None:
    """Have the tasks done: by a cluster, by processes here, or one after another."""
    if not tasks:
        return
    if choices["cluster"]:
        proof = choices["proof"]
        from newsletter.crew.cluster import build_elsewhere

        build_elsewhere(choices["cluster"], tasks, lambda outcome: told(proofed(outcome, proof)))
        return
    from newsletter.crew.pool import cores, work_together

    size = min(choices["jobs"] or cores(), len(tasks))
    if size > 1:
        work_together(build_issue, tasks, size, told)
        return
    from newsletter.render import tidy

    for task in tasks:
        with Progress(desk, task.issue) as progress:
            told(build_issue(task, progress))
        tidy()


def _finish_all(
    desk: Desk,
    outcomes: Sequence[Outcome],
    form: str,
    files: list[str],
    root: Path,
    choices: dict[str, Any],
) -> None:
    """Report, each issue's findings under its name; end with status 1 if one has an error."""
    from newsletter.issue.loader import overlooked

    beside = overlooked(root)
    findings: list[Diagnostic] = [*beside, *(d for o in outcomes for d in o.findings)]
    if form == "text":
        desk.report(beside)
        for outcome in outcomes:
            if not all(found.is_accepted for found in outcome.findings):
                click.echo(desk.style(f"{outcome.issue}:", "caret"), err=True)
                desk.report([*outcome.findings])
                _tell_failure(desk, outcome, root, choices)
        end(findings)
        return
    issues = {
        outcome.issue: {
            "files": [shown(path) for path in outcome.files],
            "diagnostics": [as_data(d, desk.language) for d in outcome.findings],
        }
        for outcome in outcomes
    }
    finish(desk, findings, form, files=files, issues=issues)


# What failed ----------------------------------------------------------------------------------


_NOTHING_WRITTEN = {
    "en": "{count}: nothing was written",
    "zh": "{count}：没有写入任何文件",
}
_EARLIER = {
    "en": "; what is in {folder} is of an earlier build ({files})",
    "zh": "；{folder}中的文件是以前生成的（{files}）",
}


def _tell_failure(desk: Desk, outcome: Outcome, root: Path, choices: dict[str, Any]) -> None:
    """Say that a build wrote nothing, and which files of an earlier one are still there."""
    if outcome.files or not has_errors(outcome.findings):
        return
    from newsletter.reporting import summary

    folder = choices["output"] or root / "build" / outcome.issue
    stem = f"{outcome.issue}-{choices['layout']}" if choices["layout"] else outcome.issue
    names = [f"{stem}-{profile}.pdf" for profile in ("screen", "print", "archive")]
    earlier = [name for name in names if (folder / name).is_file()]
    language = desk.language
    told = _NOTHING_WRITTEN[language].format(count=summary(outcome.findings, language))
    if earlier:
        files = ("、" if language == "zh" else ", ").join(earlier)
        told += _EARLIER[language].format(files=files, folder=shown(folder))
    click.echo(told, err=True)
