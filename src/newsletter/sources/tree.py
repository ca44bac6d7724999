"""The tree of a YAML file: text at the leaves, and every value's place.

In: a source and offsets in it. Out: `Scalar`, `Sequence` and `Mapping`, which answer where
they stand, and as plain data what they say.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from newsletter.diagnostics import Place


class Source(Struct, frozen=True):
    """A text file: `shown` is its path as messages give it, `path` where it lies."""

    path: Path
    shown: str
    text: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, path: Path, shown: str, text: str) -> Source:
        """Wrap a text that has been read already."""
        lines = text.split("\n")
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return cls(path, shown, text, tuple(starts))

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the place of the characters `start` to `end` (offsets in `text`)."""
        end = start if end is None else end
        line, column = self._position(start)
        end_line, end_column = self._position(max(end, start))
        return Place(self.shown, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.text))
        row = bisect.bisect_right(self.line_starts, offset) - 1
        return row + 1, offset - self.line_starts[row] + 1


class Scalar(Struct, frozen=True):
    """A leaf: `text` is None for null. `offsets[i]` is where character i stands in the source."""

    source: Source
    start: int
    end: int
    text: str | None
    offsets: tuple[int, ...]

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the place of the whole value, or of its characters `start` to `end`."""
        if start is None or not self.offsets:
            return self.source.place(self.start, self._end_of_first_line())
        last = len(self.offsets) - 1
        stop = start if end is None else end
        after = self.offsets[min(max(stop - 1, 0), last)] + (1 if stop > start else 0)
        return self.source.place(self.offsets[min(start, last)], after)

    def _end_of_first_line(self) -> int:
        newline = self.source.text.find("\n", self.start, self.end)
        return self.end if newline < 0 else newline


class Sequence(Struct, frozen=True):
    """A list, with the place of each item in the item itself."""

    source: Source
    start: int
    end: int
    items: list[Node]

    def place(self) -> Place:
        """Return the place where the list begins."""
        return self.source.place(self.start, self.start + 1)


class Mapping(Struct, frozen=True):
    """A mapping; `keys` holds the scalar of each key, for messages about the key itself."""

    source: Source
    start: int
    end: int
    keys: dict[str, Scalar]
    values: dict[str, Node]

    def place(self) -> Place:
        """Return the place of the first key: the most a message about the whole can point at."""
        first = next(iter(self.keys.values()), None)
        return first.place() if first else self.source.place(self.start, self.start + 1)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:  # noqa: ANN401 - YAML is any of three things
    """Return the tree as str, None, list and dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.values.items()}


def descend(node: Node, location: tuple[int | str, ...]) -> tuple[Node, tuple[int | str, ...]]:
    """Follow `location` as far as the tree has it; return the node and the steps not taken."""
    for index, step in enumerate(location):
        child = _child(node, step)
        if child is None:
            return node, location[index:]
        node = child
    return node, ()


def _child(node: Node, step: int | str) -> Node | None:
    if isinstance(node, Mapping):
        return node.values.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def leaves(node: Node) -> Iterator[Scalar]:
    """Yield the leaves of a tree, in order."""
    if isinstance(node, Scalar):
        yield node
        return
    for child in node.items if isinstance(node, Sequence) else node.values.values():
        yield from leaves(child)
