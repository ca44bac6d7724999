"""The page of docs/ with the figures of the report, its head and its pictures.

In: the lines of the report, and where the page will be. Out: the lines of the page; the pictures
are written beside it.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.typesetting import pictures
from bench.typesetting.texts import BUNDLED, read

SHOWN = {"technical": (14, (1, 4)), "dialogue": (14, (8, 14)), "marked": (22, (2, 5))}
"""The texts of the pictures: at which measure in em, and which of their paragraphs."""
ENGINES = ("plain", "ours", "typst")
HEAD = """\
# How even the lines are

Written by `make typesetting-report`; [typesetting.md](typesetting.md) says what is measured.
Each text of `tests/typesetting/texts` is set at every measure from 6 to 44 em.
Type is 10.5 pt on 18 pt; paragraphs are indented by two em, below 10 em by one.
All figures are read from the finished PDFs, by code that knows nothing of the composer:
where each glyph stands, and what the extractors give.

- violation: a line begins or ends with what may not, or parts what belongs together;
  a word that is wider than the measure with the marks it holds is not counted
- not flush: off by more than 0.02 em at either edge
- stretch: by how much the gaps between ideographs grew, the median of a line
- runt: a last line with one character, marks not counted
"""


def whole(report: Sequence[str], path: Path) -> Iterator[str]:
    """Yield the page, and write its pictures to the folder of its name."""
    yield HEAD
    yield versions()
    yield ""
    yield from _pictured(path)
    yield from report


def versions() -> str:
    """Return what the figures were made with."""
    from newsletter.render import pango_version

    programs = {
        "WeasyPrint": version("weasyprint"),
        "Pango": pango_version(),
        "Typst": version("typst"),
    }
    named = ", ".join(f"{name} {number}" for name, number in programs.items())
    return f"{named}; {platform.machine()}."


def _pictured(path: Path) -> Iterator[str]:
    folder = path.with_suffix("")
    yield f"## The same paragraphs by {', '.join(ENGINES)}"
    yield ""
    texts = {text.stem: text for text in BUNDLED}
    for name, (measure, (first, last)) in SHOWN.items():
        shown = read(texts[name])[first:last]
        written = pictures.write(name, shown, ENGINES, [measure], folder)
        yield f"{name}, {measure} em:"
        yield ""
        places = [f"{folder.name}/{picture.name}" for picture in written]
        yield " ".join(
            f"![{name} by {engine}]({place})" for engine, place in zip(ENGINES, places, strict=True)
        )
        yield ""
