"""Writing SVG: the few elements the drawings use, with numbers rounded to one decimal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


def num(value: float) -> str:
    """Write a number with at most one decimal and no needless zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def pair(point: Sequence[float]) -> str:
    """Write the x and y of a point."""
    return f"{num(point[0])} {num(point[1])}"


@dataclass(frozen=True)
class Pen:
    """A stroke: its colour, its weight and, if broken, its dashes."""

    colour: str
    weight: float
    dash: str = ""

    def attributes(self) -> str:
        """Write the stroke as attributes, always with round ends and joins."""
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return (
            f'fill="none" stroke="{self.colour}" stroke-width="{num(self.weight)}"'
            f' stroke-linecap="round" stroke-linejoin="round"{dash}'
        )


Paint = str | Pen


def paint(look: Paint) -> str:
    """Write a flat fill or a stroke as attributes."""
    return look.attributes() if isinstance(look, Pen) else f'fill="{look}"'


def path(data: str, look: Paint) -> str:
    """Draw a path."""
    return f'<path d="{data}" {paint(look)}/>'


def lines(points: Iterable[Sequence[float]], look: Paint, *, close: bool = False) -> str:
    """Draw straight lines through points."""
    data = "M" + "L".join(pair(point) for point in points)
    return path(data + ("Z" if close else ""), look)


def polygon(points: Iterable[Sequence[float]], look: Paint) -> str:
    """Draw a closed shape with straight sides."""
    return lines(points, look, close=True)


def strokes(segments: Iterable[tuple[Sequence[float], Sequence[float]]], look: Paint) -> str:
    """Draw many separate straight strokes as one path."""
    return path("".join(f"M{pair(a)}L{pair(b)}" for a, b in segments), look)


def rect(corner: Point, size: Point, look: Paint, radius: float = 0) -> str:
    """Draw a rectangle, its corners rounded when a radius is given."""
    rounded = f' rx="{num(radius)}" ry="{num(radius)}"' if radius else ""
    return (
        f'<rect x="{num(corner[0])}" y="{num(corner[1])}" width="{num(size[0])}"'
        f' height="{num(size[1])}"{rounded} {paint(look)}/>'
    )


def circle(centre: Point, radius: float, look: Paint) -> str:
    """Draw a circle."""
    return f'<circle cx="{num(centre[0])}" cy="{num(centre[1])}" r="{num(radius)}" {paint(look)}/>'


def ellipse(centre: Point, radii: Point, look: Paint) -> str:
    """Draw an ellipse."""
    return (
        f'<ellipse cx="{num(centre[0])}" cy="{num(centre[1])}"'
        f' rx="{num(radii[0])}" ry="{num(radii[1])}" {paint(look)}/>'
    )


def group(parts: Iterable[str], transform: str = "", clip: str = "") -> str:
    """Hold parts together, moved or clipped."""
    moved = f' transform="{transform}"' if transform else ""
    clipped = f' clip-path="url(#{clip})"' if clip else ""
    return f"<g{moved}{clipped}>{''.join(parts)}</g>"


@dataclass(frozen=True)
class Frame:
    """A place, a size and a facing for a shape that is drawn in its own small units.

    The shape is written out at its final size, so that strokes keep their weight.
    """

    place: Point
    unit: float
    left: bool = False

    def _turn(self, x: float) -> float:
        """Face a distance along x the right way and bring it to size."""
        return (-x if self.left else x) * self.unit

    def point(self, x: float, y: float) -> Point:
        """Give the place of a point of the shape."""
        return (self.place[0] + self._turn(x), self.place[1] + y * self.unit)

    def path(self, data: str, look: Paint) -> str:
        """Draw a path whose data have absolute commands only."""
        found = ""
        for letter, text in re.findall(r"([MLHVCSQAZ])([^MLHVCSQAZ]*)", data):
            found += letter + self._numbers(letter, [float(number) for number in text.split()])
        return path(found, look)

    def _numbers(self, letter: str, values: list[float]) -> str:
        """Write the numbers of one command at their final size."""
        if letter == "H":
            return num(self.point(values[0], 0)[0])
        if letter == "V":
            return num(self.point(0, values[0])[1])
        if letter == "A":
            radius, turned, large, sweep = (values[0] * self.unit, *values[2:5])
            end = pair(self.point(values[5], values[6]))
            flag = 1 - sweep if self.left else sweep
            return f"{num(radius)} {num(radius)} {num(turned)} {num(large)} {num(flag)} {end}"
        return " ".join(
            pair(self.point(x, y)) for x, y in zip(values[::2], values[1::2], strict=True)
        )

    def circle(self, centre: Point, radius: float, look: Paint) -> str:
        """Draw a circle."""
        return circle(self.point(*centre), radius * self.unit, look)

    def ellipse(self, centre: Point, radii: Point, look: Paint) -> str:
        """Draw an ellipse."""
        return ellipse(self.point(*centre), (radii[0] * self.unit, radii[1] * self.unit), look)

    def rect(self, corner: Point, size: Point, look: Paint, radius: float = 0) -> str:
        """Draw a rectangle."""
        x = corner[0] + size[0] if self.left else corner[0]
        wide, tall = size[0] * self.unit, size[1] * self.unit
        return rect(self.point(x, corner[1]), (wide, tall), look, radius * self.unit)


def clip_path(name: str, shape: str) -> str:
    """Define a clipping shape under a name."""
    return f'<clipPath id="{name}">{shape}</clipPath>'


def document(title: str, size: tuple[int, int], parts: Iterable[str]) -> str:
    """Write a whole picture, one element a line."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">'
    )
    return "\n".join([head, f"<title>{title}</title>", *parts, "</svg>", ""])
