"""What layout.yaml may say.

In: plain data, a layout's own merged with what it inherits. Out: a frozen `LayoutFile`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from newsletter.issue.models import Part
from newsletter.issue.words import Aside, Name
from newsletter.typesetting.rules import Rules

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Margin = Annotated[float, Field(ge=0, le=2000)] | None


class PageSize(Part):
    """The sheet after trimming, the bleed around it and the margins within it, in millimetres.

    A margin that is not given takes what the grid leaves.
    """

    width_mm: Millimetres
    height_mm: Millimetres
    bleed_mm: Annotated[float, Field(ge=0, le=20)] = 3.0
    top_mm: Margin = Field(None, description="the margin above the lines")
    foot_mm: Margin = Field(None, description="the margin below them")
    inner_mm: Margin = Field(None, description="the margin at the binding: left on odd pages")
    outer_mm: Margin = Field(None, description="the margin on the other side")
    least_top_mm: Margin = Field(
        None, description="the top margin that what stands in it needs, 5 mm from the trim"
    )
    least_foot_mm: Margin = Field(None, description="the foot margin that page numbers need")
    cover: bool = Field(default=True, description="whether the first page is a cover, unnumbered")
    multiple: Annotated[int, Field(ge=1, le=64)] = Field(
        1, description="the layout fills up the count of pages to a multiple of this"
    )


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

    @property
    def type_height_pt(self) -> float:
        """The height of the text block."""
        return self.lines * self.leading_pt


class Typesetting(Part, Rules):
    """How the layout composes its Chinese text; docs/typesetting.md explains each."""

    @property
    def rules(self) -> Rules:
        """The rules without their places in the file."""
        return Rules.model_construct(**{name: getattr(self, name) for name in Rules.model_fields})


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
    width_mm: Annotated[float, Field(ge=0, le=2000)] | None = Field(
        default=None, description="how wide its picture is printed; 0: not at all"
    )


Percent = Annotated[float, Field(ge=0, le=100)]


class InkChoice(Part):
    """What is printed for a colour token: process inks, or a spot ink and how they imitate it."""

    cmyk: tuple[Percent, Percent, Percent, Percent]
    spot: Aside | None = Field(None, description="the name of the spot ink's plate")
    tint: Percent = Field(100, description="how much of the spot ink, in per cent")


Acceptable = Literal["N926"]
"""Findings of preflight that can be a choice of the designer's; the catalogue has a hint for each
that gives the reason."""


class LayoutFile(Part):
    """layout.yaml."""

    name: Name
    extends: Name | None = Field(None, description="the layout whose files and keys it inherits")
    title: Aside
    description: Aside
    page: PageSize
    grid: Grid
    typesetting: Typesetting = Field(default_factory=Typesetting)
    template: Aside = "template.html.j2"
    stylesheets: tuple[Aside, ...] = ("style.css",)
    fonts: tuple[Aside, ...] = Field(min_length=1)
    inks: dict[str, InkChoice] = Field(
        default_factory=dict, description="colour tokens that are printed as written here"
    )
    accepted: dict[Acceptable, Aside] = Field(
        default_factory=dict,
        description="warnings of preflight that are meant to be so in this layout, and why",
    )
    options: dict[str, Option] = Field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
