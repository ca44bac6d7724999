"""newsletter build: the PDFs of one issue, or of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, finish, format_option, shown
from newsletter.commands.proofs import write_proof
from newsletter.diagnostics import Diagnostic, Refused

if TYPE_CHECKING:
    from newsletter.edition import Edition


@click.command("build")
@click.argument("issue", required=False)
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
@format_option
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Desk,
    issue: str | None,
    every: bool,  # noqa: FBT001 - click passes flags so
    profiles: tuple[str, ...],
    layout: str | None,
    output: Path | None,
    proof: int | None,
    show: bool,  # noqa: FBT001
    final: bool,  # noqa: FBT001
    form: str,
) -> None:
    """Make the PDFs of ISSUE: build/ISSUE/ISSUE-screen.pdf, -print.pdf, -archive.pdf."""
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
        made, found = _build(desk, root, name, choices, proof)
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
    desk: Desk, root: Path, issue: str, choices: dict[str, Any], proof: int | None
) -> tuple[list[str], list[Diagnostic]]:
    """Build one issue with those choices of `edition.build`; return files and findings."""
    from newsletter import edition
    from newsletter.commands.progress import Progress

    with Progress(desk, issue) as progress:
        try:
            made = edition.build(root, issue, progress=progress, **choices)
            proofs = [write_proof(_print_file(made), proof)] if proof else []
        except Refused as refusal:
            return [], refusal.diagnostics
    files = [shown(path) for path in (*made.files.values(), *proofs)]
    return files, list(made.findings)


def _print_file(made: Edition) -> Path:
    """Return the print file, of which proofs are made."""
    if "print" not in made.files:
        raise click.UsageError("--proof stamps the print file: add --profile print")
    return made.files["print"]
