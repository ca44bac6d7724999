"""newsletter preview: the pages of an issue in the browser, live."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, issue_named
from newsletter.diagnostics import Diagnostic, Refused

PORT = 8421
EDITOR = "vscode://file{path}:{line}"
PLACES = ("{path}", "{line}")
STOPPED = 128


@click.command("preview")
@click.argument("issue", required=False, callback=issue_named)
@click.option("--layout", metavar="NAME", help="Set it in another layout.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port on this machine; 0 takes any that is free.",
)
@click.option(
    "--by",
    metavar="NAME",
    help="Who approves and comments (default: as git's configuration says).",
)
@click.option(
    "--editor",
    envvar="NEWSLETTER_EDITOR",
    default=EDITOR,
    show_default=True,
    metavar="URL",
    help="How a line opens in your editor; {path} and {line} stand for the place.",
)
@click.option("--open/--no-open", "show", default=None, help="Open the browser (on a terminal).")
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Desk,
    issue: str | None,
    layout: str | None,
    port: int,
    by: str | None,
    editor: str,
    show: bool | None,  # noqa: FBT001 - click passes flags so
) -> None:
    """Show ISSUE in the browser (default: the newest), anew whenever a file is saved."""
    if not all(place in editor for place in PLACES) or not re.match(r"[a-z][a-z0-9+.-]*:", editor):
        raise click.BadParameter("a URL with {path} and {line}", param_hint="--editor")
    root = desk.root()
    name = chosen(root, issue)
    from newsletter.preview.serving import Choices, serve

    def ready(url: str) -> None:
        click.echo(url)
        click.echo(_READY[desk.language].format(issue=name), err=True)
        if show or (show is None and sys.stdout.isatty()):
            click.launch(url)

    choices = Choices(root, name, desk.language, editor, port, layout, by)
    stopped = serve(choices, ready)
    if stopped and stopped != signal.SIGINT:
        raise SystemExit(STOPPED + stopped)


_READY = {
    "en": "{issue}: live until Ctrl-C",
    "zh": "{issue}：实时预览中，按Ctrl-C结束",
}


def chosen(root: Path, issue: str | None) -> str:
    """Return the issue that is meant: the one named, else the newest; raises `Refused`."""
    from newsletter.issue.loader import issue_ids

    ids = issue_ids(root)
    if issue is None:
        if not ids:
            raise Refused([Diagnostic("N742")])
        return max(ids, key=_by_number)
    if issue not in ids:
        _refuse_unknown(root, issue)
    return issue


def _refuse_unknown(root: Path, issue: str) -> None:
    """Say why an issue cannot be shown, where it is not one; a broken one can."""
    from newsletter.issue.loader import load_issue

    try:
        load_issue(root, issue)
    except Refused as refusal:
        if any(diagnostic.code in ("N132", "N118") for diagnostic in refusal.diagnostics):
            raise


def _by_number(issue: str) -> list[tuple[int, str]]:
    """Return a key that puts 2021-10 after 2021-9."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", issue)
    ]
