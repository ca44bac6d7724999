"""Lengths: the used values of a box's lengths, resolved once for each size of its container.

WeasyPrint resolves some twenty lengths of every box each time it lays the box out, and lays
boxes out several times where it balances columns. They follow from the box's style and the
size of its containing block alone, but for tables with collapsed borders.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsletter.typesetting.seam.defaults import OF_ALL, OF_TEXT, SIDES, tell_classes
from newsletter.typesetting.seam.foreign import Foreign

NAMES = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *(f"{limit}{size}" for limit in ("", "min_", "max_") for size in ("width", "height")),
)
"""What `layout.percent.resolve_percentages` sets."""
EDGES = ("block_start", "block_end", "inline_start", "inline_end")
OF_LENGTHS = frozenset(
    {
        *NAMES,
        *(f"{kind}_{edge}" for kind in ("margin", "padding") for edge in EDGES),
        *(f"border_{edge}_{what}" for edge in (*SIDES, *EDGES) for what in ("width", "style")),
        *(f"{limit}{axis}_size" for limit in ("", "min_", "max_") for axis in ("block", "inline")),
    }
)
"""The properties on which these depend, also under their names for other directions of text."""


class Lengths:
    """Stands in for `resolve_percentages`, remembering what it found."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure.boxes import Box, LineBox, PageBox, TextBox
        from weasyprint.layout import percent

        tell_classes()
        self._box, self._page, self._plain = Box, PageBox, (TextBox, LineBox)
        self._resolve = percent.resolve_percentages
        self._known: dict[tuple[int, bool, Foreign, Foreign], _Found] = {}

    def resolve(self, box: Foreign, containing_block: Foreign) -> None:
        """Set the used lengths of a box as its attributes.

        Texts and lines have none of these lengths: they are all alike. Other anonymous boxes may
        have got some from the table, flexible box or grid that they were made for.
        """
        if isinstance(containing_block, self._box):
            size = containing_block.width, containing_block.height
        else:
            size = containing_block
        style, is_text = box.style, isinstance(box, self._plain)
        is_other = isinstance(box, self._page) or style["border_collapse"] == "collapse"
        if is_other and not is_text:
            self._resolve(box, containing_block)
            return
        key = 0 if is_text or _says_nothing(style) else id(style), is_text, *size
        known, own = self._known.get(key), box.__dict__
        if known is None:
            self._resolve(box, containing_block)
            defaults = {**OF_ALL, **OF_TEXT} if is_text else OF_ALL
            known = self._known[key] = _found(style, own, defaults)
        for name in known.nought & own.keys():
            del own[name]
        own.update(known.lengths)


class _Found(NamedTuple):
    """The used lengths of boxes of a style: those that are their class's default, and others.

    The style is kept, so that its id stays its own.
    """

    style: Foreign
    nought: frozenset[str]
    lengths: Mapping[str, Foreign]


def _found(style: Foreign, own: Mapping[str, Foreign], defaults: Mapping[str, Foreign]) -> _Found:
    nought = frozenset(n for n in NAMES if n in defaults and own.get(n, 0) == defaults[n])
    return _Found(style, nought, {name: own[name] for name in NAMES if name not in nought})


def _says_nothing(style: Foreign) -> bool:
    """Tell whether an element's style has no word of any length, so that all are initial.

    What a table, flexible box or grid gave to what is in it stands in the style itself.
    """
    cascaded = getattr(style, "cascaded", None)
    if cascaded is None:
        return False
    return OF_LENGTHS.isdisjoint(cascaded) and OF_LENGTHS.isdisjoint(style)
