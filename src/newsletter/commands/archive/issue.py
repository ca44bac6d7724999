"""newsletter archive ISSUE: build an issue and keep it."""

from __future__ import annotations

import click

from newsletter.commands import at_desk, finish, format_option, issue_named
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import KEPT, STANDS

reason_option = click.option(
    "--reason", default="", metavar="TEXT", help="Why there is a new version of what is kept."
)
despite_option = click.option(
    "--despite",
    default="",
    metavar="TEXT",
    help="Keep it though check, preflight or review refuse it, and record why.",
)


@click.command("issue")
@click.argument("issue", callback=issue_named)
@reason_option
@despite_option
@format_option
@at_desk
def command(desk: Keeper, issue: str, reason: str, despite: str, form: str) -> None:
    """Build ISSUE and keep it as archive/ISSUE/v1, or as v2 with a reason."""
    from newsletter.archive.accession import Terms, archive_issue
    from newsletter.archive.stacks import Archive
    from newsletter.commands.progress import Progress

    root = desk.root()
    with Progress(desk, issue) as progress:
        terms = Terms(reason.strip(), despite.strip())
        kept = archive_issue(Archive(desk.archive_folder()), root, issue, terms, progress)
    if form == "text":
        words = KEPT if kept.is_new else STANDS
        click.echo(words[desk.language].format(name=kept.name))
    finish(desk, list(kept.findings), form, bag=kept.name, new=kept.is_new)
