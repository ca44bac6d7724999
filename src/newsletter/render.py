"""Rendering: from a galley to laid-out pages, and from pages to PDF bytes.

In: a `Galley`. Out: `Pages`, laid out once for all profiles. Nothing is read but what the
galley serves: no network, no other file, no system font, no clock.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
import os
import re
import sys
import tempfile
import warnings
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from newsletter.compose.galley import BASE_URL, Galley, Stylesheet
from newsletter.diagnostics import (
    Diagnostic,
    Place,
    Refused,
    Severity,
    Values,
    has_errors,
    in_order,
)
from newsletter.issue.loader import Copy
from newsletter.issue.models import View
from newsletter.layouts import Layout
from newsletter.typesetting.boxes import overfull, wider_than_page
from newsletter.typesetting.inspection import Fault, SetLine, inspect
from newsletter.typesetting.seam import SeamError, composing
from newsletter.typesetting.seam.fonts import let_go
from newsletter.typesetting.seam.guard import VERSION
from newsletter.typesetting.seam.lines import lines_of
from newsletter.typesetting.seam.loading import load

if TYPE_CHECKING:
    from weasyprint import Document


NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".css": "text/css",
}


@dataclass(frozen=True, slots=True)
class Pages:
    """What was laid out: the pages, where each anchor is (page from 0), and the findings.

    `lines` are the composed lines of all pages, with how far each was stretched; `count` is the
    number of pages.
    """

    document: Document
    galley: Galley
    anchors: Mapping[str, int]
    count: int
    findings: tuple[Diagnostic, ...] = ()
    lines: tuple[SetLine, ...] = ()

    def put_away(self) -> Pages:
        """Return what is told of the pages, without the boxes, which take the most memory.

        As these point at each other, only a search for such garbage frees them; for one issue
        it would take a tenth of the build, so it is left to whoever lays out the next.
        """
        let_go()
        return replace(self, document=cast("Document", None))

    def write(self, *, tagged: bool) -> tuple[bytes, list[Diagnostic]]:
        """Return a PDF of all pages with their bleed, and warnings; `tagged` makes it PDF/UA-1.

        Raises `Refused` when something of the pages would be missing from the file.
        """
        options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if tagged else {"pdf_tags": False}
        rules, terms = self.galley.layout.spec.typesetting.rules, _terms(self.galley.copy)
        with _listening() as heard, _failures_told(), composing(rules, terms):
            data = self.document.write_pdf(**options)
        problems = [_renderer_problem(remark, self.galley.layout) for remark in heard]
        problems += _not_served(self.document.url_fetcher)
        if has_errors(problems):
            raise Refused(problems)
        return bytes(data or b""), problems


def render(galley: Galley) -> Pages:
    """Lay out a galley; raises `Refused` when the page asks for what it may not have."""
    if "weasyprint" in sys.modules:
        gc.collect()  # boxes of pages before, which point at each other
    _keep_system_fonts_out()
    load()
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle

    findings: list[Diagnostic] = []
    fetcher = _fetcher(galley)
    context = {"font_config": _font_configuration(), "counter_style": CounterStyle()}
    sheets = []
    for sheet in galley.stylesheets:
        with _listening() as heard, _failures_told(sheet.shown):
            css = CSS(string=sheet.text, base_url=sheet.url, url_fetcher=fetcher, **context)
        findings += [_css_problem(sheet, remark) for remark in heard]
        sheets.append(css)
    rules, terms = galley.layout.spec.typesetting.rules, _terms(galley.copy)
    with _listening() as heard, _failures_told(), composing(rules, terms):
        html = HTML(string=galley.html, base_url=BASE_URL, url_fetcher=fetcher)
        document = html.render(stylesheets=sheets, pdf_variant="pdf/ua-1", **context)
    let_go()
    findings += [_renderer_problem(remark, galley.layout) for remark in heard]
    findings += _not_served(fetcher)
    findings += _too_wide(document, galley)
    findings += _too_high(document)
    lines = lines_of(document)
    findings += [_line_problem(fault) for fault in inspect(lines, rules)]
    if has_errors(findings):
        raise Refused(findings)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            anchors.setdefault(name, number)
    count = len(document.pages)
    return Pages(document, galley, anchors, count, tuple(in_order(findings)), tuple(lines))


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
        yield Diagnostic("N509", _place_of(box.origin), values)


def _too_high(document: Document) -> Iterator[Diagnostic]:
    for box in overfull(document):
        values: Values = {
            "page": box.page,
            "element": box.element,
            "height": f"{box.size_mm:.1f}",
        }
        yield Diagnostic("N807", _place_of(box.origin), values)


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
        "text": line.text[:EXCERPT],
    }
    return Diagnostic(LINE_PROBLEMS[fault.name], _place_of(line.origin), values)


def _place_of(origin: str) -> Place | None:
    """Return the place that `data-at` names, `file:line`."""
    file, _, line = origin.rpartition(":")
    return Place(file, int(line)) if file else None


def pango_version() -> str:
    """Return the version of the Pango that shapes the text, such as 1.50.12."""
    _keep_system_fonts_out()
    load()
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


# Fonts --------------------------------------------------------------------------------------


def _keep_system_fonts_out() -> None:
    """Give fontconfig a configuration of its own before it is first used.

    Pango asks fontconfig for any character it lacks; with no font folder configured only
    the @font-face rules of the galley are left (fontconfig user manual, FONTCONFIG_FILE).
    WeasyPrint warns of that when it is imported.
    """
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    if _FONTCONFIG:
        return
    folder = tempfile.TemporaryDirectory(prefix="newsletter-fontconfig-")
    file = Path(folder.name) / "fonts.conf"
    file.write_text(NO_SYSTEM_FONTS.format(cache=folder.name), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file)
    _FONTCONFIG.append(folder)


def _font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint's
    """Return a font configuration whose folder of fonts is taken away at the latest at the end.

    WeasyPrint leaves it there where a process does not take its objects apart, as ours (`entry`).
    """
    from weasyprint.text.fonts import FontConfiguration

    made = FontConfiguration()
    if not _CONFIGURATIONS:
        atexit.register(_take_fonts_away)
    _CONFIGURATIONS.add(made)
    return made


def _take_fonts_away() -> None:
    for configuration in list(_CONFIGURATIONS):
        configuration.__del__()  # deletes the folder, no more; twice is as good as once
    _CONFIGURATIONS.clear()


_CONFIGURATIONS: weakref.WeakSet[Any] = weakref.WeakSet()
_FONTCONFIG: list[tempfile.TemporaryDirectory[str]] = []
"""The folder of this process's fontconfig file; removed when the process ends."""


