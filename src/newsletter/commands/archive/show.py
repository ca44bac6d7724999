"""newsletter archive show: all that is known of an issue that is kept, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from newsletter.commands import at_desk, end, format_option
from newsletter.commands.archive import Keeper
from newsletter.commands.archive.answers import SHOWN, size

if TYPE_CHECKING:
    from newsletter.archive.record import Record
    from newsletter.diagnostics import Language


@click.command("show")
@click.argument("name", metavar="ID")
@format_option
@at_desk
def command(desk: Keeper, name: str, form: str) -> None:
    """Tell everything of ID: an issue such as 2021 with all its versions, or one, 2021/v1.

    It ends with status 1 where one of them is damaged.
    """
    from newsletter.archive.audit import Scope, chosen_bags, look
    from newsletter.archive.record import record_of
    from newsletter.reporting import visible

    archive = desk.archive()
    log, present = archive.settled()
    records = []
    for entry in chosen_bags(log, present, Scope((name,))):
        damage = look(archive, entry, log, is_there=entry.name in present)
        records.append(record_of(archive, entry, damage))
    if form == "json":
        said = [_as_data(record) for record in records]
        click.echo(json.dumps({"bags": said}, ensure_ascii=False, indent=2))
        end([found for record in records for found in record.damage])
        return
    for number, record in enumerate(records):
        lines = ([""] if number else []) + list(told(record, desk.language))
        click.echo("\n".join(visible(line) for line in lines))
        desk.report(list(record.damage), err=False)
    end([found for record in records for found in record.damage])


def _as_data(record: Record) -> dict[str, Any]:
    entry = record.entry
    return {
        "name": entry.name,
        "there": record.is_there,
        "damage": [found.code for found in record.damage],
        "log": {name: getattr(entry, name) for name in entry.__struct_fields__},
        "labels": [list(pair) for pair in record.labels],
        "contents": dict(record.contents),
        "recipe": dict(record.recipe),
    }


def told(record: Record, language: Language) -> Iterator[str]:
    """Yield the lines that tell of a bag."""
    from newsletter.archive.objection import OBJECTION
    from newsletter.archive.objection import told as objection_told

    words = SHOWN[language]
    entry, contents = record.entry, record.contents
    yield f"{entry.name}  {entry.title}"
    if not record.is_there:
        yield words["lost"]
    elif not record.labels:
        yield words["damaged"].format(count=len(record.damage))
    elif not record.damage:
        yield words["sound"]
    yield from _issue(contents, words)
    yield words[entry.act].format(time=entry.time, number=entry.number)
    if entry.reason:
        yield words["reason"].format(reason=entry.reason)
    if entry.despite:
        yield words["despite"].format(despite=entry.despite)
        yield from (f"    {objection_told(line, language)}" for line in record.said(OBJECTION))
    yield words["size"].format(files=entry.files, size=size(entry.octets))
    yield from _pdfs(record, words)
    if record.labels:
        yield words["source" if record.has_source else "no source"]
    yield from _made_with(record, words)
    yield words["seal"].format(seal=entry.seal.get("tagmanifest-sha256.txt", "—"))
    articles = contents.get("articles", ())
    if articles:
        yield words["articles"].format(count=len(articles))
    for article in articles:
        pages = "–".join(str(n) for n in dict.fromkeys(_pages(article)))
        people = f"  {'、'.join(article.get('people', ()))}" if article.get("people") else ""
        yield f"    {pages:>7}  {article.get('title', '')}{people}"


def _pdfs(record: Record, words: dict[str, str]) -> Iterator[str]:
    if record.pdfs:
        yield words["pdfs"]
    for name, octets in record.pdfs:
        yield f"    {record.folder.name}/data/pdf/{name}  {size(octets)}"


def _issue(contents: Any, words: dict[str, str]) -> Iterator[str]:  # noqa: ANN401 - JSON
    known = {
        "publisher": contents.get("publisher"),
        "period": contents.get("period"),
        "date": contents.get("date"),
        "pages": contents.get("pages"),
    }
    for name, value in known.items():
        if value:
            yield words[name].format(value=value)


def _made_with(record: Record, words: dict[str, str]) -> Iterator[str]:
    recipe = record.recipe
    if record.has_source and recipe:
        libraries = {**recipe.get("packages", {}), **recipe.get("libraries", {})}
        named = [f"{name} {libraries[name]}" for name in MAIN if name in libraries]
        version = recipe.get("newsletter", {}).get("version", "?")
        yield words["made"].format(version=version, libraries=words["between"].join(named))


MAIN = ("weasyprint", "pango", "harfbuzz", "pikepdf", "python")
"""The libraries that decide most about the pages; build.lock has all."""


def _pages(article: dict[str, Any]) -> list[int]:
    return [number for number in (article.get("first_page"), article.get("last_page")) if number]
