"""newsletter archive verify: prove that everything is what was archived."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import click

from newsletter.commands import at_desk, finish, format_option
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import (
    BROKEN_LOG,
    HEAD,
    REBUILT,
    RESUMED,
    SIGNED_BY,
    VERIFIED,
    bags,
)
from newsletter.commands.tongue import Told
from newsletter.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from newsletter.archive.audit import Audit

LOG_DAMAGE = frozenset({"N778", "N779"})
"""After these the hash of the log's last line proves nothing, nor if the log lacks lines."""
UNKNOWN_HEAD = "N730"
"""After this it is open whether the hash was mistyped or the log cut off."""
HASH = re.compile(r"[0-9a-f]{64}")


def _head(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Read a hash of the log, which a person may have typed in capitals."""
    head = value.strip().lower()
    if head and not HASH.fullmatch(head):
        raise click.BadParameter(
            Told("'{value}' is no hash: it has 64 digits, 0-9 and a-f", value=value)
        )
    return head


@click.command("verify")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="Only N bags, chosen by chance."
)
@click.option("--rebuild", is_flag=True, help="Build each bag's source and compare the bytes.")
@click.option("--restart", is_flag=True, help="Begin anew instead of where it was interrupted.")
@click.option(
    "--head",
    default="",
    callback=_head,
    metavar="HASH",
    help="A hash noted earlier that the log must still hold.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@format_option
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Keeper,
    names: tuple[str, ...],
    sample: int | None,
    rebuild: bool,  # noqa: FBT001 - click passes flags so
    restart: bool,  # noqa: FBT001
    head: str,
    strict: bool,  # noqa: FBT001
    form: str,
) -> None:
    """Verify the archive, or only ID: an issue such as 2021, or one version, 2021/v1.

    Every file is read and held against both manifests, these against the log, and the log
    against itself and the bags.
    """
    from newsletter.archive.audit import Scope, audit
    from newsletter.commands.progress import Tally

    archive = desk.archive()
    with Tally() as tally:
        result = audit(archive, Scope(names, sample or 0, restart, head), tally)
        found = result.findings
        if rebuild:
            found += _rebuilt(desk, result.checked, form)
    if form == "text":
        _tell(desk, result, found, is_sample=bool(sample))
        raise SystemExit(int(has_errors(found) or (strict and bool(found))))
    facts = {"bags": result.checked, "resumed": result.resumed, "head": result.head}
    finish(desk, found, form, strict=strict, **facts)


def _tell(desk: Keeper, result: Audit, found: list[Diagnostic], *, is_sample: bool) -> None:
    """Print what was found, which bags a sample was made of, who signed, and the log's head."""
    from newsletter.reporting import summary

    said = {
        "bags": bags(len(result.checked), desk.language),
        "resumed": result.resumed,
        "summary": summary(found, desk.language),
    }
    desk.report(found, err=False)
    if result.resumed:
        click.echo(RESUMED[desk.language].format(**said))
    if is_sample:
        click.echo(" ".join(result.checked))
    _tell_signers(desk, result.checked)
    click.echo(VERIFIED[desk.language].format(**said))
    codes = {d.code for d in found}
    if UNKNOWN_HEAD not in codes:
        words = BROKEN_LOG if codes & LOG_DAMAGE or _lacks_lines(result) else HEAD
        click.echo(words[desk.language].format(head=result.head))


def _lacks_lines(result: Audit) -> bool:
    """Tell whether there are bags of which the log has lost the lines, or all its lines."""
    from newsletter.archive.log import BEGINNING

    unknown = [found for found in result.findings if found.code == "N781"]
    return any(found.hint == "dropped" or result.head == BEGINNING for found in unknown)


def _tell_signers(desk: Keeper, names: list[str]) -> None:
    """Say whose signatures of these bags are good."""
    from newsletter.archive.signature import check

    archive = desk.archive()
    for name in names:
        with contextlib.suppress(ImportError):
            for signature in check(archive, name):
                if signature.is_good:
                    said = SIGNED_BY[desk.language].format(name=name, signer=signature.signer)
                    click.echo(said)


def _rebuilt(desk: Keeper, names: list[str], form: str) -> list[Diagnostic]:
    """Build bags again; return what came out otherwise."""
    from newsletter.archive.rebuild import rebuild

    archive = desk.archive()
    log = archive.read_log()
    found: list[Diagnostic] = []
    for name in names:
        entry = log.of(name)
        if entry is None or not archive.path(name).is_dir():
            continue
        said = rebuild(archive, entry)
        if form == "text" and not said:
            click.echo(REBUILT[desk.language].format(name=name))
        found += said
    return found
