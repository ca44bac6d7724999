"""Layouts: what a folder in layouts/ offers to an issue.

In: the folders in which layouts may lie, a layout's name, the options an issue chose.
Out: a `Layout` whose layout.yaml has been validated, and the options with their defaults.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from newsletter.diagnostics import Diagnostic, Place, Refused, Values
from newsletter.issue.models import LayoutChoice, Part
from newsletter.issue.slots import holding, nearest
from newsletter.issue.validation import validate
from newsletter.issue.words import Aside, Name
from newsletter.sources import load
from newsletter.sources.files import LARGEST_FILE
from newsletter.typesetting.rules import Rules

LAYOUT_FILE = "layout.yaml"
Millimetres = Annotated[float, Field(gt=0, le=2000)]
OptionValue = str | bool | float


class PageSize(Part):
    """The sheet after trimming, and the bleed around it; in millimetres."""

    width_mm: Millimetres
    height_mm: Millimetres
    bleed_mm: Annotated[float, Field(ge=0, le=20)] = 3.0


class Grid(Part):
    """The body grid: in points and in lines and characters of body text."""

    body_pt: Annotated[float, Field(gt=0, le=100)]
    leading_pt: Annotated[float, Field(gt=0, le=200)]
    lines: Annotated[int, Field(gt=0, le=500)]
    columns: Annotated[int, Field(gt=0, le=12)]
    column_characters: Annotated[int, Field(gt=0, le=200)]
    gap_characters: Annotated[float, Field(ge=0, le=50)]

    @property
    def column_width_pt(self) -> float:
        """The measure of a column."""
        return self.column_characters * self.body_pt

    @property
    def column_gap_pt(self) -> float:
        """The white between two columns."""
        return self.gap_characters * self.body_pt

    @property
    def type_width_pt(self) -> float:
        """The width of the text block."""
        return self.columns * self.column_width_pt + (self.columns - 1) * self.column_gap_pt


class Typesetting(Part, Rules):
    """How the layout composes its Chinese text; docs/typesetting.md explains each."""

    @property
    def rules(self) -> Rules:
        """The rules without their places in the file."""
        return Rules(**{name: getattr(self, name) for name in Rules.model_fields})


class Option(Part):
    """A choice that an issue may make, and what it is when it makes none."""

    kind: Literal["choice", "switch", "number", "text"]
    default: str
    description: Aside
    choices: tuple[Name, ...] = ()
    least: float | None = None
    most: float | None = None


class Room(Part):
    """How much a slot holds: lines of a measure that is counted in em of its own type size."""

    measure: Annotated[float, Field(ge=1, le=500)]
    lines: Annotated[int, Field(ge=1, le=500)]
    justified: bool = Field(default=False, description="whether its lines may be squeezed")


class Slot(Part):
    """A place on the pages that an issue fills."""

    name: Aside = Field(description="path in the issue, such as article.kicker")
    description: Aside
    fit: Room | None = None


class LayoutFile(Part):
    """layout.yaml."""

    name: Name
    title: Aside
    description: Aside
    page: PageSize
    grid: Grid
    typesetting: Typesetting = Field(default_factory=Typesetting)
    template: Aside = "template.html.j2"
    stylesheets: tuple[Aside, ...] = ("style.css",)
    fonts: tuple[Aside, ...] = Field(min_length=1)
    options: dict[str, Option] = Field(default_factory=dict)
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout and where it lies."""

    spec: LayoutFile
    folder: Path

    @property
    def specimen(self) -> Path:
        """The smallest issue that fills every slot and sets every option."""
        return self.folder / "specimen.yaml"


def load_layout(choice: LayoutChoice, folders: list[Path]) -> Layout:
    """Return the layout that an issue names; raises `Refused` if there is none of that name."""
    for folder in folders:
        path = folder / choice.name / LAYOUT_FILE
        if path.is_file():
            return read_layout(path.parent)
    names = sorted({p.parent.name for folder in folders for p in folder.glob(f"*/{LAYOUT_FILE}")})
    near = difflib.get_close_matches(choice.name, names, n=1, cutoff=0.5)
    values = {"name": choice.name, "names": ", ".join(names)}
    if near:
        values["suggestion"] = near[0]
    raise Refused([Diagnostic("N501", choice.place("name"), values, hint=_suggest(near))])


