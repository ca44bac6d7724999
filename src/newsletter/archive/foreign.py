"""Issues made elsewhere: PDFs, and a file that says what is known of them.

In: PDFs and `meta.yaml`. Out: a `Submission` whose contents are what the metadata say, with the
words of the pages read from the PDF. `Refused` when the metadata or a PDF cannot be used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from newsletter.archive.bag import Content, digests_of
from newsletter.archive.contents import Contents, year_of
from newsletter.archive.contents import written as written_date
from newsletter.archive.leaves import leaves_or_refusal
from newsletter.archive.recipe import LOCK_FILE, recipe_of, written
from newsletter.archive.source import FOLDER
from newsletter.archive.submission import Submission, described, leaf_files
from newsletter.diagnostics import Diagnostic, Place, Refused, Spot, Term, Values
from newsletter.edition import EDITION_FILE
from newsletter.issue.models import Part, Publication
from newsletter.issue.validation import validate, wrong_value
from newsletter.issue.words import DateSpan, Line, Name
from newsletter.preflight.isolation import Bounds, apart
from newsletter.sources import load

METADATA_FILE = "metadata.yaml"
PageNumber = Annotated[int, Field(ge=1)]


class KnownSection(Part):
    """A section of an issue made elsewhere."""

    id: Name = Field(description="栏目标识")
    title: Line = Field(description="栏目名")


class KnownArticle(Part):
    """What is known of an article; with its pages its words are taken from the PDF."""

    title: Line = Field(description="标题")
    id: Name | None = Field(None, description="标识；默认按顺序编号")
    section: Name | None = Field(None, description="所属栏目的标识")
    kicker: Line | None = Field(None, description="眉题")
    standfirst: Line | None = Field(None, description="导语")
    byline: Line | None = Field(None, description="作者")
    people: tuple[Line, ...] = Field((), description="人物")
    places: tuple[Line, ...] = Field((), description="地点")
    date: DateSpan | None = Field(None, description="日期")
    first_page: PageNumber | None = Field(None, description="起始页，从1起")
    last_page: PageNumber | None = Field(None, description="结束页")


class KnownEvent(Part):
    """An entry of the chronicle."""

    date: DateSpan = Field(description="日期")
    title: Line = Field(description="名称")
    city: Line | None = Field(None, description="城市")


class KnownIssue(Part):
    """meta.yaml: what is known of an issue made elsewhere."""

    id: Name = Field(description="期号")
    title: Line = Field(description="本期标题")
    publication: Line | None = Field(None, description="刊名，默认为本刊物")
    publisher: Line | None = Field(None, description="出版机构，默认为本刊物的")
    issn: Line | None = Field(None, description="ISSN")
    period: Line | None = Field(None, description="时段")
    date: DateSpan | None = Field(None, description="出版日期")
    language: Line = Field("zh-CN", description="语言（BCP 47）")
    sections: tuple[KnownSection, ...] = Field((), description="栏目")
    articles: tuple[KnownArticle, ...] = Field((), description="文章")
    events: tuple[KnownEvent, ...] = Field((), description="大事记")


def read_metadata(path: Path) -> KnownIssue:
    """Read the metadata of an issue made elsewhere; raises `Refused`.

    Also where its parts do not agree: nothing that is kept can be put right later.
    """
    known = validate(KnownIssue, load(path, path.name))
    problems = [*_taken(known.sections), *_taken(known.articles)]
    problems += [d for article in known.articles for d in _at_odds(article, known)]
    if problems:
        raise Refused(problems)
    return known


def _taken(parts: Sequence[KnownSection | KnownArticle]) -> Iterator[Diagnostic]:
    """Yield N108 for each section or article whose id one before it has."""
    first: dict[str, Place] = {}
    for part in parts:
        if part.id is None:
            continue
        place = part.place("id")
        if part.id in first:
            yield Diagnostic("N108", place, {"id": part.id, "other": str(first[part.id])})
        first.setdefault(part.id, place)


def _at_odds(article: KnownArticle, known: KnownIssue) -> Iterator[Diagnostic]:
    """Yield what an article says that the rest of the metadata contradicts."""
    ids = [section.id for section in known.sections]
    if article.section is not None and article.section not in ids:
        place = article.place("section")
        if ids:
            yield wrong_value(place, "section", article.section, ids)
        else:
            values: Values = {"field": "section", "value": article.section}
            yield Diagnostic("N119", place, values, hint="sections")
    first, last = article.first_page, article.last_page
    if first is None and last is not None:
        values = {"field": "first_page", "model": Term("known article")}
        yield Diagnostic("N105", article.place("last_page"), values)
    elif first is not None and last is not None and last < first:
        values = {"field": "last_page", "value": str(last), "first": first}
        yield Diagnostic("N119", article.place("last_page"), values, hint="pages")


def submit_files(
    files: Sequence[Path], known: KnownIssue, metadata: Path, publication: Publication | None
) -> Submission:
    """Return the submission of PDFs; the first one is read and drawn. Raises `Refused`."""
    names = [path.name for path in files]
    for name in names:
        if names.count(name) > 1:
            raise Refused([Diagnostic("N760", Spot(name), {"file": name})])
        if any("\udc80" <= c <= "\udcff" for c in name):  # as Python reads bytes that are no UTF-8
            values = {"file": name, "reason": Term("its name is not UTF-8")}
            raise Refused([Diagnostic("N789", Spot(name), values, hint="name")])
    leaves = _leaves(files[0])
    texts = [_decoded(leaves[name]) for name in sorted(leaves) if name.startswith("text/")]
    contents = _contents(known, publication, texts, files[0].name)
    payload: dict[str, Content] = {f"pdf/{path.name}": path for path in files}
    payload |= leaves
    payload[f"{FOLDER}/{METADATA_FILE}"] = metadata
    payload[EDITION_FILE] = _record(known, files, len(texts))
    payload[LOCK_FILE] = written(recipe_of({}, {}))
    return Submission("added", contents, described(payload, contents))


def _leaves(pdf: Path) -> dict[str, Content]:
    """Return the leaves of a PDF, drawn in a process of its own; raises `Refused`.

    With N906 or N907 where that takes too much time or memory.
    """
    bounds = Bounds.of_size(pdf.stat().st_size)
    return leaf_files(apart(pdf.name, bounds, leaves_or_refusal, pdf))


def _decoded(content: Content) -> str:
    return content.decode("utf-8") if isinstance(content, bytes) else content.read_text("utf-8")


def _record(known: KnownIssue, files: Sequence[Path], pages: int) -> bytes:
    record = {
        "issue": known.id,
        "made_with": "",
        "pages": pages,
        "files": {path.name: digests_of(path, ["sha256"])["sha256"] for path in files},
        "inputs": {},
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _contents(
    known: KnownIssue, publication: Publication | None, texts: Sequence[str], file: str
) -> Contents:
    date = written_date(known.date)
    home = publication.name if publication else ""
    publisher = publication.publisher if publication else ""
    return {
        "issue": known.id,
        "title": known.title,
        "publication": known.publication or home,
        "publisher": known.publisher or publisher,
        "issn": known.issn or "",
        "period": known.period or "",
        "date": date,
        "language": known.language,
        "year": year_of(date, known.period or "", known.title, known.id),
        "pages": len(texts),
        "sections": [{"id": s.id, "title": s.title, "kind": "articles"} for s in known.sections],
        "articles": list(_articles(known, texts, file)),
        "events": [
            {
                "date": written_date(event.date),
                "title": event.title,
                "place": event.city or "",
                "outputs_title": "",
                "outputs": [],
                "quotation": None,
            }
            for event in known.events
        ],
        "highlights": [],
        "contacts": [],
    }


def _articles(known: KnownIssue, texts: Sequence[str], file: str) -> Iterator[dict[str, Any]]:
    for number, article in enumerate(known.articles, 1):
        first = article.first_page or 0
        last = article.last_page or first
        _fit(article, max(first, last), len(texts), file)
        yield {
            "id": article.id or f"article-{number}",
            "section": article.section or "",
            "kind": "article",
            "title": article.title,
            "kicker": article.kicker or "",
            "standfirst": article.standfirst or "",
            "byline": article.byline or "",
            "people": list(article.people),
            "places": list(article.places),
            "date": written_date(article.date),
            "first_page": first,
            "last_page": last,
            "html": "",
            "text": "".join(texts[first - 1 : last]) if first else "",
            "pictures": [],
        }


def _fit(article: KnownArticle, page: int, pages: int, file: str) -> None:
    """Refuse pages that the PDF does not have."""
    if page > pages:
        values: Values = {"file": file, "title": article.title, "page": page, "pages": pages}
        raise Refused([Diagnostic("N759", article.place(), values)])
