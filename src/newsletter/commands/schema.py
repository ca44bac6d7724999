"""newsletter schema: the JSON Schemas, for editors that complete and check while typing."""

from __future__ import annotations

import json
from pathlib import Path

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, writing


@click.command("schema")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@at_desk
def command(desk: Desk, folder: Path | None) -> None:
    """Write the JSON Schemas into FOLDER (default: the publication's schema/)."""
    folder = folder or desk.root() / "schema"
    with writing(folder.name):
        paths = write_schemas(folder)
    for path in paths:
        click.echo(path.name)


def write_schemas(folder: Path) -> list[Path]:
    """Write one schema a kind of file; return the paths."""
    from newsletter.issue.schema import schemas

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.unlink(missing_ok=True)  # never write through a link
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
        written.append(path)
    return written