def read_layout(folder: Path) -> Layout:
    """Read one layout; raises `Refused` with what is wrong in its layout.yaml."""
    path = folder / LAYOUT_FILE
    spec = validate(LayoutFile, load(path, f"layouts/{folder.name}/{LAYOUT_FILE}"))
    problems = [*_lacking(spec, folder), *_wrong_defaults(spec), *_without_lines(spec)]
    if spec.name != folder.name:
        values = {"name": spec.name, "folder": folder.name}
        problems.append(Diagnostic("N510", spec.place("name"), values))
    if problems:
        raise Refused(problems)
    return Layout(spec, folder)


def _lacking(spec: LayoutFile, folder: Path) -> Iterator[Diagnostic]:
    """Yield the files that layout.yaml names and that do not lie in the layout's folder."""
    needed: dict[tuple[str | int, ...], str] = {("template",): spec.template}
    needed |= {("stylesheets", index): name for index, name in enumerate(spec.stylesheets)}
    for path, name in needed.items():
        file = (folder / name).resolve()
        if not (file.is_file() and file.is_relative_to(folder.resolve())):
            yield Diagnostic("N508", spec.place(*path), {"name": spec.name, "files": name})
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".css", ".j2", ".html") and file.stat().st_size > LARGEST_FILE:
            shown = f"layouts/{folder.name}/{file.relative_to(folder).as_posix()}"
            values: Values = {"file": shown, "limit": LARGEST_FILE // 1024 // 1024}
            yield Diagnostic("N117", Place(shown), values)


def _wrong_defaults(spec: LayoutFile) -> Iterator[Diagnostic]:
    for name, option in spec.options.items():
        if read_option(option, option.default) is None:
            place = spec.place("options", name, "default")
            yield _unfit(name, option, option.default, place)


def _without_lines(spec: LayoutFile) -> Iterator[Diagnostic]:
    """Yield the slots that are given a fit but hold no line of text, or are no slots at all."""
    for index, slot in enumerate(spec.slots):
        found = holding(slot.name)
        if slot.fit is None or found == "text":
            continue
        values: Values = {"slot": slot.name}
        if found:
            yield Diagnostic("N512", spec.place("slots", index, "fit"), values, hint=found)
            continue
        near = nearest(slot.name)
        if near:
            values = {"slot": slot.name, "suggestion": near}
        hint = _suggest([near] if near else [])
        yield Diagnostic("N512", spec.place("slots", index, "name"), values, hint=hint)


def options(layout: Layout, choices: list[LayoutChoice]) -> dict[str, OptionValue]:
    """Return every option's value: the layout's default, overridden by each choice in turn.

    Raises `Refused` for an option that the layout does not know or a value it does not take.
    """
    known = layout.spec.options
    defaults = {name: read_option(option, option.default) for name, option in known.items()}
    values = {name: value for name, value in defaults.items() if value is not None}
    problems: list[Diagnostic] = []
    for choice in choices:
        if choice.name != layout.spec.name:
            continue
        for name, value in choice.options.items():
            if name not in known:
                place = choice.key_place("options", name)
                problems.append(_unknown(name, known, layout, place))
                continue
            place = choice.place("options", name)
            read = read_option(known[name], value)
            if read is None:
                problems.append(_unfit(name, known[name], value, place))
            else:
                values[name] = read
    if problems:
        raise Refused(problems)
    return values


def read_option(option: Option, value: object) -> OptionValue | None:
    """Return a value as the option's kind, or None if it does not fit."""
    if not isinstance(value, str):
        return None
    if option.kind == "choice":
        return value if value in option.choices else None
    if option.kind == "switch":
        return {"true": True, "false": False}.get(value)
    if option.kind == "number":
        return _number(option, value)
    return value


def _number(option: Option, text: str) -> float | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    number = float(text)
    too_small = option.least is not None and number < option.least
    too_large = option.most is not None and number > option.most
    return None if too_small or too_large else number


def _unknown(name: str, known: Mapping[str, Option], layout: Layout, place: Place) -> Diagnostic:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    values = {"option": name, "layout": layout.spec.name, "options": ", ".join(known)}
    if near:
        values["suggestion"] = near[0]
    return Diagnostic("N502", place, values, hint=_suggest(near))


def _unfit(name: str, option: Option, value: object, place: Place) -> Diagnostic:
    least = "" if option.least is None else f"{option.least:g}"
    most = "" if option.most is None else f"{option.most:g}"
    values = {
        "option": name,
        "value": "null" if value is None else str(value),
        "choices": ", ".join(option.choices),
        "range": f"{least}…{most}",
    }
    return Diagnostic("N503", place, values, hint=option.kind)


def _suggest(near: list[str]) -> str:
    return "suggest" if near else "default"
