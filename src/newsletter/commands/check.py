"""newsletter check: everything that can be said without layout."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, finish, format_option
from newsletter.diagnostics import Diagnostic, has_errors, in_order


@click.command("check")
@click.argument("issue", required=False)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--fix", is_flag=True, help="Repair what is safe, keeping comments and layout.")
@format_option
@at_desk
def command(desk: Desk, issue: str | None, strict: bool, fix: bool, form: str) -> None:  # noqa: FBT001
    """Check ISSUE, or every issue: fields, pictures, references, characters, and the copy."""
    from newsletter import edition
    from newsletter.issue.loader import issue_ids
    from newsletter.reporting import summary

    root = desk.root()
    issues = [issue] if issue else issue_ids(root)
    if fix:
        _repair(desk, root, issues, form)
    found: list[Diagnostic] = []
    for name in issues:
        found += edition.check(root, name)
    found = in_order(found)
    if form == "text":
        desk.report(found, err=False)
        click.echo(summary(found, desk.language))
        raise SystemExit(int(has_errors(found) or (strict and bool(found))))
    finish(desk, found, form, strict=strict)


def _repair(desk: Desk, root: Path, issues: list[str], form: str) -> None:
    from newsletter.subedit import repair

    for name in issues:
        for file, count in repair(root, name).items():
            if form == "text":
                text = (
                    f"{file}：改正{count}处"
                    if desk.language == "zh"
                    else f"{file}: {count} repaired"
                )
                click.echo(text)
