"""The report of a review: one HTML file that holds all it needs and works offline.

In: both sides, their comparison, the proof with its findings and lines, the records. Out: HTML as
text. It asks for nothing: pictures are data URIs, and a content security policy forbids the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Language, Spot
from newsletter.fonts.face import face
from newsletter.review.anchors import Locator
from newsletter.review.authors import short_name
from newsletter.review.classes import Area, Change, ComparedPage, Comparison, Kind
from newsletter.review.gate import Standing, standings
from newsletter.review.manuscript import Manuscript, Passage, passages
from newsletter.review.pixels import renderer
from newsletter.review.proof import Proof
from newsletter.review.records import Comment, Records
from newsletter.review.report.plates import plate, thumbnail
from newsletter.review.report.wording import (
    KINDS,
    LABELS,
    headline,
    metadata_name,
    sentence,
)
from newsletter.review.rounds import rounds_of
from newsletter.review.sides import Side
from newsletter.typesetting.inspection import SetLine, evenness

HERE = Path(__file__).parent
LIMITS_EM = (0.05, 0.1, 0.25)
"""Stretches above which the share of lines is told."""


class Reviewed(Struct, frozen=True):
    """All that a report tells of."""

    proof: Proof
    old: Side
    new: Side
    comparison: Comparison
    records: Records
    rounds: tuple[str, ...] = ()


def write_report(reviewed: Reviewed, language: Language) -> str:
    """Return the report as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html.j2")
    html = template.render(
        lang={"zh": "zh-CN", "en": "en"}[language],
        say=_Labels(language),
        style=(HERE / "report.css").read_text("utf-8"),
        script=(HERE / "report.js").read_text("utf-8"),
        **_contents(reviewed, language),
    )
    return html.replace("<style>", f"<style>\n{face(html)}", 1)


