"""The rules of composition that a layout chooses; clauses are those of W3C CLREQ (March 2024).

Lengths are in em of the text they apply to.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Grade = Literal["none", "basic", "gb", "strict"]
Ratio = Annotated[float, Field(ge=0, le=1)]


class Rules(BaseModel):
    """How Chinese text is composed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    line_edges: Grade = Field(
        default="gb",
        description="what may not begin or end a line (CLREQ, prohibition rules): none; basic; "
        "gb, no solidus at a line's end either; strict, no dash or ellipsis at its start either",
    )
    keep_numbers: bool = Field(
        default=True, description="a number keeps its unit and its 年月日 (CLREQ, digits and units)"
    )
    style: Literal["full", "kaiming"] = Field(
        default="full",
        description="全角式: every mark a full em; 开明式: half an em but for 。？！",
    )
    pair_width: Annotated[float, Field(ge=1, le=2)] = Field(
        default=1.5, description="width of two marks in a row (CLREQ, adjacent marks: 1.5 or 1)"
    )
    line_start: Literal["half", "full"] = Field(
        default="half", description="width of an opening mark that begins a line"
    )
    paragraph_start: Literal["half", "full"] = Field(
        default="full", description="width of an opening mark after the indent of a paragraph"
    )
    line_end: Literal["half", "full"] = Field(
        default="half",
        description="width of a closing mark that ends a line (GB/T 15834-2011, 5.1.10: half)",
    )
    hanging: Literal["none", "stops"] = Field(
        default="none", description="whether ，。、 may stand beyond the measure at a line's end"
    )
    latin_gap: Ratio = Field(
        default=0.25, description="gap between Chinese and Latin text; 0 for none (CLREQ: up to ¼)"
    )
    latin_gap_least: Ratio = Field(default=0.125, description="to which it shrinks (CLREQ: ⅛)")
    latin_gap_most: Ratio = Field(default=1 / 3, description="to which it grows (CLREQ: ⅓)")
    word_space_least: Ratio = Field(
        default=0.25, description="to which a Latin word space shrinks (CLREQ: ¼)"
    )
    word_space_most: Ratio = Field(default=0.5, description="to which it grows (CLREQ: ½)")
    squeeze: Literal["none", "pauses", "stops"] = Field(
        default="stops",
        description="which marks within a line may shrink to half an em: none, all but 。？！, all",
    )
    mark_stretch: Ratio = Field(
        default=0.125, description="by which the gap beside a mark grows before other gaps do"
    )
    gap_most: Ratio = Field(
        default=0.25, description="growth of a gap between characters that is avoided at any cost"
    )
    loose: Ratio = Field(
        default=0.1, description="growth of the gaps of a line from which it is reported as loose"
    )
    hyphenate: Literal["none", "en_US", "en_GB"] = Field(
        default="en_US",
        description="dictionary by which Latin words are divided where a line cannot be even "
        "without it; none leaves them whole",
    )
    last_line: Annotated[int, Field(ge=1, le=8)] = Field(
        default=2, description="characters that the last line has at least, beside its marks"
    )
