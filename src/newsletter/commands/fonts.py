"""newsletter fonts: which families there are, and which characters of a text they lack."""

from __future__ import annotations

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk

FACE = {"en": "{count} characters", "zh": "{count}字"}
RARE = {"en": " + {count} rare", "zh": "，另有罕用字{count}个"}


@click.command("fonts")
@click.option("--lacking", metavar="TEXT", help="Say which characters of TEXT no family has.")
@at_desk
def command(desk: Desk, lacking: str | None) -> None:
    """List the font families that layouts may name, with weights, sizes and licences."""
    from newsletter.checking import font_families
    from newsletter.diagnostics import Refused
    from newsletter.fonts.coverage import missing

    try:
        root = desk.root()
    except Refused:
        root = desk.folder
    families = font_families(root)
    if lacking is not None:
        gaps = missing(lacking, families.values())
        for code in sorted(gaps.uncovered):
            click.echo(f"{chr(code)} U+{code:04X}")
        if not gaps.uncovered:
            click.echo("没有缺字" if desk.language == "zh" else "none is lacking")
        raise SystemExit(1 if gaps.uncovered else 0)
    for family in families.values():
        click.echo(
            f"{family.family}  {family.licence}  {family.source.font} {family.source.font_version}"
        )
        for face in family.faces:
            told = FACE[desk.language].format(count=face.characters)
            if face.rest:
                told += RARE[desk.language].format(count=face.rest.characters)
            click.echo(f"  {face.weight}  {told}  {face.file}")
