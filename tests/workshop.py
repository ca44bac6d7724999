"""A publication of one issue in a folder of its own, with the plainest layout there is."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsletter import checking, edition
from newsletter.compose.galley import Galley
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.inputs import inputs_of, papers_of
from newsletter.issue.loader import load_copy, load_copy_at
from newsletter.issue.models import Profile
from newsletter.layouts import read_layout
from newsletter.preflight.completeness import missing_words, page_texts, text_missing
from newsletter.preflight.document import opened
from newsletter.preflight.finished import texts_of
from newsletter.press.finish import finish
from newsletter.press.printing import print_file
from newsletter.printroom import print_order
from newsletter.render import Pages, render

HOUSE = Path(__file__).resolve().parents[1]
SILKROAD = HOUSE / "layouts" / "silkroad"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'

LAYOUT: dict[str, Any] = {
    "name": "plain",
    "title": "素",
    "description": "只为测试",
    "page": {"width_mm": 210, "height_mm": 297},
    "grid": {
        "body_pt": 10,
        "leading_pt": 16,
        "lines": 44,
        "columns": 1,
        "column_characters": 40,
        "gap_characters": 0,
    },
    "fonts": ["WenKai"],
}
STYLE = """@page { margin: 20mm; @bottom-center { content: counter(page); } }
html { font: 10pt/16pt "WenKai"; orphans: 2; widows: 2; }
h1, h2, h3, h4, p { margin: 0; font: inherit; }
"""
TEMPLATE = """<!DOCTYPE html>
<html lang="zh-CN"><head><title>{{ issue.title }}</title></head><body>
<h1>{{ publication.name }}</h1>
<p>{{ issue.title }}{{ issue.period or "" }}{{ publication.publisher }}</p>
{% for section in issue.sections %}
<section id="section-{{ section.id }}"><h1>{{ section.title }}</h1>
{% for article in section.articles %}
<article id="article-{{ article.id }}"><h2>{{ article.title }}</h2>
{% for block in blocks(article, "body") %}
{% if block.kind == "picture" %}
{% set picture = picture_in(article, block.ref) %}
<img src="{{ picture_url(picture) }}" alt="{{ picture.alt }}">
{% elif block.kind == "sidebar" %}
{% set box = sidebar_in(article, block.ref) %}
<aside><h3>{{ box.title }}</h3>{% for inner in blocks(box, "body") %}{{ html(inner.html) }}
{% endfor %}</aside>
{% else %}
{{ html(block.html) }}
{% endif %}
{% endfor %}</article>
{% endfor %}</section>
{% endfor %}</body></html>
"""
FILLERS = '{% for _ in range(fillers) %}<p style="break-before: page">空页</p>{% endfor %}'
"""For a template's end, so that its sheets come out even."""
ARTICLE: dict[str, Any] = {"id": "first", "title": "头一篇", "body": "正文一行。"}
ISSUE: dict[str, Any] = {
    "id": "one",
    "title": "第一号",
    "period": "春季",
    "sections": [{"id": "news", "kind": "articles", "title": "要闻", "articles": [ARTICLE]}],
}
PUBLICATION: dict[str, Any] = {"name": "小报", "publisher": "某社", "layout": {"name": "plain"}}


class Workshop:
    """A publication's folder; what is given replaces what is plain."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.layout = root / "layouts" / "plain"
        self.issue = root / "issues" / "one"
        self.publish()
        self.write_issue()
        self.set_up()

    def publish(self, **fields: object) -> None:
        write(self.root / "newsletter.yaml", PUBLICATION | fields)

    def write_issue(self, **fields: object) -> None:
        write(self.issue / "issue.yaml", ISSUE | fields)
        write(self.issue / "square.svg", SQUARE)

    def write_article(self, body: str = "正文一行。", **fields: object) -> None:
        article = ARTICLE | {"body": body} | fields
        self.write_issue(sections=[ISSUE["sections"][0] | {"articles": [article]}])

    def set_up(
        self,
        html: str = TEMPLATE,
        style: str = STYLE,
        parts: Mapping[str, str | bytes] | None = None,
        **spec: object,
    ) -> None:
        write(self.layout / "layout.yaml", LAYOUT | spec)
        write(self.layout / "template.html.j2", html)
        write(self.layout / "style.css", style)
        for name, content in (parts or {}).items():
            write(self.layout / name, content)

    def compose(self) -> Galley:
        return checking.compose(load_copy(self.root, "one"))

    def render(self) -> Pages:
        return render(self.compose())

    def build(self, **choices: Any) -> edition.Edition:  # noqa: ANN401 - those of `build`
        return edition.build(self.root, "one", **choices)

    def problems(self, stage: str = "compose") -> list[Diagnostic]:
        """Return what a stage refuses to go on with, or nothing."""
        try:
            getattr(self, stage)()
        except Refused as refusal:
            return refusal.diagnostics
        return []

    def codes(self, stage: str = "compose") -> list[str]:
        return [problem.code for problem in self.problems(stage)]


def write(path: Path, content: object) -> None:
    """Write text, bytes, or anything that JSON, which is YAML, can say."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, "utf-8")
    else:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their names, in order."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# The issue of 2021, made once a process ---------------------------------------------------------


@functools.cache
def issue_2021() -> Galley:
    """Return the issue of 2021, composed in the layout it chose."""
    return checking.compose(load_copy(HOUSE, "2021"))


# The specimen of silkroad, made once a process ------------------------------------------------


@functools.cache
def specimen() -> Galley:
    """Return the specimen of silkroad, composed."""
    layout = read_layout(SILKROAD)
    copy = load_copy_at(HOUSE, layout.specimen, SILKROAD / "specimen" / "newsletter.yaml")
    return checking.compose(copy)


@functools.cache
def specimen_pages() -> Pages:
    """Return the specimen, laid out."""
    return render(specimen())


@functools.cache
def specimen_pdf(profile: Profile = "screen") -> bytes:
    """Return a finished file of the specimen."""
    data, problems = specimen_pages().write(tagged=profile != "print")
    assert problems == []
    if profile == "print":
        return print_file(data, print_order(specimen()))
    papers = papers_of(specimen(), inputs_of(specimen())) if profile == "archive" else None
    return finish(data, specimen().layout.spec.page, papers)


def missing(pages: Pages) -> list[Diagnostic]:
    """Return the texts that are not in the PDF of some pages, whoever reads it back."""
    data, _ = pages.write(tagged=True)
    galley = pages.galley
    with opened("x.pdf", data) as document:
        texts = texts_of(document)
    assert [*texts] == page_texts(data)
    missed = missing_words(texts, galley.expected, galley.scopes, pages.anchors)
    return [text_missing(words, texts) for words in missed]
