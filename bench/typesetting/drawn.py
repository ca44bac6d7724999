"""What was drawn: the lines of a PDF with the place and the width of every glyph.

In: the bytes of a PDF with horizontal text in composite fonts (ISO 32000-2:2020, 9.7), as all
engines here write it. Out: `Line`s from the top of the first page down, in points.

The content stream is interpreted, not extracted: what an extractor calls a character box has
been through its own guesses about spaces and lines, the operators have not. Understood are
q Q cm BT ET Tf Tm Td TD T* TL Tc Tz Ts Tj TJ ' BDC BMC EMC with ActualText, the widths in /W
and /DW and the ToUnicode map. Form XObjects are passed over; text that is lost by it shows,
because the judge compares every paragraph with its source.

Where a glyph stands and what it is wide are two things. `x` is the origin, as the operators
leave it. `advance` is what the font says, and an engine that sets a mark half an em wide does
so without telling the font: it moves the pen back after a closing mark, and before an opening
one. Between two glyphs the drawn advance is therefore the distance of their origins, and
`Glyph.advance` serves to see what was added or taken (`Line.gaps`). Spaces do not count as
neighbours there: an engine may draw one where nobody wrote one, and what is white is white. A
space that ActualText takes away is no glyph at all. At the two ends of a line no movement
tells:

- After the last glyph nothing follows. A closing mark at the end that was trimmed and one that
  was not look alike, but for where they stand. If the full advance would overshoot the
  measure by more than `TOLERANCE_EM`, the mark was trimmed, and its right half is not part of
  the line; if not, its full advance is. A mark that hangs on purpose overshoots by its half
  even so. There is nothing between full and half: a mark trimmed by less leaves a line whose
  edge is judged ragged by the difference.
- An interpunct that is narrower than an em may be set in the middle of one. What stands blank
  before it, up to that, then stands after it too, unseen.
- An opening mark that was trimmed at the start of a line has its origin half an em to the
  left of the edge; its ink begins at the edge. So its left half is not part of the line if
  it stands out by more than `TOLERANCE_EM`.
"""

from __future__ import annotations

import io
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from bench.typesetting.marks import INTERPUNCTS, TRIMMED_LEFT, TRIMMED_RIGHT

TOLERANCE_EM = 0.02
SAME_LINE_EM = 0.6
"""Text of another size whose baseline is no farther from that of a line belongs to the line."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: what it stands for, its origin from the left, the font's advance, its size."""

    text: str
    x: float
    advance: float
    size: float

    @property
    def end(self) -> float:
        """Where the pen is after it, had nothing been added or taken."""
        return self.x + self.advance


@dataclass(frozen=True, slots=True)
class Line:
    """The glyphs of one line in the order of the text; `baseline_y` runs down the page."""

    page: int
    baseline_y: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What the line says, without spaces drawn at its ends."""
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def inked(self) -> tuple[Glyph, ...]:
        """The glyphs without the spaces at both ends, which take no part in the line."""
        solid = [n for n, glyph in enumerate(self.glyphs) if glyph.text.strip()]
        return self.glyphs[solid[0] : solid[-1] + 1] if solid else ()

    def left(self, start: float = 0) -> float:
        """Return the left edge of a line that should begin at `start`."""
        first = self.inked[0]
        stands_out = first.x < start - TOLERANCE_EM * first.size
        return first.x + (first.size / 2 if stands_out and first.text in TRIMMED_LEFT else 0)

    def right(self, measure: float) -> float:
        """Return the right edge of a line that should end at `measure`."""
        last = self.inked[-1]
        if last.text in INTERPUNCTS and len(self.inked) > 1:
            return last.end + self._blank_before_last()
        overshoots = last.end > measure + TOLERANCE_EM * last.size
        trimmed = overshoots and last.text in TRIMMED_RIGHT and last.advance > 0.75 * last.size
        return last.end - (last.size / 2 if trimmed else 0)

    def _blank_before_last(self) -> float:
        before, last = self.inked[-2:]
        return min(max(last.x - before.end, 0.0), max(last.size - last.advance, 0.0) / 2)

    def gaps(self) -> Iterator[tuple[Glyph, Glyph, float]]:
        """Yield neighbours, spaces passed over, and the white between them, in em."""
        for one, two in pairwise(glyph for glyph in self.glyphs if not glyph.text.isspace()):
            yield one, two, (two.x - one.end) / one.size


def lines(data: bytes, edge: float = 0) -> list[Line]:
    """Return the lines of all pages; `edge` is where x begins, from the left of the page."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            line
            for number, page in enumerate(pdf.pages, start=1)
            for line in _lines_of_page(number, list(_Interpreter(page, edge).run()))
        ]


