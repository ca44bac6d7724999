"""newsletter explain: what a code means and what to do about it."""

from __future__ import annotations

from string import Formatter

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.commands.tongue import Told


@click.command("explain")
@click.argument("code")
@at_desk
def command(desk: Desk, code: str) -> None:
    """Explain CODE, for example N104 or unknown-field."""
    from newsletter.diagnostics import catalogue
    from newsletter.reporting import SEVERITY

    by_name = {entry.name: entry for entry in catalogue().values()}
    entry = catalogue().get(code.upper()) or by_name.get(code.lower())
    if entry is None:
        raise click.UsageError(
            Told("there is no code '{code}'; docs/codes.md lists all", code=code)
        )
    language = desk.language
    click.echo(f"{entry.code} {entry.name} ({SEVERITY[language][entry.severity]})\n")
    click.echo(f"  {_with_names(entry.message[language])}\n")
    click.echo(entry.explanation[language])
    for hint in entry.hints.values():
        click.echo(f"  – {_with_names(hint[language])}")


def _with_names(sentence: str) -> str:
    """Return a sentence of the catalogue with the names of its values in their places."""
    names = [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
    return sentence.format_map({name: f"{{{name}}}" for name in names})
