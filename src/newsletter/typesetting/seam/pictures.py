"""Pictures: the plain elements of an SVG are drawn with less ado.

WeasyPrint asks some twenty attributes of every element, matches stylesheets with each where there
are none, and writes each operator for itself. Here what is inherited is put together at once;
groups and shapes without filters, masks, clips, markers and opacity of their own are walked
through at once; what colours and lines a shape sets is found once for all that ask for the same;
ovals and rectangles are written whole. All else is left to WeasyPrint. A picture that has nothing
else is drawn once (`stereotypes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from math import pi, sqrt
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.numerals import numerals
from newsletter.typesetting.seam.redrawing import Redrawing
from newsletter.typesetting.seam.stereotypes import STEREOTYPES, look

SHAPES = frozenset(["circle", "ellipse", "line", "path", "polyline", "polygon", "rect"])
OUT_OF_THE_ORDINARY = frozenset(
    {
        *("filter", "opacity", "clip-path", "mask", "display", "visibility", "font-size"),
        *("marker", "marker-start", "marker-mid", "marker-end"),
    }
)
"""Attributes of a shape or group that WeasyPrint is to see to."""
UNSEEN = frozenset(["defs", "desc", "metadata", "title"])
"""Elements that are not drawn themselves."""
OF_CASCADE = frozenset(["style", "font"])
"""Attributes that say several things."""
STAND_FOR_OTHERS = frozenset(["inherit", "currentColor"])
"""Values in whose place others are put."""
TEXTS = frozenset(["text", "textPath", "tspan", "tref", "a"])
OF_STATE = (
    *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"),
    *("stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
)
"""The attributes by which colours and lines are set (`SVG.set_graphical_state`)."""
NOT_OF_ITS_OWN = ("url(", "context-")
"""What stands in a paint that is defined elsewhere."""
CORNER = 4 * (2**0.5 - 1) / 3
"""How far the handles of a Bézier quarter circle reach, in radii, as WeasyPrint has it."""


class State(NamedTuple):
    """What a shape sets before it is drawn.

    `fill` and `stroke` are what it is painted with; `colours` are set, those of strokes with
    True; `lines` are the operators after them.
    """

    fill: str | None
    stroke: str | None
    colours: tuple[tuple[Foreign, bool], ...]
    lines: bytes


class Pictures:
    """Stands in for the walk of `weasyprint.svg.SVG` through a picture, and some of its shapes.

    `digests` are those of the pictures' files, by URL, as far as they are known.
    """

    def __init__(self, digests: Mapping[str, str] = {}) -> None:
        import pydyf
        from weasyprint import matrix, svg
        from weasyprint.pdf import stream as page
        from weasyprint.svg.utils import PointError

        self._class, self._matrix = svg.SVG, matrix.Matrix
        self._node, self._cascade = svg.Node, svg.Node.cascade
        self._not_inherited = svg.NOT_INHERITED_ATTRIBUTES
        self._svg, self._stream, self._no_point = svg, pydyf.Stream, PointError
        self._draw_node = svg.SVG.draw_node
        self._draw_picture = svg.SVG.draw
        self._set_state = svg.SVG.set_graphical_state
        self._states: dict[tuple[Foreign, ...], State | None] = {}
        self._page, self._set_color = page.Stream, page.Stream.set_color
        self._written: dict[tuple[Foreign, bool], bytes] = {}
        self._digests, self._is_plain = digests, False
        self._redrawing = Redrawing()
        self.tags = {
            "circle": circle, "ellipse": ellipse, "rect": rect, "use": self._redrawing.use,
        }  # fmt: skip

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""

        def draw_node(
            svg: Foreign,
            node: Foreign,
            font_size: float,
            fill_stroke: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's own
            context: Foreign = None,
        ) -> None:
            tag = node.tag
            is_plain = tag in SHAPES or tag == "g"
            if is_plain and fill_stroke and OUT_OF_THE_ORDINARY.isdisjoint(node.attrib):
                self._draw(svg, node, tag, float(font_size), context)
            else:
                self._is_plain = self._is_plain and _is_frame(svg, node)
                self._draw_node(svg, node, font_size, fill_stroke, context)

        def set_graphical_state(
            svg: Foreign, node: Foreign, font_size: float, context: Foreign = None
        ) -> tuple[Foreign, Foreign]:
            return self.set_state(svg, node, font_size, context)

        def times(one: Foreign, other: Foreign) -> Foreign:
            return self._matrix(matrix=product(one, other))

        def set_color(stream: Foreign, color: Foreign, stroke: bool = False) -> None:  # noqa: FBT001, FBT002
            self.set_color(stream, color, stroke=stroke)

        def draw(svg: Foreign, *args: Foreign) -> None:
            self.draw(svg, *args)

        def cascade(node: Foreign, child: Foreign) -> None:
            has_sheet = any(matcher.order for matcher in node._style)  # noqa: SLF001 - the seam
            attributes = None if has_sheet else self.inherited(node, child)
            if attributes is None:
                self._cascade(node, child)
            else:
                child.attrib = attributes

        yield self._class, "draw", draw
        yield self._node, "cascade", cascade
        yield self._page, "set_color", set_color
        yield self._class, "draw_node", draw_node
        yield self._class, "set_graphical_state", set_graphical_state
        yield self._matrix, "__matmul__", times
        yield from self._redrawing.replacements()

    def draw(
        self, svg: Foreign, stream: Foreign, width: float, height: float, *rest: Foreign
    ) -> None:
        """Draw a picture, or write what one of the same content and size was drawn with."""
        digest = self._digests.get(svg.url)
        key = None if digest is None else look(digest, stream, width, height)
        if key is not None and STEREOTYPES.write(key, stream):
            return
        start, around, self._is_plain = len(stream.stream), self._is_plain, True
        try:
            self._draw_picture(svg, stream, width, height, *rest)
            if key is not None and self._is_plain:
                STEREOTYPES.keep(key, stream, start)
        finally:
            self._is_plain = around
            self._redrawing.undo(svg)
        let_go(svg)

    def inherited(self, node: Foreign, child: Foreign) -> dict[str, str] | None:
        """Return an element's attributes with those inherited; None where there is more to it."""
        passed_on = {
            name: value for name, value in node.attrib.items() if name not in self._not_inherited
        }
        attributes: dict[str, str] = passed_on | child.attrib
        is_plain = (
            OF_CASCADE.isdisjoint(attributes)
            and STAND_FOR_OTHERS.isdisjoint(attributes.values())
            and child.tag not in TEXTS
        )
        return attributes if is_plain else None

    def _draw(
        self, svg: Foreign, node: Foreign, tag: str, font_size: float, context: Foreign
    ) -> None:
        """Draw a plain shape or group."""
        svg.stream.push_state()
        if "transform" in node.attrib:
            svg.transform(node, font_size)
        if tag == "g":
            self._draw_children(svg, node, font_size, context)
        else:
            fill, stroke = svg.set_graphical_state(node, font_size, context=context)
            with suppress(self._no_point):
                self._svg.TAGS[tag](svg, node, font_size)
            if tag != "path":  # which may be what others refer to
                self._draw_children(svg, node, font_size, context)
            svg.fill_stroke(fill, stroke, node.attrib.get("fill-rule") == "evenodd")
            node.vertices.clear()
        svg.stream.pop_state()

    def _draw_children(
        self, svg: Foreign, node: Foreign, font_size: float, context: Foreign
    ) -> None:
        if len(node._etree_node):  # noqa: SLF001 - the seam
            for child in node:
                svg.draw_node(child, font_size, True, context)  # noqa: FBT003

    def set_color(self, stream: Foreign, color: Foreign, *, stroke: bool) -> None:
        """Set a colour, as written before if it is one of sRGB."""
        if color.space != "srgb":
            self._is_plain = False
            self._set_color(stream, color, stroke)
            return
        stream.set_alpha(color.alpha, stroke)
        current = "srgb", *color.coordinates
        name = "_current_color_stroke" if stroke else "_current_color"
        if getattr(stream, name) == current:
            return
        setattr(stream, name, current)
        written = self._written.get((current, stroke))
        if written is None:
            at = len(stream.stream)
            stream.set_color_rgb(*color.to("srgb").coordinates, stroke)
            written = self._written[current, stroke] = b"\n".join(stream.stream[at:])
        else:
            stream.stream.append(written)

    def set_state(
        self, svg: Foreign, node: Foreign, font_size: float, context: Foreign
    ) -> tuple[Foreign, Foreign]:
        """Set colours and lines for a shape, and return what it is filled and stroked with."""
        key = *map(node.attrib.get, OF_STATE), font_size, svg.inner_diagonal
        if key in self._states:
            state = self._states[key]
        else:
            state = self._states[key] = self._state_of(svg, node, font_size)
        if state is None:
            self._is_plain = False
            found: tuple[Foreign, Foreign] = self._set_state(svg, node, font_size, context)
            return found
        stream = svg.stream
        for colour, is_stroke in state.colours:
            stream.set_color(colour, is_stroke)
        stream.stream.append(state.lines)
        return state.fill, state.stroke

    def _state_of(self, svg: Foreign, node: Foreign, font_size: float) -> State | None:
        """Return what a shape sets; None if that is not said by its own attributes alone."""
        paints = f"{node.get('fill')} {node.get('stroke')}"
        if any(word in paints for word in NOT_OF_ITS_OWN):
            return None
        colours: list[tuple[Foreign, bool]] = []
        noting = self._stream()
        noting.set_color = lambda colour, stroke=False: colours.append((colour, stroke))
        stream, svg.stream = svg.stream, noting
        try:
            fill, stroke = self._set_state(svg, node, font_size)
        except (ValueError, TypeError, AttributeError, AssertionError):
            return None
        finally:
            svg.stream = stream
        return State(fill, stroke, tuple(colours), b"\n".join(noting.stream))


