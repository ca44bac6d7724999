"""First letters drawn large, put back before the words that they begin.

In: an issue, and the text of a printed page as it is read from a PDF: such letters are drawn apart
from their paragraph and stand on a line of their own, anywhere on the page. Out: the text with
them where a reader sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletter.archive.markup import plain
from newsletter.archive.prose import untraced
from newsletter.compose.markdown import compose
from newsletter.issue.models import Issue
from newsletter.issue.texts import passages

APART = 'class="drop-cap"'
Initial = tuple[str, str]
"""The letters, and the words after them to the end of the paragraph."""


def initials(issue: Issue) -> Iterator[Initial]:
    """Yield the first letters of an issue that are drawn large."""
    for passage in passages(issue):
        if passage.kind == "markdown":
            for block in compose(passage, "").blocks:
                if APART in block.html:
                    letters = "".join(block.fragments[:1])
                    yield letters, plain(untraced(block.html)).removeprefix(letters)


def joined(text: str, found: Sequence[Initial]) -> str:
    """Return a page's text with the letters that stand alone before their words."""
    lines = text.split("\n")
    for letters, words in found:
        alone = [i for i, line in enumerate(lines) if _close(line) == _close(letters)]
        begun = [i for i, line in enumerate(lines) if _begins(line, words)]
        if alone and begun:
            lines[begun[0]] = letters + lines[begun[0]]
            del lines[alone[0]]
    return "\n".join(lines)


def _begins(line: str, words: str) -> bool:
    """Tell whether a line is the beginning of a paragraph, or all of it."""
    return bool(line.strip()) and _close(words).startswith(_close(line))


def _close(text: str) -> str:
    return "".join(text.split())
