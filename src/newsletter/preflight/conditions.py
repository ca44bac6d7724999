"""What a profile asks of a file: the numbers that the rules compare with."""

from __future__ import annotations

from msgspec import Struct


class Conditions(Struct, frozen=True):
    """The numbers of one profile; lengths in millimetres, ink in per cent of area.

    Ink limits: 300 % for coated, 280 % for uncoated stock; pages are bound in fours. Of a file
    that is no issue, an advertisement, nobody asks a count of pages: `pages_multiple` is None.
    """

    trim_width_mm: float | None = None
    trim_height_mm: float | None = None
    bleed_mm: float = 3.0
    ink_limit: float = 300.0
    pages_multiple: int | None = 4
