"""What the browser searches: all passages by name, their texts by issue, and the index.

In: one issue after another, newest first. Out: `search/passages.js`, `search/texts/<n>.js` and
`search/grams/`. A passage is a row: number of its issue, kind, number of its section's title,
title, name of its page, first and last printed page, date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsletter.archive.passages import Passage
from newsletter.archive.site.grams import GramIndex, shards_for
from newsletter.archive.terms import CHARACTERS, PASSED_OVER, terms

KINDS = ("article", "event", "page")


class Lookup:
    """Writes the texts as they come, the rest at the end."""

    def __init__(self, folder: Path, issues: int) -> None:
        self._folder, self._shards = folder, shards_for(issues)
        self._index = GramIndex(folder / "grams", self._shards)
        self._rows = folder / "passages.part"
        self._issues: list[dict[str, Any]] = []
        self._sections: dict[str, int] = {"": 0}
        self._number = 0
        self.characters: set[str] = set()
        (folder / "texts").mkdir(parents=True)
        self._rows.touch()

    @property
    def sections(self) -> list[str]:
        """The titles of all sections that have been seen, in order."""
        return [title for title in self._sections if title]

    def add(
        self, about: Mapping[str, Any], found: Sequence[Passage], slugs: Mapping[str, str]
    ) -> None:
        """Add an issue: `about` has its `title`, `year` and `url`, `slugs` the names of pages."""
        number = len(self._issues)
        self._issues.append({**about, "first": self._number, "texts": number})
        texts = _json([[passage.lead, passage.body] for passage in found])
        _write(self._folder / "texts" / f"{number}.js", f"shelf.texts({number},{texts});\n")
        self.characters.update(texts)
        with self._rows.open("a", encoding="utf-8") as stream:
            for passage in found:
                row = _json(self._row(number, passage, slugs))
                stream.write(row + "\n")
                self.characters.update(row)
                self._index.add(self._number, _terms(passage))
                self._number += 1

    def _row(self, issue: int, passage: Passage, slugs: Mapping[str, str]) -> list[str | int]:
        section = self._sections.setdefault(passage.section_title, len(self._sections))
        slug = slugs.get(passage.article, "")
        pages = (passage.first_page, passage.last_page)
        return [
            issue,
            KINDS.index(passage.kind),
            section,
            passage.title,
            slug,
            *pages,
            passage.date,
        ]

    def write(self) -> None:
        """Write the index and the names; what was put aside goes."""
        self._index.write()
        head = {
            "characters": CHARACTERS,
            "passed": PASSED_OVER,
            "shards": self._shards,
            "issues": self._issues,
            "sections": list(self._sections),
        }
        with (self._folder / "passages.js").open("w", encoding="utf-8") as stream:
            stream.write(f'shelf.passages({_json(head)[:-1]},"passages":[\n')
            stream.writelines(self._lines())
            stream.write("]});\n")
        self._rows.unlink()

    def _lines(self) -> Iterator[str]:
        with self._rows.open(encoding="utf-8") as stream:
            for index, line in enumerate(stream):
                yield ("," if index else "") + line


def _terms(passage: Passage) -> Iterator[list[str]]:
    return (terms(text) for text in (passage.title, passage.lead, passage.body))


def _json(data: Any) -> str:  # noqa: ANN401 - what JSON can say
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
