"""Rendering: from a galley to laid-out pages, and from pages to PDF bytes.

In: a `Galley`. Out: `Pages`, laid out once for all profiles. Nothing is read but what the
galley serves: no network, no other file, no system font, no clock.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from newsletter.compose.galley import BASE_URL, Galley
from newsletter.diagnostics import Diagnostic, Place, Refused, Values, has_errors, in_order
from newsletter.forme import Forme, asset_fetcher, keep_system_fonts_out
from newsletter.geometry import trim_box
from newsletter.issue.loader import Copy
from newsletter.issue.models import View
from newsletter.remarks import (
    Remark,
    failures_told,
    is_of_unserved,
    listening,
    missing_anchor,
    not_served,
    renderer_problem,
    told_before,
)
from newsletter.typesetting import words
from newsletter.typesetting.boxes import overfull, wider_than_page
from newsletter.typesetting.characters import ATOM
from newsletter.typesetting.inspection import Fault, SetLine, inspect
from newsletter.typesetting.legibility import illegible
from newsletter.typesetting.seam import Parts, Record, composing, knots, take_as_lasting
from newsletter.typesetting.seam.distribution import distribute_margins, forget_layout
from newsletter.typesetting.seam.fonts import let_go
from newsletter.typesetting.seam.lines import lines_of
from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.printed import texts_of
from newsletter.typesetting.seam.stereotypes import recalled

if TYPE_CHECKING:
    from weasyprint import Document


class Pages(Struct, frozen=True):
    """What was laid out: the pages, where each anchor is (page from 0), and the findings.

    `count` is the number of pages; `lines` are the composed lines of all, with how far each was
    stretched, once the pages are `judged`.
    """

    document: Document
    galley: Galley
    anchors: Mapping[str, int]
    count: int
    findings: tuple[Diagnostic, ...] = ()
    lines: tuple[SetLine, ...] = ()

    def judged(self) -> Pages:
        """Return the pages with their lines and what is wrong with how they are set.

        Raises `Refused` with all that was found where any of it is an error.
        """
        rules, lines = self.galley.layout.spec.typesetting.rules, lines_of(self.document)
        findings = [
            *self.findings,
            *_too_wide(self.document, self.galley),
            *_too_high(self.document),
            *_hard_to_read(self.document),
            *(_line_problem(fault) for fault in inspect(lines, rules)),
        ]
        if has_errors(findings):
            raise Refused([*self.galley.warnings, *findings])
        return replace(self, findings=tuple(in_order(findings)), lines=tuple(lines))

    def settled(self) -> Pages:
        """Return the pages with what only another try would ask of their galley let go."""
        return replace(self, galley=self.galley.settled())

    def set_for_good(self) -> None:
        """Let go of the dictionary: the pages will not be laid out again."""
        words.let_go()

    def put_away(self) -> Pages:
        """Return what is told of the pages, without the boxes, which take the most memory.

        As these point at each other, only a search for such garbage frees them; for one issue
        it would take a twentieth of the build, so it is left to whoever lays out the next.
        """
        let_go()
        return replace(self, document=cast("Document", None))

    def part(self, numbers: Iterable[int]) -> Pages:
        """Return some of the pages, counted from 0, to be written; what is known is of them all."""
        pages = [self.document.pages[number] for number in numbers]
        return replace(self, document=self.document.copy(pages))

    def write(
        self, *, tagged: bool, parts: Parts | None = None, is_last: bool = False
    ) -> tuple[bytes, list[Diagnostic]]:
        """Return a PDF of all pages with their bleed, and warnings; `tagged` makes it PDF/UA-1.

        Which glyphs it has is noted in `parts`, for a later `sketch`. Where it `is_last`, the
        pages are let go as they are painted: they cannot be written again. Raises
        `Refused` when something of the pages would be missing from the file.
        """
        options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if tagged else {"pdf_tags": False}
        rules, terms = self.galley.layout.spec.typesetting.rules, _terms(self.galley.copy)
        copy, digests = self.galley.copy, self.galley.inspected
        with (
            listening() as heard,
            failures_told(),
            recalled((str(copy.root), copy.issue.id), {*digests.values()}),
            composing(rules, terms, parts=parts, digests=digests, is_final=is_last),
        ):
            data = self.document.write_pdf(**options)
        let_go()
        # Links of some pages may lead to others, see `part`.
        told = (remark for remark in heard if missing_anchor(remark) not in self.anchors)
        problems = _problems(told, self.document.url_fetcher.refused, self.galley)
        if has_errors(problems):
            raise Refused(problems)
        return bytes(data or b""), problems

    def sketch(self, numbers: Iterable[int], parts: Parts) -> bytes:
        """Return a PDF of some pages, counted from 0, cut to the trim, that looks like theirs.

        It is made to be drawn and thrown away: nothing is compressed, and fonts are taken from
        `parts`, with more glyphs than it needs.
        """
        from pydyf import Array

        spec, terms = self.galley.layout.spec, _terms(self.galley.copy)
        trim = trim_box(spec.page.width_mm, spec.page.height_mm).rounded()

        def cut(_document: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf's
            for item in pdf.objects:
                if isinstance(item, dict) and item.get("Type") == "/Page":
                    item.update(dict.fromkeys(("MediaBox", "TrimBox", "BleedBox"), Array(trim)))

        options = {"pdf_tags": False, "uncompressed_pdf": True, "finisher": cut}
        with (
            listening(),
            failures_told(),
            composing(
                spec.typesetting.rules,
                terms,
                parts=parts.taken(),
                digests=self.galley.inspected,
            ),
        ):
            some = self.document.copy([self.document.pages[number] for number in numbers])
            return bytes(some.write_pdf(**options) or b"")


_LEFT: list[str] = []
"""The issues whose boxes may still be in memory."""


def tidy(*, is_idle: bool = False) -> None:
    """Search for what earlier pages have left in memory, if there were any, and free it.

    Boxes point at each other, and hold fonts and the folder in which these lie.
    A process that `is_idle` uses none of them any more: they are taken apart first, and what stays
    is spared the searches to come.
    """
    if not _LEFT:
        return
    _LEFT.clear()
    if is_idle:
        knots.cut()
    gc.collect()
    if is_idle:
        gc.freeze()


Glance = Callable[[Pages], None]
"""Is shown pages as soon as they are laid out; nothing is found on them yet."""


def render(galley: Galley, forme: Forme | None = None, glance: Glance | None = None) -> Pages:
    """Lay out a galley, see `try_out`, and judge its pages; raises `Refused` with all errors."""
    return try_out(galley, forme, glance).judged()


def try_out(galley: Galley, forme: Forme | None = None, glance: Glance | None = None) -> Pages:
    """Lay out a galley; raises `Refused` when the page asks for what it may not have.

    What its lines and texts look like is not judged yet: others may take the place of the pages.
    With a `forme` of an earlier galley's pages those that still stand are put in again; the pages
    laid out with it before must not be used any more.
    """
    made = Forme() if forme is None else forme
    if not made.chase.record.pages:
        tidy()
    take_as_lasting()
    _LEFT.append(galley.copy.issue.id)
    keep_system_fonts_out()
    load()
    from weasyprint import HTML

    fetcher = asset_fetcher(galley)
    rules, terms = galley.layout.spec.typesetting.rules, _terms(galley.copy)
    chase = made.prepare(galley, fetcher, (rules, terms))
    before, chase.record = chase.record, Record()
    findings = list(made.findings)
    known, is_final = None if forme is None else before, not made.is_lasting
    with (
        listening() as heard,
        failures_told(),
        composing(rules, terms, before=known, matched=chase.matched, is_final=is_final) as standing,
    ):
        if made.is_lasting:
            html = chase.reading.read(galley.html, BASE_URL, fetcher)
        else:
            html = HTML(string=galley.html, base_url=BASE_URL, url_fetcher=fetcher)
        options = {"cache": chase.images, "pdf_variant": "pdf/ua-1", **made.context}
        document = html.render(stylesheets=made.sheets, **options)
    forget_layout(chase.images.values())
    if is_final:
        distribute_margins(document)
    let_go()
    if standing is not None:
        chase.keep(standing)
    chase.note(quiet=not heard)
    findings = [found for found in findings if not told_before(found, galley.warnings)]
    findings += _problems(heard, fetcher.refused, galley)
    pages = Pages(
        document, galley, _anchors(document), len(document.pages), tuple(in_order(findings))
    )
    if has_errors(findings):
        pages.judged()  # all is told in the same run
    if glance is not None:
        glance(pages)
    return pages


def _anchors(document: Document) -> dict[str, int]:
    """Return on which page, counted from 0, each anchor stands first."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return anchors


