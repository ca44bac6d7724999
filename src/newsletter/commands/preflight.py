"""newsletter preflight: what a press, a screen or an archive would object to in a PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.commands.tongue import Told
from newsletter.diagnostics import Diagnostic, Refused, Spot, Term, has_errors
from newsletter.writing import write_text

SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)")
PROFILES = {
    "press-coated": "press-coated",
    "coated": "press-coated",
    "press-uncoated": "press-uncoated",
    "uncoated": "press-uncoated",
    "screen": "screen",
    "archive": "archive",
}


def _size(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    """Read a size such as 210x297."""
    found = SIZE.fullmatch(value.strip()) if value else None
    if value and not found:
        sentence = "'{value}' is no size; write width and height in mm: 210x297"
        raise click.BadParameter(Told(sentence, value=value))
    return (float(found[1]), float(found[2])) if found else None


class _File(click.Path):
    """A file; the name of an issue is answered with where its PDFs are."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        desk = ctx.obj if ctx else None
        if isinstance(desk, Desk) and _is_issue(desk, str(value)) and not Path(value).is_file():
            sentence = (
                "'{value}' is an issue; name one of its PDFs, as build/{value}/{value}-print.pdf"
            )
            raise click.BadParameter(Told(sentence, value=value), ctx, param)
        return super().convert(value, param, ctx)


def _is_issue(desk: Desk, name: str) -> bool:
    from newsletter.issue.loader import issue_ids

    try:
        return name in issue_ids(desk.root())
    except Refused:
        return False


@click.command("preflight")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=_File(exists=True, dir_okay=False, readable=False, path_type=Path),
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    help="What the file is for (default: what it says that it is, else a press).",
)
@click.option("--trim", callback=_size, metavar="WxH", help="The trimmed size in mm: 210x297.")
@click.option(
    "--multiple",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Pages must come in multiples of N (default: 4 for our own files, else not asked).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="How to report.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to FILE.",
)
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Desk,
    files: tuple[Path, ...],
    profile: str | None,
    trim: tuple[float, float] | None,
    multiple: int | None,
    form: str,
    output: Path | None,
) -> None:
    """Examine PDFs, ours or another's, against the rules of a press."""
    from newsletter.preflight.isolation import Examined

    if output and any(output.resolve() == path.resolve() for path in files):
        raise click.UsageError("--output would write over the input; name another file")
    reports: list[Examined] = []
    refused: list[Diagnostic] = []
    for path in files:
        chosen = {
            "profile": PROFILES[profile] if profile else None,
            "trim_mm": trim,
            "pages_multiple": multiple,
        }
        try:
            reports.append(_examined(path, draws=form == "html", **chosen))
        except Refused as refusal:
            refused += refusal.diagnostics
    text = _written(desk, reports, refused, form)
    if output:
        write_text(output, text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
    found = [*refused, *(finding for report in reports for finding in report.findings)]
    raise SystemExit(int(has_errors(found)))


def _examined(path: Path, **chosen: Any) -> Any:  # noqa: ANN401 - what `Order` takes
    from msgspec.structs import replace

    from newsletter.preflight.isolation import Order, examine_apart
    from newsletter.preflight.remedies import for_any_pdf

    if not path.is_file():
        raise Refused([Diagnostic("N902", Spot(str(path)), {"reason": Term("not a file")}, None)])
    try:
        path.open("rb").close()
    except OSError as error:
        values = {"reason": Term(error.strerror or str(error))}
        raise Refused([Diagnostic("N902", Spot(str(path)), values, None)]) from error
    examined = examine_apart(Order(path, str(path), **chosen))
    if examined.is_ours:
        return examined
    return replace(examined, findings=for_any_pdf(examined.findings))


def _written(desk: Desk, reports: list[Any], refused: list[Diagnostic], form: str) -> str:
    """Return the report in the form that was asked for."""
    from newsletter.preflight.report.data import data_report
    from newsletter.preflight.report.page import html_report
    from newsletter.preflight.report.text import text_report
    from newsletter.reporting import as_json, as_text

    language = desk.language
    if form == "html":
        return html_report(reports, refused, language)
    if form == "json":
        found = [*refused, *(finding for report in reports for finding in report.findings)]
        return as_json(found, language, reports=[data_report(r, language) for r in reports])
    parts = [as_text(refused, desk.folder, language, desk.style)] if refused else []
    return "\n".join([*parts, *(text_report(r, language, desk.style) for r in reports)])
