"""The leaves of one issue: its page with the contents, a page for each article, its files.

In: an opened bag, its card, its neighbours. Out: files below `issues/<issue>/`, pages once a
language; what had to be left out, as diagnostics.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec import Struct

from newsletter.archive.holdings import Article, Contact, Picture, Volume
from newsletter.archive.markup import settled
from newsletter.archive.site.pages import IssueCard, Speech, Stationery, filled
from newsletter.archive.site.pictures import Pictures, size
from newsletter.archive.site.sieve import Shown, sifted
from newsletter.diagnostics import Diagnostic

if TYPE_CHECKING:
    from markupsafe import Markup

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
THUMBNAILS = "pages"
WAYS = ("telephone", "fax", "email", "address")


class Leaf(Struct, frozen=True):
    """A printed page as a picture."""

    number: int
    picture: Shown


class Neighbours(Struct, frozen=True):
    """The issues before and after."""

    older: IssueCard | None
    newer: IssueCard | None


def card(volume: Volume) -> IssueCard:
    """Return what the shelf shows of an issue."""
    contents, issue = volume.contents, volume.bag.issue
    place = f"issues/{quote(issue)}/"
    cover = volume.bag.data / "cover.jpg"
    title = contents.title or issue
    about = contents.period if contents.period not in {"", title} else ""
    pdf = screen_file(volume)
    return IssueCard(
        issue=issue,
        title=title,
        about=about or contents.date,
        year=volume.year,
        language=contents.language,
        place=place,
        url=place,
        pages=contents.pages,
        cover=Shown("cover.jpg", *size(cover)) if cover.is_file() else None,
        pdf=quote(pdf.name) if pdf else "",
    )


def screen_file(volume: Volume) -> Path | None:
    """Return the PDF that readers get: the one for the screen, else the first."""
    found = sorted((volume.bag.data / "pdf").glob("*.pdf"))
    return next(
        (path for path in found if path.stem.endswith("screen")), found[0] if found else None
    )


def slugs(articles: tuple[Article, ...]) -> dict[str, str]:
    """Return the name of each article's page: its id, where that can be a file's name anywhere."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, article in enumerate(articles, 1):
        name = article.id if SLUG.fullmatch(article.id) else f"article-{number}"
        while name.lower() in taken:
            name += "-"
        taken.add(name.lower())
        names.setdefault(article.id, name)
    return names


