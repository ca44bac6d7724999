"""A PDF as the rules see it: opened safely, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.diagnostics import Spot

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF under the name that findings give it; `data` are its bytes."""

    name: str
    pdf: pikepdf.Pdf
    data: bytes

    def spot(self, page: int = 0) -> Spot:
        """Return the place of a page, counted from 1, or of the whole file."""
        return Spot(self.name, page)
