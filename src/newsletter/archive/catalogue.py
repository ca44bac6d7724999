"""The catalogue: an index of the archive in one file, which can always be made again.

In: the archive's folder. Out: a `Catalogue`, up to date with the bags. It is `catalogue.sqlite`
beside them; where that cannot be written, in the user's folder for caches; else in memory.
Each passage is a row of SQLite's FTS5 with its terms separated by spaces. The tokenizer is
`ascii`, which takes every character above 127 for a letter: so what a term is, is decided in
`newsletter.archive.terms` alone, and not by the Unicode tables that SQLite was built with.

The file is sealed by a CRC-32 of all its bytes, kept in the field of its header that is free for
the application (`user_version`, bytes 60–63; SQLite file format, 1.3): one that is missing, cut
off, damaged, of another format or older than a bag is made again. A new one is written beside
the old and renamed; where only some bags changed, from a copy of the old.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from newsletter.archive.holdings import Bag, bags, earlier_bags, open_bag, unreadable
from newsletter.archive.passages import Passage, passages, row
from newsletter.archive.reading import opened
from newsletter.archive.terms import terms
from newsletter.cache.place import cache_folder
from newsletter.diagnostics import Diagnostic, Refused, Term

NAME = "catalogue.sqlite"
FORMAT = f"2, Unicode {unicodedata.unidata_version}"
"""Another number when rows or terms are made otherwise; the terms depend on Unicode's tables."""
PART = ".part"
CHUNK = 1 << 20
SEAL = slice(60, 64)
Stamp = tuple[int, int, int]
Progress = Callable[[int, int], None]

SCHEMA = """
CREATE TABLE about (format TEXT);
CREATE TABLE bags (issue TEXT, version INTEGER, size INTEGER, changed INTEGER, problem TEXT,
                   PRIMARY KEY (issue, version));
CREATE TABLE passages (id INTEGER PRIMARY KEY, issue TEXT, version INTEGER, year INTEGER,
                       kind TEXT, section TEXT, section_title TEXT, section_row TEXT,
                       article TEXT, title TEXT, lead TEXT, body TEXT, date TEXT,
                       first_page INTEGER, last_page INTEGER, people TEXT, places TEXT);
CREATE INDEX passages_issue ON passages (issue);
CREATE TABLE names (passage INTEGER, role TEXT, row TEXT);
CREATE INDEX names_passage ON names (passage, role);
CREATE VIRTUAL TABLE words USING fts5 (title, lead, body, tokenize='ascii', content='');
"""


class Catalogue(Struct, frozen=True):
    """An open catalogue; `findings` tell what was amiss.

    `issues` counts the bags that it is made of, `earlier` the older versions that it leaves out.
    """

    connection: sqlite3.Connection
    issues: int
    earlier: int = 0
    findings: tuple[Diagnostic, ...] = ()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def open_catalogue(
    archive: Path, progress: Progress = lambda _done, _all: None, cache: Path | None = None
) -> Catalogue:
    """Return the catalogue of an archive, made or brought up to date if need be.

    `progress` is told how many of how many bags have been read; `cache` is where to keep it if
    the archive cannot be written to. Raises `Refused` (N790) where nothing is archived.
    """
    found = bags(archive)
    if not found:
        raise Refused([Diagnostic("N790", None, {"folder": archive.name})])
    earlier = sum(len(bag.versions) - 1 for bag in found)
    return replace(_current(archive, found, progress, cache), earlier=earlier)


def open_earlier(archive: Path, progress: Progress = lambda _done, _all: None) -> Catalogue:
    """Return a catalogue of the versions that newer ones have replaced, read anew, in memory.

    Corrections are few, so nothing of it is kept. Raises `Refused` (N790) where nothing is
    archived.
    """
    if not bags(archive):
        raise Refused([Diagnostic("N790", None, {"folder": archive.name})])
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    found = earlier_bags(archive)
    for done, bag in enumerate(found):
        progress(done, len(found))
        _put_in(connection, bag)
    return _opened(connection)


def _current(
    archive: Path, found: Sequence[Bag], progress: Progress, cache: Path | None
) -> Catalogue:
    chosen = cache or cache_folder()
    homes = [archive / NAME, *([Path(chosen) / _name_of(archive)] if chosen else [])]
    for home in homes:
        connection = _sound(home)
        if connection:
            if _stamps(connection) == _wanted(found):
                return _opened(connection)
            connection.close()
    return _made(homes, found, progress)


def _name_of(archive: Path) -> str:
    return f"{hashlib.sha256(str(archive.resolve()).encode()).hexdigest()[:16]}.sqlite"


def _wanted(found: Sequence[Bag]) -> dict[str, Stamp]:
    return {bag.issue: bag.stamp() for bag in found}


# Reading ------------------------------------------------------------------------------------


def _sound(home: Path) -> sqlite3.Connection | None:
    """Open a file that is whole and of this format; None if it is not."""
    try:
        if seal(home) != _kept_seal(home):
            return None
        address = f"file:{quote(str(home.resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        if connection.execute("SELECT format FROM about").fetchone() == (FORMAT,):
            return connection
    except sqlite3.Error:  # another file of that name, which has no such table
        pass
    connection.close()
    return None


def seal(home: Path) -> int:
    """Return the CRC-32 of a catalogue's bytes, those of the seal itself taken for zero."""
    found = 0
    with opened(home) as stream:
        head = bytearray(stream.read(CHUNK))
        head[SEAL] = bytes(len(head[SEAL]))
        found = zlib.crc32(head)
        while chunk := stream.read(CHUNK):
            found = zlib.crc32(chunk, found)
    return found


