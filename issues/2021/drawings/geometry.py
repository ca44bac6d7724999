"""Smooth lines, ridges and ribbons, and a steady substitute for chance."""

import itertools
import math
from collections.abc import Sequence

from svg import Paint, Point, pair, path

Triple = tuple[float, float, float]


def _numbers(text: str) -> list[list[float]]:
    """Read groups of numbers: blanks within a group, commas between groups."""
    return [[float(number) for number in part.split()] for part in text.split(",")]


def pts(text: str) -> list[Point]:
    """Read points written as "x y, x y"."""
    return [(x, y) for x, y in _numbers(text)]


def spine(text: str) -> list[Triple]:
    """Read the stops of a ribbon written as "x y width, x y width"."""
    return [(x, y, width) for x, y, width in _numbers(text)]


def wobble(seed: float) -> float:
    """Give a number between 0 and 1 that looks random and is always the same for a seed."""
    value = math.sin(seed * 12.9898 + 4.1414) * 43758.5453
    return value - math.floor(value)


def mix(start: float, end: float, share: float) -> float:
    """Give the number that lies a share of the way from start to end."""
    return start + (end - start) * share


def through(points: Sequence[Sequence[float]]) -> str:
    """Write the curve that runs smoothly on from the first point through all the others."""
    padded = [points[0], *points, points[-1]]
    parts = []
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append(f"C{pair(first)} {pair(second)} {pair(there)}")
    return "".join(parts)


def curve(points: Sequence[Sequence[float]]) -> str:
    """Write a smooth open path through points."""
    return f"M{pair(points[0])}{through(points)}"


def ridge(points: Sequence[Point], base: float, look: Paint) -> str:
    """Draw land: a smooth skyline filled down to a base line."""
    left, right = points[0][0], points[-1][0]
    return path(f"{curve(points)}L{pair((right, base))}L{pair((left, base))}Z", look)


def crest(points: Sequence[Point], base: float, look: Paint) -> str:
    """Draw rock: a skyline of straight lines filled down to a base line."""
    skyline = "L".join(pair(point) for point in points)
    left, right = points[0][0], points[-1][0]
    return path(f"M{skyline}L{pair((right, base))}L{pair((left, base))}Z", look)


def blob(points: Sequence[Point], look: Paint) -> str:
    """Draw a closed shape with a smooth outline."""
    count = len(points)
    data = f"M{pair(points[0])}"
    for index in range(count):
        before, here = points[index - 1], points[index]
        there, after = points[(index + 1) % count], points[(index + 2) % count]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        data += f"C{pair(first)} {pair(second)} {pair(there)}"
    return path(data + "Z", look)


def _between(values: Sequence[float], share: float) -> float:
    """Give the Catmull-Rom value between the second and third of four values."""
    a, b, c, d = values
    return 0.5 * (
        2 * b
        + (c - a) * share
        + (2 * a - 5 * b + 4 * c - d) * share**2
        + (3 * b - a - 3 * c + d) * share**3
    )


def sample(spine: Sequence[Sequence[float]], steps: int = 6) -> list[tuple[float, ...]]:
    """Give closely spaced points on the smooth line through a few points."""
    padded = [spine[0], *spine, spine[-1]]
    found = []
    for index in range(len(spine) - 1):
        four = padded[index : index + 4]
        found += [
            tuple(_between(column, step / steps) for column in zip(*four, strict=True))
            for step in range(steps)
        ]
    return [*found, tuple(spine[-1])]


def level(skyline: Sequence[Sequence[float]], x: float) -> float:
    """Give the height of a smooth skyline, which runs from left to right, at some x."""
    for here, there in itertools.pairwise(sample(skyline)):
        if here[0] <= x <= there[0]:
            return mix(here[1], there[1], (x - here[0]) / ((there[0] - here[0]) or 1.0))
    return float(skyline[-1][1])


def edges(spine: Sequence[Triple], squash: float = 1.0) -> tuple[list[Point], list[Point]]:
    """Give both edges of a ribbon whose spine is points (x, y, width).

    A squash below one flattens the ribbon, as ground seen from a low place.
    """
    dense = sample(spine)
    left, right = [], []
    for index, (x, y, width) in enumerate(dense):
        ahead, behind = dense[min(index + 1, len(dense) - 1)], dense[max(index - 1, 0)]
        along = (ahead[0] - behind[0], (ahead[1] - behind[1]) / squash)
        length = math.hypot(*along) or 1.0
        across = (-along[1] / length * width / 2, along[0] / length * width / 2 * squash)
        left.append((x + across[0], y + across[1]))
        right.append((x - across[0], y - across[1]))
    return left, right


def ribbon(spine: Sequence[Triple], look: Paint, squash: float = 1.0) -> str:
    """Draw a ribbon along a spine of points (x, y, width)."""
    left, right = edges(spine, squash)
    back = right[::-1]
    return path(f"{curve(left)}L{pair(back[0])}{through(back)}Z", look)


FINEST = 3.0
"""The width of the thinnest line in any picture: it keeps above 0.25 pt in a column."""


def dashes(spine: Sequence[Triple], look: Paint, share: float = 0.05) -> str:
    """Draw the broken middle line of a road in perspective, as a row of small ribbons."""
    dense = sample(spine, 8)
    data = ""
    for index in range(0, len(dense) - 2, 4):
        piece = [(x, y, width * share) for x, y, width in dense[index : index + 3]]
        if min(piece[0][2], piece[2][2]) < FINEST:
            continue
        left, right = edges([piece[0], piece[2]])
        corners = [left[0], left[-1], right[-1], right[0]]
        data += "M" + "L".join(pair(corner) for corner in corners) + "Z"
    return path(data, look)


def scallop(span: Point, y: float, bump: float, seed: float) -> list[Point]:
    """Give the knots of a bumpy tree line from left to right."""
    knots, x, count = [], span[0], 0
    while x < span[1]:
        knots.append((x, y + bump * 0.5 * (wobble(seed + count) - 0.5)))
        x += bump * mix(0.75, 1.35, wobble(seed + count + 0.5))
        count += 1
    return [*knots, (span[1], y)]


def treeline(knots: Sequence[Point], base: float, look: Paint) -> str:
    """Draw a wood: arcs from knot to knot, filled down to a base line."""
    data = f"M{pair(knots[0])}"
    for here, there in itertools.pairwise(knots):
        radius = math.hypot(there[0] - here[0], there[1] - here[1]) * 0.54
        data += f"A{pair((radius, radius))} 0 0 1 {pair(there)}"
    left, right = knots[0][0], knots[-1][0]
    return path(f"{data}L{pair((right, base))}L{pair((left, base))}Z", look)


def arc_points(centre: Point, radii: Point, angles: Point, count: int) -> list[Point]:
    """Give evenly spaced points on an ellipse between two angles in degrees."""
    found = []
    for index in range(count):
        angle = math.radians(mix(angles[0], angles[1], index / max(count - 1, 1)))
        found.append(
            (centre[0] + radii[0] * math.cos(angle), centre[1] + radii[1] * math.sin(angle)),
        )
    return found
