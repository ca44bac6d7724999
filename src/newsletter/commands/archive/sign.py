"""newsletter archive sign: vouch for a bag with a certificate."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.commands import at_desk
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import SIGNED


@click.command("sign")
@click.argument("name", metavar="ID")
@click.option(
    "--key",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.p12",
    help="Private key and certificate (PKCS #12).",
)
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where its passphrase stands, in the first line (default: it is asked for).",
)
@at_desk
def command(desk: Keeper, name: str, key: Path, passphrase_file: Path | None) -> None:
    """Sign the newest version of ID, or the one that is named, such as 2021/v1.

    The signature is a file beside the bag, archive/2021/v1.p7s; `verify` checks it, and so does
    any CMS tool. Several people may sign.
    """
    from newsletter.archive.audit import sound_bag
    from newsletter.archive.signature import sign

    archive = desk.archive()
    entry = sound_bag(archive, *archive.settled(), name)
    if passphrase_file is None:
        passphrase = click.prompt(key.name, hide_input=True, default="", show_default=False)
    else:
        passphrase = passphrase_file.read_text("utf-8").split("\n")[0].rstrip("\r")
    path = sign(archive, entry, key, passphrase)
    file = f"{archive.folder.name}/{entry.issue}/{path.name}"
    click.echo(SIGNED[desk.language].format(file=file))
