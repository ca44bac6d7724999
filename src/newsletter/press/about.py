"""The document information of a print file: what it says of itself beside its XMP.

In: the facts of an edition. Out: a dictionary. Dates are the issue's: no clock.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

UNDATED = dt.date(1980, 1, 1)
"""The date of an issue without one: PDF/X-4 asks for one, and there is no clock."""


class About(Struct, frozen=True):
    """What is said of a file: its title, who publishes it, its language and date, the maker."""

    title: str
    publisher: str
    subject: str
    language: str
    date: dt.date | None
    producer: str

    @property
    def dated(self) -> dt.date:
        """The date of the issue, or the one that stands for none."""
        return self.date or UNDATED


def information(about: About) -> Any:  # noqa: ANN401 - pikepdf's
    """Return the document information dictionary (ISO 32000-2:2020, 14.3.3).

    Nothing is trapped: ISO 15930-7:2010 asks that a file says so.
    """
    from pikepdf import Dictionary, Name, String

    return Dictionary(
        Title=String(about.title),
        Author=String(about.publisher),
        Subject=String(about.subject),
        Creator=String(about.producer),
        Producer=String(about.producer),
        Trapped=Name("/False"),
    )