def paragraphs(found: Iterable[Line], leading: float) -> list[list[Line]]:
    """Divide lines into paragraphs: between two there is more than a line and a half."""
    groups: list[list[Line]] = []
    for line in found:
        before = groups[-1][-1] if groups else None
        same = before is not None and before.page == line.page
        if before and same and line.baseline_y - before.baseline_y < 1.5 * leading:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _lines_of_page(page: int, placed: list[tuple[float, Glyph]]) -> list[Line]:
    """Gather the glyphs of each baseline; smaller ones, such as notes, go to the line they join."""
    if not placed:
        return []
    body = Counter(round(glyph.size, 2) for _, glyph in placed).most_common(1)[0][0]
    baselines: list[float] = []
    of_body = sorted(y for y, glyph in placed if abs(glyph.size - body) < 0.1 * body)
    for y in of_body:
        if not baselines or y - baselines[-1] > 0.1 * body:
            baselines.append(y)
    gathered: dict[float, list[Glyph]] = {}
    for y, glyph in placed:
        at = bisect(baselines, y)
        nearest = min(baselines[max(at - 1, 0) : at + 1], key=lambda baseline: abs(baseline - y))
        joins = abs(nearest - y) <= SAME_LINE_EM * body
        gathered.setdefault(nearest if joins else y, []).append(glyph)
    found = [Line(page, y, tuple(glyphs)) for y, glyphs in sorted(gathered.items())]
    return [line for line in found if line.inked]


# Fonts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Font:
    widths: Mapping[int, float]
    default: float
    texts: Mapping[int, str]

    def glyphs(self, codes: bytes) -> Iterator[tuple[str, float]]:
        """Yield text and width in em of each two-byte code."""
        for high, low in zip(codes[::2], codes[1::2], strict=True):
            code = high << 8 | low
            yield self.texts.get(code, ""), self.widths.get(code, self.default) / 1000


def _font(font: Any) -> _Font:
    """Read a Type 0 font with the encoding Identity-H."""
    if font.Subtype != "/Type0" or font.Encoding != "/Identity-H":
        message = f"a font of the kind {font.Subtype} {font.get('/Encoding')} is not understood"
        raise ValueError(message)
    below = font.DescendantFonts[0]
    return _Font(
        dict(_widths(list(below.get("/W", [])))),
        float(below.get("/DW", 1000)),
        _unicode_map(font.ToUnicode.read_bytes().decode("latin-1")),
    )


