"""Placing: where the text of a plain page stands, and in which order it is read.

In: the operators that place and show text, one after the other. Out: what stands on the page
within its trim, or None where that takes more than this to tell: text that is turned, invisible,
across the edge of the trim, twice in one place, or drawn under words that its glyphs do not say.

The order is that of the content, but what is drawn one after the other on one line is read from
left to right. Every character is that of a glyph, by the font's ToUnicode map; what an
ActualText says is taken only as far as the glyphs below it say the same.
"""

from __future__ import annotations

import itertools
from binascii import unhexlify
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsletter.geometry import Box
from newsletter.preflight.completeness import squeeze
from newsletter.preflight.content import plain
from newsletter.preflight.content.matrix import IDENTITY, Matrix, product
from newsletter.preflight.limits import MOST_SAVED_STATES
from newsletter.preflight.sheets import Sheet
from newsletter.preflight.unicode import FontMap
from newsletter.preflight.widths import Widths

VISIBLE = frozenset([0.0, 1.0, 2.0])
"""Rendering modes that fill or stroke, and do not clip (ISO 32000-2:2020, table 104)."""
USUAL_SCALE = 100.0
THOUSANDTH = 0.001
DESCENT, ASCENT, FAR = 0.5, 1.0, 2.0
"""How far glyphs may reach below and above the line, and beyond their places at most, in em."""
ONE_LINE = 0.5
"""Baselines that are nearer than that, in em of the smaller font, are one."""
ONE_PLACE = 0.05
"""The same text that begins nearer than that to itself, in em, is drawn twice and read once."""
LEAST_WIDTH = 0.01
"""Points; readers pass over text without a width."""
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
UNKNOWN = Widths()


class Run(NamedTuple):
    """A piece of text on its line: baseline, begin, end and size of the font, in points."""

    y: float
    left: float
    right: float
    size: float
    text: str


class Lines:
    """The text of a page; `is_clear` tells whether all of it was placed."""

    def __init__(self, trim: Box, seen: Box) -> None:
        self.is_clear = True
        self._trim, self._seen = trim, seen
        self._runs: list[Run] = []
        self._under: list[Run] | None = None

    def add(self, run: Run) -> None:
        """Take a piece of text, which may also stand beyond the trim."""
        left, bottom, right, top = self._seen
        y, size = run.y, run.size
        is_within = (
            left <= run.left
            and run.right <= right
            and bottom <= y - DESCENT * size
            and y + ASCENT * size <= top
        )
        if not is_within:
            self._add_beyond(run)
        elif self._under is not None:
            self._under.append(run)
        else:
            self._runs.append(run)

    def _add_beyond(self, run: Run) -> None:
        """Pass over text that is nowhere near the trim; of any other it is not known."""
        left, bottom, right, top = self._trim.grown(FAR * run.size)
        is_beyond = run.right < left or run.left > right or run.y < bottom or run.y > top
        if not is_beyond or self._under is not None:
            self.is_clear = False

    def stand_for(self) -> None:
        """Take what follows for what words are drawn with, until `said`."""
        self.is_clear = self.is_clear and self._under is None
        self._under = []

    def said(self, words: str) -> None:
        """Put words in the place of what they were drawn with, if that says them, too.

        A reading stands after the words that it is over, and is not read.
        """
        runs, self._under = self._under or [], None
        if not runs:
            return
        drawn = "".join([run.text for run in runs])
        if drawn != words and not _says(drawn, words):
            self.is_clear = False
        first = runs[0]
        self._runs.append(first._replace(right=max(run.right for run in runs), text=words))

    def text(self) -> str | None:
        """Return what stands within the trim, squeezed; None where it is not clear."""
        found = "".join([run.text for line in self._lines() for run in line])
        return squeeze(found) if self.is_clear and self._under is None else None

    def _lines(self) -> Iterable[list[Run]]:
        line: list[Run] = []
        for run in self._runs:
            if line and abs(run.y - line[-1].y) > ONE_LINE * min(run.size, line[-1].size):
                yield self._in_order(line)
                line = []
            line.append(run)
        yield self._in_order(line)

    def _in_order(self, line: list[Run]) -> list[Run]:
        ordered = sorted(line, key=_begin)
        for one, other in itertools.pairwise(ordered):
            if one.text == other.text and other.left - one.left < ONE_PLACE * one.size:
                self.is_clear = False
        return ordered


def _begin(run: Run) -> float:
    return run.left


