"""newsletter explain: what a code means and what to do about it."""

from __future__ import annotations

import click
from msgspec.structs import replace

from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.commands.tongue import Told


@click.command("explain")
@click.argument("code")
@at_desk
def command(desk: Desk, code: str) -> None:
    """Explain CODE, for example N104 or unknown-field."""
    from newsletter.diagnostics import Diagnostic, catalogue
    from newsletter.reporting import SEVERITY

    by_name = {entry.name: entry for entry in catalogue().values()}
    entry = catalogue().get(code.upper()) or by_name.get(code.lower())
    if entry is None:
        raise click.UsageError(
            Told("there is no code '{code}'; docs/codes.md lists all", code=code)
        )
    language = desk.language
    without_values = Diagnostic(entry.code)
    severity = SEVERITY[language][entry.severity]
    said = f"（{severity}）" if language == "zh" else f" ({severity})"
    click.echo(f"{entry.code} {entry.name}{said}\n")
    click.echo(f"  {without_values.message(language)}\n")
    click.echo(entry.explanation[language])
    for hint in entry.hints:
        click.echo(f"  – {replace(without_values, hint=hint).hint_text(language)}")
