"""Prose: the HTML of an article's text.

In: an article and its pictures' places in the bag. Out: HTML of paragraphs, subheads, lists,
tables, quotations, figures and asides without a trace of the layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from newsletter.archive.markup import settled
from newsletter.compose.markdown import Block, compose
from newsletter.issue.models import Article, Part, Picture, Sidebar, View
from newsletter.issue.texts import passages

PICTURES = "pictures"
TAG = re.compile(r"<[a-z][^<>]*>")
TRACE = re.compile(r' (?:data-at|style)="[^"]*"')
"""Attributes that say where in the YAML a block stood, or are for the renderer alone."""


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
    return settled(TAG.sub(lambda tag: TRACE.sub("", tag[0]), html))


def text_of(part: Part, field: str, prefix: str) -> str:
    """Return the HTML of a running text that places no pictures; empty where there is none."""
    return "\n".join(untraced(block.html) for block in blocks_of(part, field, prefix))


def _figure(picture: Picture) -> str:
    words = "　".join(text for text in (picture.caption, picture.credit) if text)
    caption = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
    source, alt = escape(place_of(picture)), escape(picture.alt)
    return f'<figure><img src="{source}" alt="{alt}"/>{caption}</figure>'


def _aside(sidebar: Sidebar) -> str:
    parts = [f"<h3>{escape(sidebar.title, quote=False)}</h3>"]
    parts.append(text_of(sidebar, "body", f"box-{sidebar.id}"))
    if sidebar.items:
        items = "".join(f"<li>{escape(item, quote=False)}</li>" for item in sidebar.items)
        parts.append(f"<ul>{items}</ul>")
    for figure in sidebar.figures:
        value, label = escape(figure.value, quote=False), escape(figure.label, quote=False)
        parts.append(f"<p><strong>{value}</strong> {label}</p>")
    return f"<aside>{''.join(parts)}</aside>"