def _is_frame(svg: Foreign, node: Foreign) -> bool:
    """Tell whether an element is no more than the frame of a picture, or what is not seen."""
    is_root = node is svg.tree and OUT_OF_THE_ORDINARY.isdisjoint(node.attrib)
    return is_root or node.tag in UNSEEN


def let_go(svg: Foreign) -> None:
    """Give up the elements of a picture that was drawn; they are read again if need be.

    Those of text stay: reading it changes what it is read from.
    """
    names = {str(element.tag).split("}")[-1] for element in svg.tree._etree_node.iter()}  # noqa: SLF001
    if TEXTS.isdisjoint(names):
        svg.tree._children = None  # noqa: SLF001 - the seam


def product(one: Foreign, other: Foreign) -> list[list[float]]:
    """Return the rows of the product of two matrices, summed up from 0 as WeasyPrint does."""
    (a, b, c), (d, e, f), (g, h, i) = other
    return [
        [0 + x * a + y * d + z * g, 0 + x * b + y * e + z * h, 0 + x * c + y * f + z * i]
        for x, y, z in one
    ]


# Shapes --------------------------------------------------------------------------------------


def circle(svg: Foreign, node: Foreign, font_size: float) -> None:
    """Write a circle."""
    get = node.attrib.get
    r = svg.length(get("r"), font_size)
    if r:
        _write_oval(svg, svg.point(get("cx"), get("cy"), font_size), r, r)


