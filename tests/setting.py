"""HTML set with a font of the house, with the composer or without, and what came of it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
from bench.typesetting import drawn

from newsletter.forme import keep_system_fonts_out
from newsletter.typesetting.inspection import SetLine
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam import composing
from newsletter.typesetting.seam.lines import lines_of
from newsletter.typesetting.seam.tree import boxes_of as boxes_with_places

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FACES = {
    "S": FONTS / "noto-serif-sc" / "NotoSerifSC-Regular.otf",
    "K": FONTS / "wenkai" / "WenKai-Regular.ttf",
}
PT, LEADING, EDGE = 10.5, 18.0, 30.0
PX = 96 / 72
RULES = Rules()
NEVER_FIRST = "，。、；：？！）》」』】”’"
NEVER_LAST = "（《「『【“‘"


def page(body: str, measure: float = 22, css: str = "", lang: str = "zh-Hans") -> str:
    """Return a document of one column, `measure` em wide, 30 pt from the left of the page."""
    face = "@font-face {{ font-family: {}; src: url({}) }}"
    wanted = ["S", "K"] if "K, S" in css else ["S"]
    faces = "".join(face.format(name, FACES[name].as_uri()) for name in wanted)
    return f"""<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><title>t</title><style>
    {faces} @page {{ size: {measure * PT + 2 * EDGE}pt 600pt; margin: {EDGE}pt }}
    html {{ font: {PT}pt/{LEADING}pt S; text-align: justify }}
    body {{ margin: 0 }} p {{ margin: 0; text-indent: 2em }} {css}</style>
    <body>{body}</body></html>"""


def laid_out(html: str, rules: Rules = RULES, terms: Collection[str] = ()) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document that the composer laid out."""
    HTML = html_class()  # noqa: N806
    with composing(rules, terms):
        return HTML(string=html).render()


def pdf(html: str, rules: Rules | None = RULES, *, packed: bool = True) -> bytes:
    """Return a PDF; without rules WeasyPrint sets it alone, and packs it its own way."""
    HTML = html_class()  # noqa: N806
    with composing(rules) if rules else nullcontext():
        options = {"pdf_identifier": b"same", "uncompressed_pdf": not packed}
        return bytes(HTML(string=html).write_pdf(**options))


def html_class() -> Any:  # noqa: ANN401
    """Return WeasyPrint's `HTML`, imported when no font of the system can come in any more."""
    keep_system_fonts_out()
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    from weasyprint import HTML

    return HTML


def lines(body: str, measure: float = 22, css: str = "", rules: Rules = RULES) -> list[SetLine]:
    """Return the composed lines of a body."""
    return lines_of(laid_out(page(body, measure, css), rules))


def drawn_lines(data: bytes) -> list[drawn.Line]:
    """Return the lines of a PDF, x from the left edge of the measure, in points."""
    return drawn.lines(data, edge=EDGE)


def copied(data: bytes) -> str:
    """Return what pdfium takes out of a PDF."""
    with pypdfium2.PdfDocument(io.BytesIO(data)) as found:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in found)


def solid(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def stated(body: str) -> str:
    """Return a body's text without its elements and white space."""
    return solid(re.sub(r"<[^>]*>", "", body))


def boxes_of(document: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield all laid-out boxes."""
    return (box for box, _where in boxes_with_places(document))
