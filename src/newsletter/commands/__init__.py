"""The commands: options in, exit code out, nothing else."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsletter.cli import Desk
from newsletter.diagnostics import Diagnostic, Refused, has_errors

F = TypeVar("F", bound=Callable[..., Any])
Named = TypeVar("Named", str, tuple[str, ...], None)

LACKING = frozenset({"N003", "N004", "N741"})
"""Problems of the machine, not of the content."""

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report.",
)


def issue_named(context: click.Context, _parameter: click.Parameter, value: Named) -> Named:
    """Take a path to an issue's folder, as the Tab key completes it, for the issue (`callback`)."""
    if isinstance(value, tuple):
        return tuple(_issue_at(context.obj, name) for name in value)
    return _issue_at(context.obj, value) if value else value


def _issue_at(desk: Desk, name: str) -> str:
    """Return the id of the issue to which `issues/1`, `1/`, `.` or a file of the issue leads."""
    bare = name.rstrip("/")
    if "/" not in bare and bare not in (".", "..") and not bare.endswith((".yaml", ".yml")):
        return bare or name
    path = Path(os.path.abspath(desk.folder / bare))  # noqa: PTH100 - a link is left as it is named
    try:
        issues = desk.root() / "issues"
        folder = next((f for f in (path, *path.parents) if f.parent.samefile(issues)), None)
    except (OSError, ValueError, Refused):
        folder = None
    is_there = folder is not None and (folder == path or path.exists())
    return folder.name if folder is not None and is_there else name


def at_desk(function: F) -> F:
    """Hand a command its `Desk`; what is refused becomes a report and exit status 1."""

    @click.pass_context
    @functools.wraps(function)
    def wrapper(context: click.Context, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        desk: Desk = context.obj
        try:
            return function(desk, *args, **options)
        except Refused as refusal:
            finish(desk, refusal.diagnostics, str(options.get("form", "text")))

    return wrapper  # type: ignore[return-value]


def shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def refuse_into_archive(target: Path, own: Path | None = None) -> None:
    """Raise `UsageError` where a file or folder would be written into an archive.

    That is `own`, the publication's, or any folder that has a log and bags.
    """
    from newsletter.commands.tongue import Told

    target = target.resolve()
    for folder in (target, *target.parents):
        has_bags = (folder / "log.jsonl").is_file() and any(folder.glob("*/v*/bagit.txt"))
        if has_bags or (own is not None and folder == own.resolve()):
            sentence = "'{file}' is in the archive; name a place outside of it with --output"
            raise click.UsageError(Told(sentence, file=shown(target)))


def finish(
    desk: Desk,
    diagnostics: list[Diagnostic],
    form: str,
    *,
    strict: bool = False,
    **more: Any,  # noqa: ANN401
) -> None:
    """Report, and end with status 1 if there is an error (with `strict`, also a warning).

    What the environment lacks ends with status 3.
    """
    if form == "json":
        from newsletter.reporting import as_json

        click.echo(as_json(diagnostics, desk.language, **more))
    else:
        desk.report(diagnostics)
    end(diagnostics, strict=strict)


def end(diagnostics: list[Diagnostic], *, strict: bool = False) -> None:
    """End with status 3 for what the environment lacks, 1 for an error, else go on."""
    if any(diagnostic.code in LACKING for diagnostic in diagnostics):
        raise SystemExit(3)
    if has_errors(diagnostics) or (strict and diagnostics):
        raise SystemExit(1)
