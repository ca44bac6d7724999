"""newsletter archive search: words in, passages with their pages out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, finish, format_option
from newsletter.commands.archive import Keeper
from newsletter.commands.tongue import Told
from newsletter.diagnostics import Diagnostic, Refused

if TYPE_CHECKING:
    from newsletter.archive.catalogue import Catalogue
    from newsletter.archive.excerpt import Excerpt
    from newsletter.archive.search import Hit, Result

YEARS = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
INDEXING = {"en": "reading the archive", "zh": "读取归档"}
KINDS = {
    "article": {"en": "article", "zh": "文章"},
    "event": {"en": "event", "zh": "大事记"},
    "page": {"en": "page", "zh": "版面"},
}


class Years(click.ParamType):  # type: ignore[type-arg]  # new versions alone have one
    """A year, or two with a dash between them."""

    name = "YEAR"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, int]:
        """Return the first and the last year."""
        match = YEARS.fullmatch(str(value).strip())
        if not match:
            sentence = "'{value}' is not a year such as 2021, nor years such as 2019-2021"
            self.fail(Told(sentence, value=value), param, ctx)
        first, last = int(match[1]), int(match[2] or match[1])
        return min(first, last), max(first, last)


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option("--year", "years", type=Years(), help="Only of this year, or of 2019-2021.")
@click.option("--section", default="", metavar="NAME", help="Only of this section.")
@click.option("--person", default="", metavar="NAME", help="Only what this person is named in.")
@click.option("--place", default="", metavar="NAME", help="Only what this place is named in.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show so many."
)
@click.option("--all", "every", is_flag=True, help="Show all.")
@click.option(
    "--earlier", is_flag=True, help="Search the versions that corrections replaced instead."
)
@format_option
@at_desk
def command(  # noqa: PLR0913, PLR0917 - one a choice of the command
    desk: Keeper,
    query: tuple[str, ...],
    years: tuple[int, int] | None,
    section: str,
    person: str,
    place: str,
    limit: int,
    every: bool,  # noqa: FBT001 - click passes flags so
    earlier: bool,  # noqa: FBT001
    form: str,
) -> None:
    """Find QUERY in all archived issues, in the newest version of each.

    Words are all wanted; "…" or “…” is a phrase; -word leaves out.
    Chinese words may have any length. Without QUERY, list what the filters leave.
    """
    import contextlib

    from newsletter.archive.advice import advice
    from newsletter.archive.catalogue import open_catalogue, open_earlier
    from newsletter.archive.query import parse
    from newsletter.archive.search import Filters, search
    from newsletter.commands.progress import Tally

    mistyped = next((word for word in query if word.startswith("--")), None)
    if mistyped:
        raise click.NoSuchOption(mistyped)
    archive = desk.archive_folder()
    filters = Filters(years, section, person, place)
    asked = parse(" ".join(query))
    if not asked and (asked.typed or not filters):
        hint = "excluding" if asked.unwanted else "default"
        raise Refused([Diagnostic("N791", None, {"query": asked.typed}, hint=hint)])
    with Tally(INDEXING[desk.language]) as tally:
        opened = (open_earlier if earlier else open_catalogue)(archive, tally)
    with contextlib.closing(opened) as catalogue:
        result = search(catalogue, archive, asked, filters, None if every else limit)
        notes = [*catalogue.findings, *advice(catalogue, result, desk.language)]
        _report(desk, result, catalogue, notes, form, earlier=earlier)


def _report(
    desk: Desk,
    result: Result,
    catalogue: Catalogue,
    notes: list[Diagnostic],
    form: str,
    *,
    earlier: bool,
) -> None:
    if form == "text":
        for hit in result.hits:
            click.echo(_as_text(desk, hit, is_earlier=earlier))
    data: dict[str, Any] = {
        "query": result.query.typed,
        "words": [word.typed for word in result.query.wanted],
        "excluded": [word.typed for word in result.query.unwanted],
        "filters": result.filters.said(),
        "issues": catalogue.issues,
        "earlier": earlier,
        "total": result.total,
        "hits": [_as_data(hit) for hit in result.hits],
    }
    finish(desk, notes, form, **data)


def _as_data(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON's types; `marks` are positions in `excerpt`, the end exclusive."""
    from msgspec.structs import asdict

    data = asdict(hit)
    data["excerpt"], data["marks"] = hit.excerpt.text, [list(mark) for mark in hit.excerpt.marks]
    data["folder"] = Path("archive", hit.issue, f"v{hit.version}").as_posix()
    return data


def _as_text(desk: Desk, hit: Hit, *, is_earlier: bool) -> str:
    kind = KINDS[hit.kind][desk.language]
    page = f"第{hit.page}页" if desk.language == "zh" else f"p. {hit.page}"
    issue = f"{hit.issue}/v{hit.version}" if is_earlier else hit.issue
    head = [issue, page if hit.page else "", hit.section_title or kind, hit.date]
    lines = [click.style(" · ".join(filter(None, head)), fg="green")]
    if hit.title:
        lines.append(f"  {click.style(hit.title, bold=True)}")
    if hit.excerpt.text != hit.title:
        lines.append(f"  {_marked(hit.excerpt)}")
    return "\n".join(lines) + "\n"


def _marked(found: Excerpt) -> str:
    """Return an excerpt with its marks in colour; a pipe gets the plain text."""
    text, end = "", 0
    for start, stop in found.marks:
        text += found.text[end:start] + click.style(found.text[start:stop], fg="yellow", bold=True)
        end = stop
    return text + found.text[end:]
