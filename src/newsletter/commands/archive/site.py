"""newsletter archive site: the archive as pages that are read and searched without a server."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.commands import at_desk, finish, format_option
from newsletter.commands.archive import Keeper

BINDING = {"en": "making the site", "zh": "生成网站"}


@click.command("site")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write to DIR instead of build/site.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(["zh", "en"]),
    help="Language of the site's own words (may be given twice, the first at the top; "
    "default: zh, with en below).",
)
@click.option(
    "--url",
    "address",
    default="",
    metavar="URL",
    help="Where the site will be found, for the links in its feeds.",
)
@click.option("--open", "show", is_flag=True, help="Open it when it is made.")
@format_option
@at_desk
def command(
    desk: Keeper,
    output: Path | None,
    languages: tuple[str, ...],
    address: str,
    show: bool,  # noqa: FBT001 - click passes flags so
    form: str,
) -> None:
    """Make a static web site of all archived issues: build/site/index.html.

    It needs no server: copied to a file share, it opens from there, with its search.
    """
    from newsletter.archive.site.bindery import Order, bind
    from newsletter.commands.progress import Tally

    target = output or desk.root() / "build" / "site"
    order = Order(languages or ("zh", "en"), address)
    with Tally(BINDING[desk.language]) as tally:
        site = bind(desk.archive_folder(), target, order, tally)
    front = target / "index.html"
    if form == "text":
        click.echo(str(front if output else front.relative_to(desk.root())))
    if show:
        click.launch(str(front))
    finish(
        desk,
        list(site.findings),
        form,
        site=str(target),
        issues=site.issues,
        articles=site.articles,
    )
