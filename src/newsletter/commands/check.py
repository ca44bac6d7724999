"""newsletter check: everything that can be said without layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cache.request import Request
from newsletter.cli import Desk, coloured
from newsletter.commands import at_desk, finish, format_option, issue_named
from newsletter.diagnostics import Diagnostic, Refused, has_errors, in_order

if TYPE_CHECKING:
    from newsletter.subedit import Repairs


@click.command("check")
@click.argument("issue", required=False, callback=issue_named)
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
    from newsletter.issue.loader import issue_ids, overlooked
    from newsletter.reporting import summary
    from newsletter.subedit import Repairs

    root = desk.root()
    issues = [issue] if issue else issue_ids(root)
    repairs = Repairs()
    found: list[Diagnostic] = [] if issue else overlooked(root)
    is_complete = True
    for name in issues:
        if fix:
            found += _repair(root, name, repairs)
        told, all_seen = _checked(root, name, layout)
        found += told
        is_complete = is_complete and (all_seen or _is_no_issue(told))
    found = in_order(found)
    if form == "text":
        _tell_repairs(desk, repairs)
        desk.report(found, err=False)
        if not is_complete:
            click.echo(_MORE_LATER[desk.language])
        click.echo(summary(found, desk.language))
        raise SystemExit(int(has_errors(found) or (strict and bool(found))))
    more: dict[str, Any] = {"repaired": repairs.counts} if fix else {}
    if repairs.left:
        more["not_repaired"] = repairs.left
    if not is_complete:
        more["complete"] = False
    finish(desk, found, form, strict=strict, **more)


def _checked(root: Path, issue: str, layout: str | None) -> tuple[Sequence[Diagnostic], bool]:
    """Check one issue, and note what was found, so that it can be said again at once.

    Returns what was found, and whether errors have hidden nothing.
    """
    from newsletter.checking import survey

    request = Request(str(root), issue, layout=layout, command="check")
    found = survey(root, issue, layout)
    if found.galley is not None and request.manifest():
        from newsletter.register import note_check

        note_check(request, found.galley, found.problems, coloured)
    return found.problems, found.is_complete


def _is_no_issue(found: Sequence[Diagnostic]) -> bool:
    """Tell whether there is nothing that an error could hide."""
    return [diagnostic.code for diagnostic in found] == ["N132"]


_REPAIRED = {"en": "{file}: {count} repaired", "zh": "{file}：改正{count}处"}
_LEFT = {
    "en": "{file}: not repaired, because it has errors",
    "zh": "{file}：有错误，未作改正",
}
_MORE_LATER = {
    "en": "what has these errors was not looked at further: more is checked when they are mended",
    "zh": "有这些错误的部分没有继续检查：改正后会再检查其余内容",
}


def _tell_repairs(desk: Desk, repairs: Repairs) -> None:
    for file, count in repairs.counts.items():
        click.echo(_REPAIRED[desk.language].format(file=file, count=count))
    for file in repairs.left:
        click.echo(_LEFT[desk.language].format(file=file))


def _repair(root: Path, issue: str, repairs: Repairs) -> list[Diagnostic]:
    """Repair one issue and count the places; return why not, where it was refused."""
    from newsletter.subedit import repair

    try:
        made = repair(root, issue)
    except Refused as refusal:
        return refusal.diagnostics
    for file, count in made.counts.items():
        repairs.count(file, count)
    repairs.left = sorted({*repairs.left, *made.left})
    return []
