"""newsletter build: the PDFs of one issue, or of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, finish, format_option
from newsletter.diagnostics import Diagnostic, Refused


@click.command("build")
@click.argument("issue", required=False)
@click.option("--all", "every", is_flag=True, help="Build every issue of the publication.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(["screen", "print"]),
    help="Make only this file (may be given twice; default: as newsletter.yaml says).",
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
@click.option("--open", "show", is_flag=True, help="Open the PDF when it is made.")
@click.option("--final", is_flag=True, help="Only if every page is approved, every round signed.")
@format_option
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Desk,
    issue: str | None,
    every: bool,  # noqa: FBT001 - click passes flags so
    profiles: tuple[str, ...],
    layout: str | None,
    output: Path | None,
    show: bool,  # noqa: FBT001
    final: bool,  # noqa: FBT001
    form: str,
) -> None:
    """Make the PDFs of ISSUE: build/ISSUE/ISSUE-screen.pdf and -print.pdf."""
    from newsletter.issue.loader import issue_ids

    root = desk.root()
    if bool(issue) == every:
        raise click.UsageError("name one ISSUE, or give --all")
    if every and output:
        raise click.UsageError("--all and --output exclude each other")
    findings: list[Diagnostic] = []
    files: list[str] = []
    choices = {"profiles": profiles or None, "folder": output, "layout": layout}
    for name in issue_ids(root) if every else [str(issue)]:
        if final:
            _pass_the_gate(root, name, layout)
        made, found = _build(desk, root, name, choices)
        findings += found
        files += made
    if form == "text":
        for file in files:
            click.echo(file)
    if show and files:
        click.launch(files[0])
    finish(desk, findings, form, files=files)


def _pass_the_gate(root: Path, issue: str, layout: str | None) -> None:
    """Raise `Refused` unless the review of an issue is complete."""
    from newsletter.review.gate import refuse_unless_passed

    refuse_unless_passed(root, issue, layout)


def _build(
    desk: Desk, root: Path, issue: str, choices: dict[str, Any]
) -> tuple[list[str], list[Diagnostic]]:
    """Build one issue with those choices of `edition.build`; return files and findings."""
    from newsletter import edition
    from newsletter.commands.progress import Progress

    with Progress(desk, issue) as progress:
        try:
            made = edition.build(root, issue, progress=progress, **choices)
        except Refused as refusal:
            return [], refusal.diagnostics
    files = [_shown(path) for path in made.files.values()]
    return files, list(made.findings)


def _shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
