"""What is collected while pages are walked, and how much more may be."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct, field

from newsletter.diagnostics import Term
from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.content.marks import Mark
from newsletter.preflight.content.resources import Library
from newsletter.preflight.content.spaces import Space
from newsletter.preflight.limits import (
    LARGEST_CONTENT,
    LARGEST_CONTENT_IN_ALL,
    MOST_MARKS,
    MOST_OPERATORS,
)


class TooMuch(Exception):  # noqa: N818 - it is a verdict on the file
    """The file asks for more work than any page should; `what` says of what."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = Term(what)


class Group(Struct, frozen=True):
    """A transparency group (ISO 32000-2:2020, 11.6.6), and the space it blends in."""

    page: int
    box: Box
    space: Space | None
    whole_page: bool = False


class Oddity(Struct, frozen=True):
    """Something used on a page that a press file should not have; `kind` names it."""

    page: int
    box: Box
    kind: Term


class Record(Struct):
    """The harvest: marks, groups, oddities, and what was damaged on which page."""

    marks: list[Mark] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    damage: dict[tuple[int, Term], int] = field(default_factory=dict)
    library: Library = field(default_factory=Library)
    operators: int = 0
    decoded: int = 0
    _seen: set[Hashable] = field(default_factory=set)

    def add(self, mark: Mark) -> None:
        """Keep a mark; raises `TooMuch`."""
        self.marks.append(mark)
        if len(self.marks) > MOST_MARKS:
            raise TooMuch("marks")

    def note(self, page: int, what: str, count: int = 1) -> None:
        """Note damage on a page."""
        key = page, Term(what)
        self.damage[key] = self.damage.get(key, 0) + count

    def is_new(self, key: Hashable) -> bool:
        """Tell whether this was not yet asked: what need not be walked twice."""
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def spend(self, operators: int) -> None:
        """Count operators; raises `TooMuch`."""
        self.operators += operators
        if self.operators > MOST_OPERATORS:
            raise TooMuch("operators")

    def content(self, stream: objects.Object) -> bytes | None:
        """Return a content stream's data, None where it is damaged; raises `TooMuch`."""
        try:
            data = objects.decoded(stream, LARGEST_CONTENT)
        except objects.TooLarge as error:
            raise TooMuch("a content stream") from error
        self.decoded += len(data or b"")
        if self.decoded > LARGEST_CONTENT_IN_ALL:
            raise TooMuch("content streams")
        return data
