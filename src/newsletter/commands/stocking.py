"""The shelf of an installation: what every first build makes, made once for all its users.

In: the layouts that come with the tool. Out: a folder of results, which builds look into for what
their own cache lacks, with the modules that they import (`cache.modules`). Each layout's specimen
is built, then one of another name: what the second took from the first belongs to the tool and its
layouts, and is kept.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from newsletter.cache import modules
from newsletter.cache.place import SHELF_VARIABLE, VARIABLE
from newsletter.cache.store import FOLDER, key_of
from newsletter.layouts.layout import SPECIMEN_FILE
from newsletter.resources import packaged
from newsletter.writing import turn

ISSUES = "specimen", "another"
ID = re.compile(r"^id: .*$", re.MULTILINE)
PROGRAM = "from newsletter.entry import main; main()"
BINDING = (
    "import atexit; from newsletter.cache import modules; atexit.register(modules.bind, {!r}); "
)
"""What a build does before all else that is to bind what it has imported when it ends."""
STATE = "state"
"""The file on a shelf that says of which state of the program its results are."""
LONGEST_S = 600.0
"""Seconds that a build may take; one of a specimen takes two."""


class NotStockedError(Exception):
    """A build that the shelf is made from failed; the message is what it said."""


def stock(shelf: Path) -> None:
    """Make the shelf anew; the old one stands until the new one is whole.

    Raises `OSError` where it cannot be written and `NotStockedError`.
    """
    shelf.parent.mkdir(parents=True, exist_ok=True)
    with turn(shelf.parent):
        for left in shelf.parent.glob(f".{shelf.name}.*"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=f".{shelf.name}.", dir=shelf.parent) as name:
            _make(Path(name), shelf)


def stocked(shelf: Path) -> int:
    """Return how many results are on a shelf for the program as it is."""
    try:
        is_current = (shelf / STATE).read_text("ascii") == _state()
        return len([*(shelf / FOLDER).iterdir()]) if is_current else 0
    except (OSError, ValueError):
        return 0


def _make(work: Path, shelf: Path) -> None:
    cache = work / "cache"
    layouts = [path.parent for path in sorted((packaged() / "layouts").glob(f"*/{SPECIMEN_FILE}"))]
    first, second = ISSUES
    for layout in layouts:
        _build(cache, _specimen(work / first / layout.name, layout, first), first)
    made = [*(cache / FOLDER).iterdir()]
    for path in made:
        os.utime(path, (0, 0))
    for layout in layouts:
        root = _specimen(work / second / layout.name, layout, second)
        _build(cache, root, second, BINDING.format(str(work / modules.NAME)))
    results = (path for path in made if path.exists() and path.stat().st_mtime)
    _put(results, work / modules.NAME, work / "whole", shelf)


def _specimen(root: Path, layout: Path, issue: str) -> Path:
    """Make a publication of a layout's specimen under the name of an issue; return its folder."""
    folder = root / "issues" / issue
    within = layout / Path(SPECIMEN_FILE).stem
    shutil.copytree(within, folder / within.name)
    text = (layout / SPECIMEN_FILE).read_text("utf-8")
    (folder / "issue.yaml").write_text(ID.sub(f"id: {issue}", text, count=1), "utf-8")
    (folder / within.name / "newsletter.yaml").rename(root / "newsletter.yaml")
    return root


def _build(cache: Path, root: Path, issue: str, first: str = "") -> None:
    """Build an issue of a publication, with that cache and no shelf; raises `NotStockedError`.

    `first` is what Python does before.
    """
    environment = {**os.environ, VARIABLE: str(cache), SHELF_VARIABLE: "off"}
    command = [sys.executable, "-P", "-c", first + PROGRAM, "-C", str(root), "build", issue]
    try:
        subprocess.run(  # noqa: S603 - ourselves
            command,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST_S,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NotStockedError(error.stderr.strip() or error.stdout.strip()) from None
    except subprocess.TimeoutExpired as error:
        raise NotStockedError(str(error)) from None


def _put(results: Iterable[Path], bound: Path, whole: Path, shelf: Path) -> None:
    """Move results and modules to a new shelf, and that to the place of the old one."""
    (whole / FOLDER).mkdir(parents=True)
    bound.chmod(0o644)
    bound.rename(whole / modules.NAME)
    for path in results:
        path.chmod(0o644)
        path.rename(whole / FOLDER / path.name)
    (whole / STATE).write_text(_state(), "ascii")
    if shelf.exists():
        shelf.rename(whole.with_name("old"))
    whole.rename(shelf)


def _state() -> str:
    """Return what is another for every other state of the program (see `cache.tool`)."""
    return key_of("shelf", ())