class _Labels:
    """The report's own words in one language: `say("page", new=3)`."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, name: str, **values: object) -> str:
        return LABELS[name][self._language].format(**values)


def _contents(reviewed: Reviewed, language: Language) -> dict[str, Any]:
    comparison, proof = reviewed.comparison, reviewed.proof
    sources = _sources(reviewed)
    changed = sum(page.kind is not Kind.IDENTICAL for page in comparison.pages)
    comments = _comments(reviewed)
    return {
        "issue": proof.issue,
        "against": reviewed.old.label,
        "renderer": renderer(),
        "summary": [
            (kind.label, KINDS[kind][language], comparison.count(kind))
            for kind in sorted(Kind, reverse=True)
            if comparison.count(kind)
        ],
        "metadata": [(metadata_name(name, language), *two) for name, *two in comparison.metadata],
        "sources": sources.values(),
        "rounds": [_round(name, reviewed.records) for name in reviewed.rounds],
        "lines": _lines([line for page in proof.pages for line in page.lines]),
        "general": [_finding(d, language) for d in proof.findings if not _page_of(d)],
        "pages": [
            _page(page, reviewed, language, sources, comments, changed) for page in comparison.pages
        ],
    }


def _sources(reviewed: Reviewed) -> dict[str, Passage]:
    if reviewed.old.manuscript is None:
        return {}
    now = reviewed.new.manuscript or Manuscript()
    return {passage.place: passage for passage in passages(reviewed.old.manuscript, now)}


def _page(
    page: ComparedPage,
    reviewed: Reviewed,
    language: Language,
    sources: Mapping[str, Passage],
    comments: Mapping[int, list[dict[str, Any]]],
    changed: int,
) -> dict[str, Any]:
    """Return all that is shown of a page."""
    side, number = (reviewed.new, page.new) if page.new else (reviewed.old, page.old)
    assert number is not None  # noqa: S101 - a page stands on one side at least
    is_shown = page.kind is not Kind.IDENTICAL
    lettered = side.page(number - 1) if is_shown else None
    measures = (lettered.width_mm, lettered.height_mm) if lettered else (0.0, 0.0)
    proofed = reviewed.proof.pages[page.new - 1] if page.new else None
    behind = dict.fromkeys(place for change in _told(page) for place in change.behind)
    return {
        "id": f"p{page.new}" if page.new else f"o{page.old}",
        "old": page.old,
        "new": page.new,
        "kind": page.kind.label,
        "label": KINDS[page.kind][language],
        "headline": headline(page, language),
        "folio": page.folio,
        "cause": page.cause.page if page.cause else None,
        "shape": f"{measures[0]:.1f} / {measures[1]:.1f}",
        "thumbnail": thumbnail(side.pdf, number - 1),
        "before": _plate(reviewed.old, page.old, changed) if is_shown else None,
        "now": _plate(reviewed.new, page.new, changed) if is_shown else None,
        "changes": [_change(c, measures, language) for c in page.changes],
        "words": [c for c in page.changes if c.what == "words" and c.kind is Kind.TEXT],
        "behind": [sources[place] for place in behind if place in sources],
        "findings": _findings(reviewed.proof.findings, page.new, language),
        "lines": _lines(proofed.lines) if proofed else None,
        "comments": comments.get(page.new or 0, []),
        "standing": _standing(page, reviewed),
    }


def _plate(side: Side, number: int | None, changed: int) -> str | None:
    return plate(side.pdf, number - 1, changed) if number else None


def _told(page: ComparedPage) -> Iterator[Change]:
    yield from page.changes
    if page.cause is not None:
        yield page.cause.change


def _change(change: Change, measures: tuple[float, float], language: Language) -> dict[str, Any]:
    return {
        "kind": change.kind.label,
        "said": sentence(change, language),
        "origin": change.origin,
        "before": _share(change.old_area, measures),
        "now": _share(change.new_area, measures),
    }


def _share(area: Area | None, measures: tuple[float, float]) -> list[float] | None:
    """Return an area in hundredths of its page: left, top, width, height."""
    if area is None or not all(measures):
        return None
    sides = (*measures, *measures)
    return [round(100 * length / whole, 2) for length, whole in zip(area, sides, strict=True)]


def _findings(
    found: Sequence[Diagnostic], page: int | None, language: Language
) -> list[dict[str, str]]:
    return [_finding(d, language) for d in found if page and _page_of(d) == page]


def _finding(finding: Diagnostic, language: Language) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place or ""),
        "message": finding.message(language),
    }


def _page_of(finding: Diagnostic) -> int:
    """Return the page that a finding speaks of; 0 if it speaks of none."""
    if isinstance(finding.place, Spot):
        return finding.place.page
    page = finding.values.get("page", 0)
    return page if isinstance(page, int) else 0


def _lines(lines: Sequence[SetLine]) -> dict[str, Any]:
    even = evenness(lines, LIMITS_EM)
    return {
        "count": even.lines,
        "largest": f"{even.largest:.2f}",
        "above": [(f"{limit:g}", f"{100 * share:.1f}") for limit, share in even.above],
    }


def _comments(reviewed: Reviewed) -> dict[int, list[dict[str, Any]]]:
    page = reviewed.proof.layout.page
    size = (page.width_mm, page.height_mm)
    locator = Locator(reviewed.proof.pages, size)
    found: dict[int, list[dict[str, Any]]] = {}
    for number, comment in enumerate(_threads(reviewed.records.comments), 1):
        where = locator.locate(comment.anchor)
        found.setdefault(where.page, []).append(
            {
                "number": number,
                "by": short_name(comment.by),
                "date": comment.date[:10],
                "text": comment.text,
                "quote": comment.anchor.quote,
                "is_answer": comment.answers is not None,
                "is_resolved": comment.resolved,
                "is_adrift": where.how == "adrift",
                "left": round(100 * where.x_mm / size[0], 2),
                "top": round(100 * where.y_mm / size[1], 2),
            }
        )
    return found


def _threads(comments: Sequence[Comment]) -> Iterator[Comment]:
    """Yield each comment and then its answers."""
    ids = {comment.id for comment in comments}
    for comment in comments:
        if comment.answers not in ids:
            yield comment
            yield from (answer for answer in comments if answer.answers == comment.id)


def _standing(page: ComparedPage, reviewed: Reviewed) -> Standing | None:
    """Return how a page stands; None where nobody has approved anything yet."""
    records = reviewed.records
    if page.new is None or not (records.approvals or records.signatures):
        return None
    return standings(reviewed.new.digests, records, reviewed.rounds)[page.new - 1]


def _round(name: str, records: Records) -> dict[str, Any]:
    (found,) = rounds_of([name], records)
    return {"name": name, "by": [(short_name(s.by), s.date) for s in found.signatures]}


def as_json(comparison: Comparison, language: Language, **more: object) -> str:
    """Return a comparison for programs: each page with its class, changes and cause."""
    return json.dumps(
        {
            **more,
            "metadata": [list(one) for one in comparison.metadata],
            "pages": [
                {
                    "old": page.old,
                    "new": page.new,
                    "class": page.kind.label,
                    "headline": headline(page, language),
                    "cause": page.cause.page if page.cause else None,
                    "changes": [_as_data(change, language) for change in page.changes],
                }
                for page in comparison.pages
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_data(change: Change, language: Language) -> dict[str, Any]:
    return {
        "class": change.kind.label,
        "what": change.what,
        "said": sentence(change, language),
        "before": change.before,
        "now": change.now,
        "dx_mm": change.dx_mm,
        "dy_mm": change.dy_mm,
        "delta_e": change.delta_e,
        "old_area_mm": change.old_area,
        "new_area_mm": change.new_area,
        "origin": change.origin,
        "behind": list(change.behind),
    }
