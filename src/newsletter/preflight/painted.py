"""What is painted on pages, as marked content tells it apart (ISO 32000-1:2008, 14.6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from newsletter.preflight.tree import Holder
from newsletter.preflight.unicode import FontMap

Kind = Literal["text", "line work", "picture", "shading"]


class Painted(Struct, frozen=True):
    """Something painted; `holder` and `mcid` name the marked content around it.

    `language` is what marks within the content say; `font` and `codes` are those of text.
    """

    page: int
    kind: Kind
    holder: Holder = 0
    mcid: int = -1
    is_artifact: bool = False
    language: str = ""
    text: str = ""
    font: FontMap | None = None
    codes: tuple[int, ...] = ()


class Content(Struct):
    """All that is painted, the faults of nesting by page, the forms and how often each is used.

    `texts` are what stands on each page within its trim, squeezed; None for one that is not told.
    `fonts` are those of the text, each with the first page that uses it and the codes it shows.
    """

    painted: list[Painted] = field(default_factory=list)
    artifacts_in_tagged: set[int] = field(default_factory=set)
    tagged_in_artifacts: set[int] = field(default_factory=set)
    forms: dict[tuple[int, int], int] = field(default_factory=dict)
    marked_forms: set[tuple[int, int]] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    texts: tuple[str | None, ...] = ()
    fonts: dict[FontMap, tuple[int, set[int]]] = field(default_factory=dict)

    def use(self, font: FontMap, page: int, codes: Iterable[int]) -> None:
        """Note the codes of a font that a page shows."""
        if font not in self.fonts:
            self.fonts[font] = page, set()
        self.fonts[font][1].update(codes)
