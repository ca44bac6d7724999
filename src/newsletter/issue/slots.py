"""Slots: the places that an issue fills, by their names.

A name is a path: first a kind of part, then fields down to the value, as article.kicker,
view.person.role or chronicle.highlights.label. In: a name. Out: what it holds, and all the texts
of some parts that fill it.
"""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic.fields import FieldInfo

from newsletter.issue.models import (
    Article,
    ArticlesSection,
    ChronicleSection,
    Contact,
    ContactsSection,
    Cover,
    Event,
    Figure,
    Imprint,
    Issue,
    Part,
    Person,
    Picture,
    Publication,
    Quotation,
    SectionHead,
    Sidebar,
    View,
    ViewsSection,
    parts_of,
)
from newsletter.issue.texts import Passage, kind_of_words, passages

Holding = Literal["text", "markdown", "other"]
OWNERS: Mapping[str, type[Part]] = {
    "publication": Publication,
    "imprint": Imprint,
    "issue": Issue,
    "cover": Cover,
    "section": SectionHead,
    "articles": ArticlesSection,
    "views": ViewsSection,
    "chronicle": ChronicleSection,
    "contacts": ContactsSection,
    "article": Article,
    "view": View,
    "picture": Picture,
    "sidebar": Sidebar,
    "figure": Figure,
    "person": Person,
    "event": Event,
    "quotation": Quotation,
    "contact": Contact,
}
"""What a name begins with; a view is an article too, every section is a section."""


def holding(name: str) -> Holding | None:
    """Return what a slot holds: one line of text, Markdown, something else; None: no such slot."""
    owner, *path = name.split(".")
    models = [OWNERS[owner]] if owner in OWNERS else []
    found: FieldInfo | None = None
    for field in path:
        found = next((_fields(m)[field] for m in models if field in _fields(m)), None)
        if found is None:
            break
        models = list(_parts(found.annotation))
    if found is None:
        return None
    kind = kind_of_words(found)
    return "markdown" if kind == "markdown" else "text" if kind else "other"


def nearest(name: str) -> str | None:
    """Return the slot for one line of text whose name is most like `name`, if one is."""
    owner, *_ = name.split(".")
    owners = [owner] if owner in OWNERS else list(OWNERS)
    names = [f"{owner}.{field}" for owner in owners for field in _fields(OWNERS[owner])]
    texts = [name for name in names if holding(name) == "text"]
    return next(iter(difflib.get_close_matches(name, texts, n=1, cutoff=0.6)), None)


def rank(name: str) -> tuple[int, int]:
    """Return how closely a name describes its texts: more than others if it is greater."""
    owner, *path = name.split(".")
    return len(path), len(OWNERS[owner].mro()) if owner in OWNERS else 0


def fillings(name: str, parts: Iterable[Part]) -> Iterator[tuple[Part, Passage]]:
    """Yield every text that fills a slot, with the part it belongs to."""
    owner, *path = name.split(".")
    for part in parts:
        if isinstance(part, OWNERS[owner]):
            yield from _below(part, path)


def _below(part: Part, path: list[str]) -> Iterator[tuple[Part, Passage]]:
    field, *rest = path
    if rest:
        for inner in parts_of(getattr(part, field, None)):
            yield from _below(inner, rest)
        return
    for passage in passages(part, deep=False):
        if passage.field == field:
            yield part, passage


def parts_in(part: Part) -> Iterator[Part]:
    """Yield a part and all parts in it, in order."""
    yield part
    for name in type(part).model_fields:
        for inner in parts_of(getattr(part, name)):
            yield from parts_in(inner)


def _fields(model: type[Part]) -> dict[str, FieldInfo]:
    """Return the fields of a model and of those that are made from it."""
    found: dict[str, FieldInfo] = {}
    for derived in model.__subclasses__():
        found |= _fields(derived)
    return found | model.model_fields


def _parts(annotation: Any) -> Iterator[type[Part]]:  # noqa: ANN401 - annotations are anything
    """Yield the models in an annotation, inside of Optional, tuple and Annotated."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)
