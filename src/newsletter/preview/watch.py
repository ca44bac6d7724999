"""Watching: which files an issue is made of, and word that some of them changed.

In: a publication's folder and an issue. Out: a call for each burst of changes, which
says whether it touched text, other inputs, or the records of the review. What a save
leaves beside its file is no change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.issue.loader import PUBLICATION_FILE
from newsletter.resources import folders
from newsletter.review.records import review_folder

QUIET_MS = 5
"""After so long without a change a burst is over: one write is mostly two events.

A file that is written in more than one go is laid out as far as it is there, and again.
"""
SELDOM_MS = 40
"""The same for the publication's own folder, where newsletter.yaml lies and little changes."""
LONGEST_MS = 400
PACE: dict[str, Any] = {"watch_filter": None, "debounce": LONGEST_MS}
INPUTS = ("layouts", "fonts", "profiles")
TEXT = frozenset({".yaml", ".yml"})
BESIDE = (".part", ".tmp", ".swp", ".swx", "~", ".bak", "4913")
"""How editors, and we, call what is only beside a file for a moment (4913: Vim's trial)."""


class Change(Struct, frozen=True):
    """What a burst touched. `text` alone needs no other page than those whose words changed."""

    inputs: bool
    text: bool
    records: bool


class Watch:
    """Watches the files of one issue until it is cancelled, and calls `notify` for each burst."""

    def __init__(self, root: Path, issue: str, notify: Callable[[Change], None]) -> None:
        self._root, self._issue, self._notify = root.resolve(), issue, notify
        self._restart = asyncio.Event()

    async def run(self) -> None:
        """Watch the publication's own folder, and those below it with all that is in them."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._top())
            tasks.create_task(self._below())

    async def _top(self) -> None:
        """Watch newsletter.yaml, which editors replace, and folders that come or go."""
        from watchfiles import awatch

        watched = watched_folders(self._root)
        async for burst in awatch(self._root, recursive=False, step=SELDOM_MS, **PACE):
            self._tell(burst)
            if (now := watched_folders(self._root)) != watched:
                watched = now
                self._restart.set()

    async def _below(self) -> None:
        from watchfiles import awatch

        while True:
            self._restart = asyncio.Event()
            watched = watched_folders(self._root)
            if not watched:
                await self._restart.wait()
            async for burst in awatch(*watched, stop_event=self._restart, step=QUIET_MS, **PACE):
                self._tell(burst)
            self._notify(Change(inputs=True, text=False, records=True))

    def _tell(self, burst: Iterable[tuple[object, str]]) -> None:
        change = judge((Path(name) for _kind, name in burst), self._root, self._issue)
        if change is not None:
            self._notify(change)


def watched_folders(root: Path) -> list[Path]:
    """Return the folders to watch with all that is in them, those that exist."""
    return [path for path in (root / "issues", *input_folders(root)) if path.is_dir()]


def input_folders(root: Path) -> list[Path]:
    """Return the folders of layouts, fonts and profiles, the publication's and ours."""
    return list(dict.fromkeys(folder for kind in INPUTS for folder in folders(kind, root)))


def judge(paths: Iterable[Path], root: Path, issue: str) -> Change | None:
    """Return what a burst touched; None if nothing that matters."""
    folder, records = root / "issues" / issue, review_folder(root, issue)
    inputs_at = [root / PUBLICATION_FILE, folder, *input_folders(root)]
    met = [path for path in paths if not is_beside(path)]
    judged = [path for path in met if _in(path, records)]
    inputs = [
        path
        for path in met
        if not _in(path, records) and any(_in(path, place) for place in inputs_at)
    ]
    if not judged and not inputs:
        return None
    is_text = all(_in(path, folder) and path.suffix in TEXT for path in inputs)
    return Change(bool(inputs), is_text and bool(inputs), bool(judged))


def is_beside(path: Path) -> bool:
    """Tell whether a file is only beside another for a moment, or hidden."""
    return path.name.endswith(BESIDE) or path.name.startswith((".", "#"))


def _in(path: Path, folder: Path) -> bool:
    return path == folder or path.is_relative_to(folder)
