"""Feeds: the newest issues for those who follow, as Atom (RFC 4287) and JSON Feed (1.1).

In: issues, newest first, and the site's address if it has one. Out: two texts. Without an address
the links are relative to the feed; ids never depend on it. The time is that of the issue's date.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from html import escape
from typing import Any

from msgspec import Struct

NEWEST = 50
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FeedEntry(Struct, frozen=True):
    """An issue in a feed: `page` and `pdf` are addresses relative to the site."""

    issue: str
    title: str
    date: str
    year: int
    page: str
    pdf: str
    articles: tuple[str, ...]

    def moment(self) -> str:
        """Return its time (RFC 3339): the last day named in its date, or the end of its year."""
        days = DAY.findall(self.date)
        day = days[-1] if days else f"{self.year or 1970:04}-12-31"
        return f"{day}T00:00:00Z"


class Feed(Struct, frozen=True):
    """The feed of a publication; `address` ends in a slash, or is empty."""

    name: str
    publisher: str
    language: str
    address: str
    entries: Sequence[FeedEntry]

    def atom(self) -> str:
        """Return the feed as Atom."""
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(self.language)}">',
            f"<title>{escape(self.name)}</title>",
            f"<id>{self._id('')}</id>",
            f"<updated>{self._updated()}</updated>",
            f"<author><name>{escape(self.publisher or self.name)}</name></author>",
            f'<link rel="self" href="{escape(self.address)}feed.xml"/>',
            f'<link rel="alternate" type="text/html" href="{escape(self.address)}index.html"/>',
        ]
        for entry in self.entries[:NEWEST]:
            lines += self._entry(entry)
        return "\n".join([*lines, "</feed>", ""])

    def _entry(self, entry: FeedEntry) -> list[str]:
        href = escape(self.address + entry.page)
        pdf = escape(self.address + entry.pdf)
        return [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>{self._id(entry.issue)}</id>",
            f"<updated>{entry.moment()}</updated>",
            f'<link rel="alternate" type="text/html" href="{href}"/>',
            *([f'<link rel="enclosure" type="application/pdf" href="{pdf}"/>'] * bool(entry.pdf)),
            f'<content type="html">{escape(_contents(entry))}</content>',
            "</entry>",
        ]

    def json(self) -> str:
        """Return the feed as JSON Feed."""
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.name,
            "language": self.language,
            "home_page_url": f"{self.address}index.html",
            "feed_url": f"{self.address}feed.json",
            "authors": [{"name": self.publisher or self.name}],
            "items": [self._item(entry) for entry in self.entries[:NEWEST]],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def _item(self, entry: FeedEntry) -> dict[str, Any]:
        pdf = {"url": self.address + entry.pdf, "mime_type": "application/pdf"}
        return {
            "id": self._id(entry.issue),
            "url": self.address + entry.page,
            "title": entry.title,
            "content_html": _contents(entry),
            "date_published": entry.moment(),
            **({"attachments": [pdf]} if entry.pdf else {}),
        }

    def _id(self, issue: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"newsletter:{self.name}/{issue}").urn

    def _updated(self) -> str:
        return max((entry.moment() for entry in self.entries), default="1970-01-01T00:00:00Z")


def _contents(entry: FeedEntry) -> str:
    return "<ul>" + "".join(f"<li>{escape(title)}</li>" for title in entry.articles) + "</ul>"
