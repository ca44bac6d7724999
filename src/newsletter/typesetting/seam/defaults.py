"""Defaults: what nearly all boxes have, told once by their class and not by each of them.

WeasyPrint gives every box some thirty attributes, of which most are nought: no margin, no padding,
no ground, no side open. A page has two hundred boxes, each is copied several times before it
stands, and all stay in memory until the pages are written. A box that has only what is its own
takes half the room, and is copied in less time.

Styles that are as specified note themselves as that, which holds them and all that they inherit
from until a search for such garbage; their class tells that, too.

The classes keep their defaults, as boxes live longer than the layout that made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from newsletter.typesetting.seam.foreign import Foreign

SIDES = ("top", "right", "bottom", "left")
CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
SQUARE = (0, 0)
OF_ALL: Mapping[str, Foreign] = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in SIDES},
    **{f"min_{size}": 0 for size in ("width", "height")},
    **{f"max_{size}": inf for size in ("width", "height")},
    **dict.fromkeys(CORNERS, SQUARE),
    "background": None,
    "children": (),
    "first_letter_style": None,
    "first_line_style": None,
    "remove_decoration_sides": frozenset(),
}
"""What a box has until it is given something else."""
OF_TEXT: Mapping[str, Foreign] = {f"border_{side}_width": 0 for side in SIDES}
"""What texts and lines have besides.

Other boxes are asked whether they have a border already, in tables whose borders collapse.
"""


class _Itself:
    """The attribute of an object that is the object: it need not be kept with it."""

    def __get__(self, of: Foreign, kind: type[object] | None = None) -> Foreign:
        return of

    def __set__(self, of: Foreign, value: Foreign) -> None:
        pass


ITSELF = _Itself()


class Defaults:
    """Stands in for methods of boxes that write down what is nought."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import boxes

        tell_classes()
        self._boxes = boxes

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._boxes.Box, "__init__", _begin
        yield self._boxes.ParentBox, "_reset_spacing", _open
        yield self._boxes.ParentBox, "copy_with_children", _copy_with_children


def tell_classes() -> None:
    """Give the classes of boxes and styles their defaults, for good."""
    from weasyprint.css import AnonymousStyle, InitialStyle
    from weasyprint.formatting_structure.boxes import Box, LineBox, TextBox

    for kind, defaults in ((Box, OF_ALL), (TextBox, OF_TEXT), (LineBox, OF_TEXT)):
        for name, value in defaults.items():
            setattr(kind, name, value)
    AnonymousStyle.specified = InitialStyle.specified = ITSELF


def _begin(box: Foreign, element_tag: str, style: Foreign, element: Foreign) -> None:
    """Begin a box."""
    box.element_tag, box.element, box.style = element_tag, element, style


def _open(box: Foreign, side: str) -> None:
    """Take margin, border and padding of a side away, where a box goes on elsewhere."""
    box.remove_decoration_sides = {*box.remove_decoration_sides, side}
    setattr(box, f"border_{side}_width", 0)
    own = getattr(box, "_box", box).__dict__  # an absolutely placed box has a stand-in
    own.pop(f"margin_{side}", None)
    own.pop(f"padding_{side}", None)


def _copy_with_children(box: Foreign, children: Foreign) -> Foreign:
    """Return a copy of a box with other children; the box itself has no open sides any more."""
    made = box.copy()
    made.children = children
    getattr(box, "_box", box).__dict__.pop("remove_decoration_sides", None)
    return made
