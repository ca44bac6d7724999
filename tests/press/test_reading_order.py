"""The order in which the files are read aloud: that of the article, not of the page."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pikepdf
import pytest

from newsletter import checking
from newsletter.compose.galley import Galley
from newsletter.inputs import inputs_of, papers_of
from newsletter.issue.loader import load_copy
from newsletter.issue.models import Profile
from newsletter.preflight.completeness import page_texts, squeeze
from newsletter.preflight.document import Document
from newsletter.preflight.marked import read_content
from newsletter.preflight.tree import Element, Piece, read_tree
from newsletter.press.finish import finish
from newsletter.render import render
from pressed import texts_of
from workshop import HOUSE

LAYOUTS = ("silkroad", "bulletin")
GENERATED = re.compile(r"[·\d.、()一二三四五六七八九十]*")
"""What CSS writes into the text: bullets, numbers of pages, notes and subheads."""


@functools.cache
def galley(layout: str) -> Galley:
    return checking.compose(load_copy(HOUSE, "2021"), layout)


@functools.cache
def file(layout: str, profile: Profile) -> bytes:
    set_in = galley(layout)
    data, _ = render(set_in).write(tagged=True)
    papers = papers_of(set_in, inputs_of(set_in)) if profile == "archive" else None
    return finish(data, set_in.layout.spec.page, papers)


def document(layout: str, profile: Profile = "screen") -> Document:
    data = file(layout, profile)
    return Document("x.pdf", pikepdf.open(io.BytesIO(data)), data)


@functools.cache
def read_aloud(layout: str) -> str:
    """Return the words of the structure in its order."""
    opened = document(layout)
    texts = texts_of(read_content(opened))
    top = tuple(each for each in read_tree(opened).elements if each.parent is None)
    return squeeze("".join(said(top, texts)))


def said(elements: tuple[Element, ...], texts: dict[Piece, str]) -> Iterator[str]:
    for element in elements:
        for part in element.parts:
            if isinstance(part, Element):
                yield from said((part,), texts)
            else:
                yield texts.get(part, "")


class Words(HTMLParser):
    """Collects the words of a page's body, each stretch between two tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_body = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own form
        self.is_body = self.is_body or tag == "body"

    def handle_data(self, data: str) -> None:
        if self.is_body and squeeze(data):
            self.words.append(squeeze(data))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_read_aloud_is_the_page_s_html_from_beginning_to_end(layout: str) -> None:
    parser = Words()
    parser.feed(galley(layout).html)
    text, at = read_aloud(layout), 0
    for words in parser.words:
        start = text.find(words, at)
        assert start >= 0, words
        assert GENERATED.fullmatch(text[at:start]), (words, text[at:start])
        at = start + len(words)
    assert GENERATED.fullmatch(text[at:])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_running_text_is_read_aloud_as_it_was_written(layout: str) -> None:
    """The fragments of the galley stand in the order of the editor's Markdown."""
    text = read_aloud(layout)
    bodies: dict[tuple[str, str], list[str]] = {}
    for words in galley(layout).expected:
        if words.passage.kind == "markdown":
            key = words.scope, f"{words.place.file} {words.passage.field}"
            bodies.setdefault(key, []).append(squeeze(words.fragment))
    assert len(bodies) > 10
    for fragments in bodies.values():
        at = 0
        for fragment in filter(None, fragments):
            found = text.find(fragment, at)
            assert found >= at, fragment
            at = found + len(fragment)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_articles_are_read_in_the_order_of_the_issue(layout: str) -> None:
    text = read_aloud(layout)
    titles = [squeeze(article.title) for article in galley(layout).copy.issue.articles()]
    last = [text.rfind(title) for title in titles]
    assert -1 not in last
    assert last == sorted(last)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_screen_and_archive_have_the_same_text(layout: str) -> None:
    assert page_texts(file(layout, "screen")) == page_texts(file(layout, "archive"))


def test_english_words_are_said_to_be_english() -> None:
    painted = read_content(document("silkroad")).painted
    english = "".join(each.text for each in painted if each.language == "en")
    assert english.replace(" ", "") == "InfrastructureforTomorrow"