def _kept_seal(home: Path) -> int:
    with opened(home) as stream:
        stream.seek(SEAL.start)
        return int.from_bytes(stream.read(SEAL.stop - SEAL.start), "big")


def _opened(connection: sqlite3.Connection) -> Catalogue:
    rows = connection.execute("SELECT issue, version, problem FROM bags ORDER BY issue").fetchall()
    findings = tuple(
        unreadable(issue, version, Term(problem)) for issue, version, problem in rows if problem
    )
    return Catalogue(connection, len(rows), findings=findings)


def _stamps(connection: sqlite3.Connection) -> dict[str, Stamp]:
    rows = connection.execute("SELECT issue, version, size, changed FROM bags")
    return {issue: (version, size, changed) for issue, version, size, changed in rows}


# Making -------------------------------------------------------------------------------------


def _made(homes: Sequence[Path], found: Sequence[Bag], progress: Progress) -> Catalogue:
    for home in homes:
        try:
            _write_beside(home, found, progress)
        except (OSError, sqlite3.OperationalError):  # read-only, full, no such folder
            continue
        connection = _sound(home)
        if connection:
            made = _opened(connection)
            return made if home == homes[0] else _with_note(made, home.parent.name)
    connection = sqlite3.connect(":memory:")
    _fill(connection, found, progress)
    return _with_note(_opened(connection), "")


def _with_note(made: Catalogue, folder: str) -> Catalogue:
    """Return a catalogue that tells that it is not in the archive, but where."""
    note = Diagnostic("N796", None, {"folder": folder}, hint=None if folder else "default")
    return replace(made, findings=(*made.findings, note))


def _write_beside(home: Path, found: Sequence[Bag], progress: Progress) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{home.name}.", suffix=PART, dir=home.parent)
    os.close(handle)
    part = Path(name)
    try:
        old = _sound(home)
        if old:
            old.close()
            shutil.copyfile(home, part)
        with contextlib.closing(sqlite3.connect(part)) as connection:
            _fill(connection, found, progress)
        found_seal = seal(part)
        with part.open("r+b") as stream:
            stream.seek(SEAL.start)
            stream.write(found_seal.to_bytes(4, "big"))
        part.chmod(0o644)
        part.replace(home)
    finally:
        part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, found: Sequence[Bag], progress: Progress) -> None:
    """Bring a catalogue up to date: issues that are gone or changed out, new ones in."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO about VALUES (?)", (FORMAT,))
    known, wanted = _stamps(connection), _wanted(found)
    for issue in sorted(known):
        if known[issue] != wanted.get(issue):
            _take_out(connection, issue)
    new = [bag for bag in found if known.get(bag.issue) != wanted[bag.issue]]
    for done, bag in enumerate(new):
        progress(done, len(new))
        _put_in(connection, bag)
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()


def _put_in(connection: sqlite3.Connection, bag: Bag) -> None:
    stamp, problem = bag.stamp(), ""
    try:
        volume = open_bag(bag)
    except Refused as refusal:
        problem = str(refusal.diagnostics[0].values["reason"])
    else:
        for passage in passages(volume):
            _insert(connection, bag, volume.year, passage)
    values = (bag.issue, *stamp, problem)
    connection.execute("INSERT INTO bags VALUES (?, ?, ?, ?, ?)", values)


def _insert(connection: sqlite3.Connection, bag: Bag, year: int, passage: Passage) -> None:
    values = {
        "issue": bag.issue,
        "version": bag.version,
        "year": year,
        "kind": passage.kind,
        "section": passage.section,
        "section_title": passage.section_title,
        "section_row": row(terms(passage.section_title)),
        "article": passage.article,
        "title": passage.title,
        "lead": passage.lead,
        "body": passage.body,
        "date": passage.date,
        "first_page": passage.first_page,
        "last_page": passage.last_page,
        "people": json.dumps(passage.people, ensure_ascii=False),
        "places": json.dumps(passage.places, ensure_ascii=False),
    }
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO passages ({columns}) VALUES ({marks})",  # noqa: S608 - names of ours
        tuple(values.values()),
    )
    connection.execute(
        "INSERT INTO words (rowid, title, lead, body) VALUES (?, ?, ?, ?)",
        (cursor.lastrowid, *_words(passage.title, passage.lead, passage.body)),
    )
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?)",
        [(cursor.lastrowid, role, name) for role, name in _names(passage)],
    )


def _words(*texts: str) -> Iterator[str]:
    return (" ".join(terms(text)) for text in texts)


def _names(passage: Passage) -> Iterator[tuple[str, str]]:
    for name in passage.people:
        yield "person", row(terms(name))
    for name in passage.places:
        yield "place", row(terms(name))


def _take_out(connection: sqlite3.Connection, issue: str) -> None:
    """Delete an issue; an index without texts must be told what it held (FTS5, 4.4.2)."""
    kept = connection.execute(
        "SELECT id, title, lead, body FROM passages WHERE issue = ?", (issue,)
    ).fetchall()
    for number, *texts in kept:
        connection.execute(
            "INSERT INTO words (words, rowid, title, lead, body) VALUES ('delete', ?, ?, ?, ?)",
            (number, *_words(*texts)),
        )
        connection.execute("DELETE FROM names WHERE passage = ?", (number,))
    connection.execute("DELETE FROM passages WHERE issue = ?", (issue,))
    connection.execute("DELETE FROM bags WHERE issue = ?", (issue,))
