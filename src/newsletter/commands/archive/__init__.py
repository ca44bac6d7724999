"""newsletter archive: keep issues, prove them unchanged, show them, give them back.

`newsletter archive 2021` keeps an issue; every other word is a command of its own, listed in
`COMMANDS` and imported when it is called. An issue that is called like one of them is kept by
`newsletter archive issue verify`.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from newsletter.cli import NO_SUCH_COMMAND, Commands, Desk
from newsletter.commands.tongue import Told

if TYPE_CHECKING:
    from newsletter.archive.stacks import Archive

KEEP = "issue"
COMMANDS = {
    KEEP: "Keep an issue of this publication (the default).",
    "add": "Take in an issue that was made elsewhere, as PDF.",
    "verify": "Prove that everything is what was archived.",
    "sign": "Vouch for a version with a certificate.",
    "list": "List what is kept.",
    "show": "Tell everything of an issue that is kept.",
    "diff": "Say what a correction changed.",
    "export": "Write a version into a ZIP file.",
    "restore": "Make a working issue from what is kept.",
    "search": "Find words in all archived issues.",
    "site": "Make a static web site of all archived issues.",
}


class Drawers(Commands):
    """The commands of the archive; a word that is none of them is an issue to keep."""

    package = "newsletter.commands.archive"
    listing = COMMANDS

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; what is none keeps an issue, unless it is a misspelt command."""
        if args and args[0] not in self.listing:
            near = difflib.get_close_matches(args[0], self.listing, n=1, cutoff=0.75)
            if near and not _is_issue(ctx, args[0]):
                ctx.fail(Told(NO_SUCH_COMMAND, name=args[0], near=near[0]))
            args = [KEEP, *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options that belong to the keeping of an issue, such as --reason, to it."""
        own = {"--archive", "-h", "--help"}
        if args and args[0].startswith("-") and args[0].split("=")[0] not in own:
            args = [KEEP, *args]
        return super().parse_args(ctx, args)


def _is_issue(context: click.Context, name: str) -> bool:
    desk: Desk = context.obj
    return any(
        (folder / "issues" / name).is_dir() for folder in (desk.folder, *desk.folder.parents)
    )


class Keeper(Desk, frozen=True):
    """The desk of whoever works in the archive: it also knows where the archive is."""

    chosen: Path | None = None

    def archive_folder(self) -> Path:
        """Return the archive's folder: the one that was named, or the publication's own."""
        return self.chosen or self.root() / "archive"

    def archive(self) -> Archive:
        """Return the archive; raises `Refused` if there is none."""
        from newsletter.archive.stacks import open_archive

        return open_archive(self.archive_folder())


@click.group("archive", cls=Drawers)
@click.option(
    "--archive",
    "chosen",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The archive's folder (default: archive/ of the publication).",
)
@click.pass_context
def command(context: click.Context, chosen: Path | None) -> None:
    """Keep ISSUE in the archive, or work with what is kept.

    `newsletter archive 2021` builds the issue 2021 and writes archive/2021/v1.
    """
    desk = cast("Desk", context.obj)
    place = (desk.folder / chosen) if chosen else None
    context.obj = Keeper(desk.folder, desk.language, desk.colour, place)