# What may be read ---------------------------------------------------------------------------


def _fetcher(galley: Galley) -> Any:  # noqa: ANN401 - a class made after the import
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyAssets(URLFetcher):  # type: ignore[misc]
        """Serves the files of the galley and nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=())
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401, ARG002
            name = url.split("#", maxsplit=1)[0]
            path = galley.assets.get(name)
            content = path.read_bytes() if path else b""
            inspected = galley.inspected.get(name)
            if path is None or inspected not in (None, hashlib.sha256(content).hexdigest()):
                self.refused.append(url)
                message = f"not part of the issue, or not as it was inspected: {url}"
                raise ValueError(message)
            kind = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OnlyAssets()


# What the renderer says ---------------------------------------------------------------------


class Remark(NamedTuple):
    """What WeasyPrint says, and whether something is missing because of it."""

    message: str
    is_error: bool


@contextmanager
def _failures_told(file: str = "") -> Iterator[None]:
    """Turn what the renderer raises into N511: hostile CSS can exhaust its recursion."""
    try:
        yield
    except Refused:
        raise
    except SeamError as error:
        values = {"problem": str(error), "version": VERSION}
        raise Refused([Diagnostic("N003", None, values)]) from error
    except Exception as error:
        values = {"problem": f"{type(error).__name__}: {error}"}
        raise Refused([Diagnostic("N511", Place(file) if file else None, values)]) from error


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.remarks: list[Remark] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.remarks.append(Remark(record.getMessage(), record.levelno >= logging.ERROR))


@contextmanager
def _listening() -> Iterator[list[Remark]]:
    """Collect WeasyPrint's warnings instead of printing them."""
    logger = logging.getLogger("weasyprint")
    ear, before, propagate = _Ear(), logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield ear.remarks
    finally:
        logger.handlers, logger.propagate = before, propagate


CSS_MESSAGE = re.compile(
    r"(?P<what>.*?) at (?P<line>\d+):(?P<column>\d+)[,.]?\s*(?P<why>.*)", re.DOTALL
)


def _css_problem(sheet: Stylesheet, remark: Remark) -> Diagnostic:
    match = CSS_MESSAGE.match(remark.message)
    if match is None or remark.is_error:
        return _weighed(Diagnostic("N505", Place(sheet.shown), {"problem": remark.message}), remark)
    place = Place(sheet.shown, int(match["line"]), int(match["column"]))
    why = match["why"].rstrip(". ")
    problem = f"{match['what']} ({why})" if why else match["what"]
    return Diagnostic("N505", place, {"problem": problem})


NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(?P<character>.+)" \((?P<codepoint>U\+\w+)\)')


def _renderer_problem(remark: Remark, layout: Layout) -> Diagnostic:
    """Return what WeasyPrint said; a missing glyph here is one of the layout's own words."""
    match = NO_GLYPH.match(remark.message)
    if match:
        return Diagnostic("N601", layout.spec.place("fonts"), match.groupdict())
    return _weighed(Diagnostic("N507", None, {"problem": remark.message}), remark)


def _weighed(problem: Diagnostic, remark: Remark) -> Diagnostic:
    return problem.at(Severity.ERROR) if remark.is_error else problem


def _not_served(fetcher: Any) -> list[Diagnostic]:  # noqa: ANN401 - a class made after the import
    return [Diagnostic("N506", None, {"url": url}) for url in fetcher.refused]
