"""Prose: the HTML of an article's text, and the same as plain text.

In: an article and its pictures' places in the bag. Out: HTML of paragraphs, subheads, lists,
tables, quotations, figures and asides without a trace of the layout; and its words, a paragraph
a line, for whoever has no browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

from newsletter.compose.markdown import Block, compose
from newsletter.issue.models import Article, Part, Picture, Sidebar, View
from newsletter.issue.texts import passages

PICTURES = "pictures"
TAG = re.compile(r"<[a-z][^<>]*>")
TRACE = re.compile(r' (?:data-at|style)="[^"]*"')
"""Attributes that say where in the YAML a block stood, or are for the renderer alone."""
PARAGRAPHS = frozenset({"p", "li", "h2", "h3", "h4", "div", "tr", "figcaption", "br", "blockquote"})
CELLS = frozenset({"td", "th"})
SILENT = frozenset({"sup", "rt", "rp"})
"""Marks of notes and readings: they stand beside the words, not among them."""


def html_of(article: Article) -> str:
    """Return the text of an article with its pictures and sidebars where they belong."""
    parts = []
    if article.lead_picture:
        parts.append(_figure(article.lead_picture))
    pictures = {picture.id: picture for picture in article.pictures}
    sidebars = {sidebar.id: sidebar for sidebar in article.sidebars}
    for block in blocks_of(article, "body", f"article-{article.id}"):
        if block.kind == "picture":
            parts += [_figure(pictures[block.ref])] if block.ref in pictures else []
        elif block.kind == "sidebar":
            parts += [_aside(sidebars[block.ref])] if block.ref in sidebars else []
        else:
            parts.append(untraced(block.html))
    return "\n".join(parts)


def pictures_of(article: Article) -> list[Picture]:
    """Return the pictures that an article shows, in order."""
    found: list[Picture] = [article.lead_picture] if article.lead_picture else []
    found += article.pictures
    if isinstance(article, View) and article.person.portrait:
        found.append(article.person.portrait)
    return found


def place_of(picture: Picture) -> str:
    """Return where a picture lies in the bag's payload."""
    return f"{PICTURES}/{picture.file}"


def blocks_of(part: Part, field: str, prefix: str) -> Sequence[Block]:
    """Return the blocks of a running text."""
    passage = next((p for p in passages(part, deep=False) if p.field == field), None)
    return compose(passage, prefix).blocks if passage else ()


def untraced(html: str) -> str:
    """Return HTML without the attributes that only the press needs."""
    return TAG.sub(lambda tag: TRACE.sub("", tag[0]), html)


def _figure(picture: Picture) -> str:
    words = "　".join(text for text in (picture.caption, picture.credit) if text)
    caption = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
    source, alt = escape(place_of(picture)), escape(picture.alt)
    return f'<figure><img src="{source}" alt="{alt}"/>{caption}</figure>'


def _aside(sidebar: Sidebar) -> str:
    parts = [f"<h3>{escape(sidebar.title, quote=False)}</h3>"]
    parts += [untraced(b.html) for b in blocks_of(sidebar, "body", f"box-{sidebar.id}")]
    if sidebar.items:
        items = "".join(f"<li>{escape(item, quote=False)}</li>" for item in sidebar.items)
        parts.append(f"<ul>{items}</ul>")
    for figure in sidebar.figures:
        value, label = escape(figure.value, quote=False), escape(figure.label, quote=False)
        parts.append(f"<p><strong>{value}</strong> {label}</p>")
    return f"<aside>{''.join(parts)}</aside>"


# Words --------------------------------------------------------------------------------------


def plain(html: str) -> str:
    """Return the words of HTML, a paragraph a line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(_lines("".join(reader.words)))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if words := " ".join(line.split(" ")).strip():
            yield words


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in SILENT
        if tag in PARAGRAPHS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        if tag in PARAGRAPHS:
            self.words.append("\n")
        elif tag in CELLS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data.replace("\n", ""))