def _problems(heard: Iterable[Remark], refused: list[str], galley: Galley) -> list[Diagnostic]:
    """Return what WeasyPrint said, and what it was not given, each once."""
    told = (remark for remark in heard if not is_of_unserved(remark, refused))
    found = [renderer_problem(remark, galley.layout) for remark in told]
    found = [problem for problem in found if not told_before(problem, galley.warnings)]
    return [*found, *not_served(refused, galley.layout)]


def _terms(copy: Copy) -> frozenset[str]:
    """Return what the lines of a headline leave whole: the publication's terms, people's names."""
    views = (article for article in copy.issue.articles() if isinstance(article, View))
    return frozenset({*copy.publication.terms, *(view.person.name for view in views)})


def _too_wide(document: Document, galley: Galley) -> Iterator[Diagnostic]:
    page = galley.layout.spec.page
    for box in wider_than_page(document, page.width_mm, page.bleed_mm):
        values: Values = {
            "page": box.page,
            "element": box.element,
            "width": f"{box.size_mm:.0f}",
        }
        place = _place_of(box.origin) or galley.layout.spec.place("page", "width_mm")
        yield Diagnostic("N509", place, values)


def _too_high(document: Document) -> Iterator[Diagnostic]:
    for box in overfull(document):
        values: Values = {
            "page": box.page,
            "element": box.element,
            "height": f"{box.size_mm:.1f}",
        }
        yield Diagnostic("N807", _place_of(box.origin), values)


