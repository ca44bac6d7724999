"""newsletter impose: the pages of an issue or of any PDF on sheets to be folded and bound."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from newsletter.cli import Desk
from newsletter.commands import (
    at_desk,
    finish,
    format_option,
    issue_named,
    refuse_into_archive,
    shown,
)
from newsletter.commands.proofs import proof_stem, stamped
from newsletter.commands.tongue import Told
from newsletter.diagnostics import Diagnostic, Refused, listed

if TYPE_CHECKING:
    from newsletter.press.imposition import Imposed, ImpositionOrder

SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
LARGEST_MM = 2500.0
"""The side of a sheet: more is a slip of the keyboard."""
MOST_CREEP_MM = 20.0
NOTE = "第{number}次校样"


def _sheet(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    """Read the name of a paper, or its size as 450x320."""
    from newsletter.press.sheets import PAPERS_MM

    if value is None:
        return None
    if value.upper() in PAPERS_MM:
        return PAPERS_MM[value.upper()]
    size = SIZE.fullmatch(value.strip())
    if size and all(0 < float(side) <= LARGEST_MM for side in size.groups()):
        return float(size[1]), float(size[2])
    names = ", ".join(PAPERS_MM)
    sentence = "'{value}' is no paper; there are {names}, or write mm as 450x320"
    raise click.BadParameter(Told(sentence, value=value, names=names))


def _signature(_context: click.Context, _parameter: click.Parameter, value: int | None) -> int:
    if value is not None and value % 4:
        sentence = "a signature has a multiple of four pages, not {value}"
        raise click.BadParameter(Told(sentence, value=value))
    return value or 16


@click.command("impose")
@click.argument("source", metavar="ISSUE|FILE.pdf", callback=issue_named)
@click.option(
    "--fold",
    type=click.Choice(["saddle", "perfect"]),
    default="saddle",
    show_default=True,
    help="All sheets in one another and stitched, or signatures glued at their backs.",
)
@click.option(
    "--signature",
    type=click.IntRange(4, 128),
    callback=_signature,
    metavar="PAGES",
    help="Pages of a signature of --fold perfect: 4, 8, 16 (default), …",
)
@click.option(
    "--binding",
    type=click.Choice(["left", "right"]),
    default="left",
    show_default=True,
    help="Where the back of the book is; vertical Chinese is bound at the right.",
)
@click.option(
    "--creep",
    type=click.FloatRange(0, MOST_CREEP_MM),
    default=0.0,
    metavar="MM",
    help="How far the innermost pages move towards the fold: the thickness of the folded sheets.",
)
@click.option(
    "--sheet",
    callback=_sheet,
    metavar="A3|WxH",
    help="The paper, by name or in mm (default: as large as pages and marks need).",
)
@click.option(
    "--duplex",
    type=click.Choice(["short", "long"]),
    default="short",
    show_default=True,
    help="The edge about which the printer turns the paper.",
)
@click.option(
    "--proof",
    type=click.IntRange(min=1),
    metavar="N",
    help="Stamp 校样 and the number of the proof on pages and sheets.",
)
@click.option(
    "--layout",
    metavar="NAME",
    help="Of an issue: take its print file in another layout, ISSUE-NAME-print.pdf.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE (default: beside the input, as 2021-print-saddle.pdf).",
)
@format_option
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Desk,
    source: str,
    fold: str,
    signature: int,
    binding: str,
    creep: float,
    sheet: tuple[float, float] | None,
    duplex: str,
    proof: int | None,
    layout: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Put pages on sheets to be printed on both sides and folded, for a proof in the hand.

    Of ISSUE the print file is taken, build/ISSUE/ISSUE-print.pdf; it is built first where it is
    not that of the manuscript as it is now. A PDF is imposed as it is. Printers want single
    pages: send them the print file, not the sheets.
    """
    file, built = _file(desk, source, layout)
    stem = proof_stem(file.stem, proof) if proof else file.stem
    target = output or file.with_name(f"{stem}-{fold}.pdf")
    if target.resolve() == file.resolve():
        raise click.UsageError("--output would write over the input; name another file")
    refuse_into_archive(target)
    choices = {
        "fold": fold,
        "signature": signature,
        "binding": binding,
        "creep_mm": creep,
        "sheet_mm": sheet,
        "duplex": duplex,
    }
    is_ours = not _is_file(source)
    findings, sheets = _impose(file, target, proof, choices, is_ours=is_ours)
    if form == "text":
        click.echo(shown(target))
    finish(desk, [*built, *findings], form, files=[shown(target)], sheets=sheets)


def _is_file(source: str) -> bool:
    """Tell whether a PDF is named, not an issue."""
    return source.lower().endswith(".pdf")


def _file(desk: Desk, source: str, layout: str | None) -> tuple[Path, list[Diagnostic]]:
    """Return the PDF that is meant, and what was said if it was built; raises `Refused`."""
    if _is_file(source):
        file = Path(source)
        if not file.is_file():
            told = Told("there is no file '{source}'", source=source)
            raise click.BadParameter(told, param_hint="FILE.pdf")
        if layout:
            raise click.UsageError("--layout goes with an ISSUE, not with a PDF")
        return file, []
    from newsletter.commands.printfile import current_print_file
    from newsletter.issue.loader import issue_ids

    root = desk.root()
    ids = issue_ids(root)
    if source not in ids:
        values = {"id": source, "folder": "issues/", "issues": listed(ids)}
        raise Refused([Diagnostic("N132", None, values, hint="suggest" if ids else "default")])
    return current_print_file(desk, root, source, layout)


def _impose(
    file: Path, target: Path, proof: int | None, choices: dict[str, Any], *, is_ours: bool
) -> tuple[list[Diagnostic], int]:
    """Impose one file and write the sheets; return the findings and the count of sheets.

    A file of others is read in a process of its own.
    """
    from newsletter.preflight.isolation import Bounds, apart
    from newsletter.press.imposition import ImpositionOrder
    from newsletter.press.lettering import face
    from newsletter.writing import write_together

    try:
        data = file.read_bytes()
    except OSError as error:
        raise click.FileError(shown(file), error.strerror) from error
    note = NOTE.format(number=proof) if proof else ""
    order = ImpositionOrder(file.name, face(), note=note, **choices)
    if is_ours:
        made = imposed(data, order, proof)
    else:
        made = apart(file.name, Bounds.of_size(len(data)), imposed, data, order, proof)
    write_together({target: made.data})
    return list(made.findings), made.sheets


def imposed(data: bytes, order: ImpositionOrder, proof: int | None) -> Imposed:
    """Return the sheets of a file, with all that is to be said of it; raises `Refused`."""
    from newsletter.commands.soundness import mended
    from newsletter.press.imposition import impose

    found = mended(data, order.name)
    if proof:
        data = stamped(data, proof, order.name)
    made = impose(data, order)
    return replace(made, findings=(*found, *made.findings))
