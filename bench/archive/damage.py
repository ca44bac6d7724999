"""Damage: what can happen to an archive in twenty years, each done by hand.

In: an archive that holds 2001/v1, 2002/v1 and v2, 2003/v1, and a catalogue. Out: the same with
one damage. Each says which code has to name it, at which place, and nothing else may be said.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.archive.papers import deposit

PDF = "2001/v1/data/pdf/2001.pdf"
TEXT = "2001/v1/data/text/001.txt"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damage: its name, what is done, and all that has to be said: code and place."""

    name: str
    do: Callable[[Path], None]
    said: Sequence[tuple[str, str]]


def make(archive: Path) -> Path:
    """Fill an archive with four bags."""
    deposit(archive, "2001")
    deposit(archive, "2002")
    deposit(archive, "2002", "second", "a page was upside down")
    deposit(archive, "2003")
    with closing(sqlite3.connect(archive / "catalogue.sqlite")) as base, base:
        base.execute("CREATE TABLE words (text TEXT)")
        base.executemany("INSERT INTO words VALUES (?)", [("word" * 200,)] * 100)
    return archive


def open_up(path: Path) -> Path:
    """Give back the right to write to a file and its folders in a bag, as a vandal would."""
    for folder in path.parents:
        if folder.name == "archive":
            break
        folder.chmod(0o755)
    if path.is_file():
        path.chmod(0o644)
    return path


def close_up(archive: Path) -> None:
    """Take the right to write away again, so that this is not what is noticed."""
    for path in archive.glob("*/*/**/*"):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    for bag in archive.glob("*/*"):
        if bag.is_dir() and not bag.is_symlink():
            bag.chmod(0o555)


# The damages --------------------------------------------------------------------------------


def flipped_bit(archive: Path) -> None:
    """Change one bit in the middle of a PDF."""
    path = open_up(archive / PDF)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def missing_file(archive: Path) -> None:
    """Take the text of a page away."""
    open_up(archive / TEXT).unlink()


def added_file(archive: Path) -> None:
    """Put a page of text into a bag."""
    open_up(archive / TEXT).with_name("003.txt").write_text("added", "utf-8")


def renamed_file(archive: Path) -> None:
    """Call a file otherwise."""
    path = open_up(archive / TEXT)
    path.rename(path.with_name("page-1.txt"))


def edited_manifest(archive: Path) -> None:
    """Change a file and make one manifest agree with it."""
    flipped_bit(archive)
    path = open_up(archive / "2001/v1/manifest-sha256.txt")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines = [f"{'0' * 64}{line[64:]}" if line.endswith(".pdf\n") else line for line in lines]
    path.write_text("".join(lines), "utf-8")


def edited_log(archive: Path) -> None:
    """Write another reason into the log."""
    log = archive / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace("upside down", "missing"), "utf-8")


def dropped_line(archive: Path) -> None:
    """Take a line out of the log."""
    _keep_lines(archive, lambda lines: [lines[0], *lines[2:]])


def dropped_end(archive: Path) -> None:
    """Cut the last line of the log off."""
    _keep_lines(archive, lambda lines: lines[:-1])


def reordered_log(archive: Path) -> None:
    """Exchange two lines of the log."""
    _keep_lines(archive, lambda lines: [lines[1], lines[0], *lines[2:]])


def dated_back(archive: Path) -> None:
    """Say that the last issue came in years before, where no later line can contradict."""

    def change(lines: list[str]) -> list[str]:
        last = json.loads(lines[-1])
        last["time"] = "2001-01-01T00:00:00Z"
        return [*lines[:-1], json.dumps(last, ensure_ascii=False, separators=(",", ":")) + "\n"]

    _keep_lines(archive, change)


def _keep_lines(archive: Path, choose: Callable[[list[str]], list[str]]) -> None:
    log = archive / "log.jsonl"
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(choose(lines)), "utf-8")


def swapped_versions(archive: Path) -> None:
    """Exchange the folders of two versions."""
    first, second, aside = (archive / "2002" / name for name in ("v1", "v2", "aside"))
    first.rename(aside)
    second.rename(first)
    aside.rename(second)


def truncated_catalogue(archive: Path) -> None:
    """Cut the catalogue off after some pages."""
    path = archive / "catalogue.sqlite"
    path.write_bytes(path.read_bytes()[:5000])


def changed_rights(archive: Path) -> None:
    """Give the right to write to a file back."""
    (archive / PDF).chmod(0o644)


def foreign_bag(archive: Path) -> None:
    """Copy a sound bag from another archive."""
    other = archive.parent / "elsewhere" / "archive"
    deposit(other, "1999")
    shutil.copytree(other / "1999", archive / "1999")


def copied_bag(archive: Path) -> None:
    """Copy a bag as its own next version."""
    shutil.copytree(archive / "2003" / "v1", archive / "2003" / "v2")


def linked_file(archive: Path) -> None:
    """Put a link to the very same content in a file's place."""
    path = open_up(archive / PDF)
    kept = archive.parent / "kept.pdf"
    shutil.copy(path, kept)
    path.unlink()
    path.symlink_to(kept)


def removed_bag(archive: Path) -> None:
    """Take an issue away."""
    open_up(archive / "2003/v1/data/cover.jpg")
    for folder in (archive / "2003").rglob("*"):
        if folder.is_dir():
            folder.chmod(0o755)
    shutil.rmtree(archive / "2003")


LOG = "archive/log.jsonl"
DAMAGES = (
    Damage("a flipped bit", flipped_bit, [("N773", f"archive/{PDF}")]),
    Damage("a missing file", missing_file, [("N774", f"archive/{TEXT}")]),
    Damage("an added file", added_file, [("N775", "archive/2001/v1/data/text/003.txt")]),
    Damage("a renamed file", renamed_file, [("N776", "archive/2001/v1/data/text/page-1.txt")]),
    Damage(
        "an edited manifest",
        edited_manifest,
        [("N777", "archive/2001/v1/manifest-sha256.txt"), ("N773", f"archive/{PDF}")],
    ),
    Damage("an edited line of the log", edited_log, [("N778", LOG)]),
    Damage(
        "a dropped line of the log",
        dropped_line,
        [("N779", LOG), ("N781", "archive/2002/v1")],
    ),
    Damage("swapped versions", swapped_versions, [("N780", f"archive/2002/v{n}") for n in (1, 2)]),
    Damage("a truncated catalogue", truncated_catalogue, [("N784", "archive/catalogue.sqlite")]),
    Damage("changed rights", changed_rights, [("N782", "archive/2001/v1")]),
    Damage("a bag from elsewhere", foreign_bag, [("N781", "archive/1999/v1")]),
    Damage("a file replaced by a link", linked_file, [("N783", f"archive/{PDF}")]),
    Damage("the log's end cut off", dropped_end, [("N781", "archive/2003/v1")]),
    Damage("a reordered log", reordered_log, [("N779", LOG), ("N778", LOG)]),
    Damage("an entry dated back", dated_back, [("N778", LOG)]),
    Damage("a copied bag", copied_bag, [("N781", "archive/2003/v2")]),
    Damage("a bag taken away", removed_bag, [("N786", "archive/2003/v1")]),
)


def inflict(damage: Damage, archive: Path) -> None:
    """Do a damage; rights are as before unless they are what is damaged."""
    damage.do(archive)
    if damage.do is not changed_rights:
        close_up(archive)
