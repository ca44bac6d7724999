"""A ball seen in space, its grid, and a ribbon that winds around it."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from geometry import blob, curve, mix, pts, sample, through
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
    middle: float = 72.0

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
        """Give the place of a point on the ball itself; `middle` is the longitude we look at."""
        north = math.radians(latitude)
        return self.place(longitude - self.middle, math.sin(north), math.cos(north))

    def held(self, longitude: float, latitude: float) -> Point:
        """Give the place of a point on the ball, moved to the rim when it lies on the far side."""
        x, y, depth = self.surface(longitude, latitude)
        if depth >= 0:
            return (x, y)
        dx, dy = x - self.centre[0], y - self.centre[1]
        out = self.radius * 1.01 / (math.hypot(dx, dy) or 1.0)
        return (self.centre[0] + dx * out, self.centre[1] + dy * out)


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
    for longitude in range(0, 360, step):
        runs += _shown([view.surface(longitude, latitude) for latitude in range(-60, 61, 10)])
    for latitude in range(-60, 61, step):
        runs += _shown([view.surface(longitude, latitude) for longitude in range(-180, 541, 10)])
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
    # Europe and Asia
    (
        "-9 43, -1 44, -4 48, 2 51, 8 54, 8 57, 11 55, 20 55, 24 59, 18 61, 22 65.5, 17 61, 13 56,"
        " 6 58.5, 6 62, 14 67, 24 71, 32 70, 41 67, 36 64.5, 44 67, 55 68.5, 68 69, 73 72, 82 73,"
        " 100 77, 113 74, 130 72, 140 73, 160 70, 178 69, 178 64, 163 60, 163 56, 157 51, 155 58,"
        " 143 59, 136 54, 141 52, 140 48, 132 43, 128 39.5, 129.5 36, 126.5 34.5, 126 37.5,"
        " 125 39.5, 121.5 40.5, 118 39, 119.5 37.3, 122.5 37.3, 119.5 35, 122 31.5, 121.5 28.5,"
        " 119 25.5, 116 23, 113.5 22, 110 21, 108.5 21.7, 106 19, 109 14, 108.5 11.2, 105 8.8, 104.5 10.5,"
        " 100.8 13.4, 99.5 10, 103.4 4.5, 104 1.4, 101 3, 98.3 8, 98.5 14, 97 17, 94.3 16, 94 19,"
        " 91 22.5, 87 21.3, 82.5 17, 80 15, 80 11, 77.6 8.1, 75 12, 73 17, 72.7 21, 69 22.3,"
        " 67 24.8, 61.5 25.2, 57 26.8, 54 26.6, 50.5 29.5, 48.3 30, 50 26.5, 51.6 25.5, 54 24.1,"
        " 56.3 26, 59.8 22.5, 57.5 19, 54 17, 45 12.8, 43 13.3, 42.5 16.5, 39 21, 35 28, 33 30,"
        " 34.3 31, 35.8 35, 36 36.7, 31 36.3, 27.3 37, 26.5 39.5, 31 41.3, 36 41.5, 41.5 41.5,"
        " 39 44.5, 36 45.3, 33 44.8, 31 46.5, 28.5 43.5, 28 41.5, 24 40.5, 23 37, 20 40, 19.5 42,"
        " 14 45, 13 44, 18 40.3, 16 38.3, 12 42, 9 44, 3.2 43, 0 40, -2 37, -6 36.2, -9 38"
    ),
    # Africa
    (
        "-6 35.8, 3 37, 10 37.2, 11 33.5, 16 31.3, 20 31, 22 32.8, 29 31, 32.6 31.2, 33 29.6,"
        " 35.5 24, 37.3 20, 39.5 15.5, 43 11.8, 44 10.5, 51.2 11.8, 48 4.5, 42 -1, 39.3 -6, 40.5 -12,"
        " 36 -19, 35.4 -24, 32.7 -28, 27 -33.8, 20 -34.8, 17.5 -31, 14.5 -22, 12 -16, 13.5 -9, 9 -1,"
        " 9.5 4, 5 5, -4 5, -8 4.5, -13 8.5, -17 14.5, -16 21, -10 29"
    ),
    # Australia
    (
        "114 -22, 122 -18, 129 -15, 131 -12, 136.5 -12, 136 -15, 140.5 -17.5, 142.5 -11, 146 -19,"
        " 153 -25.5, 152.5 -32, 150 -37.5, 145 -38.3, 138 -34, 131 -31.5, 124 -33.5, 115.5 -34.3,"
        " 113.5 -26"
    ),
    # Islands, from west to east
    "-5.5 50.2, 1 51.5, -1.5 55, -3 58.5, -6 57, -3.5 54",
    "49.5 -12.3, 50.3 -16, 47 -25, 44 -24, 44.3 -17",
    "80 9.5, 81.8 7.3, 80.3 6",
    "95.5 5.5, 103.5 -1, 105.8 -5.8, 101 -2.5",
    "105.5 -6.5, 114 -7.3, 114.3 -8.5, 107 -7.6",
    "109.2 1.5, 113 3, 117 7, 119 5, 117.5 1, 116 -3.7, 111 -3",
    "109 20, 111 19.8, 110 18.3, 108.7 19",
    "119.5 0.5, 124.5 1, 121 -1, 122.5 -4.5, 120 -5",
    "120.5 18, 122 17, 124 12.5, 126 7, 122 7.5, 121.5 13",
    "121.6 25.2, 121.3 23, 120.8 22, 120.1 23.2",
    "130 33.5, 135.5 34, 140.5 36, 142 40, 145 43.5, 141.5 45.3, 140 41, 137 37, 132 35.5",
    "131 -1, 137 -2, 145 -4.5, 150 -10.3, 143 -9, 138 -8, 133 -3.8",
    "142.5 54, 144 49, 142 46.2, 142 50",
)
LAKES = ("47 45, 51.5 46.5, 53 42, 54 37, 49.5 37.5, 49 41",)


def earth(view: View, tones: tuple[str, str, str], weight: float, name: str) -> list[str]:
    """Draw the earth with its lands much simplified and no borders; tones sea, land, grid."""
    sea, land, mesh = tones
    shapes = [
        blob([view.held(*spot) for spot in pts(outline)], tone)
        for outlines, tone in ((LANDS, land), (LAKES, sea))
        for outline in outlines
    ]
    disc = circle(view.centre, view.radius, sea)
    return [clip_path(name, disc), disc, grid(view, Pen(mesh, weight)), group(shapes, clip=name)]
