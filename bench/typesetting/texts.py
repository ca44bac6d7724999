"""The texts that are set: one paragraph a line, plain or with the marks of HTML.

In: a file, `.txt` or `.html`. Out: paragraphs as HTML, as Typst markup and as plain text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "typesetting" / "texts"
BUNDLED = [FOLDER / name for name in ("essay.txt", "technical.txt", "dialogue.txt", "marked.html")]
"""The texts of the report, none of them from the newsletter."""
TYPST_OF: dict[str, str] = {
    "strong": "#strong[",
    "em": "#kai[",
    "sup": "#super[",
    "a": "#[",
    "span": "#[",
}
"""How Typst writes an element; `kai` is defined by the engine."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in the three forms that are needed of it."""

    html: str
    typst: str
    plain: str


def read(path: Path) -> list[Paragraph]:
    """Return the paragraphs of a file; lines without text are passed over."""
    rows = [row.strip() for row in path.read_text("utf-8").splitlines()]
    is_html = path.suffix == ".html"
    return [paragraph(row, is_html=is_html) for row in rows if row]


def paragraph(text: str, *, is_html: bool = False) -> Paragraph:
    """Return a paragraph of one line."""
    html = text if is_html else escape(text, quote=False)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Paragraph(html, "".join(reader.typst), "".join(reader.plain))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.plain: list[str] = []
        self.typst: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang")
        self.typst.append(f'#text(lang: "{language}")[' if language else TYPST_OF[tag])

    def handle_endtag(self, tag: str) -> None:
        self.typst.append("]" if tag in TYPST_OF else "")

    def handle_data(self, data: str) -> None:
        self.plain.append(data)
        self.typst.append(f"#{json.dumps(data, ensure_ascii=False)};")
