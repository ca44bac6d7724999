"""Running text as the tests of its composition need it: composed, read, and where it is wrong."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from newsletter.compose.markdown import Composition, compose
from newsletter.diagnostics import Diagnostic
from newsletter.issue.texts import Passage
from newsletter.sources import Scalar, Source


def passage(text: str) -> Passage:
    """Return a text as the body of an article, which is the whole file."""
    source = Source.of(Path("body.yaml"), "body.yaml", text)
    scalar = Scalar(source, 0, len(text), text, tuple(range(len(text))))
    return Passage("body", "markdown", scalar, text)


def composed(text: str) -> Composition:
    """Compose a text."""
    return compose(passage(text), "p")


def html(text: str) -> str:
    """Return the HTML of a text that has nothing wrong with it, without the places."""
    made = composed(text)
    assert made.problems == []
    return re.sub(r' data-at="[^"]*"', "", "".join(block.html for block in made.blocks))


def words(text: str) -> list[str]:
    """Return the words that a reader meets, in their stretches."""
    return [words for block in composed(text).blocks for words in block.fragments]


def seen(made: Composition) -> str:
    """Return the text of the page."""
    root = ET.fromstring(f"<page>{''.join(block.html for block in made.blocks)}</page>")  # noqa: S314
    for link in root.iterfind(".//sup/a"):
        link.text = ""
    return "".join(root.itertext())


def found(text: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of each problem of a text."""
    return [at(problem) for problem in composed(text).problems]


def at(problem: Diagnostic) -> tuple[str, int, int]:
    """Return code, line and column of a problem."""
    assert problem.place is not None
    return problem.code, problem.place.line, problem.place.column
