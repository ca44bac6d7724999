"""newsletter new: begin a publication or an issue with files that build as they are."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from newsletter.cli import Desk
from newsletter.commands import at_desk, issue_named
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.writing import writing

SCAFFOLD = Path(__file__).resolve().parent.parent / "scaffold"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NEXT_ISSUE = {
    "en": "next: newsletter{where} new issue 2022, then newsletter{where} build 2022",
    "zh": "下一步：newsletter{where} new issue 2022，再newsletter{where} build 2022",
}
NEXT_BUILD = {
    "en": "next: write in this folder, then newsletter build {issue}",
    "zh": "下一步：改写这个文件夹里的稿件，再newsletter build {issue}",
}
NAMES = {"gitignore": ".gitignore"}


@click.group("new")
def command() -> None:
    """Begin a publication or an issue."""


@command.command("publication")
@click.argument("folder", type=click.Path(path_type=Path))
@at_desk
def publication(desk: Desk, folder: Path) -> None:
    """Begin a publication in FOLDER: newsletter.yaml, schema/ and an empty issues/."""
    from newsletter.issue.schema import write_schemas

    target = desk.folder / folder
    with writing(target.name):
        _refuse_existing(target)
        with _whole_or_not_at_all(target):
            _copy(SCAFFOLD / "publication", target, "")
            write_schemas(target / "schema")
            (target / "issues").mkdir()
    click.echo(str(folder / "newsletter.yaml"))
    where = "" if target == Path.cwd() else f" -C {shlex.quote(str(folder))}"
    click.echo(NEXT_ISSUE[desk.language].format(where=where), err=True)


@command.command("issue")
@click.argument("issue", callback=issue_named)
@at_desk
def issue(desk: Desk, issue: str) -> None:
    """Begin ISSUE with a cover, an article and a contacts page to write over."""
    if not ID.fullmatch(issue):
        raise click.BadParameter(
            "use Latin letters, digits, '.', '_' and '-', beginning with a letter or digit"
        )
    target = desk.root() / "issues" / issue
    with writing(target.name):
        _refuse_existing(target)
        with _whole_or_not_at_all(target):
            _copy(SCAFFOLD / "issue", target, issue)
    click.echo(f"issues/{issue}/issue.yaml")
    click.echo(NEXT_BUILD[desk.language].format(issue=issue), err=True)


def _refuse_existing(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused([Diagnostic("N002", None, {"folder": target.name})])


@contextlib.contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[None]:
    """Take away what was begun in a folder that was empty or not there, if it is not ended."""
    was_there = target.exists()
    try:
        yield
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        if was_there:
            target.mkdir(exist_ok=True)
        raise


def _copy(source: Path, target: Path, issue: str) -> None:
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        place = place.with_name(NAMES.get(place.name, place.name))
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(path.read_text("utf-8").replace("ISSUE_ID", issue), "utf-8")
