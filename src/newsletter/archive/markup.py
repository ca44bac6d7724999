"""Markup of kept articles as any browser reads it, and the words in it.

In: HTML of an article, as the press composes it or as a bag holds it. Out: the same with readings
in elements of their own (HTML, 4.5.12) and first letters in the paragraph that they begin; its
words, a paragraph a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

READING = re.compile(r'<ruby data-ruby="([^"]*)">(.*?)</ruby>', re.DOTALL)
FIRST_LETTERS = re.compile(
    r'<div class="drop-cap">(.*?)</div>\s*<p class="after-drop-cap">', re.DOTALL
)
PARAGRAPHS = frozenset({"p", "li", "h2", "h3", "h4", "div", "tr", "figcaption", "br", "blockquote"})
CELLS = frozenset({"td", "th"})
SILENT = frozenset({"sup", "rt", "rp"})
"""Marks of notes and readings: they stand beside the words, not among them."""


def settled(html: str) -> str:
    """Return HTML without what only the press reads: readings in attributes, letters set apart."""
    html = READING.sub(r"<ruby>\2<rp>（</rp><rt>\1</rt><rp>）</rp></ruby>", html)
    return FIRST_LETTERS.sub(r'<p><span class="drop-cap">\1</span>', html)


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