class Leaves:
    """Writes the leaves of one issue into a site."""

    def __init__(
        self, folder: Path, stationery: Stationery, volume: Volume, card: IssueCard
    ) -> None:
        self._folder, self._stationery = folder, stationery
        self._volume, self._card = volume, card
        self._names = slugs(volume.contents.articles)
        self._target = folder / "issues" / card.issue
        self._pictures = Pictures(card.issue, volume.bag.data, self._target)

    def write(self, neighbours: Neighbours) -> list[Diagnostic]:
        """Write files and pages; return what was left out."""
        self._target.mkdir(parents=True)
        thumbnails = list(self._files())
        for speech in self._stationery.speeches:
            self._issue(speech, neighbours, thumbnails)
            for number, article in enumerate(self._volume.contents.articles):
                self._article(speech, number, article)
        return self._pictures.problems

    def _files(self) -> Iterator[Leaf]:
        """Copy cover, PDF and pictures of the pages; yield these."""
        data = self._volume.bag.data
        if self._card.cover:
            shutil.copyfile(data / "cover.jpg", self._target / "cover.jpg")
        pdf = screen_file(self._volume)
        if pdf:
            shutil.copyfile(pdf, self._target / pdf.name)
        for path in sorted((data / "thumbnails").glob("*.jpg")):
            if path.stem.isdecimal():
                (self._target / THUMBNAILS).mkdir(exist_ok=True)
                shutil.copyfile(path, self._target / THUMBNAILS / path.name)
                yield Leaf(int(path.stem), Shown(f"{THUMBNAILS}/{path.name}", *size(path)))

    def _put(self, speech: Speech, path: str, html: str) -> None:
        place = self._folder / speech.prefix / "issues" / self._card.issue / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(html, "utf-8")

    def _page(self, template: str, speech: Speech, path: str, **shown: Any) -> None:  # noqa: ANN401
        html = self._stationery.page(
            template, speech, f"{self._card.place}{path}", issue=self._card, **shown
        )
        self._put(speech, path, html)

    def _to_files(self, speech: Speech, path: str) -> str:
        """Return the way from a page to the issue's files, which lie in the first language."""
        up = "../" * path.count("/")
        deeper = "../" * (speech.prefix.count("/") + 2)
        return f"{up}{deeper}{self._card.place}" if speech.prefix else up

    def _issue(self, speech: Speech, neighbours: Neighbours, thumbnails: list[Leaf]) -> None:
        self._page(
            "issue",
            speech,
            "index.html",
            files=self._to_files(speech, "index.html"),
            sections=list(self._sections()),
            events=self._volume.contents.events,
            highlights=self._volume.contents.highlights,
            contacts=list(self._contacts()),
            thumbnails=thumbnails,
            versions=self._volume.bag.versions[::-1],
            older=neighbours.older,
            newer=neighbours.newer,
        )

    def _sections(self) -> Iterator[dict[str, Any]]:
        """Yield the sections that have articles, then articles of no section."""
        contents = self._volume.contents
        known = [section.id for section in contents.sections]
        others = [article.section for article in contents.articles if article.section not in known]
        for name in dict.fromkeys([*known, *others]):
            lines = [
                {
                    "slug": self._names[article.id],
                    "title": article.title,
                    "byline": article.byline,
                    "first_page": article.first_page,
                }
                for article in contents.articles
                if article.section == name
            ]
            if lines:
                yield {"title": contents.section_title(name), "articles": lines}

    def _contacts(self) -> Iterator[dict[str, Any]]:
        """Yield the sections that say who the publisher is, with their texts safe to show."""
        for found in self._volume.contents.contacts:
            yield {
                "title": self._volume.contents.section_title(found.section),
                "about_title": found.about_title,
                "about": _safe(found.about_html, lambda _address: None),
                "join_title": found.join_title,
                "join": _safe(found.join_html, lambda _address: None),
                "people": [
                    {"name": person.name, "role": person.role, "ways": list(_ways(person))}
                    for person in found.people
                ],
            }

    def _article(self, speech: Speech, number: int, article: Article) -> None:
        contents = self._volume.contents
        path = f"articles/{self._names[article.id]}.html"
        files = self._to_files(speech, path)
        body, lead, rest = self._text(article, files)
        self._page(
            "article",
            speech,
            path,
            files=files,
            article=article,
            section=contents.section_title(article.section),
            body=body,
            lead=lead,
            rest=rest,
            pages=_pages(article, speech),
            previous=self._neighbour(number - 1),
            next=self._neighbour(number + 1),
        )

    def _neighbour(self, number: int) -> dict[str, str] | None:
        articles = self._volume.contents.articles
        if not 0 <= number < len(articles):
            return None
        return {"slug": self._names[articles[number].id], "title": articles[number].title}

    def _text(
        self, article: Article, files: str
    ) -> tuple[str, dict[str, Any] | None, list[dict[str, Any]]]:
        """Return the text, the picture above it, and those below it that stand nowhere in it."""
        used: set[str] = set()

        def shown(address: str) -> Shown | None:
            found = self._pictures.show(address, files)
            if found:
                used.add(found.url)
            return found

        html = article.html or "".join(
            f"<p>{escape(line)}</p>" for line in article.text.split("\n") if line.strip()
        )
        body = _safe(html, shown)
        rest = [
            {
                "shown": found,
                "alt": picture.alt,
                "caption": picture.caption,
                "credit": picture.credit,
            }
            for picture in article.pictures
            if (found := self._pictures.show(_address(picture), files)) and found.url not in used
        ]
        return body, rest[0] if rest else None, rest[1:]


def _safe(html: str, picture: Callable[[str], Shown | None]) -> Markup:
    from markupsafe import Markup

    return Markup(sifted(settled(html), picture))  # noqa: S704 - sifted


def _ways(person: Contact) -> Iterator[tuple[str, str]]:
    """Yield the ways to reach somebody, each with the name of its kind."""
    for kind in WAYS:
        if value := getattr(person, kind):
            yield kind, value


def _address(picture: Picture) -> str:
    """Return where a picture lies; one that is named without its folder is in `pictures/`."""
    return picture.file if "/" in picture.file else f"pictures/{picture.file}"


def _pages(article: Article, speech: Speech) -> str:
    name = "pages" if article.last_page > article.first_page else "page"
    first, last = article.first_page, article.last_page
    return filled(speech.words[name], page=first, first=first, last=last)
