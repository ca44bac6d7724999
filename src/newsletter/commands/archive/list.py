"""newsletter archive list: what is kept, a line a version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from newsletter.commands import at_desk, format_option
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import EMPTY, MISSING, size

if TYPE_CHECKING:
    from newsletter.archive.log import Entry


@click.command("list")
@format_option
@at_desk
def command(desk: Keeper, form: str) -> None:
    """List every version of every issue: when it was kept, how large it is, what it is."""
    from newsletter.archive.stacks import in_order
    from newsletter.reporting import visible

    archive = desk.archive()
    log, present = archive.settled()
    entries = sorted(log.entries, key=lambda entry: in_order(entry.name))
    if form == "json":
        said = [_as_data(entry, is_there=entry.name in present) for entry in entries]
        click.echo(json.dumps({"bags": said}, ensure_ascii=False, indent=2))
        return
    width = max((len(entry.name) for entry in entries), default=0)
    for entry in entries:
        reason = f"  [{entry.reason}]" if entry.reason else ""
        lost = "" if entry.name in present else f"  {MISSING[desk.language]}"
        date = entry.time[:10]
        told = f"{entry.name:{width}}  {date}  {size(entry.octets):>9}  {entry.title}{reason}{lost}"
        click.echo(visible(told))
    if not entries:
        click.echo(EMPTY[desk.language], err=True)


def _as_data(entry: Entry, *, is_there: bool) -> dict[str, object]:
    said = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return {"name": entry.name, "there": is_there, **said}
