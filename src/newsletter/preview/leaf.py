"""What the proof room hands out: pages as they look now, or why there are none.

All of it is plain and small enough to go from one process to another.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from newsletter.diagnostics import Diagnostic
from newsletter.review.pixels import DIGEST_DPI
from newsletter.review.proof import ProofPage
from newsletter.typesetting.areas import Area


class Order(Struct, frozen=True):
    """A wish for pages: which issue of which publication, in which layout; `number` counts up.

    `is_text` says that only YAML changed since the order before; `looked_at` are the
    numbers of the pages that were looked at last, `dpi` in which resolution.
    """

    number: int
    root: str
    issue: str
    layout: str | None = None
    is_text: bool = False
    dpi: int = DIGEST_DPI
    looked_at: tuple[int, ...] = ()


class Plate(NamedTuple):
    """Where a page can be drawn from: a file cut to the trim, one with its bleed, which page."""

    trimmed: bytes
    bled: bytes
    at: int


class Leaf(Struct, frozen=True):
    """A page: how it looks, what stands on it, what its margins leave."""

    page: ProofPage
    area: Area


class Sheet(Struct, frozen=True):
    """The page of a layout and its grid, in millimetres: what guides are drawn from."""

    width: float
    height: float
    bleed: float
    cover: bool
    body: float
    leading: float
    columns: int
    column: float
    gap: float


class Prints(NamedTuple):
    """Files of some pages: cut to the trim, and with their bleed; their digests, in order.

    `drawn` are PNG files of the pages at `dpi`, if there are any; an empty one was handed out
    before. Without files, as in a glimpse, pages cannot be drawn in another way yet.
    """

    trimmed: bytes = b""
    bled: bytes = b""
    digests: tuple[str, ...] = ()
    drawn: tuple[bytes, ...] = ()
    dpi: int = DIGEST_DPI


class Glimpse(Struct, frozen=True):
    """Some pages that changed, before the whole is there; `count` is how many there are now."""

    order: int
    count: int
    leaves: tuple[Leaf, ...]
    prints: Prints


class Impression(Struct, frozen=True):
    """The whole issue: every page, files of those that were drawn anew, all that was found."""

    order: int
    leaves: tuple[Leaf, ...]
    prints: Prints
    sheet: Sheet
    findings: tuple[Diagnostic, ...]


class Spoilt(Struct, frozen=True):
    """No pages: what is in the way; where it `is_whole`, with all else that `check` says."""

    order: int
    findings: tuple[Diagnostic, ...]
    is_whole: bool = True


Print = Glimpse | Impression | Spoilt