def lines_on(sheet: Sheet) -> Lines:
    """Return the lines of a page, of which nothing is read yet."""
    boxes = [sheet.boxes[key] for key in ("/MediaBox", "/CropBox") if key in sheet.boxes]
    left, bottom, right, top = zip(sheet.trim, *boxes, strict=True)
    lines = Lines(sheet.trim, Box(max(left), max(bottom), min(right), min(top)))
    lines.is_clear = bool(boxes) and not sheet.rotation and sheet.user_unit == 1.0
    return lines


def _says(drawn: str, words: str) -> bool:
    """Tell whether glyphs say some words, or these and what stands over them."""
    wanted = squeeze(words)
    return squeeze(drawn).startswith(wanted) if wanted else not squeeze(drawn)


# The pen --------------------------------------------------------------------------------------


class Pen:
    """Where a stream places its text; what it shows is added to the lines of its page."""

    def __init__(self, lines: Lines, matrix: Matrix = IDENTITY) -> None:
        self.lines = lines
        self.font: FontMap | None = None
        self._matrix = matrix
        self._size = self._spacing = self._rise = 0.0
        self._text_matrix, self._at = IDENTITY, 0.0
        self._kept: list[tuple[Matrix, FontMap | None, float, float, float]] = []

    def within(self, form: Matrix) -> Pen:
        """Return the pen of a form with a matrix, which has to choose its font."""
        pen = Pen(self.lines, product(form, self._matrix))
        pen._spacing, pen._rise = self._spacing, self._rise
        return pen

    def aside(self) -> Pen:
        """Return a pen that leaves nothing on the page."""
        return Pen(Lines(NOWHERE, NOWHERE))

    def save(self) -> None:
        """Keep the parameters that `restore` brings back; raises ValueError."""
        self._kept.append((self._matrix, self.font, self._size, self._spacing, self._rise))
        if len(self._kept) > MOST_SAVED_STATES:
            raise ValueError("parameters saved too often")

    def restore(self) -> None:
        """Bring parameters back; raises IndexError."""
        self._matrix, self.font, self._size, self._spacing, self._rise = self._kept.pop()

    @property
    def is_balanced(self) -> bool:
        """Tell whether all that was kept was brought back."""
        return not self._kept

    def concatenate(self, matrix: Matrix) -> None:
        """Put a matrix before the one of the page."""
        self._matrix = product(matrix, self._matrix)

    def begin(self, matrix: Matrix = IDENTITY) -> None:
        """Go to the beginning of a line."""
        self._text_matrix, self._at = matrix, 0.0

    def choose(self, font: FontMap, size: float) -> None:
        """Take a font."""
        self.font, self._size = font, size

    def set_state(self, operator: bytes, value: float) -> None:
        """Set a parameter of the text state by the last letter of its operator."""
        if operator == b"c":
            self._spacing = value
        elif operator == b"s":
            self._rise = value
        elif value != USUAL_SCALE if operator == b"z" else value not in VISIBLE:
            self.lines.is_clear = False

    def show(self, array: bytes) -> tuple[tuple[int, ...], str]:
        """Show the strings of an array; return their codes, and what these stand for."""
        font = self.font
        if font is None or font.widths is None:
            self.lines.is_clear = False
        if font is None:
            return (), ""
        wide = UNKNOWN if font.widths is None else font.widths
        codes: list[int] = []
        at, unit, ends = self._at, self._size * THOUSANDTH, list[float]()
        for digits, number in plain.SHOWN.findall(array):
            if number:
                at -= float(number) * unit
            elif digits:
                some = font.codes(unhexlify(digits))
                drawn = at + sum(map(wide.__getitem__, some)) * unit
                ends += at, drawn
                at = drawn + len(some) * self._spacing
                codes += some
        self._at, text = at, font.text(codes)
        if ends:
            self._add([*ends, at], text)
        return tuple(codes), text

    def _add(self, ends: Sequence[float], text: str) -> None:
        """Add a run that begins at the first of some places on its line and reaches to all."""
        a, b, c, d, e, f = self._text_matrix
        k, l, m, n, o, p = self._matrix  # noqa: E741 - as in `product`
        along, up = a * k, d * n
        if b or c or l or m or along <= 0 or up <= 0 or self._size <= 0:
            self.lines.is_clear = False
            return
        left, right = k * (a * min(ends) + e) + o, k * (a * max(ends) + e) + o
        y, size = n * (d * self._rise + f) + p, up * self._size
        if right - left < LEAST_WIDTH and text.strip():
            self.lines.is_clear = False
        self.lines.add(Run(y, left, right, size, text))


def matrix(operands: bytes) -> Matrix:
    """Return the matrix that six numbers are."""
    a, b, c, d, e, f = map(float, operands.split())
    return a, b, c, d, e, f