LEGIBILITY = {"small": "N808", "overprinted": "N809", "faint": "N810"}


def _hard_to_read(document: Document) -> Iterator[Diagnostic]:
    for found in illegible(texts_of(document)):
        text = found.first
        values: Values = {
            "page": text.page,
            "element": text.element,
            "text": text.text.strip()[:EXCERPT],
            "count": found.count,
            "worst": f"{found.worst:.1f}",
            "other": found.other.strip()[:EXCERPT],
        }
        yield Diagnostic(LEGIBILITY[found.fault], _place_of(text.origin), values)


LINE_PROBLEMS = {
    "loose": "N802",
    "runt": "N803",
    "river": "N804",
    "overset": "N805",
    "short": "N806",
}
EXCERPT = 14


def _line_problem(fault: Fault) -> Diagnostic:
    line = fault.line
    values: Values = {
        "page": line.page,
        "article": line.article,
        "lines": fault.lines,
        "worst": f"{fault.worst:.2f}",
        "count": line.counted,
        "text": line.text.replace(ATOM, "").strip()[:EXCERPT],
    }
    return Diagnostic(LINE_PROBLEMS[fault.name], _place_of(line.origin), values)


def _place_of(origin: str) -> Place | None:
    """Return the place that `data-at` names, `file:line`."""
    file, _, line = origin.rpartition(":")
    return Place(file, int(line)) if file else None


def pango_version() -> str:
    """Return the version of the Pango that shapes the text, such as 1.50.12."""
    keep_system_fonts_out()
    load()
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
