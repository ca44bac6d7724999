"""The texts of laid-out pages and the ground that each stands on.

In: a laid-out document. Out: plain values; nothing of WeasyPrint leaves here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.geometry import PT_PER_CSS_PIXEL
from newsletter.typesetting.legibility import Colour, Printed
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.tree import Whereabouts, page_boxes

if TYPE_CHECKING:
    from weasyprint import Document

PAPER: Colour = (1.0, 1.0, 1.0)
NO_PICTURE = (("none", None),)


class _Area(NamedTuple):
    """What is painted behind text: its sides in pixels, and its colour if it is a plain one."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Colour | None

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class _Above(NamedTuple):
    """What is above a box in the tree: the painted areas, the element and its line."""

    areas: tuple[_Area, ...]
    element: Foreign
    where: Whereabouts
    line: int


def texts_of(document: Document) -> Iterator[Printed]:
    """Yield the texts of all pages in the order of the boxes, with the ground of each.

    The dots of a leader are none.
    A ground is the nearest painted box around the text that holds its middle. Where one that is
    not around it lies there too, the ground is not known.
    """
    for number, page in enumerate(page_boxes(document), start=1):
        yield from _of_page(page, number)


def _of_page(page: Foreign, number: int) -> Iterator[Printed]:
    met: list[tuple[Foreign, _Above]] = []
    areas: list[_Area] = []
    ground = _plain(page.style) if _is_painted(page.style) else PAPER
    whole = _Area(-1e9, -1e9, 1e9, 1e9, ground)
    waiting: list[tuple[Foreign, _Above]] = [(page, _Above((whole,), None, Whereabouts(number), 0))]
    while waiting:
        box, above = waiting.pop()
        box = getattr(box, "_box", box)  # an absolutely placed box stands in for another
        said = box.__dict__
        element = said.get("element")
        if element is not None and element is not above.element:
            above = above._replace(element=element, where=above.where.at(element))
        if "text" in said:
            if not said["text"].isspace() and said["width"] > 0:
                met.append((box, above))
            continue
        if "is_leader" in said:
            continue
        if type(box).__name__ == "LineBox":
            above = above._replace(line=id(box))
        area = _area(box) if box is not page else None
        if area is not None:
            areas.append(area)
            above = above._replace(areas=(*above.areas, area))
        waiting += [(child, above) for child in reversed(said.get("children", ()))]
    for box, above in met:
        if box.style["visibility"] == "visible":
            yield _printed(box, above, areas)


def _area(box: Foreign) -> _Area | None:
    """Return what a box paints behind text; None if it is nothing."""
    is_picture = type(box).__name__.endswith("ReplacedBox")
    if not is_picture and not _is_painted(box.style):
        return None
    left, top = box.position_x, box.position_y
    colour = None if is_picture else _plain(box.style)
    return _Area(left, top, left + box.margin_width(), top + box.margin_height(), colour)


def _is_painted(style: Foreign) -> bool:
    return _alpha(style["background_color"]) > 0 or style["background_image"] != NO_PICTURE


def _plain(style: Foreign) -> Colour | None:
    """Return the colour of a ground; None if it is none, or not one."""
    colour = style["background_color"]
    if style["background_image"] != NO_PICTURE or _alpha(colour) < 1:
        return None
    return _levels(colour)


def _alpha(colour: Foreign) -> float:
    return 1.0 if colour == "currentcolor" else float(colour.alpha)


def _levels(colour: Foreign) -> Colour | None:
    """Return a colour in sRGB; None for one that a screen has no rule for, as device-cmyk()."""
    if colour == "currentcolor":
        return None
    try:
        red, green, blue = colour.to("srgb").coordinates
    except NotImplementedError:
        return None
    return float(red), float(green), float(blue)


def _printed(box: Foreign, above: _Above, areas: list[_Area]) -> Printed:
    size = box.style["font_size"]
    left, baseline = box.position_x, box.position_y + box.baseline
    x, y = left + box.width / 2, baseline - size / 3
    around = [area for area in above.areas if area.holds(x, y)]
    is_known = all(area in above.areas for area in areas if area.holds(x, y))
    colour = _levels(box.style["color"])
    is_known = is_known and colour is not None and _alpha(box.style["color"]) == 1
    return Printed(
        page=above.where.page,
        origin=above.where.origin,
        element=_named(box, above.element),
        text=box.text,
        line=above.line,
        left=left * PT_PER_CSS_PIXEL,
        baseline=baseline * PT_PER_CSS_PIXEL,
        width=box.width * PT_PER_CSS_PIXEL,
        size=size * PT_PER_CSS_PIXEL,
        weight=int(box.style["font_weight"]),
        colour=colour or PAPER,
        ground=around[-1].colour if is_known and around else None,
    )


def _named(box: Foreign, element: Foreign) -> str:
    """Return an element as its stylesheet would name it, such as `p.role`."""
    name = str(box.element_tag or "")
    classes = element.attrib.get("class", "") if element is not None else ""
    return ".".join([name, *classes.split()]) if "::" not in name else name
