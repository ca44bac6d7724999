"""newsletter schema: the JSON Schemas, for editors that complete and check while typing."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.writing import writing


@click.command("schema")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@at_desk
def command(desk: Desk, folder: Path | None) -> None:
    """Write the JSON Schemas into FOLDER (default: the publication's schema/)."""
    from newsletter.issue.schema import write_schemas

    folder = folder or desk.root() / "schema"
    with writing(folder.name):
        paths = write_schemas(folder)
    for path in paths:
        click.echo(path.name)
