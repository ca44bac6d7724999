"""Stock: what was computed of styles for one issue, for the next that is set by the same sheets.

The value of a property follows from what the rules say of it, from the style around it, and from
the fonts; so do the rules for elements of other issues, where the sheets are the same objects.
In: a style as it is made. Out: a table of values, of all such styles, in `stocked`. A value that
WeasyPrint had something to say of is not put there, as it would have to be said again.
"""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from newsletter.typesetting.seam.foreign import Foreign

MOST = 4000
"""How many kinds of styles are kept of one layout; an issue has some nine hundred."""
LANGUAGE = "lang"
"""Said by an attribute of the first element: equal in other issues, but not the same object."""
Values = dict[str, Foreign]


class Kind(NamedTuple):
    """The values of styles that the same rules make in the same style.

    What the rules say and the values of the style around are kept, so that their ids stay theirs.
    """

    values: Values
    cascaded: Foreign
    around: Values | None


_STOCKS: WeakKeyDictionary[Foreign, dict[object, Kind]] = WeakKeyDictionary()
"""By configuration of fonts, which the stylesheets of a layout have in common."""


def begin(fonts: Foreign) -> None:
    """Keep from now on what is computed with a configuration of fonts, for as long as it is there.

    No length may depend on the size of the first page, which is not the same in every issue.
    """
    _STOCKS.setdefault(fonts, {})


def supply(style: Foreign) -> None:
    """Give a style, just made, the table of its kind, if such are kept."""
    stock = _STOCKS.get(style.font_config)
    if stock is None:
        return
    parent, around = style.parent_style, None
    if parent is not None:
        around = getattr(parent, "stocked", None)
        if around is None:
            return
    said = tuple(
        (name, value if name == LANGUAGE else id(value), precedence, layer, *specificity)
        for name, (value, (precedence, layer, specificity)) in style.cascaded.items()
    )
    key = id(around), style.pseudo_type, style.base_url, said
    kind = stock.get(key)
    if kind is None:
        if len(stock) >= MOST:
            stock.clear()
        kind = stock[key] = Kind({}, style.cascaded, around)
    style.stocked = kind.values
