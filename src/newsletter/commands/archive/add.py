"""newsletter archive add: take in an issue that was made elsewhere, as PDF."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.commands import at_desk, finish, format_option
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import KEPT, STANDS

file_type = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("add")
@click.argument("files", nargs=-1, required=True, type=file_type)
@click.option(
    "--metadata", required=True, type=file_type, help="A YAML file that says what is known of it."
)
@click.option("--reason", default="", metavar="TEXT", help="Why there is a new version.")
@format_option
@at_desk
def command(desk: Keeper, files: tuple[Path, ...], metadata: Path, reason: str, form: str) -> None:
    """Take in FILES, the PDFs of one issue; the first one is read and shown."""
    from newsletter.archive.accession import Terms, accept
    from newsletter.archive.foreign import read_metadata, submit_files
    from newsletter.archive.stacks import Archive
    from newsletter.diagnostics import Refused
    from newsletter.issue.loader import load_publication

    try:
        publication = load_publication(desk.root())
    except Refused:
        if desk.chosen is None:
            raise
        publication = None  # an archive by itself: then the metadata say whose issue it is
    submission = submit_files(files, read_metadata(metadata), metadata, publication)
    kept = accept(Archive(desk.archive_folder()), submission, Terms(reason.strip()))
    if form == "text":
        words = KEPT if kept.is_new else STANDS
        click.echo(words[desk.language].format(name=kept.name))
    finish(desk, [], form, bag=kept.name, new=kept.is_new)
