"""Annotations: ruby and the marks between the lines, set and drawn with the text they belong to.

The mark is named by the custom property `--interlinear` (dots, name or title), so that a layout
says which elements have one; the reading stands in the attribute `data-ruby` of a ruby element.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsletter.typesetting.interlinear import (
    RUBY_RISE,
    RUBY_SIZE,
    Dot,
    Extent,
    Stroke,
    room_for_ruby,
    shapes,
)
from newsletter.typesetting.paragraph import Cells
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.piece import Piece

if TYPE_CHECKING:
    from newsletter.typesetting.seam.composer import Composer
    from newsletter.typesetting.seam.shaping import Glyphs

QUARTER_CIRCLE = 0.5523
"""How far the handles of a Bézier quarter circle reach, in radii."""


def custom(style: Foreign, name: str) -> str:
    """Return the value of a custom property, such as `--text-wrap`, in words; "" for none."""
    try:
        tokens = style[f"__{name.replace('-', '_')}"]
    except KeyError:
        return ""
    words = (str(getattr(token, "value", "")) for token in tokens or ())
    return " ".join(word for word in words if word.strip())


# Ruby -----------------------------------------------------------------------------------------


def reading_of(box: Foreign) -> str:
    """Return the reading of a ruby element, "" for any other box."""
    if box.element_tag != "ruby" or box.element is None:
        return ""
    return str(box.element.get("data-ruby") or "").strip()


def set_ruby(
    composer: Composer, of_text: Foreign, reading: str, cells: Cells, here: range
) -> Glyphs:
    """Shape a reading at half size and widen the cells below it, if it is wider.

    `of_text` is the style of the text below.
    """
    from newsletter.typesetting.characters import kinds_of

    style = of_text.copy()
    style["font_size"] = of_text["font_size"] * RUBY_SIZE
    key = f"ruby {composer.shaper.key(of_text)}"
    glyphs = composer.shaper.shape(reading, style, key, kinds_of(reading))
    base = sum(cells.advances[k] for k in here)
    lacking = room_for_ruby(base, sum(glyphs.advances), cells.ems[here.start])
    for k in here:
        cells.advances[k] += lacking / len(here)
        cells.offsets[k] = cells.offsets.get(k, 0.0) + lacking / len(here) / 2
    return glyphs


def place_ruby(glyphs: Glyphs, piece: Piece, right: float) -> Piece:
    """Return a reading centred over its text, which ends at `right`, from the box's left edge."""
    width = sum(glyphs.advances)
    start = piece.positions[0] + (right - piece.positions[0] - width) / 2
    return Piece(
        text="".join(glyphs.texts),
        glyphs=glyphs,
        cells=glyphs.cells,
        texts=glyphs.texts,
        kinds=[],
        positions=tuple(accumulate(glyphs.advances[:-1], initial=start)),
        advances=glyphs.advances,
        offsets={},
        left=piece.left,
        width=width,
        style=piece.style,
    )


def ruby_baseline(style: Foreign) -> float:
    """Return how far a reading's baseline stands above that of the text."""
    return float(RUBY_RISE * style["font_size"])


# Marks between the lines ----------------------------------------------------------------------


def draw_marks(stream: Foreign, textbox: Foreign, piece: Piece) -> None:
    """Draw the dots or the line that the style asks for below a text."""
    if not piece.mark:
        return
    extents = [
        Extent(kind, left, left + advance)
        for kind, left, advance in zip(piece.kinds, piece.positions, piece.advances, strict=True)
    ]
    x, y = textbox.position_x, textbox.position_y + textbox.baseline
    with stream.stacked():
        stream.set_color(textbox.style["color"])
        stream.set_color(textbox.style["color"], stroke=True)
        em = float(piece.style["font_size"])
        for shape in shapes(piece.mark, extents, em, piece.width, goes_on=piece.goes_on):
            if isinstance(shape, Dot):
                _draw_dot(stream, shape, x, y)
            else:
                _draw_stroke(stream, shape, x, y)


def _draw_dot(stream: Foreign, dot: Dot, x: float, y: float) -> None:
    cx, cy, r = x + dot.x, y + dot.y, dot.radius
    h = r * QUARTER_CIRCLE
    stream.move_to(cx + r, cy)
    stream.curve_to(cx + r, cy + h, cx + h, cy + r, cx, cy + r)
    stream.curve_to(cx - h, cy + r, cx - r, cy + h, cx - r, cy)
    stream.curve_to(cx - r, cy - h, cx - h, cy - r, cx, cy - r)
    stream.curve_to(cx + h, cy - r, cx + r, cy - h, cx + r, cy)
    stream.fill()


def _draw_stroke(stream: Foreign, stroke: Stroke, x: float, y: float) -> None:
    stream.set_line_width(stroke.thickness)
    (first_x, first_y), *others = stroke.points
    stream.move_to(x + first_x, y + first_y)
    before_x, before_y = first_x, first_y
    for next_x, next_y in others:
        if stroke.is_wave:
            middle = x + (before_x + next_x) / 2
            stream.curve_to(middle, y + before_y, middle, y + next_y, x + next_x, y + next_y)
        else:
            stream.line_to(x + next_x, y + next_y)
        before_x, before_y = next_x, next_y
    stream.stroke()
