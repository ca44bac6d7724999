"""The engines that are compared: the same paragraphs, font and measure for each.

In: paragraphs and a measure. Out: the bytes of a PDF, all text in one column on one tall page,
`EDGE_PT` from its left, a blank line between paragraphs, each paragraph indented by two em, in
columns of less than `NARROW_EM` by one (CLREQ, first_line_indents).

- `plain`: WeasyPrint as it is
- `chws`: WeasyPrint with the font's own contextual spacing, `font-feature-settings: "chws"`
- `ours`: WeasyPrint with the composer of `newsletter.typesetting`
- `typst`: Typst, justified, its own spacing between Chinese and Latin, its best line breaks;
  its overhang of dashes and Latin stops is put off, since it would count as a ragged edge
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import copy

from bench.typesetting.texts import Paragraph, paragraph
from newsletter.remarks import listening

FONTS = Path(__file__).resolve().parents[2] / "fonts"
SERIF = FONTS / "noto-serif-sc"
REGULAR = SERIF / "NotoSerifSC-Regular.otf"
BOLD = SERIF / "NotoSerifSC-Bold.otf"
KAI = FONTS / "wenkai" / "WenKai-Regular.ttf"
SIZE_PT = 10.5
LEADING_PT = 18.0
EDGE_PT = 2 * SIZE_PT
MARGIN_PT = 20 * SIZE_PT
"""Paper left and right of the measure: what stands out is still on the page, and extracted."""
NARROW_EM = 10
"""Below this an indent of two em would take a fifth of the line and more."""

Engine = Callable[[Sequence[Paragraph], float, float], bytes]


class AbsentError(Exception):
    """An engine is not installed, or not written yet."""


def typeset(
    engine: str, texts: Sequence[Paragraph], measure_em: float, size_pt: float = SIZE_PT
) -> bytes:
    """Return the PDF that an engine makes; raises `AbsentError` where there is none."""
    return ENGINES[engine](texts, measure_em, size_pt)


# WeasyPrint ---------------------------------------------------------------------------------

STYLE = """
@page {{ size: {width}pt {height}pt; margin: 0 {margin}pt 0 {edge}pt }}
html {{
  font: {size}pt/{leading}pt "Noto Serif SC";
  text-align: justify;
  overflow-wrap: break-word;
  font-feature-settings: {features};
}}
body {{ margin: 0 }}
p {{ margin: 0 0 {leading}pt; text-indent: {indent}em }}
em {{ font-family: "WenKai", "Noto Serif SC"; font-style: normal }}
sup {{ font-size: 60%; line-height: 0 }}
a {{ color: inherit; text-decoration: none }}
"""
FACE = '@font-face {{ font-family: "{name}"; src: url("{url}"); font-weight: {weight} }}\n'


def without_system_fonts() -> None:
    """Do what `newsletter.render` does before WeasyPrint is imported."""
    from newsletter.forme import keep_system_fonts_out

    keep_system_fonts_out()
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")


def _page(texts: Sequence[Paragraph], measure_em: float, size_pt: float, features: str) -> str:
    marks = "".join(text.html for text in texts)
    faces = FACE.format(name="Noto Serif SC", url=REGULAR.as_uri(), weight=400)
    if "<strong" in marks:
        faces += FACE.format(name="Noto Serif SC", url=BOLD.as_uri(), weight=700)
    if "<em" in marks:
        faces += FACE.format(name="WenKai", url=KAI.as_uri(), weight=400)
    style = STYLE.format(
        width=measure_em * size_pt + EDGE_PT + MARGIN_PT,
        edge=EDGE_PT,
        margin=MARGIN_PT,
        height=_most_lines(texts, measure_em) * LEADING_PT,
        size=size_pt,
        leading=LEADING_PT,
        features=features,
        indent=_indent(measure_em),
    )
    body = "".join(f"<p>{text.html}</p>\n" for text in texts)
    return f'<!DOCTYPE html><html lang="zh-Hans"><style>{faces}{style}</style><body>{body}</html>'


def _indent(measure_em: float) -> int:
    """Return by how many em the first line of a paragraph is indented."""
    return 2 if measure_em >= NARROW_EM else 1


def _most_lines(texts: Sequence[Paragraph], measure_em: float) -> int:
    """Return how many lines are enough in any case, with the blank ones."""
    return sum(4 + round(2 * len(text.plain) / measure_em) for text in texts)


def _weasyprint(
    texts: Sequence[Paragraph], measure_em: float, size_pt: float, features: str = "normal"
) -> bytes:
    without_system_fonts()
    from weasyprint import HTML

    with listening():
        return bytes(HTML(string=_page(texts, measure_em, size_pt, features)).write_pdf())


def _chws(texts: Sequence[Paragraph], measure_em: float, size_pt: float) -> bytes:
    return _weasyprint(texts, measure_em, size_pt, '"chws"')


def _ours(texts: Sequence[Paragraph], measure_em: float, size_pt: float) -> bytes:
    without_system_fonts()
    try:
        from newsletter.typesetting import seam
        from newsletter.typesetting.rules import Rules
    except ImportError as error:
        raise AbsentError(f"the composer cannot be imported: {error}") from error
    with seam.composing(Rules()):
        return _weasyprint(texts, measure_em, size_pt)


# Typst --------------------------------------------------------------------------------------

PREAMBLE = """
#set page(width: {width}pt, height: auto, margin: (left: {edge}pt, right: {margin}pt, rest: 0pt))
#set text(
  font: "{serif}", size: {size}pt, lang: "zh", cjk-latin-spacing: auto,
  top-edge: 0.8em, bottom-edge: -0.2em, overhang: false,
)
#set par(
  justify: true, first-line-indent: (amount: {indent}em, all: true),
  leading: {leading}pt, spacing: {spacing}pt,
)
#let kai(body) = text(font: ("{kai}", "{serif}"), body)
"""


def _typst(texts: Sequence[Paragraph], measure_em: float, size_pt: float) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise AbsentError("typst is not installed") from error
    between = LEADING_PT - size_pt
    head = PREAMBLE.format(
        width=measure_em * size_pt + EDGE_PT + MARGIN_PT,
        edge=EDGE_PT,
        margin=MARGIN_PT,
        size=size_pt,
        leading=between,
        spacing=between + LEADING_PT,
        serif="Noto Serif CJK SC",
        kai="WenKai",
        indent=_indent(measure_em),
    )
    source = head + "\n\n".join(text.typst for text in texts)
    folder = _typst_fonts().name
    pdf, heard = typst.compile_with_warnings(
        source.encode(), font_paths=[folder], ignore_system_fonts=True
    )
    if heard:
        message = f"Typst warns: {heard[0]}"
        raise RuntimeError(message)
    return bytes(pdf)


@cache
def _typst_fonts() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with the fonts; the rest files, of the same name, would take their place."""
    folder = tempfile.TemporaryDirectory(prefix="newsletter-typst-")
    for path in (REGULAR, BOLD, KAI):
        copy(path, folder.name)
    return folder


ENGINES: Mapping[str, Engine] = {
    "plain": _weasyprint,
    "chws": _chws,
    "ours": _ours,
    "typst": _typst,
}


def absent(names: Sequence[str]) -> dict[str, str]:
    """Return the engines that cannot be used, each with the reason."""
    reasons = {}
    for name in names:
        try:
            typeset(name, [paragraph("一")], 10)
        except AbsentError as error:
            reasons[name] = str(error)
    return reasons
