"""What pages were made from: the text files with their lines, and the digests of the pictures.

In: a galley. Out: a `Manuscript`; from two of them the passages that differ, so that the lines of
YAML or CSS behind a change can be named and shown.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from newsletter.compose.galley import Galley

TEXTS = frozenset({".css", ".j2", ".yaml", ".yml", ".html"})


class Manuscript(BaseModel):
    """The files by their names in the publication: text ones whole, pictures as SHA-256.

    It is kept beside a baseline, and may have been damaged there.
    """

    model_config = ConfigDict(frozen=True)

    texts: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}


class Passage(Struct, frozen=True):
    """Lines of a file that differ: `line` is the first one now, counted from 1.

    Both sides are empty for a picture, which is another file now.
    """

    file: str
    line: int
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """`file:line`, or the file alone for a picture."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def holds(self, origin: str) -> bool:
        """Tell whether `file:line` lies within it."""
        file, _, line = origin.rpartition(":")
        return (
            file == self.file
            and line.isdigit()
            and self.line <= int(line) < self.line + max(len(self.now), 1)
        )


def manuscript_of(galley: Galley) -> Manuscript:
    """Return what an issue is made from, fonts left out."""
    copy = galley.copy
    files = {f"layouts/{name}": path for name, path in galley.layout.inputs().items()}
    files |= {source.shown: source.path for source in copy.sources()}
    texts = {n: p.read_text("utf-8") for n, p in sorted(files.items()) if p.suffix in TEXTS}
    drawn = {path for path in galley.assets.values() if path.is_relative_to(copy.folder)}
    drawn |= {path for name, path in files.items() if name not in texts}
    pictures = {copy.shown(path): _digest(path) for path in sorted(drawn)}
    return Manuscript(texts=texts, pictures=pictures)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def passages(before: Manuscript, now: Manuscript) -> list[Passage]:
    """Return what differs between two manuscripts, file by file."""
    found = [
        passage
        for name in sorted({*before.texts, *now.texts})
        for passage in _differing(name, before.texts.get(name, ""), now.texts.get(name, ""))
    ]
    names = sorted({*before.pictures, *now.pictures})
    changed = [n for n in names if before.pictures.get(n) != now.pictures.get(n)]
    return [*found, *(Passage(name, 0) for name in changed)]


def _differing(name: str, before: str, now: str) -> Iterator[Passage]:
    if before == now:
        return
    old, new = before.splitlines(), now.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what != "equal":
            yield Passage(name, k + 1, tuple(old[i:j]), tuple(new[k:m]))
