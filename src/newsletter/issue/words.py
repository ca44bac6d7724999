"""The kinds of text an issue holds, and how each is read, checked and found again.

`Line` is plain text of one line, `Markdown` is running text, `Aside` is text that a layout
may leave out (alt text, short titles). `Name` is an identifier and never printed; nor is a
`Term`, which only says what holds together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic_core import PydanticCustomError, core_schema

LONGEST_LINE = 1_000
LONGEST_BODY = 60_000


class Reading(Struct, frozen=True):
    """How a text is read: by what it is examined, and as what types the JSON Schema takes it.

    Pydantic has all of it from one object, which it asks once for each field.
    """

    examine: Callable[[str], str]
    types: tuple[str, ...] = ("string", "number")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:  # noqa: ANN401
        return core_schema.no_info_after_validator_function(self.examine, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"type": [*self.types] if self.types[1:] else self.types[0]}


class Words(Reading, frozen=True, kw_only=True):
    """Marks a field that holds text: plain, Markdown, or plain text that need not be printed."""

    kind: Literal["line", "markdown", "aside"]


class Identifier(Struct, frozen=True):
    """How an identifier is read."""

    pattern: str = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
    longest: int = 80

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:  # noqa: ANN401
        return core_schema.str_schema(pattern=self.pattern, max_length=self.longest)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"type": ["string", "number"], "pattern": self.pattern}


def _one_line(text: str) -> str:
    text = text.rstrip()
    if not text:
        raise PydanticCustomError("N127", "empty")
    if "\n" in text:
        raise PydanticCustomError("N128", "one line")
    if len(text) > LONGEST_LINE:
        raise PydanticCustomError("N120", "too long", {"length": len(text), "limit": LONGEST_LINE})
    return text


def _running_text(text: str) -> str:
    text = text.rstrip()
    if not text:
        raise PydanticCustomError("N127", "empty")
    if len(text) > LONGEST_BODY:
        raise PydanticCustomError("N120", "too long", {"length": len(text), "limit": LONGEST_BODY})
    return text


Line = Annotated[str, Words(_one_line, kind="line")]
Aside = Annotated[str, Words(_one_line, kind="aside")]
Markdown = Annotated[str, Words(_running_text, ("string",), kind="markdown")]
Term = Annotated[str, Reading(_one_line)]
Name = Annotated[str, Identifier()]
File = Annotated[str, Reading(_one_line, ("string",))]


# Dates --------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_OTHER = re.compile(
    r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?"
    r"(?:\s*[-—–~～至到/]{1,2}\s*(?:(?:(\d{4})[-年/.])?(\d{1,2})[-月/.])?(\d{1,2})日?)?",
    re.ASCII,
)
"""A day, or a stretch of days, as people write them."""
_SPAN = re.compile(rf"{_DATE.pattern}(?:/{_DATE.pattern})?", re.ASCII)


class DateSpan(Struct, frozen=True):
    """A day, a month, or a stretch of days; written `2021-04-20` or `2021-06-24/2021-06-25`."""

    start: dt.date
    end: dt.date
    to_the_day: bool = True

    @classmethod
    def parse(cls, text: object) -> DateSpan:
        """Read the ISO 8601 notation; an impossible or backward date is refused (N121)."""
        if isinstance(text, cls):
            return text
        match = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            raise _no_date(str(text))
        year, month, day, *end = match.groups()
        start = _date(str(text), year, month, day)
        stop = _date(str(text), *end) if end[0] else start
        if stop < start:
            raise PydanticCustomError("N130", "backward", {"date": str(text)})
        return cls(start, stop, to_the_day=day is not None)

    def chinese(self) -> str:
        """Return `2021年6月24—25日`; ranges with a one-em dash (GB/T 15834-2011, 4.13.3.2)."""
        first, last = self.start, self.end
        text = f"{first.year}年{first.month}月"
        if not self.to_the_day:
            return text
        text += f"{first.day}"
        if last == first:
            return f"{text}日"
        if (last.year, last.month) == (first.year, first.month):
            return f"{text}—{last.day}日"
        year = "" if last.year == first.year else f"{last.year}年"
        return f"{text}日—{year}{last.month}月{last.day}日"

    def chinese_year(self) -> str:
        """Return `2021年`, the year in which it begins."""
        return f"{self.start.year}年"

    def chinese_month(self) -> str:
        """Return `6月`, the month in which it begins."""
        return f"{self.start.month}月"

    def chinese_days(self) -> str:
        """Return what follows year and month: `24—25日`, or nothing for a whole month."""
        return self.chinese().removeprefix(self.chinese_year()).removeprefix(self.chinese_month())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:  # noqa: ANN401
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"type": "string", "pattern": rf"^{_SPAN.pattern}$"}


def _date(text: str, year: str, month: str, day: str | None) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise PydanticCustomError("N121", "no date", {"date": text, "hint": "calendar"}) from error


def _no_date(text: str) -> PydanticCustomError:
    """Return the error for a date in another notation, with the right one if it is plain."""
    found = _OTHER.fullmatch(text.strip())
    if found is None:
        return PydanticCustomError("N121", "no date", {"date": text})
    year, month, day, *end = (part and int(part) for part in found.groups())
    written = f"{year:04}-{month:02}-{day:02}"
    if end[2] is not None:
        written += f"/{end[0] or year:04}-{end[1] or month:02}-{end[2]:02}"
    return PydanticCustomError(
        "N121", "no date", {"date": text, "hint": "notation", "written": written}
    )
