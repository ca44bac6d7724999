"""Search: what of the archive a query finds, the best first.

In: a catalogue, a `Query`, `Filters`. Out: a `Result` with hits, each with its page and an
excerpt. Hits are ranked by BM25 (FTS5, 5.1.1), a word in a headline weighing most; equal ones
stand newest first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from newsletter.archive.catalogue import Catalogue
from newsletter.archive.excerpt import Excerpt, excerpt
from newsletter.archive.passages import row
from newsletter.archive.query import Query, Word
from newsletter.archive.reading import content_of
from newsletter.archive.terms import flowing, terms

WEIGHTS = (8.0, 3.0, 1.0)
"""Of title, lead and body."""
LIMIT = 20


class Filters(Struct, frozen=True):
    """What a hit must be of: years from and to, a section, a person, a place; empty for any."""

    years: tuple[int, int] | None = None
    section: str = ""
    person: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.years or self.section or self.person or self.place)

    def said(self) -> dict[str, str]:
        """Return those that are set, as they were typed."""
        years = "–".join(map(str, dict.fromkeys(self.years))) if self.years else ""
        named = {"section": self.section, "person": self.person, "place": self.place}
        return {name: text for name, text in {"year": years, **named}.items() if text}


class Hit(Struct, frozen=True):
    """A passage that was found; `page` is the first on which most of the words stand."""

    issue: str
    version: int
    year: int
    kind: str
    section: str
    section_title: str
    article: str
    title: str
    date: str
    page: int
    first_page: int
    last_page: int
    score: float
    excerpt: Excerpt
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Result(Struct, frozen=True):
    """What was asked, how many passages there are in all, and those that were wanted of them."""

    query: Query
    filters: Filters
    total: int
    hits: tuple[Hit, ...] = ()


def search(
    catalogue: Catalogue, archive: Path, query: Query, filters: Filters, limit: int | None = LIMIT
) -> Result:
    """Return what a query finds, at most `limit` hits; without words, what the filters leave."""
    hits = tuple(_hit(archive, found, query) for found in rows(catalogue, query, filters, limit))
    return Result(query, filters, count(catalogue, query, filters), hits)


def rows(
    catalogue: Catalogue, query: Query, filters: Filters, limit: int | None = None
) -> sqlite3.Cursor:
    """Return the catalogue's rows of what a query finds, the best first, each with a `score`."""
    clause, values = _where(query, filters)
    source = "passages p" + (" JOIN words ON words.rowid = p.id" if query else "")
    score = f"bm25(words, {', '.join(map(str, WEIGHTS))})" if query else "0.0"
    cursor = catalogue.connection.cursor()
    cursor.row_factory = sqlite3.Row
    order = "score, p.year DESC, p.date DESC, p.issue DESC, p.id"
    found = f"SELECT p.id, {score} AS score FROM {source} WHERE {clause}"  # noqa: S608 - values are bound
    best = f"{found} ORDER BY {order} LIMIT ?"
    return cursor.execute(
        f"SELECT p.*, score FROM ({best}) b JOIN passages p ON p.id = b.id ORDER BY {order}",  # noqa: S608
        (*values, -1 if limit is None else limit),
    )


def count(catalogue: Catalogue, query: Query, filters: Filters | None = None) -> int:
    """Return how many passages a query finds."""
    clause, values = _where(query, filters or Filters())
    source = "passages p" + (" JOIN words ON words.rowid = p.id" if query else "")
    found = catalogue.connection.execute(
        f"SELECT count(*) FROM {source} WHERE {clause}",  # noqa: S608 - all values are bound
        values,
    )
    return int(found.fetchone()[0])


def _where(query: Query, filters: Filters) -> tuple[str, list[str | int]]:
    clauses: list[str] = []
    values: list[str | int] = []
    if query:
        clauses.append("words MATCH ?")
        values.append(expression(query))
    if filters.years:
        clauses.append("p.year BETWEEN ? AND ?")
        values += filters.years
    if filters.section:
        clauses.append("(p.section = ? OR instr(p.section_row, ?))")
        values += [filters.section, row(terms(filters.section))]
    for role, name in (("person", filters.person), ("place", filters.place)):
        if name:
            clauses.append(
                "EXISTS (SELECT 1 FROM names n"
                " WHERE n.passage = p.id AND n.role = ? AND instr(n.row, ?))"
            )
            values += [role, row(terms(name))]
    return " AND ".join(clauses) or "1", values


def expression(query: Query) -> str:
    """Return a query in FTS5's language (FTS5, 3); terms hold nothing that means anything in it."""
    wanted = " AND ".join(_phrase(word) for word in query.wanted)
    return " NOT ".join([f"({wanted})", *(_phrase(word) for word in query.unwanted)])


def _phrase(word: Word) -> str:
    return f'"{" ".join(word.terms)}"'


def _hit(archive: Path, found: sqlite3.Row, query: Query) -> Hit:
    wanted = [word.terms for word in query.wanted]
    folder = archive / found["issue"] / f"v{found['version']}" / "data" / "text"
    return Hit(
        **{name: found[name] for name in _SAME},
        page=_page(folder, range(found["first_page"], found["last_page"] + 1), wanted),
        score=round(-found["score"], 4),
        excerpt=_excerpt((found["body"], found["lead"], found["title"]), wanted),
        people=tuple(json.loads(found["people"])),
        places=tuple(json.loads(found["places"])),
    )


_SAME = (
    "issue", "version", "year", "kind", "section", "section_title", "article", "title", "date",
    "first_page", "last_page",
)  # fmt: skip


def _excerpt(texts: Sequence[str], wanted: Sequence[Sequence[str]]) -> Excerpt:
    """Return an excerpt of the first text that has one of the words; else of the first."""
    first: Excerpt | None = None
    for text in filter(None, texts):
        found = excerpt(text, wanted)
        if found.marks:
            return found
        first = first or found
    return first or Excerpt("")


def _page(folder: Path, pages: range, wanted: Sequence[Sequence[str]]) -> int:
    """Return the first page of an article with most of the words; its first if none has any."""
    if len(pages) <= 1:
        return pages.start
    counts = {}
    for number in pages:
        try:
            text = row(
                terms(flowing(content_of(folder / f"{number:03}.txt").decode("utf-8", "replace")))
            )
        except OSError:
            text = ""
        counts[number] = sum(row(word) in text for word in wanted)
    return max(counts, key=lambda number: (counts[number], -number))
