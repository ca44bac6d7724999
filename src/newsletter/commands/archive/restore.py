"""newsletter archive restore: a working issue from a bag."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.commands import at_desk
from newsletter.commands.archive import Keeper
from newsletter.writing import writing


@click.command("restore")
@click.argument("name", metavar="ID")
@click.argument("folder", type=click.Path(path_type=Path))
@at_desk
def command(desk: Keeper, name: str, folder: Path) -> None:
    """Write the source of ID, the newest version or one such as 2021/v1, into FOLDER.

    FOLDER becomes a publication with this one issue, with the layout, fonts and press profiles
    that it was made with; 'newsletter build' in it gives the archived files again.
    """
    from newsletter.archive.audit import sound_bag
    from newsletter.archive.restoration import restore

    archive = desk.archive()
    entry = sound_bag(archive, *archive.settled(), name)
    with writing(str(folder)):
        restore(archive, entry, folder)
    click.echo(str(folder / "newsletter.yaml"))
