"""The report as one page of HTML that opens without a network: text, pictures and all.

In: what was examined and what was refused. Out: HTML. Each page with findings has a small
picture, with a frame around each place; frame and finding bear the same number.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from msgspec import Struct

from newsletter.diagnostics import COLON, Diagnostic, Language, Spot, entry, rules_in_chinese
from newsletter.fonts.face import face
from newsletter.preflight.isolation import Examined, Verdict
from newsletter.preflight.report.words import (
    VERDICTS,
    chosen_because,
    counted,
    counts,
    shown,
    summary,
    word,
)
from newsletter.preflight.sheets import Area
from newsletter.preflight.thumbnails import Thumbnail
from newsletter.reporting import SEVERITY

LEAST_FRAME = 1.5
"""Per cent of the picture's width or height: a hairline's frame must be seen."""


class Note(Struct, frozen=True):
    """A finding as the page shows it; `frame` is left, top, width, height in per cent."""

    number: int
    diagnostic: Diagnostic
    frame: Area | None = None


def html_report(
    reports: Sequence[Examined], refused: Sequence[Diagnostic], language: Language
) -> str:
    """Return the report of several files."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = files(__package__).joinpath("report.html.j2").read_text("utf-8")
    html = environment.from_string(source).render(
        reports=[_facts(examined, language) for examined in reports],
        refused=refused,
        language=language,
        colon=COLON[language],
        word=lambda key: word(key, language),
        counted=lambda key, count: counted(key, count, language),
        severity=lambda found: SEVERITY[language][found.severity.value],
        name=lambda code: entry(code).name,
        explain=lambda code: entry(code).explanation[language],
        allowed=lambda verdict: _allowed(verdict, language),
        source_of=lambda verdict: _source(verdict, language),
    )
    return html.replace("<style>", f"<style>\n{face(html)}", 1)


def _facts(examined: Examined, language: Language) -> dict[str, Any]:
    sources = {verdict.code: verdict for verdict in examined.verdicts}
    return {
        "name": examined.name,
        "profile": examined.profile,
        "why": chosen_because(examined, language),
        "pages": examined.pages,
        "counts": counts(examined),
        "summary": summary(examined, language),
        "sheets": list(_sheets(examined)),
        "sources": sources,
        "verdicts": sorted(examined.verdicts, key=_by_weight),
        "shown": lambda reason: shown(reason, language),
    }


def _allowed(verdict: Verdict, language: Language) -> str:
    return rules_in_chinese()[verdict.code]["allowed"] if language == "zh" else verdict.threshold


def _source(verdict: Verdict, language: Language) -> str:
    return rules_in_chinese()[verdict.code]["source"] if language == "zh" else verdict.source


def _by_weight(verdict: Verdict) -> tuple[int, str]:
    return VERDICTS.index(verdict.verdict), verdict.code


def _sheets(examined: Examined) -> Iterable[tuple[int, str, list[Note]]]:
    """Yield the number of each page with findings, its picture, its notes."""
    for page, found in itertools.groupby(examined.findings, key=_page):
        picture = examined.thumbnails.get(page)
        image = base64.b64encode(picture.png).decode("ascii") if picture else ""
        yield page, image, [_note(n, each, picture) for n, each in enumerate(found, 1)]


def _page(found: Diagnostic) -> int:
    return found.place.page if isinstance(found.place, Spot) else 0


def _note(number: int, found: Diagnostic, picture: Thumbnail | None) -> Note:
    area = found.place.area if isinstance(found.place, Spot) else ()
    if not area or picture is None:
        return Note(number, found)
    left, top, width, height = area
    x, y, wide, high = picture.view
    if not wide or not high:
        return Note(number, found)
    across, down = _span(left - x, width, wide), _span(top - y, height, high)
    return Note(number, found, (across[0], down[0], across[1], down[1]))


def _span(start: float, length: float, whole: float) -> tuple[float, float]:
    """Return start and length in per cent, within the picture and long enough to be seen."""
    low = min(max(100 * start / whole, 0.0), 100.0)
    high = min(max(100 * (start + length) / whole, low), 100.0)
    if high - low < LEAST_FRAME:
        low = min(max((low + high - LEAST_FRAME) / 2, 0.0), 100.0 - LEAST_FRAME)
        high = low + LEAST_FRAME
    return round(low, 2), round(high - low, 2)