def ellipse(svg: Foreign, node: Foreign, font_size: float) -> None:
    """Write an ellipse."""
    get = node.attrib.get
    rx, ry = svg.point(get("rx"), get("ry"), font_size)
    if rx and ry:
        _write_oval(svg, svg.point(get("cx"), get("cy"), font_size), rx, ry)


def _write_oval(svg: Foreign, centre: tuple[float, float], rx: float, ry: float) -> None:
    cx, cy = centre
    handle_x, handle_y = rx / sqrt(pi), ry / sqrt(pi)
    x0, x1, x2, x3, x4 = numerals((cx - rx, cx - handle_x, cx, cx + handle_x, cx + rx))
    y0, y1, y2, y3, y4 = numerals((cy - ry, cy - handle_y, cy, cy + handle_y, cy + ry))
    _write(
        svg,
        f"{x4} {y2} m",
        f"{x4} {y3} {x3} {y4} {x2} {y4} c",
        f"{x1} {y4} {x0} {y3} {x0} {y2} c",
        f"{x0} {y1} {x1} {y0} {x2} {y0} c",
        f"{x3} {y0} {x4} {y1} {x4} {y2} c",
        "h",
    )


def rect(svg: Foreign, node: Foreign, font_size: float) -> None:
    """Write a rectangle, with round corners if it has any."""
    get = node.attrib.get
    width, height = svg.point(get("width"), get("height"), font_size)
    if width <= 0 or height <= 0:
        return
    x, y = svg.point(get("x"), get("y"), font_size)
    rx, ry = get("rx"), get("ry")
    if rx and ry is None:
        ry = rx
    elif ry and rx is None:
        rx = ry
    rx, ry = svg.point(rx, ry, font_size)
    if rx == 0 or ry == 0:
        _write(svg, " ".join([*numerals((x, y, width, height)), "re"]))
    else:
        _write_round(svg, (x, y, width, height), min(rx, width / 2), min(ry, height / 2))


def _write_round(
    svg: Foreign, area: tuple[float, float, float, float], rx: float, ry: float
) -> None:
    """Write a rectangle with round corners, in WeasyPrint's sums, as they are rounded."""
    x, y, width, height = area
    c1, c2 = CORNER * rx, CORNER * ry
    right, bottom = x + width, y + height
    x0, x1, x2, x3, x4, x5, x6 = numerals(
        (x, x + rx - c1, x + rx, right - rx, right - rx + c1, right + c1 - rx, right)
    )
    y0, y1, y2, y3, y4, y5, y6, y7 = numerals(
        (y, y + ry - c2, y + c2, y + ry, bottom - ry, bottom - ry + c2, bottom - c2, bottom)
    )
    _write(
        svg,
        f"{x2} {y0} m",
        f"{x3} {y0} l",
        f"{x4} {y0} {x6} {y2} {x6} {y3} c",
        f"{x6} {y4} l",
        f"{x6} {y5} {x5} {y7} {x3} {y7} c",
        f"{x2} {y7} l",
        f"{x1} {y7} {x0} {y6} {x0} {y4} c",
        f"{x0} {y3} l",
        f"{x0} {y1} {x1} {y0} {x2} {y0} c",
        "h",
    )


def _write(svg: Foreign, *operators: str) -> None:
    """Write operators as one piece of the page's content."""
    svg.stream.stream.append("\n".join(operators).encode("ascii"))
