"""From a YAML tree to a model, with every problem placed and said in an editor's words.

In: a tree and the model it should be. Out: the bound model, or `Refused`. Pydantic's errors
become diagnostics here and nowhere else (records and bags give them as reasons, by `expectation`);
suggestions come from the fields of the very model
in which the problem stands.
"""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newsletter.diagnostics import Diagnostic, Place, Refused, Term, listed
from newsletter.expectation import EXPECTED
from newsletter.issue.models import (
    Article,
    ArticlePicture,
    LeadPicture,
    Part,
    Picture,
    SectionHead,
    View,
)
from newsletter.issue.words import LONGEST_LINE
from newsletter.sources import Mapping, Node, Scalar, Sequence, descend, plain

P = TypeVar("P", bound=Part)
Location = tuple[int | str, ...]
LEAD_ONLY = LeadPicture.model_fields.keys() - ArticlePicture.model_fields.keys()
"""Fields that only the picture has which an article opens with."""
MOST_PROBLEMS = 100
"""How many problems of one tree are told; after so many the rest is noise."""


def validate(model: type[P], node: Mapping) -> P:
    """Return `node` as a `model` whose parts know their places; raises `Refused`."""
    try:
        part = model.model_validate(plain(node))
    except ValidationError as error:
        details = _details(error, model, node)[:MOST_PROBLEMS]
        raise Refused(_diagnostics(model, node, details)) from error
    part.bind(node)
    return part


def faults(model: type[P], node: Mapping) -> list[tuple[str, Location]]:
    """Return what is wrong with a tree as Pydantic names it, and where: steps from its top.

    The last step of what is missing is not in the tree.
    """
    try:
        model.model_validate(plain(node))
    except ValidationError as error:
        details = _details(error, model, node)
        return [(detail["type"], _follow(model, detail["loc"])[0]) for detail in details]
    return []


def _details(error: ValidationError, model: type[Part], node: Mapping) -> list[ErrorDetails]:
    found = error.errors(include_url=False, include_input=False)
    return [detail for detail in found if not _is_echo(model, node, detail)]


def _diagnostics(
    model: type[Part], root: Mapping, details: list[ErrorDetails]
) -> Iterator[Diagnostic]:
    """Yield the problems, without fields that are missing only because they are misspelt."""
    told = [
        (_follow(model, detail["loc"])[0], _diagnostic(model, root, detail)) for detail in details
    ]
    meant = {(*at[:-1], d.values.get("suggestion")) for at, d in told if d.code == "N104"}
    yield from (d for at, d in told if d.code != "N105" or at not in meant)


def _is_echo(model: type[Part], root: Mapping, detail: ErrorDetails) -> bool:
    """Tell whether a problem of a list is only that of its items, or of the place before it."""
    last = detail["loc"][-1] if detail["loc"] else ""
    is_place = detail["type"] == "missing" and isinstance(last, int)
    if detail["type"] != "too_short" and not is_place:
        return False
    node, _ = descend(root, _follow(model, detail["loc"])[0])
    if is_place:
        return isinstance(node, Sequence) and int(last) > len(node.items)
    return isinstance(node, Sequence) and bool(node.items)


def _diagnostic(model: type[Part], root: Mapping, detail: ErrorDetails) -> Diagnostic:
    location, owner = _follow(model, detail["loc"])
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_field(owner, root, location)
    node, rest = descend(root, location)
    if kind == "missing" and isinstance(location[-1], int):
        return _too_few(owner, str(location[-2]), node)
    if kind == "missing":
        owner = _follow(model, detail["loc"][:-1])[1]  # not the model of what is missing
        return _missing(str(location[-1]), owner, node)
    if kind == "union_tag_not_found":
        return _missing("kind", SectionHead, node)
    context = detail.get("ctx", {})
    if context.get("class_name") == owner.__name__:
        context = {**context, "fields": listed(owner.model_fields)}
    return _wrong(kind, _field(location, rest), node, context)


def _too_few(owner: type[BaseModel], field: str, node: Node) -> Diagnostic:
    """Return the problem of a list of a fixed length that has fewer items."""
    length = len(typing.get_args(_bare(owner.model_fields[field].annotation)))
    values: dict[str, str | int] = {"field": field, "found": Term("short list"), "count": length}
    return Diagnostic("N106", node.place(), values, "entries")


