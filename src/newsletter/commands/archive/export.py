"""newsletter archive export: a bag as one ZIP file."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.commands import at_desk
from newsletter.commands.archive import Keeper
from newsletter.writing import writing


@click.command("export")
@click.argument("name", metavar="ID")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write (default: 2021-v1.zip, here).",
)
@at_desk
def command(desk: Keeper, name: str, output: Path | None) -> None:
    """Write the newest version of ID, or the one that is named, such as 2021/v1, into a ZIP file.

    The same bag gives the same bytes at each time. It holds the bag as it is: any BagIt tool can
    read and verify it.
    """
    from newsletter.archive.audit import sound_bag
    from newsletter.archive.export import export

    archive = desk.archive()
    entry = sound_bag(archive, *archive.settled(), name)
    top = f"{entry.issue}-v{entry.version}"
    target = output or Path(f"{top}.zip")
    if archive.folder.resolve() in target.resolve().parents:
        raise click.UsageError("--output leads into the archive; name a file outside of it")
    with writing(str(target)):
        export(archive.path(entry.name), top, target)
    click.echo(str(target))
