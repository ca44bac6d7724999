"""Vectors: pictures in SVG are written to the page with less ado.

WeasyPrint takes a path apart by searching its text anew for each pair of numbers, and parses
the colour of each shape. Here a path of plain numbers becomes operators in one pass, each
number computed and rounded as WeasyPrint does, or left as it is written where nothing would come
of that; a path with arcs, units or markers, and all else that is not plain, is left to WeasyPrint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.numerals import numerals
from newsletter.typesetting.seam.pictures import Pictures

LETTERS = "MmLlHhVvCcSsQqZz"
NUMBER = r"[+-]?+(?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+"
TOKEN = re.compile(f"[{LETTERS}]|{NUMBER}")
PLAIN = re.compile(rf"[ \n\r\t,]*+(?:[{LETTERS}][ \n\r\t,]*+(?:{NUMBER}[ \n\r\t,]*+)*+)*+")
NUMERAL = r"(?:-?+(?:0|[1-9][0-9]{0,5}+)\.[0-9]{0,5}[1-9]|(?:-?+[1-9][0-9]{0,5}+|0)(?:\.0)?+)"
"""A number that is written as pydyf writes it, but for `NOTHING` at its end."""
POINT = f"{NUMERAL} {NUMERAL}"
AS_WRITTEN = re.compile(
    f"M{POINT}(?:[ML]{POINT}|C{POINT} {POINT} {POINT}|Q{POINT} {POINT}|[HV]{NUMERAL}|Z)*+"
)
"""A path that counts from the beginning, whose numbers can stand in a PDF as they are."""
NOTHING = re.compile(r"\.0(?=[ MLCQHVZ]|$)")
SEGMENT = re.compile("([MLCQHVZ])([^MLCQHVZ]*+)")
OPERATORS = {"M": "m", "L": "l", "H": "l", "V": "l", "C": "c", "Q": "c"}
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}
"""How many numbers a letter takes (SVG 1.1, 8.3)."""
NEXT = {"M": "L", "m": "l"}
"""What letters are followed by, where more numbers come than they take."""
CURVES = "CcSs"
MARKERS = frozenset(["marker", "marker-start", "marker-mid", "marker-end"])
"""Attributes of a path at whose vertices something is drawn, so that these must be known."""


class Segment(NamedTuple):
    """A letter of a path with the numbers that it takes."""

    letter: str
    numbers: Sequence[float]


class Vectors:
    """Stands in for functions of `weasyprint.svg`; `digests` see `Pictures`."""

    def __init__(self, digests: Mapping[str, str] = {}) -> None:
        from weasyprint import svg
        from weasyprint.svg.utils import parse_url

        self._svg: ModuleType = svg
        self._path = svg.TAGS["path"]
        self._size, self._color, self._normalize = svg.size, svg.color, svg.normalize
        self._parse_url, self._nothing = parse_url, parse_url(None)
        self._colors: dict[str, Foreign] = {}
        self._sizes: dict[tuple[Foreign, ...], float] = {}
        self.pictures = Pictures(digests)

    def replacements(self) -> Iterator[tuple[ModuleType, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._svg, "TAGS", {**self._svg.TAGS, **self.pictures.tags, "path": self.path}
        yield self._svg, "size", self.size
        yield self._svg, "color", self.color
        yield self._svg, "normalize", self.normalize
        yield self._svg, "parse_url", self.parse_url
        yield from self.pictures.replacements()

    def path(self, svg: Foreign, node: Foreign, font_size: float) -> None:
        """Write a path."""
        drawn = operators(node.get("d", "")) if MARKERS.isdisjoint(node.attrib) else None
        if drawn is None:
            self._path(svg, node, font_size)
        else:
            svg.stream.stream.append(drawn)

    def size(
        self,
        string: Foreign,
        font_size: float | None = None,
        percentage_reference: float | None = None,
    ) -> float:
        """Return a length in pixels."""
        if not string:
            return 0
        try:
            return float(string)
        except ValueError:
            key = string, font_size, percentage_reference
            known = self._sizes.get(key)
            if known is None:
                known = self._sizes[key] = float(self._size(*key))
            return known

    def color(self, string: str | None) -> Foreign:
        """Return a colour that is the caller's own: it may change its opacity."""
        known = self._colors.get(string or "")
        if known is None:
            known = self._colors[string or ""] = self._color(string)
        if isinstance(known, str):
            return known
        return type(known)(known.space, known.coordinates, known.alpha)

    def normalize(self, string: str | None) -> str:
        """Return a value with its numbers apart."""
        return str(self._normalize(string)) if string else ""

    def parse_url(self, url: str | None) -> Foreign:
        """Return the parts of a URL."""
        return self._parse_url(url) if url else self._nothing


# Paths --------------------------------------------------------------------------------------


def operators(path: str) -> bytes | None:
    """Return the operators of a PDF that draw a path, a line each.

    None where the path is not plain: arcs, units, too few numbers, a letter that repeats the
    curve before where there is none.
    """
    if AS_WRITTEN.fullmatch(path):
        return as_written(path)
    if PLAIN.fullmatch(path) is None:
        return None
    pen = Pen()
    try:
        for segment in segments(TOKEN.findall(path)):
            pen.draw(segment)
        return pen.text().encode("ascii")
    except (ValueError, OverflowError):
        return None


def as_written(path: str) -> bytes:
    """Return the operators of a path whose numbers are taken as they are, but for those of `Q`."""
    lines = ["0 0 m"]
    begun = here = before = ""
    for letter, numbers in SEGMENT.findall(NOTHING.sub("", path)):
        if letter == "Z":
            if before not in "MZ":
                lines.append("h")
            here = begun
        else:
            here = _made_whole(letter, numbers, here)
            lines.append(f"{here} {OPERATORS[letter]}")
        if letter == "M":
            begun = here
        before = letter
    return "\n".join(lines).encode("ascii")