def _missing(field: str, owner: type[BaseModel], node: Node) -> Diagnostic:
    in_braces = node.source.text.startswith("{", node.start)
    values = {"field": field, "model": _model_name(owner)}
    return Diagnostic("N105", node.place(), values, "braces" if in_braces else "default")


def _wrong(kind: str, field: str, node: Node, context: dict[str, Any]) -> Diagnostic:
    """Return the problem of a value that is there but does not fit; `kind` is Pydantic's."""
    place, value = node.place(), str(plain(node))
    if kind.startswith("N"):
        hint = "line" if context.get("limit") == LONGEST_LINE else context.get("hint", "default")
        return Diagnostic(kind, place, {"field": field, **context}, hint)
    if kind == "union_tag_invalid":
        tags = str(context["expected_tags"]).replace("'", "").split(", ")
        return wrong_value(descend(node, ("kind",))[0].place(), "kind", str(context["tag"]), tags)
    if kind == "literal_error":
        return wrong_value(place, field, value, _choices(str(context["expected"])))
    if kind == "string_pattern_mismatch":
        return Diagnostic("N119", place, {"field": field, "value": value}, hint="name")
    return _wrong_type(place, field, kind, node, context)


def _unknown_field(owner: type[BaseModel], root: Mapping, location: Location) -> Diagnostic:
    parent, _ = descend(root, location[:-1])
    name = str(location[-1])
    place = parent.keys[name].place() if isinstance(parent, Mapping) else parent.place()
    fields = list(owner.model_fields)
    values: dict[str, str | int] = {"field": name, "model": _model_name(owner)}
    cut = _cut_by_a_comma(parent, name)
    if cut:
        return Diagnostic("N104", place, {**values, "text": cut}, hint="comma")
    if name in LEAD_ONLY and owner is not LeadPicture and issubclass(owner, Picture):
        return Diagnostic("N104", place, values, hint="lead")
    if owner is Article and name in View.model_fields:
        return Diagnostic("N104", place, values, hint="view")
    near = _by_label(owner, name) or difflib.get_close_matches(name, fields, n=1, cutoff=0.6)
    if near:
        return Diagnostic("N104", place, {**values, "suggestion": near[0]}, hint="suggest")
    return Diagnostic("N104", place, {**values, "fields": listed(fields)}, hint="fields")


def _cut_by_a_comma(parent: Node, name: str) -> str:
    """Return the text between braces that commas cut, as in {value: 3,400株}, or none."""
    if not isinstance(parent, Mapping) or not parent.source.text.startswith("{", parent.start):
        return ""
    fields = [*parent.values]
    first = last = fields.index(name)
    while first > 0 and _is_bare(parent, fields[first]):
        first -= 1
    while last + 1 < len(fields) and _is_bare(parent, fields[last + 1]):
        last += 1
    text = parent.source.text[parent.values[fields[first]].start : parent.keys[fields[last]].end]
    is_cut = fields[first] != name and not _is_bare(parent, fields[first])
    return " ".join(text.split()) if is_cut and text[0] not in "'\"{[" else ""


def _is_bare(parent: Mapping, name: str) -> bool:
    """Tell whether a key between braces has neither colon nor value."""
    after = parent.source.text[parent.keys[name].end : parent.keys[name].end + 2].lstrip()
    value = parent.values[name]
    return isinstance(value, Scalar) and value.text is None and not after.startswith(":")


def _by_label(owner: type[BaseModel], name: str) -> list[str]:
    """Return the fields whose Chinese description begins with `name`, as 标题 for title."""
    described = owner.model_fields.items()
    return [f for f, info in described if re.split(r"[：，；,]", info.description or "")[0] == name]


def wrong_value(place: Place, field: str, value: str, choices: list[str]) -> Diagnostic:
    """Return N119 of a value that is none of those that a field can have, with the nearest."""
    values = {"field": field, "value": value, "choices": listed(choices)}
    parts = [part.strip() for part in re.split("[，、]", value)]
    if parts[1:] and all(part in choices for part in parts):
        return Diagnostic("N119", place, {**values, "right": ", ".join(parts)}, hint="comma")
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
    if near:
        return Diagnostic("N119", place, {**values, "suggestion": near[0]}, hint="suggest")
    return Diagnostic("N119", place, values, hint="choices")


