"""Passages: the pieces of an issue that a search finds, each with its section and pages.

In: an opened bag. Out: a `Passage` for each article, for each event of the chronicle, and for
each page that no article stands on (cover, chronicle, contacts), so that nothing printed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Literal

from msgspec import Struct

from newsletter.archive.holdings import Article, Event, Volume
from newsletter.archive.markup import plain, settled
from newsletter.archive.terms import clean, flowing, terms

Kind = Literal["article", "event", "page"]
TAG = re.compile(r"<[^>]*>")
LEADERS = re.compile(r"(?:[·.…]\s*){4,}")
"""The dots that lead from a line of the contents to its page."""


class Passage(Struct, frozen=True):
    """What is found as one; the lines of `lead` and `body` are paragraphs."""

    kind: Kind
    title: str
    body: str
    lead: str = ""
    article: str = ""
    section: str = ""
    section_title: str = ""
    date: str = ""
    first_page: int = 0
    last_page: int = 0
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def passages(volume: Volume) -> Iterator[Passage]:
    """Yield the passages of an issue: articles, events, then the other pages."""
    for article in volume.contents.articles:
        yield _article(volume, article)
    others = _other_pages(volume)
    found = _without_contents(volume, {n: row(terms(text)) for n, text in others.items()})
    for event in volume.contents.events:
        yield _event(volume, event, found)
    for number, text in others.items():
        yield Passage("page", "", clean(text), first_page=number, last_page=number)


def _without_contents(volume: Volume, pages: dict[int, str]) -> dict[int, str]:
    """Return pages but for those that list articles, which may be called like an event."""
    contents = volume.contents
    articles = [row(terms(article.title)) for article in contents.articles]
    events = [row(terms(event.title)) for event in contents.events]
    return {
        number: text
        for number, text in pages.items()
        if sum(title in text for title in articles) <= sum(title in text for title in events)
    }


def row(found: Sequence[str]) -> str:
    """Return terms as a row in which another row can be looked for as a string."""
    return f" {' '.join(found)} "


def _article(volume: Volume, article: Article) -> Passage:
    text = _text(article)
    captions = [
        f"{picture.caption} {picture.credit}"
        for picture in article.pictures
        if picture.caption not in text
    ]
    return Passage(
        kind="article",
        title=clean(article.title),
        lead=_lines(article.kicker, article.standfirst, *_signature(article)),
        body=_lines(text, *captions),
        article=article.id,
        section=article.section,
        section_title=volume.contents.section_title(article.section),
        date=article.date,
        first_page=article.first_page,
        last_page=max(article.first_page, article.last_page),
        people=article.people,
        places=article.places,
    )


def _text(article: Article) -> str:
    """Return the words of an article; of one kept long ago, with its first letters in place."""
    html = settled(article.html)
    if article.text and html == article.html:
        return article.text
    return plain(html) or unescape(TAG.sub("\n", article.html))


def _signature(article: Article) -> tuple[str, ...]:
    return article.byline, article.source, article.contributor


def _lines(*texts: str) -> str:
    return clean("\n".join(text.strip() for text in texts if text.strip()))


def _event(volume: Volume, event: Event, pages: dict[int, str]) -> Passage:
    wanted = row(terms(event.title))
    page = next((number for number, text in pages.items() if wanted in text), 0)
    sections = [s for s in volume.contents.sections if s.kind == "chronicle"]
    return Passage(
        kind="event",
        title=clean(event.title),
        body=_lines(event.place, event.outputs_title, *event.outputs, *_said(event)),
        section=sections[0].id if sections else "",
        section_title=sections[0].title if sections else "",
        date=event.date,
        first_page=page,
        last_page=page,
        places=(event.place,) if event.place else (),
    )


def _said(event: Event) -> tuple[str, ...]:
    return (event.quotation.text, event.quotation.by) if event.quotation else ()


def _other_pages(volume: Volume) -> dict[int, str]:
    """Return the flowing text of the pages on which no article stands."""
    covered = {
        number
        for article in volume.contents.articles
        for number in range(article.first_page, max(article.first_page, article.last_page) + 1)
    }
    texts = {
        number: LEADERS.sub(" … ", flowing(text)) for number, text in volume.page_texts().items()
    }
    return {number: text for number, text in texts.items() if number not in covered and text}
