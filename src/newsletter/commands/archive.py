"""newsletter archive: what is kept, found again and shown."""

from __future__ import annotations

import click

from newsletter.commands import archive_search, archive_site


@click.group("archive")
def command() -> None:
    """Find what is archived, and show it."""


command.add_command(archive_search.command)
command.add_command(archive_site.command)