PICTURES = ("picture", "pictures", "portrait", "emblem")
"""What the names of fields end with that hold a picture, or several."""
NAMED = ("layout", "person")
"""Fields that hold a group of fields of which 'name' is the one that has to be there."""
RUNNING = ("body", "about", "join")
BOUNDS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}


def _wrong_type(
    place: Place, field: str, kind: str, node: Node, context: dict[str, Any]
) -> Diagnostic:
    expected = EXPECTED.get(kind, kind)
    found = Term("empty") if expected == "nonempty" else _found(node)
    values: dict[str, str | int] = {"field": field, "found": found, "value": str(plain(node))}
    if expected == "fewer":
        values |= {"found": Term("long list"), "most": context["max_length"]}
        return Diagnostic("N106", place, values, "fewer")
    for name, sign in BOUNDS.items():
        if name in context:
            return Diagnostic(
                "N106", place, {**values, "bound": f"{sign} {context[name]:g}"}, "bound"
            )
    if expected == "mapping" and isinstance(node, Scalar) and field.endswith(PICTURES):
        path = node.text or "images/…"
        return Diagnostic("N106", place, {**values, "file": path}, hint="picture")
    hint = _hint(expected, field, node)
    if hint == "mapping" and "fields" in context:
        return Diagnostic("N106", place, {**values, "fields": context["fields"]}, "fields")
    return Diagnostic("N106", place, values, hint)


def _hint(expected: str, field: str, node: Node) -> str:
    """Return the hint that says best what should stand in place of a node; else `expected`."""
    if expected == "mapping" and isinstance(node, Scalar) and node.text and field in NAMED:
        return "named"
    if expected == "text" and isinstance(node, Sequence) and field in RUNNING:
        return "running"
    return "colon" if expected == "text" and isinstance(node, Mapping) else expected


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return Term("empty" if node.text is None else "this text")
    return Term("list" if isinstance(node, Sequence) else "mapping")


def _field(location: Location, rest: Location) -> str:
    """Return the field that a person would name: the last step that the YAML has."""
    taken = location[: len(location) - len(rest)] or location
    names = [step for step in taken if isinstance(step, str)]
    return names[-1] if names else str(taken[-1])


def _choices(expected: str) -> list[str]:
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(", ")]


def _model_name(model: type[BaseModel]) -> Term:
    name = "Section" if issubclass(model, SectionHead) else model.__name__
    return Term("".join(f" {c.lower()}" if c.isupper() else c for c in name).strip())


# Which model a location lies in -------------------------------------------------------------


def _follow(model: type[BaseModel], location: Location) -> tuple[Location, type[BaseModel]]:
    """Follow a location of Pydantic's through the types.

    Returns the location as the YAML has it, without the tags of unions, and the innermost model.
    """
    current: Any = model
    found = model
    steps: list[int | str] = []
    for step in location:
        chosen = _tagged(current, step)
        current = chosen if chosen is not None else _step(current, step)
        if chosen is None:
            steps.append(step)
        found = _first_model(current) or found
    return tuple(steps), found


def _tagged(annotation: Any, step: int | str) -> Any:  # noqa: ANN401 - annotations are anything
    return next((c for c in _union(_bare(annotation)) if _tag(c) == step), None)


def _step(annotation: Any, step: int | str) -> Any:  # noqa: ANN401
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        info = annotation.model_fields.get(str(step))
        return info.annotation if info else None
    arguments = typing.get_args(annotation)
    return arguments[0 if _is_list(annotation) else -1] if arguments else None


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    """Take off Annotated and Optional."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    choices = [c for c in _union(annotation) if c is not type(None)]
    return _bare(choices[0]) if len(choices) == 1 else annotation


def _union(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    origin = typing.get_origin(annotation)
    return typing.get_args(annotation) if origin in (typing.Union, types.UnionType) else ()


def _is_list(annotation: Any) -> bool:  # noqa: ANN401
    return typing.get_origin(_bare(annotation)) is tuple


def _first_model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    bare = _bare(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _tag(choice: Any) -> str | None:  # noqa: ANN401
    model = _first_model(choice)
    info = model.model_fields.get("kind") if model else None
    arguments = typing.get_args(info.annotation) if info else ()
    literal = info is not None and typing.get_origin(info.annotation) is Literal
    return str(arguments[0]) if literal else None
