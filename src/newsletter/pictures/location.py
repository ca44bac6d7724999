"""Where a picture lies: a name from the YAML, resolved inside the issue's folder.

In: the name as written and the folder. Out: the path of a regular file that lies inside
the folder also after all symbolic links, or a `Problem`. Nothing is opened.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from newsletter.pictures.problem import Flaw, Problem, flaw
from newsletter.resources import lies_within

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SEARCHED_FILES = 2_000  # how many files of the folder are compared for a suggestion
TEXTS = (".yaml", ".yml")  # what no picture is
LONGEST_NAME = 1_000
NEAR = 0.7  # how alike two names are, endings aside, of which one is meant by the other


def locate(name: str, folder: Path) -> Path | Problem:
    """Return the path of the picture `name` in `folder`, or what is wrong with the name."""
    try:
        _judge_name(name)
        path = folder.joinpath(*name.split("/"))
        _stay_inside(path, folder)
        _judge_spelling(name, folder)
        if not stat.S_ISREG(path.stat().st_mode):
            raise flaw("N305")
    except Flaw as stop:
        return stop.problem.of(name)
    except (OSError, RuntimeError, ValueError):
        return Problem("N306").of(name)
    return path


def _judge_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise flaw("N304")
    if name.startswith(("/", "\\\\")):
        raise flaw("N302")
    if ADDRESS.match(name):
        raise flaw("N304", hint="address")
    if "\\" in name:
        raise flaw("N304", hint="backslash")
    if ".." in name.split("/"):
        raise flaw("N302")


def _stay_inside(path: Path, folder: Path) -> None:
    if not lies_within(path, folder):
        raise flaw("N303")


def _judge_spelling(name: str, folder: Path) -> None:
    """Compare letter by letter, as a file system that ignores case would not."""
    here = folder
    parts = [part for part in name.split("/") if part not in ("", ".")]
    for index, part in enumerate(parts):
        names = _names(here) if here.is_dir() else []
        if part not in names:
            raise _missing(folder, parts, index, names)
        here /= part
    if not here.exists():  # a symbolic link to nothing
        raise flaw("N301", hint="link")


def _names(folder: Path) -> list[str]:
    """Return what lies in a folder; it is asked for each picture, so no paths are made of it."""
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]


def _missing(folder: Path, parts: list[str], index: int, names: list[str]) -> Flaw:
    alike = sorted(other for other in names if _folded(other) == _folded(parts[index]))
    if alike:
        right = "/".join([*parts[:index], alike[0], *parts[index + 1 :]])
        return flaw("N301", suggestion=right, hint="spelling")
    near = _nearest("/".join(parts), list(islice(_files(folder), SEARCHED_FILES)))
    if near is None:
        return flaw("N301")
    return flaw("N301", suggestion=near, hint="suggest")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _nearest(name: str, files: list[str]) -> str | None:
    """Return the file of the same name elsewhere, or of nearly the same name."""
    base, stem = PurePosixPath(name).name, PurePosixPath(name).stem
    elsewhere = [file for file in files if PurePosixPath(file).name == base]
    stems = [PurePosixPath(file).stem for file in files]
    near = difflib.get_close_matches(stem, stems, n=1, cutoff=NEAR)
    return next(iter(elsewhere or (files[stems.index(found)] for found in near)), None)


def _files(folder: Path) -> Iterator[str]:
    """Yield the folder's files but for its texts by their paths in it; no link is followed."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if not file.endswith(TEXTS):
                yield Path(root, file).relative_to(folder).as_posix()
