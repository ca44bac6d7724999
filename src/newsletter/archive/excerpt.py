"""Excerpts: the stretch of a text in which the words of a query stand, and where in it.

In: a text and rows of terms. Out: an `Excerpt` with an ellipsis where it was cut, and the marks
as positions in it. Ends are moved to a mark of punctuation where one is near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsletter.archive.terms import Located, located

LENGTH = 72
"""Characters: two lines of a terminal, in which each takes two cells."""
BEFORE = 20
NEAR = 12
STOPS = "，。；：！？、,.;!?\n"


class Excerpt(Struct, frozen=True):
    """A stretch of text and the positions in it, start and end, of what was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def excerpt(text: str, wanted: Sequence[Sequence[str]]) -> Excerpt:
    """Return the stretch with the first of the words; the beginning where none occurs."""
    places = matches(text, wanted, LENGTH)
    start = _start(text, places[0][0]) if places else 0
    end = _end(text, start + LENGTH)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shown = before + text[start:end].replace("\n", " ") + after
    moved = len(before) - start
    marks = tuple((a + moved, b + moved) for a, b in places if start <= a and b <= end)
    return Excerpt(shown, marks)


def matches(
    text: str, wanted: Sequence[Sequence[str]], within: int | None = None
) -> list[tuple[int, int]]:
    """Return where in a text any of the rows stands, in order, none within another.

    With `within`, only the paragraphs that begin so many characters after the first, or sooner.
    """
    rows = sorted({tuple(row) for row in wanted if row}, key=len, reverse=True)
    found: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        if within is not None and found and start > found[0][0] + within:
            break
        found += [(start + a, start + b) for a, b in _walk(list(located(paragraph)), rows)]
        start += len(paragraph) + 1
    return found


def _walk(found: Sequence[Located], rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    names = [item.term for item in found]
    firsts = {row[0] for row in rows}
    index = 0
    while index < len(names):
        row = names[index] in firsts and next(
            (row for row in rows if tuple(names[index : index + len(row)]) == row), None
        )
        if row:
            yield found[index].start, found[index + len(row) - 1].end
        index += len(row) if row else 1


def _start(text: str, first: int) -> int:
    """Return where to begin before the first match: after a stop, if one is near."""
    if first <= BEFORE + NEAR:
        return 0
    earliest = first - BEFORE - NEAR
    stops = [i for i in range(earliest, first) if text[i] in STOPS]
    start = stops[0] + 1 if stops else first - BEFORE
    while text[start].isspace():
        start += 1
    return start


def _end(text: str, wanted: int) -> int:
    if wanted + NEAR >= len(text):
        return len(text)
    stops = [i for i in range(wanted - NEAR, wanted + NEAR) if text[i] in STOPS]
    return stops[0] + 1 if stops else wanted