def _made_whole(letter: str, numbers: str, here: str) -> str:
    """Return the numbers that a segment's operator takes; it begins where those `here` end."""
    if letter == "H":
        return f"{numbers} {here.rpartition(' ')[2]}"
    if letter == "V":
        return f"{here.split(' ')[-2]} {numbers}"
    if letter == "Q":
        return " ".join(numerals(cubic(map(float, f"{here} {numbers}".split(" ")[-6:]))))
    return numbers


def segments(tokens: Sequence[str]) -> Iterator[Segment]:
    """Yield the segments of a path; raises ValueError where numbers are lacking or left over."""
    at, end = 0, len(tokens)
    while at < end:
        letter = tokens[at]
        count, at = TAKES[letter.upper()], at + 1
        while True:
            numbers = list(map(float, tokens[at : at + count]))
            if len(numbers) < count:
                raise ValueError("numbers are lacking")
            at += count
            yield Segment(letter, numbers)
            if at >= end or tokens[at] in LETTERS:
                break
            if not count:
                raise ValueError("numbers after the end")
            letter = NEXT.get(letter, letter)


def cubic(numbers: Iterable[float]) -> Sequence[float]:
    """Return the numbers of the cubic curve that a quadratic one is, given its three points."""
    x1, y1, x2, y2, x3, y3 = numbers
    one = x2 * 2 / 3 + x1 / 3, y2 * 2 / 3 + y1 / 3
    two = x2 * 2 / 3 + x3 / 3, y2 * 2 / 3 + y3 / 3
    return *one, *two, x3, y3


class Pen:
    """Where a path has come to; as WeasyPrint does, it begins at 0, 0.

    `begun` is where `Z` leads back to, if it leads anywhere; `control` and `last` are the second
    and third point of the curve before. `lines` have a gap for each of `numbers`.
    """

    def __init__(self) -> None:
        self.lines = ["0 0 m"]
        self.numbers: list[float] = []
        self.x = self.y = 0.0
        self.before = ""
        self.begun: tuple[float, float] | None = None
        self.control = self.last = (0.0, 0.0)

    def draw(self, segment: Segment) -> None:
        """Write a segment; raises ValueError where there is no curve that it could go on from."""
        letter, numbers = segment
        name = letter.upper()
        if self.before in {"", "M", "m", "Z", "z"}:
            self.begun = None if name in "MZ" else (self.x, self.y)
        elif self.begun is None and name not in "MZ":
            self.begun = self.x, self.y
        if letter != name and numbers:
            numbers = self._from_here(name, numbers)
        DRAWN[name](self, numbers)
        self.before = letter

    def _from_here(self, name: str, numbers: Sequence[float]) -> Sequence[float]:
        """Return numbers that count from the beginning, given such as count from here."""
        if name == "H":
            return [numbers[0] + self.x]
        if name == "V":
            return [numbers[0] + self.y]
        here = self.x, self.y
        return [number + here[k % 2] for k, number in enumerate(numbers)]

    def move(self, numbers: Sequence[float]) -> None:
        """Begin anew."""
        self.x, self.y = numbers
        self.numbers += numbers
        self.lines.append("%s %s m")

    def line(self, numbers: Sequence[float]) -> None:
        """Draw a straight line."""
        self.x, self.y = numbers
        self.numbers += numbers
        self.lines.append("%s %s l")

    def across(self, numbers: Sequence[float]) -> None:
        """Draw a horizontal line."""
        self.line((numbers[0], self.y))

    def down(self, numbers: Sequence[float]) -> None:
        """Draw a vertical line."""
        self.line((self.x, numbers[0]))

    def curve(self, numbers: Sequence[float]) -> None:
        """Draw a cubic curve."""
        self._curve(numbers)
        self.control = numbers[2], numbers[3]

    def smooth(self, numbers: Sequence[float]) -> None:
        """Draw a cubic curve that goes on as the one before ended."""
        if not self.before:
            raise ValueError("nothing before")
        (x2, y2), (x3, y3) = self.control, self.last
        goes_on = self.before in CURVES
        first = (x3 + (x3 - x2), y3 + (y3 - y2)) if goes_on else (self.x, self.y)
        self._curve([*first, *numbers])
        self.control = numbers[0], numbers[1]

    def quadratic(self, numbers: Sequence[float]) -> None:
        """Draw a quadratic curve as a cubic one."""
        self._curve(cubic([self.x, self.y, *numbers]))
        self.control = numbers[0], numbers[1]

    def close(self, _numbers: Sequence[float]) -> None:
        """Go back to the beginning, where something was drawn since."""
        if self.begun is not None:
            self.lines.append("h")
            self.x, self.y = self.begun

    def _curve(self, numbers: Sequence[float]) -> None:
        self.numbers += numbers
        self.lines.append("%s %s %s %s %s %s c")
        self.x, self.y = self.last = numbers[4], numbers[5]

    def text(self) -> str:
        """Return what was drawn, an operator a line."""
        return "\n".join(self.lines) % tuple(numerals(self.numbers))


DRAWN: dict[str, Callable[[Pen, Sequence[float]], None]] = {
    "M": Pen.move,
    "L": Pen.line,
    "H": Pen.across,
    "V": Pen.down,
    "C": Pen.curve,
    "S": Pen.smooth,
    "Q": Pen.quadratic,
    "Z": Pen.close,
}
