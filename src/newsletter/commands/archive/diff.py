"""newsletter archive diff: what a correction changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from newsletter.commands import at_desk, format_option, issue_named
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import COMPARED, TOOL
from newsletter.commands.tongue import Told

if TYPE_CHECKING:
    from newsletter.archive.comparison import Comparison
    from newsletter.archive.log import Log
    from newsletter.diagnostics import Language


@click.command("diff")
@click.argument("names", nargs=-1, required=True, metavar="ISSUE [V1 V2]", callback=issue_named)
@format_option
@at_desk
def command(desk: Keeper, names: tuple[str, ...], form: str) -> None:
    """Compare two versions: `diff 2021` the last two, `diff 2021 v1 v3`, `diff 2021/v1 2021/v3`."""
    from newsletter.archive.audit import sound_bag
    from newsletter.archive.comparison import compare
    from newsletter.reporting import visible

    archive = desk.archive()
    log, present = archive.settled()
    old, new = (sound_bag(archive, log, present, name).name for name in _pair(log, names))
    shown = (f"{archive.folder.name}/{old}", f"{archive.folder.name}/{new}")
    found = compare(archive.path(old), archive.path(new), shown)
    if form == "json":
        said = {name: getattr(found, name) for name in found.__struct_fields__}
        click.echo(json.dumps({"old": old, "new": new, **said}, ensure_ascii=False, indent=2))
        return
    entry = log.of(new)
    reason = f"  [{entry.reason}]" if entry and entry.reason else ""
    click.echo(f"{old} → {new}{reason}")
    for line in told(found, desk.language):
        click.echo(visible(line))


def _pair(log: Log, names: tuple[str, ...]) -> tuple[str, str]:
    """Return the names of the two bags that are meant."""
    match names:
        case (issue,):
            kept = [entry.name for entry in log.entries if entry.issue == issue]
            if len(kept) == 1:
                raise click.UsageError(Told("there is only one version, {name}", name=kept[0]))
            return (kept[-2], kept[-1]) if kept else (issue, issue)
        case (issue, old, new):
            return f"{issue}/{old}", f"{issue}/{new}"
        case (old, new):
            return old, new
    raise click.UsageError("name an issue, an issue and two versions, or two bags")


def told(found: Comparison, language: Language) -> Iterator[str]:
    """Yield the lines that tell of a comparison."""
    words = COMPARED[language]
    if not found:
        yield words["same"]
    for title, lines in found.articles.items():
        yield words["article"].format(title=title)
        yield from (f"    {line}" for line in lines)
    for part, lines in found.others.items():
        yield words[part]
        yield from (f"    {line}" for line in lines)
    for kind in ("changed", "added", "removed"):
        names = getattr(found, kind)
        if names:
            yield words[kind].format(count=len(names))
            yield from (f"    {name}" for name in names)
    for heading, made in (("made of", found.made_of), ("made", found.made_with)):
        if made:
            yield words[heading]
        for kind, name, was, is_now in made:
            yield f"    {_called(kind, name, language)} {_short(was)} → {_short(is_now)}"


def _called(kind: str, name: str, language: Language) -> str:
    """Return what something that changed is called; of the tool a recipe has two things."""
    return TOOL[language][name] if kind == "newsletter" else name


DIGEST = 64


def _short(value: str) -> str:
    return f"{value[:8]}…" if len(value) == DIGEST else value or "—"
