"""The contents of an issue, `articles.json`: its articles with text, people, places and pages.

In: the copy of an issue and its laid-out pages. Out: plain data for JSON, the same at each time.
What is not known is an empty text, an empty list or 0: every field is always there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.archive.markup import plain
from newsletter.archive.prose import html_of, pictures_of, place_of, text_of
from newsletter.issue.loader import Copy
from newsletter.issue.models import (
    Article,
    ArticlesSection,
    ChronicleSection,
    Contact,
    ContactsSection,
    Event,
    View,
    ViewsSection,
)
from newsletter.issue.words import DateSpan
from newsletter.render import Pages

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})(?:[—–-]\d{1,2})?日")
BETWEEN = re.compile(r"[，、,;；\s]+")
Contents = dict[str, Any]


def contents_of(copy: Copy, pages: Pages) -> Contents:
    """Return what articles.json says of an issue."""
    publication, issue = copy.publication, copy.issue
    date = written(issue.date)
    return {
        "issue": issue.id,
        "title": issue.title,
        "publication": publication.name,
        "publisher": publication.publisher,
        "issn": (publication.imprint.issn if publication.imprint else None) or "",
        "period": issue.period or "",
        "date": date,
        "language": publication.language,
        "year": year_of(date, issue.period or "", issue.title, issue.id),
        "pages": pages.count,
        "sections": [{"id": s.id, "title": s.title, "kind": s.kind} for s in issue.sections],
        "articles": list(_articles(copy, pages)),
        "events": list(_events(copy)),
        "highlights": list(_highlights(copy)),
        "contacts": list(_contacts(copy)),
    }


def year_of(*texts: str) -> int | None:
    """Return the first year that any of the texts names."""
    found = (YEAR.search(text) for text in texts)
    return next((int(match[0]) for match in found if match), None)


def written(date: DateSpan | None) -> str:
    """Return a date in the notation of ISO 8601, a stretch of days with a slash."""
    if date is None:
        return ""
    if not date.to_the_day:
        return f"{date.start:%Y-%m}"
    days = dict.fromkeys((date.start.isoformat(), date.end.isoformat()))
    return "/".join(days)


def _articles(copy: Copy, pages: Pages) -> Iterator[dict[str, Any]]:
    stands = pages_of_articles(pages)
    for section in copy.issue.sections:
        if isinstance(section, (ArticlesSection, ViewsSection)):
            for article in section.articles:
                yield _article(article, section.id, stands.get(article.id, (0, 0)))


def _article(article: Article, section: str, stands: tuple[int, int]) -> dict[str, Any]:
    html = html_of(article)
    return {
        "id": article.id,
        "section": section,
        "kind": "view" if isinstance(article, View) else "article",
        "title": article.title,
        "kicker": article.kicker or "",
        "standfirst": article.standfirst or "",
        "byline": article.byline or _signature(article),
        "people": _people(article),
        "places": _places(article.dateline or ""),
        "dateline": article.dateline or "",
        "source": article.source or "",
        "contributor": article.contributor or "",
        "date": _date(article.dateline or ""),
        "first_page": stands[0],
        "last_page": stands[1],
        "html": html,
        "text": plain(html),
        "pictures": [
            {
                "file": place_of(picture),
                "alt": picture.alt,
                "caption": picture.caption or "",
                "credit": picture.credit or "",
            }
            for picture in pictures_of(article)
        ],
    }


def pages_of_articles(pages: Pages) -> Mapping[str, tuple[int, int]]:
    """Return the first and the last page of each article: those on which its lines stand."""
    found: dict[str, tuple[int, int]] = {}
    for name, page in pages.anchors.items():
        if name.startswith("article-"):
            found[name.removeprefix("article-")] = (page + 1, page + 1)
    for line in pages.lines:
        if line.article:
            first, last = found.get(line.article, (line.page, line.page))
            found[line.article] = (min(first, line.page), max(last, line.page))
    return found


def _signature(article: Article) -> str:
    if not isinstance(article, View):
        return ""
    person = article.person
    return f"{person.name}，{person.role}" if person.role else person.name


def _people(article: Article) -> list[str]:
    """Return who wrote it: whose view it is, and the names of the byline between their commas."""
    names = [article.person.name] if isinstance(article, View) else []
    names += [name for name in re.split(r"[、，,;；]", article.byline or "") if name.strip()]
    return list(dict.fromkeys(name.strip() for name in names))


def _places(dateline: str) -> list[str]:
    """Return the places of a dateline: what stands in it that is not a date."""
    parts = BETWEEN.split(DAY.sub(" ", dateline))
    return [part for part in parts if part and not any(c.isdigit() for c in part)]


def _date(dateline: str) -> str:
    match = DAY.search(dateline)
    return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}" if match else ""


# What is no article -------------------------------------------------------------------------


def _events(copy: Copy) -> Iterator[dict[str, Any]]:
    for section in copy.issue.sections:
        if isinstance(section, ChronicleSection):
            yield from (_event(event) for event in section.events)


def _event(event: Event) -> dict[str, Any]:
    said = event.quotation
    return {
        "date": written(event.date),
        "title": event.title,
        "place": event.city or "",
        "outputs_title": event.outputs_title or "",
        "outputs": list(event.outputs),
        "quotation": {"text": said.text, "by": said.by or ""} if said else None,
    }


def _highlights(copy: Copy) -> Iterator[dict[str, str]]:
    for section in copy.issue.sections:
        if isinstance(section, ChronicleSection):
            yield from ({"value": one.value, "label": one.label} for one in section.highlights)


def _contacts(copy: Copy) -> Iterator[dict[str, Any]]:
    """Yield the sections that say who the publisher is and whom to ask."""
    for section in copy.issue.sections:
        if isinstance(section, ContactsSection):
            about = text_of(section, "about", f"about-{section.id}")
            join = text_of(section, "join", f"join-{section.id}")
            yield {
                "section": section.id,
                "about_title": section.about_title or "",
                "about_html": about,
                "about": plain(about),
                "join_title": section.join_title or "",
                "join_html": join,
                "join": plain(join),
                "people": [_contact(person) for person in section.people],
            }


def _contact(person: Contact) -> dict[str, str]:
    return {name: getattr(person, name) or "" for name in Contact.model_fields}
