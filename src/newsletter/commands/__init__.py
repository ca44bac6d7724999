"""The commands: options in, exit code out, nothing else."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from newsletter.cli import Desk
from newsletter.diagnostics import Diagnostic, Refused, Term, has_errors

F = TypeVar("F", bound=Callable[..., Any])

LACKING = frozenset({"N003", "N004", "N741"})
"""Problems of the machine, not of the content."""

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report.",
)


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


@contextlib.contextmanager
def writing(file: str) -> Iterator[None]:
    """Turn the system's refusal to write into N702; raises `Refused`."""
    try:
        yield
    except OSError as error:
        values = {"file": file, "reason": Term(error.strerror or str(error))}
        raise Refused([Diagnostic("N702", None, values)]) from error


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
