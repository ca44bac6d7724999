"""The interpreter: a content stream becomes marks (ISO 32000-2:2020, 8 and 9, Annex A).

In: a stream's bytes, its resources, the state it begins with. Out: marks, groups, oddities and
damage in the `Record`. Forms, tiling patterns, glyph procedures and soft masks are walked by
interpreters of their own; each knows how deep it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MethodType

from msgspec.structs import replace

from newsletter.geometry import PT_PER_INCH, Box
from newsletter.pdf import objects
from newsletter.preflight.content import pictures, shadings
from newsletter.preflight.content.marks import Image, Origin, Path, Picture, Shade
from newsletter.preflight.content.matrix import (
    IDENTITY,
    Matrix,
    least_scale,
    placed,
    product,
    sides,
)
from newsletter.preflight.content.outline import Outline
from newsletter.preflight.content.parameters import change
from newsletter.preflight.content.record import Group, Oddity, Record, TooMuch
from newsletter.preflight.content.resources import Resources
from newsletter.preflight.content.spaces import CMYK, GRAY, RGB, Colour, Space
from newsletter.preflight.content.state import State
from newsletter.preflight.content.tokens import PATH_RUN, RUNS, STYLE_RUN, Operands, Words
from newsletter.preflight.content.typist import Typist
from newsletter.preflight.limits import DEEPEST_FORM, MOST_SAVED_STATES

UNIT = Box(0.0, 0.0, 1.0, 1.0)
TILING, SHADING = 1, 2
UNCOLOURED = 2
MALFORMED = (ValueError, TypeError, IndexError, KeyError, OverflowError, ZeroDivisionError)
"""What wrong operands lead to; the operator is then left out, as readers do."""
Handler = Callable[["Interpreter", Operands], None]
Bound = Callable[[Operands], None]
AT_A_TIME = 10_000
"""Operators that are walked before they are counted."""


class Interpreter:
    """One content stream on its way."""

    def __init__(
        self,
        record: Record,
        page: int,
        resources: Resources,
        state: State,
        *,
        depth: int = 0,
        area: Box | None = None,
    ) -> None:
        self.record = record
        self.page = page
        self.resources = resources
        self.state: State = state
        self.depth = depth
        self.base = state.matrix
        self.area = area
        """Where marks are seen, if not where they are drawn: patterns and glyphs repeat."""
        self._saved: list[State] = []
        self._outline = Outline()
        self._clips = False
        self.typist = Typist(self)
        self._handlers = _Handlers(self)

    def run(self, data: bytes) -> None:
        """Walk a stream; raises `TooMuch`."""
        words = Words(data, drawing=True)
        count, handlers = 0, self._handlers
        for operator, operands in words:
            count += 1
            try:
                handlers[operator](operands)
            except MALFORMED:
                self.record.note(self.page, "operands")
            if operator in RUNS:
                count += len(operands[-1]) - 1
            if count >= AT_A_TIME:
                self.record.spend(AT_A_TIME)
                count -= AT_A_TIME
        self.record.spend(count)
        if words.damage:
            self.record.note(self.page, "syntax", words.damage)
        if self._saved:
            self.record.note(self.page, "nesting")

    def unknown(self, _operands: Operands) -> None:
        """Note an operator that the standard does not know."""
        self.record.note(self.page, "unknown operators")

    def visible(self, box: Box) -> Box:
        """Return what is seen of something drawn in `box`."""
        if self.area is not None:
            return self.area
        return box.within(self.state.clip)

    # The state -------------------------------------------------------------------------------

    def save(self, _operands: Operands) -> None:
        """Remember the state: q."""
        if len(self._saved) >= MOST_SAVED_STATES:
            self.record.note(self.page, "nesting")
            raise TooMuch("saved states")
        self._saved.append(self.state.saved())

    def restore(self, _operands: Operands) -> None:
        """Bring the state back: Q."""
        if self._saved:
            self.state = self._saved.pop()
        else:
            self.record.note(self.page, "nesting")

    def transform(self, operands: Operands) -> None:
        """Change the matrix: cm."""
        self.state.matrix = product(_six(operands), self.state.matrix)

    def line_width(self, operands: Operands) -> None:
        """Set the line width: w."""
        self.state.line_width = abs(float(operands[0]))

    def parameters(self, operands: Operands) -> None:
        """Apply a dictionary of parameters: gs."""
        changed = self.resources.look(operands[0])
        if changed:
            self.state.look = changed(self.state.look)
        else:
            change(self, self.resources.thing("ExtGState", operands[0]))

    # Colours ---------------------------------------------------------------------------------

    def fill_space(self, operands: Operands) -> None:
        """Choose a colour space: cs."""
        space = self._space(operands)
        self.state.fill = Colour(space, space.initial)

    def stroke_space(self, operands: Operands) -> None:
        """Choose a colour space: CS."""
        space = self._space(operands)
        self.state.stroke = Colour(space, space.initial)

    def _space(self, operands: Operands) -> Space:
        space = self.resources.space(operands[0])
        if space.family == "unknown":
            self.record.note(self.page, "colour spaces")
        return space

    def fill_colour(self, operands: Operands) -> None:
        """Set a colour: sc, scn."""
        self.state.fill = _colour(self.state.fill.space, operands)

    def stroke_colour(self, operands: Operands) -> None:
        """Set a colour: SC, SCN."""
        self.state.stroke = _colour(self.state.stroke.space, operands)

    # Paths -----------------------------------------------------------------------------------

    def move(self, operands: Operands) -> None:
        """Begin a subpath: m."""
        x, y = operands
        self._outline.move(self.state.matrix, x, y)

    def path(self, operands: Operands) -> None:
        """Draw what many operators say."""
        numbers, letters = operands
        self._outline.run(self.state.matrix, letters, numbers)

    def line(self, operands: Operands) -> None:
        """Draw on to a point: l."""
        x, y = operands
        self._outline.line(self.state.matrix, x, y)

    def curve(self, operands: Operands) -> None:
        """Draw a curve: c, v, y."""
        self._outline.curve(self.state.matrix, operands)

    def rectangle(self, operands: Operands) -> None:
        """Add a rectangle: re."""
        self._outline.rectangle(self.state.matrix, *operands)

    def clip(self, _operands: Operands) -> None:
        """Clip to the path when it is painted: W, W*."""
        self._clips = True

    def paint(self, *, fill: bool, stroke: bool) -> None:
        """Paint the path and forget it."""
        outline, self._outline = self._outline, Outline()
        if not outline:
            self._clips = False
            return
        bounds = outline.bounds()
        if fill or stroke:
            self._path(outline, bounds, fill=fill, stroke=stroke)
        if self._clips:
            self.state.clip = bounds.within(self.state.clip)
            self._clips = False

    def _path(self, outline: Outline, bounds: Box, *, fill: bool, stroke: bool) -> None:
        state = self.state
        width = state.line_width * least_scale(state.matrix) if stroke else 0.0
        box = self.visible(bounds.grown(width / 2) if width else bounds)
        self.record.add(
            Path(
                self.page,
                box,
                state.look,
                state.fill if fill else None,
                state.stroke if stroke else None,
                width,
                outline.thickness if fill and not stroke else None,
            )
        )
        if fill and state.fill.pattern:
            self.pattern(state.fill, box)
        if stroke and state.stroke.pattern:
            self.pattern(state.stroke, box)

    # Patterns and shadings -------------------------------------------------------------------

    def pattern(self, colour: Colour, box: Box) -> None:
        """Walk the pattern that a colour names, as it shows in `box`."""
        if not colour.pattern:
            return
        thing = self.resources.thing("Pattern", colour.pattern)
        kind = objects.number(objects.entry(thing, "/PatternType"))
        if kind == SHADING:
            self._shade(objects.entry(thing, "/Shading"), box)
            state = objects.entry(thing, "/ExtGState")
            if objects.is_dictionary(state):
                self.within_saved(lambda: change(self, state))
        elif kind == TILING and objects.is_stream(thing):
            self._tile(thing, colour, box)
        else:
            self.record.note(self.page, "patterns")

    def _tile(self, thing: objects.Object, colour: Colour, box: Box) -> None:
        matrix = product(matrix_of(thing), self.base)
        paint = colour if objects.number(objects.entry(thing, "/PaintType")) == UNCOLOURED else None
        key = ("tile", self.page, objects.identity(thing), paint, self.state.look, self.base)
        if not self.record.is_new(key):
            return
        state = State(matrix=matrix, look=replace(self.state.look, origin=self._origin("pattern")))
        if paint and paint.space.base:
            state.fill = state.stroke = Colour(paint.space.base, paint.components)
        self.nested(thing, state, box)

    def _origin(self, origin: str) -> Origin:
        """Return where marks of a pattern or glyph stand; in masks and annotations, there."""
        outer = self.state.look.origin
        return outer if outer in {Origin.MASK, Origin.ANNOTATION} else Origin(origin)

    def shading(self, operands: Operands) -> None:
        """Paint a shading over all that the clip leaves: sh."""
        self._shade(self.resources.thing("Shading", operands[0]), self.visible(self.state.clip))

    def _shade(self, thing: objects.Object, box: Box) -> None:
        if not objects.is_dictionary(thing):
            self.record.note(self.page, "shadings")
            return
        space = self.resources.library.space(objects.entry(thing, "/ColorSpace"))
        found, complete = shadings.colours(thing, space)
        self.record.add(Shade(self.page, box, self.state.look, space, found, complete))

    # Images and forms ------------------------------------------------------------------------

    def inline_image(self, operands: Operands) -> None:
        """Place an inline image: BI … ID … EI."""
        self._image(pictures.inline(operands[0], self.resources.space))

    def external(self, operands: Operands) -> None:
        """Place an image or a form: Do."""
        thing = self.resources.thing("XObject", operands[0])
        kind = objects.name(objects.entry(thing, "/Subtype"))
        if not objects.is_stream(thing):
            raise KeyError(operands[0])
        self._oddities(thing, kind)
        if kind == "Image":
            self._image(self.resources.library.picture(thing))
        elif kind == "Form":
            self.form(thing)

    def _image(self, picture: Picture) -> None:
        matrix = self.state.matrix
        wide, high = sides(matrix)
        box = self.visible(placed(matrix, UNIT))
        pixels = (picture.width, wide), (picture.height, high)
        densities = [PT_PER_INCH * count / side for count, side in pixels if side]
        fill = self.state.fill if picture.is_mask else None
        ppi = min(densities, default=math.inf)
        self.record.add(Image(self.page, box, self.state.look, picture, ppi, fill))
        if fill:
            self.pattern(fill, box)

    def _oddities(self, thing: objects.Object, kind: str) -> None:
        found = {
            "PostScript": kind == "PS" or objects.name(objects.entry(thing, "/Subtype2")) == "PS",
            "alternate images": kind == "Image" and objects.entry(thing, "/Alternates") is not None,
            "OPI": objects.entry(thing, "/OPI") is not None,
            "reference": kind == "Form" and objects.entry(thing, "/Ref") is not None,
        }
        for what, is_there in found.items():
            if is_there:
                self.odd(what, self.visible(placed(self.state.matrix, UNIT)))

    def odd(self, kind: str, box: Box) -> None:
        """Note something that a press file should not have, once a page."""
        from newsletter.diagnostics import Term

        if self.record.is_new(("odd", self.page, kind)):
            self.record.oddities.append(Oddity(self.page, box, Term(kind)))

    def form(self, thing: objects.Object) -> None:
        """Walk a form (8.10)."""
        state = self.state.saved()
        state.matrix = product(matrix_of(thing), state.matrix)
        box = objects.box(objects.entry(thing, "/BBox"))
        if box is None:
            self.record.note(self.page, "forms")
        else:
            state.clip = placed(state.matrix, box).within(state.clip)
        group = objects.entry(thing, "/Group")
        if objects.is_dictionary(group):
            self._group(group, self.visible(state.clip))
        self.nested(thing, state, self.area)

    def _group(self, group: objects.Object, box: Box) -> None:
        found = objects.entry(group, "/CS")
        space = self.resources.library.space(found) if found is not None else None
        self.record.groups.append(Group(self.page, box, space))

    def mask(self, thing: objects.Object) -> None:
        """Walk the group of a soft mask (11.5): it gives shape, not ink."""
        key = ("mask", self.page, objects.identity(thing))
        if not self.record.is_new(key):
            return
        state = self.state.saved()
        state.look = replace(state.look, origin=Origin.MASK)
        outer, self.state = self.state, state
        try:
            self.form(thing)
        finally:
            self.state = outer

    def nested(self, thing: objects.Object, state: State, area: Box | None) -> None:
        """Walk a stream within this one."""
        if self.depth >= DEEPEST_FORM:
            raise TooMuch("forms")
        data = self.record.content(thing)
        if data is None:
            self.record.note(self.page, "streams")
            return
        holder = objects.entry(thing, "/Resources")
        resources = self.resources.library.resources(holder) if holder else self.resources
        inner = Interpreter(
            self.record, self.page, resources, state, depth=self.depth + 1, area=area
        )
        inner.run(data)

    def within_saved(self, action: Callable[[], None]) -> None:
        """Do something and bring the state back."""
        outer = self.state.saved()
        try:
            action()
        finally:
            self.state = outer


def matrix_of(thing: objects.Object) -> Matrix:
    """Return the matrix of a form or pattern."""
    found = objects.matrix_numbers(objects.entry(thing, "/Matrix"))
    return _six(list(found)) if found else IDENTITY


def _six(operands: Operands) -> Matrix:
    a, b, c, d, e, f = operands
    return (float(a), float(b), float(c), float(d), float(e), float(f))


def _colour(space: Space, operands: Operands) -> Colour:
    pattern = operands[-1] if operands and isinstance(operands[-1], str) else ""
    values = operands[:-1] if pattern else operands
    if not pattern and len(values) != space.components:
        raise ValueError("components")
    return Colour(space, tuple(map(float, values)), pattern)


def _sets_fill(space: Space) -> Handler:
    def handler(self: Interpreter, operands: Operands) -> None:
        self.state.fill = _colour(space, operands)

    return handler


def _sets_stroke(space: Space) -> Handler:
    def handler(self: Interpreter, operands: Operands) -> None:
        self.state.stroke = _colour(space, operands)

    return handler


def _paints(*, fill: bool = False, stroke: bool = False) -> Handler:
    def handler(self: Interpreter, _operands: Operands) -> None:
        self.paint(fill=fill, stroke=stroke)

    return handler


class _Handlers(dict[str, Bound]):
    """What one interpreter does at each operator, bound to it when the operator first comes."""

    def __init__(self, of: Interpreter) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, operator: str) -> Bound:
        of = self._of
        if operator in OPERATORS:
            bound: Bound = MethodType(OPERATORS[operator], of)
        elif operator in TYPING:
            bound = getattr(of.typist, TYPING[operator])
        elif operator in IGNORED:
            bound = _nothing
        else:
            return of.unknown  # not kept: a stream may hold any number of them
        self[operator] = bound
        return bound


def _nothing(_operands: Operands) -> None:
    """Leave all as it is."""


IGNORED = frozenset(
    (
        STYLE_RUN,
        "J",
        "j",
        "M",
        "d",
        "ri",
        "i",
        "h",
        "BX",
        "EX",
        "BMC",
        "BDC",
        "EMC",
        "MP",
        "DP",
        "d0",
        "d1",
    )
)
"""Operators that change nothing of what the rules ask."""

OPERATORS: dict[str, Handler] = {
    "q": Interpreter.save,
    "Q": Interpreter.restore,
    "cm": Interpreter.transform,
    "w": Interpreter.line_width,
    "gs": Interpreter.parameters,
    "g": _sets_fill(GRAY),
    "G": _sets_stroke(GRAY),
    "rg": _sets_fill(RGB),
    "RG": _sets_stroke(RGB),
    "k": _sets_fill(CMYK),
    "K": _sets_stroke(CMYK),
    "cs": Interpreter.fill_space,
    "CS": Interpreter.stroke_space,
    "sc": Interpreter.fill_colour,
    "scn": Interpreter.fill_colour,
    "SC": Interpreter.stroke_colour,
    "SCN": Interpreter.stroke_colour,
    PATH_RUN: Interpreter.path,
    "m": Interpreter.move,
    "l": Interpreter.line,
    "c": Interpreter.curve,
    "v": Interpreter.curve,
    "y": Interpreter.curve,
    "re": Interpreter.rectangle,
    "W": Interpreter.clip,
    "W*": Interpreter.clip,
    "n": _paints(),
    "f": _paints(fill=True),
    "F": _paints(fill=True),
    "f*": _paints(fill=True),
    "S": _paints(stroke=True),
    "s": _paints(stroke=True),
    "B": _paints(fill=True, stroke=True),
    "B*": _paints(fill=True, stroke=True),
    "b": _paints(fill=True, stroke=True),
    "b*": _paints(fill=True, stroke=True),
    "sh": Interpreter.shading,
    "BI": Interpreter.inline_image,
    "Do": Interpreter.external,
}
TYPING = {
    "BT": "begin",
    "ET": "end",
    "Tf": "font",
    "Tm": "matrix",
    "Td": "move",
    "TD": "move_and_lead",
    "T*": "next_line",
    "Tc": "character_space",
    "Tw": "word_space",
    "Tz": "scale",
    "TL": "leading",
    "Ts": "rise",
    "Tr": "mode",
    "Tj": "show",
    "TJ": "show_spaced",
    "'": "show_next",
    '"': "show_next_spaced",
}
"""Operators of text, and the methods of `Typist` for them."""
