"""A ball seen in space, its grid, and a ribbon that winds around it."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from geometry import blob, curve, mix, sample, through
from svg import Paint, Pen, Point, circle, clip_path, group, path

Spot = tuple[float, float, float]
EDGE = 0.05


@dataclass(frozen=True)
class View:
    """Where a ball stands, how large it is, and how it is turned towards us."""

    centre: Point
    radius: float
    tilt: float = 18.0
    roll: float = -14.0

    def place(self, east: float, up: float, reach: float) -> Spot:
        """Give the picture's x and y of a point about the ball, and how near it is.

        The point lies at an angle around the axis, a height along it and a distance from it;
        height and distance count in radii.
        """
        angle, tilt, roll = math.radians(east), math.radians(self.tilt), math.radians(self.roll)
        x, near = reach * math.sin(angle), reach * math.cos(angle)
        y = up * math.cos(tilt) - near * math.sin(tilt)
        depth = up * math.sin(tilt) + near * math.cos(tilt)
        across = x * math.cos(roll) + y * math.sin(roll)
        above = y * math.cos(roll) - x * math.sin(roll)
        return (
            self.centre[0] + self.radius * across,
            self.centre[1] - self.radius * above,
            depth,
        )

    def surface(self, longitude: float, latitude: float) -> Spot:
        """Give the place of a point on the ball itself."""
        north = math.radians(latitude)
        return self.place(longitude, math.sin(north), math.cos(north))


@dataclass(frozen=True)
class Turn:
    """One stop of a winding ribbon: angle, height, distance from the axis and breadth."""

    east: float
    up: float
    reach: float
    breadth: float


@dataclass
class Piece:
    """A stretch of ribbon on one side of the ball, with its two edges."""

    near: bool
    upper: list[Point]
    lower: list[Point]

    def at(self, along: float, across: float) -> Point:
        """Give the point some share along the piece and some share up from its lower edge."""
        exact = along * (len(self.upper) - 1)
        index = min(int(exact), len(self.upper) - 2)
        share = exact - index
        ends = []
        for edge in (self.lower, self.upper):
            here, there = edge[index], edge[index + 1]
            ends.append((mix(here[0], there[0], share), mix(here[1], there[1], share)))
        low, high = ends
        return (mix(low[0], high[0], across), mix(low[1], high[1], across))


def wind(view: View, turns: Sequence[Turn], steps: int = 8) -> list[Piece]:
    """Cut a winding ribbon into the pieces before the ball and the pieces behind it."""
    dense = sample([(turn.east, turn.up, turn.reach, turn.breadth) for turn in turns], steps)
    cut: list[tuple[float, ...]] = []
    for here, there in itertools.pairwise(dense):
        cut.append(here)
        first, last = sorted((here[0], there[0]))
        cut += [
            tuple(
                mix(a, b, (limb - here[0]) / (there[0] - here[0]))
                for a, b in zip(here, there, strict=True)
            )
            for limb in (-270, -90, 90, 270, 450)
            if first < limb < last
        ]
    cut.append(dense[-1])
    pieces: list[Piece] = []
    for here, there in itertools.pairwise(cut):
        near = math.cos(math.radians((here[0] + there[0]) / 2)) >= 0
        if not pieces or pieces[-1].near != near:
            pieces.append(Piece(near, [], []))
            _extend(pieces[-1], view, here)
        _extend(pieces[-1], view, there)
    return pieces


def _extend(piece: Piece, view: View, stop: tuple[float, ...]) -> None:
    """Add one stop to both edges of a piece."""
    east, up, reach, breadth = stop
    piece.upper.append(view.place(east, up + breadth / 2, reach)[:2])
    piece.lower.append(view.place(east, up - breadth / 2, reach)[:2])


def band(piece: Piece, look: Paint) -> str:
    """Draw one piece of a winding ribbon."""
    back = piece.lower[::-1]
    start = f"L{back[0][0]:.1f} {back[0][1]:.1f}"
    return path(f"{curve(piece.upper)}{start}{through(back)}Z", look)


def lane(piece: Piece, share: float, pen: Pen, part: Point = (0.0, 1.0), wave: int = 0) -> str:
    """Draw a line along part of a piece, a share of the way up from its lower edge.

    With a wave the line swings to and fro that many times.
    """
    count = 12 * wave if wave else 16
    points = []
    for index in range(count + 1):
        along = mix(part[0], part[1], index / count)
        swing = 0.07 * math.sin(math.tau * wave * index / count)
        points.append(piece.at(along, share + swing))
    return path(curve(points), pen)


def grid(view: View, pen: Pen, step: int = 30) -> str:
    """Draw meridians and parallels on the near side of a ball."""
    runs: list[list[Spot]] = []
    for longitude in range(-180, 180, step):
        runs += _shown([view.surface(longitude, latitude) for latitude in range(-60, 61, 10)])
    for latitude in range(-60, 61, step):
        runs += _shown([view.surface(longitude, latitude) for longitude in range(-180, 181, 10)])
    return path("".join(curve(run) for run in runs), pen)


def _shown(points: Sequence[Spot]) -> list[list[Spot]]:
    """Give the stretches of a line that lie clearly on the near side."""
    runs: list[list[Spot]] = [[]]
    for point in points:
        if point[2] > EDGE:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


LANDS = (
    (
        (-0.98, -0.42),
        (-0.7, -0.78),
        (-0.3, -0.98),
        (0.08, -0.86),
        (-0.08, -0.58),
        (-0.34, -0.4),
        (-0.42, -0.12),
        (-0.7, -0.02),
        (-0.92, -0.14),
    ),
    (
        (0.24, -0.62),
        (0.56, -0.86),
        (1.02, -0.5),
        (1.12, 0.02),
        (0.86, 0.16),
        (0.66, -0.06),
        (0.42, -0.16),
        (0.22, -0.36),
    ),
    (
        (-0.66, 0.26),
        (-0.36, 0.14),
        (-0.02, 0.22),
        (0.16, 0.42),
        (0.02, 0.66),
        (-0.14, 1.0),
        (-0.42, 0.92),
        (-0.5, 0.58),
    ),
    ((0.48, 0.44), (0.72, 0.36), (0.92, 0.5), (0.74, 0.74), (0.52, 0.66)),
)


def earth(view: View, tones: tuple[str, str, str], weight: float, name: str) -> list[str]:
    """Draw a ball of sea and soft lands: no real coasts, no borders; tones sea, land, grid."""
    x, y = view.centre
    size = view.radius
    sea, land, mesh = tones
    inner = [
        blob([(x + size * px, y + size * py) for px, py in outline], land) for outline in LANDS
    ]
    return [
        clip_path(name, circle(view.centre, size, sea)),
        circle(view.centre, size, sea),
        group(inner, clip=name),
        grid(view, Pen(mesh, weight)),
    ]
