"""newsletter check: everything that can be said without layout."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cache.request import Request
from newsletter.cli import Desk, coloured
from newsletter.commands import at_desk, finish, format_option
from newsletter.diagnostics import Diagnostic, Refused, has_errors, in_order


@click.command("check")
@click.argument("issue", required=False)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--fix", is_flag=True, help="Repair what is safe, keeping comments and layout.")
@click.option("--layout", metavar="NAME", help="Hold it against another layout than its own.")
@format_option
@at_desk
def command(
    desk: Desk,
    issue: str | None,
    strict: bool,  # noqa: FBT001 - click passes flags so
    fix: bool,  # noqa: FBT001
    layout: str | None,
    form: str,
) -> None:
    """Check ISSUE, or every issue: fields, pictures, references, characters, and the copy."""
    from newsletter.issue.loader import issue_ids
    from newsletter.reporting import summary

    root = desk.root()
    issues = [issue] if issue else issue_ids(root)
    repaired: dict[str, int] = {}
    found: list[Diagnostic] = []
    for name in issues:
        if fix:
            found += _repair(root, name, repaired)
        found += _checked(root, name, layout)
    found = in_order(found)
    if form == "text":
        for file, count in repaired.items():
            click.echo(_REPAIRED[desk.language].format(file=file, count=count))
        desk.report(found, err=False)
        click.echo(summary(found, desk.language))
        raise SystemExit(int(has_errors(found) or (strict and bool(found))))
    finish(desk, found, form, strict=strict, **({"repaired": repaired} if fix else {}))


def _checked(root: Path, issue: str, layout: str | None) -> list[Diagnostic]:
    """Check one issue, and note what was found, so that it can be said again at once."""
    from newsletter.checking import examine

    request = Request(str(root), issue, layout=layout, command="check")
    found, galley = examine(root, issue, layout)
    if galley is not None and request.manifest():
        from newsletter.register import note_check

        note_check(request, galley, found, coloured)
    return found


_REPAIRED = {"en": "{file}: {count} repaired", "zh": "{file}：改正{count}处"}


def _repair(root: Path, issue: str, repaired: dict[str, int]) -> list[Diagnostic]:
    """Repair one issue and count the places; return why not, where it was refused."""
    from newsletter.subedit import repair

    try:
        repaired |= repair(root, issue)
    except Refused as refusal:
        return refusal.diagnostics
    return []
