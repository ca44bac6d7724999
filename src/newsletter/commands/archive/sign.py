"""newsletter archive sign: vouch for a bag with a certificate."""

from __future__ import annotations

import sys
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
    help="Where its passphrase stands, in the first line (default: it is asked for, or read "
    "from standard input where that is no terminal).",
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
    path = sign(archive, entry, key, _passphrase(key, passphrase_file))
    file = f"{archive.folder.name}/{entry.issue}/{path.name}"
    click.echo(SIGNED[desk.language].format(file=file))


def _passphrase(key: Path, file: Path | None) -> str:
    """Return the passphrase of a key: from a file, from whoever sits there, or from a pipe.

    Of a key that is not there none is asked.
    """
    if not key.is_file():
        return ""
    if file is None and sys.stdin.isatty():
        return str(click.prompt(key.name, hide_input=True, default="", show_default=False))
    text = sys.stdin.readline() if file is None else file.read_text("utf-8")
    return text.split("\n")[0].rstrip("\r")
