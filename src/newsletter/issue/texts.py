"""All the words of an issue, each with its place.

In: a bound part. Out: one `Passage` for each text in it, in reading order. The sub-editor
reads these, the glyph check reads these, and the finished PDF is searched for these.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pydantic.fields import FieldInfo

from newsletter.diagnostics import Place
from newsletter.issue.models import Part
from newsletter.issue.words import Words
from newsletter.sources import Node, Scalar, Sequence


class Passage(Struct, frozen=True):
    """A text of the issue: what field it fills, what kind it is, and where it stands."""

    field: str
    kind: str
    scalar: Scalar
    text: str

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the place of the passage, or of its characters `start` to `end`."""
        return self.scalar.place(start, end)


def passages(part: Part, *, deep: bool = True) -> Iterator[Passage]:
    """Yield every text of `part`, and of the parts in it unless `deep` is false."""
    nodes = part.nodes()
    for name, kind in _fields(type(part)):
        value, node = getattr(part, name), nodes.get(name)
        if value is not None and node is not None:
            yield from _passages(name, kind, value, node, deep=deep)


@functools.cache
def _fields(model: type[Part]) -> tuple[tuple[str, str | None], ...]:
    """Return the fields of a model, each with the kind of its words."""
    return tuple((name, kind_of_words(info)) for name, info in model.model_fields.items())


def _passages(
    name: str, kind: str | None, value: object, node: Node, *, deep: bool
) -> Iterator[Passage]:
    if isinstance(value, Part):
        if deep:
            yield from passages(value)
    elif isinstance(value, tuple) and isinstance(node, Sequence):
        for item, child in zip(value, node.items, strict=True):
            yield from _passages(name, kind, item, child, deep=deep)
    elif kind and isinstance(value, str) and isinstance(node, Scalar):
        yield Passage(name, kind, node, value)


def kind_of_words(info: FieldInfo) -> str | None:
    """Return what kind of text a field holds; None if it holds none."""
    annotation: Any = info.annotation
    marks = (mark.kind for mark in info.metadata if isinstance(mark, Words))
    return next(marks, None) or _inner(annotation)


@functools.cache
def _inner(annotation: Any) -> str | None:  # noqa: ANN401
    """Find the `Words` mark inside Optional, tuple and Annotated."""
    for argument in typing.get_args(annotation):
        if isinstance(argument, Words):
            return argument.kind
        found = _inner(argument)
        if found:
            return found
    return None
