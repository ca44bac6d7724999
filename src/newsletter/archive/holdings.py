"""The holdings: which issues the archive has, and what the newest version of each contains.

In: the archive's folder, in which an issue lies as `<issue>/v<N>/`, a bag (RFC 8493). Out: `Bag`,
found without opening anything, and `Volume`, read from `data/articles.json` and `data/text/`.
Fields that are not known here are passed over: an archive is read by tools older and younger than
the one that filled it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from newsletter.archive.reading import content_of
from newsletter.diagnostics import Diagnostic, Refused, Term
from newsletter.expectation import reason

VERSION = re.compile(r"v([1-9][0-9]*)")
CONTENTS = Path("data", "articles.json")


def _text(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return "" if value is None else str(value) if isinstance(value, int | float) else value


def _listed(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, list) else []


def _names(value: Any) -> Any:  # noqa: ANN401
    """Return names from a list of names, or of people with a field `name`."""
    listed = value if isinstance(value, list) else []
    return [item.get("name") if isinstance(item, Mapping) else item for item in listed if item]


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Names = Annotated[tuple[Text, ...], BeforeValidator(_names)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Section(_Record):
    """A section of an issue."""

    id: Text
    title: Text = ""
    kind: Text = ""


class Picture(_Record):
    """A picture of an article; `file` is relative to the bag's `data/`."""

    file: Text
    alt: Text = ""
    caption: Text = ""
    credit: Text = ""


class Article(_Record):
    """An article with its text; pages are counted from 1, 0 where none is known."""

    id: Text
    section: Text = ""
    kind: Text = ""
    title: Text = ""
    kicker: Text = ""
    standfirst: Text = ""
    byline: Text = ""
    source: Text = ""
    contributor: Text = ""
    people: Names = ()
    places: Names = ()
    date: Text = ""
    first_page: int = 0
    last_page: int = 0
    html: Text = ""
    text: Text = ""
    pictures: tuple[Picture, ...] = ()


class Quotation(_Record):
    """Words that somebody said at an event."""

    text: Text = ""
    by: Text = ""


class Event(_Record):
    """An entry of the chronicle."""

    date: Text = ""
    title: Text = ""
    place: Text = ""
    outputs_title: Text = ""
    outputs: Texts = ()
    quotation: Quotation | None = None


class Highlight(_Record):
    """A figure that the chronicle sets apart."""

    value: Text = ""
    label: Text = ""


class Contact(_Record):
    """A person to turn to."""

    name: Text = ""
    role: Text = ""
    telephone: Text = ""
    fax: Text = ""
    email: Text = ""
    address: Text = ""


class Contacts(_Record):
    """A section that says who the publisher is and whom to ask."""

    section: Text = ""
    about_title: Text = ""
    about_html: Text = ""
    about: Text = ""
    join_title: Text = ""
    join_html: Text = ""
    join: Text = ""
    people: tuple[Contact, ...] = ()


class Contents(_Record):
    """What `articles.json` says."""

    issue: Text
    title: Text = ""
    publication: Text = ""
    publisher: Text = ""
    period: Text = ""
    date: Text = ""
    language: Text = "zh-CN"
    year: int | None = None
    pages: int = 0
    sections: tuple[Section, ...] = ()
    articles: tuple[Article, ...] = ()
    events: tuple[Event, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    contacts: tuple[Contacts, ...] = ()

    def section_title(self, section_id: str) -> str:
        """Return the title of a section, or its id where it has none."""
        titles = {section.id: section.title for section in self.sections}
        return titles.get(section_id) or section_id


class Bag(Struct, frozen=True):
    """A version of an issue, mostly the newest: its folder, and the numbers of all versions."""

    issue: str
    version: int
    folder: Path
    versions: tuple[int, ...]

    @property
    def data(self) -> Path:
        """The folder of its payload."""
        return self.folder / "data"

    def stamp(self) -> tuple[int, int, int]:
        """Return what changes when the bag does: version, size and time of its contents."""
        try:
            status = (self.folder / CONTENTS).stat()
        except OSError:
            return self.version, -1, -1
        return self.version, status.st_size, status.st_mtime_ns


class Volume(Struct, frozen=True):
    """A bag that has been opened."""

    bag: Bag
    contents: Contents

    @property
    def year(self) -> int:
        """The year it stands for, or 0."""
        found = re.match(r"\d{4}", self.contents.date)
        return self.contents.year or (int(found[0]) if found else 0)

    def page_texts(self) -> dict[int, str]:
        """Return the text of each page that has one, by its number."""
        return {
            int(path.stem): _text_of(path)
            for path in sorted((self.bag.data / "text").glob("*.txt"))
            if path.stem.isdecimal()
        }


def bags(archive: Path) -> list[Bag]:
    """Return the newest version of every issue, by the issue's id."""
    if not archive.is_dir():
        return []
    found = []
    for folder in sorted(archive.iterdir()):
        versions = _versions(folder)
        if versions and not folder.name.startswith("."):
            newest = versions[-1]
            found.append(Bag(folder.name, newest, folder / f"v{newest}", versions))
    return found


def earlier_bags(archive: Path) -> list[Bag]:
    """Return the versions that a newer one has replaced, by the issue's id, the oldest first."""
    return [
        replace(bag, version=version, folder=bag.folder.with_name(f"v{version}"))
        for bag in bags(archive)
        for version in bag.versions[:-1]
    ]


def _versions(folder: Path) -> tuple[int, ...]:
    if not folder.is_dir():
        return ()
    matches = (VERSION.fullmatch(path.name) for path in folder.iterdir() if path.is_dir())
    return tuple(sorted(int(match[1]) for match in matches if match))


def _text_of(path: Path) -> str:
    """Return the text of a file, empty where it cannot be read."""
    try:
        return content_of(path).decode("utf-8", "replace")
    except OSError:
        return ""


def open_bag(bag: Bag) -> Volume:
    """Read the contents of a bag; raises `Refused` (N792, a warning) where it cannot be read."""
    path = bag.folder / CONTENTS
    try:
        return Volume(bag, Contents.model_validate_json(content_of(path)))
    except OSError as error:
        raise _unreadable(bag, Term(error.strerror or str(error))) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _unreadable(bag, reason(first["type"], first["loc"])) from error


def unreadable(issue: str, version: int, reason: Term) -> Diagnostic:
    """Return what is said of a bag that cannot be read."""
    values = {"issue": issue, "version": f"v{version}", "reason": reason}
    return Diagnostic("N792", None, values)


def _unreadable(bag: Bag, why: Term) -> Refused:
    return Refused([unreadable(bag.issue, bag.version, why)])
