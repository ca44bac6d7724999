"""The print file of an issue as its manuscript is now: the one that is there, or a new one."""

from __future__ import annotations

from pathlib import Path

from newsletter.cache.request import Request
from newsletter.cache.unchanged import unchanged
from newsletter.cli import Desk
from newsletter.commands.building import build_issue
from newsletter.commands.progress import Progress
from newsletter.crew.task import Task
from newsletter.diagnostics import Diagnostic, Refused, has_errors
from newsletter.issue.loader import load_publication
from newsletter.issue.models import Profile

ALONE: tuple[Profile, ...] = ("print",)


def current_print_file(
    desk: Desk, root: Path, issue: str, layout: str | None = None
) -> tuple[Path, list[Diagnostic]]:
    """Return the print file of an issue, and what a build had to say if there had to be one.

    A build is asked for the files that `build ISSUE` makes, or for the print file alone where
    that is none of them; with `layout`, in that layout. Raises `Refused` with all that speaks
    against the issue.
    """
    stem = f"{issue}-{layout}" if layout else issue
    file = root / "build" / issue / f"{stem}-print.pdf"
    if any(_stands(file, Request(str(root), issue, asked, layout)) for asked in ((), ALONE)):
        return file, []
    asked = () if "print" in load_publication(root).profiles else ALONE
    request = Request(str(root), issue, asked, layout)
    with Progress(desk, issue) as progress:
        outcome = build_issue(Task(root, issue, asked, layout, request=request), progress)
    if has_errors(outcome.findings):
        raise Refused(outcome.findings)
    name = file.relative_to(root).as_posix()
    return file, [*outcome.findings, Diagnostic("N710", None, {"file": name})]


def _stands(file: Path, request: Request) -> bool:
    """Tell whether a build that was noted would make this file again, byte by byte."""
    manifest = unchanged(request)
    return manifest is not None and any(Path(kept.path) == file for kept in manifest.outputs)
