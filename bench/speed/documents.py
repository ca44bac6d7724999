"""One issue as other tools take it.

In: a composed galley. Out: files in a folder. WeasyPrint and Chromium read the very HTML and
styles; Typst and XeLaTeX get the same texts in the same order on the same page, headings as
headings, in the same body font, two columns, and Typst the pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from newsletter.compose.galley import BASE_URL, Galley

TEXTS = frozenset(["h1", "h2", "h3", "p", "li", "figcaption", "blockquote", "td", "th"])
SIZES_PT = {"h1": 22, "h2": 16, "h3": 12}
BODY_PT = 10.5
FONTS = Path(__file__).resolve().parents[2] / "fonts"
SERIF = FONTS / "noto-serif-sc"


class Block(NamedTuple):
    """A block of the issue: the element it stands in, and its words, or a picture's file."""

    name: str
    text: str


class _Blocks(HTMLParser):
    def __init__(self, files: dict[str, Path]) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._files = files
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or take a picture."""
        source = dict(attrs).get("src")
        if tag == "img" and source in self._files:
            self.found.append(Block("img", str(self._files[source])))
        elif tag in TEXTS:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if self._open and self._open[-1][0] == tag:
            name, words = self._open.pop()
            text = " ".join("".join(words).split())
            if text:
                self.found.append(Block(name, text))

    def handle_data(self, data: str) -> None:
        """Take words of the innermost block."""
        if self._open:
            self._open[-1][1].append(data)


def blocks(galley: Galley) -> list[Block]:
    """Return the blocks of an issue in their order."""
    reader = _Blocks(dict(galley.assets))
    reader.feed(galley.html)
    return reader.found


def write_html(galley: Galley, folder: Path) -> Path:
    """Write the galley as a page that any renderer can read from disk."""
    html = galley.html
    styles = "\n".join(sheet.text for sheet in galley.stylesheets)
    for url, path in galley.assets.items():
        html, styles = html.replace(url, path.as_uri()), styles.replace(url, path.as_uri())
    page = folder / "page.html"
    head = f"<style>{styles}</style></head>"
    page.write_text(html.replace("</head>", head).replace(BASE_URL, ""), "utf-8")
    return page


# Typst --------------------------------------------------------------------------------------

TYPST = """
#set page(width: {width}mm, height: {height}mm, margin: 18mm, columns: 2, numbering: "1")
#set text(font: "Noto Serif CJK SC", size: {size}pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.75em)
"""


def write_typst(galley: Galley, folder: Path) -> Path:
    """Write the issue for Typst; its pictures are copied beside it."""
    page = galley.layout.spec.page
    head = TYPST.format(width=page.width_mm, height=page.height_mm, size=BODY_PT)
    lines = list(_typst(blocks(galley), folder))
    path = folder / "issue.typ"
    path.write_text(head + "\n".join(lines), "utf-8")
    return path


def _typst(found: list[Block], folder: Path) -> Iterator[str]:
    for number, block in enumerate(found):
        if block.name == "img":
            name = f"picture-{number}{Path(block.text).suffix}"
            (folder / name).write_bytes(Path(block.text).read_bytes())
            yield f'#image("{name}", width: 100%)'
        elif block.name in SIZES_PT:
            yield f"#heading(level: {block.name[1]})[{_for_typst(block.text)}]"
        else:
            yield _for_typst(block.text)
        yield ""


def _for_typst(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\#*_`$<>@=-+/[]~\"'" else c for c in text)


# XeLaTeX ------------------------------------------------------------------------------------

XELATEX = r"""
\documentclass[twocolumn]{article}
\usepackage[paperwidth=%smm,paperheight=%smm,margin=18mm]{geometry}
\usepackage{xeCJK}
\setCJKmainfont[Path=%s/,BoldFont=NotoSerifSC-Bold.otf]{NotoSerifSC-Regular.otf}
\begin{document}
"""


def write_xelatex(galley: Galley, folder: Path) -> Path:
    """Write the issue for XeLaTeX, which reads no SVG: without its pictures."""
    page = galley.layout.spec.page
    commands = {"h1": "section*", "h2": "section*", "h3": "subsection*"}
    lines = [XELATEX % (page.width_mm, page.height_mm, SERIF)]
    for block in blocks(galley):
        if block.name in commands:
            lines.append(f"\\{commands[block.name]}{{{_for_tex(block.text)}}}")
        elif block.name != "img":
            lines += [_for_tex(block.text), ""]
    path = folder / "issue.tex"
    path.write_text("\n".join([*lines, r"\end{document}"]), "utf-8")
    return path


def _for_tex(text: str) -> str:
    special = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
    return "".join(special.get(c, f"\\{c}" if c in "#$%&_{}" else c) for c in text)
