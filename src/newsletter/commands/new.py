"""newsletter new: begin a publication, an issue or a layout with files that build as they are."""

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
NEXT_LAYOUT = {
    "en": "next: change the colours in tokens.css, then newsletter build ISSUE --layout {name};"
    " for every issue, name it in newsletter.yaml",
    "zh": "下一步：在tokens.css里改颜色，再newsletter build 期号 --layout {name}；"
    "要各期都用它，请写在newsletter.yaml里",
}
LAYOUT = """# {stem}的版式：沿用{base}，只写不同之处。
extends: {base}
title: "{stem}"
description: 沿用{base}，颜色在tokens.css，其余在own.css
stylesheets: [..., own.css]
"""
"""layout.yaml of a layout that is begun."""
OWN = "/* 接在所沿用的样式表之后；这里写的优先。 */\n"
TOKENS = "tokens.css"
NAMES = {"gitignore": ".gitignore"}


@click.group("new")
def command() -> None:
    """Begin a publication, an issue or a layout."""


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
    _refuse_odd(issue)
    target = desk.root() / "issues" / issue
    with writing(target.name):
        _refuse_existing(target)
        with _whole_or_not_at_all(target):
            _copy(SCAFFOLD / "issue", target, issue)
    click.echo(f"issues/{issue}/issue.yaml")
    click.echo(NEXT_BUILD[desk.language].format(issue=issue), err=True)


@command.command("layout")
@click.argument("name")
@click.option(
    "--extends", "base", metavar="NAME", default="silkroad", help="The layout that it extends."
)
@at_desk
def layout(desk: Desk, name: str, base: str) -> None:
    """Begin the layout NAME, which extends another: layout.yaml, its colours, own.css."""
    from newsletter.layouts import load_layout
    from newsletter.resources import folders

    _refuse_odd(name)
    root = desk.root()
    theirs = load_layout(base, folders("layouts", root))
    if name in (folder.name for folder in theirs.folders):
        raise Refused([Diagnostic("N002", None, {"folder": name})])
    target, tokens = root / "layouts" / name, theirs.find(TOKENS)
    with writing(target.name):
        _refuse_existing(target)
        with _whole_or_not_at_all(target):
            target.mkdir(parents=True, exist_ok=True)
            (target / "layout.yaml").write_text(LAYOUT.format(stem=name, base=base), "utf-8")
            (target / "own.css").write_text(OWN, "utf-8")
            if tokens is not None:
                shutil.copyfile(tokens, target / TOKENS)
    click.echo(f"layouts/{name}/layout.yaml")
    click.echo(NEXT_LAYOUT[desk.language].format(name=name), err=True)


def _refuse_odd(name: str) -> None:
    if not ID.fullmatch(name):
        raise click.BadParameter(
            "use Latin letters, digits, '.', '_' and '-', beginning with a letter or digit"
        )


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
