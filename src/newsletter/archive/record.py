"""The record of a bag: all that can be told of it without opening its PDFs.

In: a bag and its entry in the log. Out: a `Record` of plain values, for `list` and `show`. Of
a bag that is damaged only the log is told: nothing in it can be relied on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.audit import MAY_BE_WRITTEN
from newsletter.archive.bag import PAYLOAD, read_labels
from newsletter.archive.log import Entry
from newsletter.archive.reading import content_of
from newsletter.archive.recipe import LOCK_FILE, Recipe, read_recipe
from newsletter.archive.source import FOLDER
from newsletter.archive.stacks import Archive
from newsletter.archive.submission import CONTENTS_FILE
from newsletter.diagnostics import Diagnostic
from newsletter.issue.loader import PUBLICATION_FILE


class Record(Struct, frozen=True):
    """What is told of a bag, and its damage, where there is any."""

    entry: Entry
    folder: Path
    is_there: bool
    labels: Sequence[tuple[str, str]]
    contents: Mapping[str, Any]
    recipe: Recipe
    pdfs: Sequence[tuple[str, int]]
    has_source: bool
    damage: Sequence[Diagnostic] = ()

    def said(self, label: str) -> list[str]:
        """Return the values of a label."""
        return [value for name, value in self.labels if name == label]


def record_of(archive: Archive, entry: Entry, damage: Sequence[Diagnostic]) -> Record:
    """Read what is told of a bag whose damage is known."""
    bag = archive.path(entry.name)
    if any(found.code != MAY_BE_WRITTEN for found in damage):
        return Record(entry, bag, bag.is_dir(), (), {}, {}, (), has_source=False, damage=damage)
    data = bag / PAYLOAD
    return Record(
        entry=entry,
        folder=bag,
        is_there=True,
        labels=read_labels(bag),
        contents=_json(data / CONTENTS_FILE),
        recipe=read_recipe(_bytes(data / LOCK_FILE)),
        pdfs=[(path.name, path.stat().st_size) for path in sorted(data.glob("pdf/*.pdf"))],
        has_source=(data / FOLDER / PUBLICATION_FILE).is_file(),
        damage=damage,
    )


def _json(path: Path) -> Mapping[str, Any]:
    try:
        said = json.loads(_bytes(path))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _bytes(path: Path) -> bytes:
    try:
        return content_of(path)
    except OSError:
        return b""