def _widths(entries: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield CID and width from /W (9.7.4.3): `c [w w ...]` or `first last w`."""
    import pikepdf

    position = 0
    while position < len(entries):
        first, second = int(entries[position]), entries[position + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
            position += 2
        else:
            width = float(entries[position + 2])
            yield from ((code, width) for code in range(first, int(second) + 1))
            position += 3


def _unicode_map(cmap: str) -> dict[int, str]:
    texts: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            texts[int(code, 16)] = _utf16(text)
    span = re.compile(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, start, each in span.findall(block):
            listed = re.findall(r"<(\w+)>", each)
            for step in range(int(last, 16) - int(first, 16) + 1):
                after = _utf16(start)[:-1] + chr(ord(_utf16(start)[-1]) + step) if start else ""
                texts[int(first, 16) + step] = after or _utf16(listed[step])
    return texts


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


# Operators ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that places text; q keeps it and Q brings it back."""

    ctm: Matrix = IDENTITY
    font: _Font | None = None
    size: float = 0
    spacing: float = 0
    scale: float = 1
    rise: float = 0
    leading: float = 0


@dataclass(slots=True)
class _Interpreter:
    page: Any
    edge: float
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    actual: list[str | None] = field(default_factory=list)
    """What marked content says of itself; empty once the first glyph has taken it."""
    fonts: dict[str, _Font] = field(default_factory=dict)

    def run(self) -> Iterator[tuple[float, Glyph]]:
        """Yield every glyph with its baseline's distance from the top of the page."""
        import pikepdf

        left, _, _, top = (float(value) for value in self.page.mediabox)
        for operands, operator in pikepdf.parse_content_stream(self.page):
            for x, y, glyph in self._step(str(operator), list(operands)):
                yield top - y, replace(glyph, x=x - left - self.edge)

    def _step(self, operator: str, given: list[Any]) -> Iterable[tuple[float, float, Glyph]]:
        if operator in ("Tj", "TJ", "'"):
            if operator == "'":
                self._next_line(0, -self.state.leading)
            return list(self._show(given[0] if operator == "TJ" else given))
        if operator in ("BDC", "BMC", "EMC"):
            self._mark(operator, given)
        elif operator in ("q", "Q"):
            self._keep(operator)
        elif operator in ("BT", "Tm", "Td", "TD", "T*", "TL"):
            self._move(operator, [float(value) for value in given])
        else:
            self._set(operator, given)
        return ()

    def _keep(self, operator: str) -> None:
        if operator == "q":
            self.kept.append(self.state)
        else:
            self.state = self.kept.pop()

    def _set(self, operator: str, given: list[Any]) -> None:
        if operator == "cm":
            self.state = replace(self.state, ctm=_times(_matrix(given), self.state.ctm))
        elif operator == "Tf":
            name = str(given[0])
            if name not in self.fonts:
                self.fonts[name] = _font(self.page.Resources.Font[name])
            self.state = replace(self.state, font=self.fonts[name], size=float(given[1]))
        elif operator == "Tz":
            self.state = replace(self.state, scale=float(given[0]) / 100)
        elif operator == "Tc":
            self.state = replace(self.state, spacing=float(given[0]))
        elif operator == "Ts":
            self.state = replace(self.state, rise=float(given[0]))

    def _move(self, operator: str, given: list[float]) -> None:
        if operator == "BT":
            self.text = self.line = IDENTITY
        elif operator == "Tm":
            self.text = self.line = _matrix(given)
        elif operator == "TL":
            self.state = replace(self.state, leading=given[0])
        elif operator == "T*":
            self._next_line(0, -self.state.leading)
        else:
            if operator == "TD":
                self.state = replace(self.state, leading=-given[1])
            self._next_line(*given)

    def _next_line(self, x: float, y: float) -> None:
        self.text = self.line = _times((1, 0, 0, 1, x, y), self.line)

    def _mark(self, operator: str, given: list[Any]) -> None:
        if operator == "EMC":
            self.actual.pop()
            return
        said = given[1] if operator == "BDC" else {}
        if not hasattr(said, "get"):
            said = {}
            if str(given[1]) in self.page.Resources.get("/Properties", {}):
                said = self.page.Resources.Properties[str(given[1])]
        text = said.get("/ActualText")
        self.actual.append(None if text is None else str(text))

    def _show(self, pieces: Iterable[Any]) -> Iterator[tuple[float, float, Glyph]]:
        """Yield the glyphs of strings and pen movements (9.4.3)."""
        import pikepdf

        state = self.state
        if state.font is None:
            raise ValueError("text is shown before a font is set")
        for piece in pieces:
            if not isinstance(piece, (pikepdf.String, bytes, str)):
                self._advance(-float(piece) / 1000 * state.size * state.scale)
                continue
            for text, width in state.font.glyphs(bytes(piece)):
                seen = _times((state.scale, 0, 0, 1, 0, state.rise), self.text)
                a, b, _, d, x, y = _times(seen, state.ctm)
                if b:
                    raise ValueError("text that does not run level is not understood")
                meant = self._meant(text)
                if meant or not text.isspace():
                    size = state.size * abs(d)
                    yield x, y, Glyph(meant, x, width * state.size * a, size)
                self._advance((width * state.size + state.spacing) * state.scale)

    def _meant(self, text: str) -> str:
        """Return what a glyph stands for; of replaced text the first glyph says all."""
        for level in reversed(range(len(self.actual))):
            said = self.actual[level]
            if said is not None:
                self.actual[level] = ""
                return said
        return text

    def _advance(self, distance: float) -> None:
        self.text = _times((1, 0, 0, 1, distance, 0), self.text)


def _matrix(values: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that does first `one`, then `two` (8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    turned = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s)
    return (*turned, e * p + f * r + t, e * q + f * s + u)
