"""The pages of the issue of 2021, as an art director counts them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from newsletter.compose.galley import Galley
from newsletter.edition import compose
from newsletter.issue.loader import load_copy
from newsletter.issue.models import Article
from newsletter.preflight.completeness import page_texts, squeeze
from newsletter.press.finish import finish
from newsletter.render import render

ROOT = Path(__file__).resolve().parent.parent
LEAST_FILLED = 0.55
FOLIO_PT = 38
OPENING_CHARACTERS = 8


@pytest.fixture(scope="module")
def galley() -> Galley:
    return compose(load_copy(ROOT, "2021"))


@pytest.fixture(scope="module")
def screen(galley: Galley) -> bytes:
    raw, warnings = render(galley).write(tagged=True)
    assert not warnings
    return finish(raw, "screen", galley.layout.spec.page)


def test_the_issue_has_sixteen_to_twenty_pages(screen: bytes) -> None:
    assert 16 <= len(page_texts(screen)) <= 20


def opening(galley: Galley, article: Article) -> str:
    """Return the first characters of an article's body."""
    body = next(
        e.fragment
        for e in galley.expected
        if e.scope == f"article-{article.id}" and e.passage.field == "body"
    )
    return squeeze(body)[:OPENING_CHARACTERS]


def test_no_headline_stands_without_text_at_the_foot_of_a_page(
    galley: Galley, screen: bytes
) -> None:
    texts = page_texts(screen)
    for article in galley.copy.issue.articles():
        title = squeeze(article.title)
        first = [n for n, text in enumerate(texts[1:], start=1) if title in text]
        assert opening(galley, article) in texts[first[0]], article.id


def test_no_page_is_half_empty(screen: bytes) -> None:
    pdf = pypdfium2.PdfDocument(screen)
    for number, page in enumerate(pdf, start=1):
        bitmap = page.render(scale=0.5).to_pil().convert("L")
        text_block = bitmap.crop((0, 0, bitmap.width, bitmap.height - FOLIO_PT // 2))
        ink = text_block.point(lambda level: 255 * (level < 250)).getbbox()
        assert ink is not None
        assert ink[3] / text_block.height > LEAST_FILLED, f"page {number}"
    pdf.close()
