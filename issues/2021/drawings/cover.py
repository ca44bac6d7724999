"""Front and back cover: a ribbon that is road, river and power line winds around the globe."""

import math

import built
import shapes
from geometry import curve, edges, level, mix, pts, ribbon, ridge, spine
from globe import Piece, Turn, View, band, earth, lane, wind
from palette import (
    BACK,
    COVER,
    DEEP,
    FINE,
    FOREST,
    JADE,
    MID,
    MIST,
    MOSS,
    PALE,
    PINE,
    SAGE,
    STRAW,
    WHITE,
)
from svg import Pen, Point, circle, group, path

TALL = 180
TURNS = (
    Turn(-86, 0.02, 3.9, 0.6),
    Turn(-66, -0.24, 2.05, 0.5),
    Turn(-36, -0.42, 1.28, 0.4),
    Turn(20, -0.41, 1.07, 0.35),
    Turn(90, -0.24, 1.1, 0.34),
    Turn(180, 0.08, 1.12, 0.31),
    Turn(270, 0.34, 1.1, 0.28),
    Turn(330, 0.47, 1.08, 0.25),
    Turn(384, 0.52, 1.26, 0.22),
    Turn(418, 0.48, 1.9, 0.2),
    Turn(441, 0.34, 3.2, 0.2),
)


def cover() -> list[str]:
    """Draw the front cover, calm above and below."""
    view = View((1130, 1236), 500.0, 17, -11)
    pieces = wind(view, TURNS)
    near = [piece for piece in pieces if piece.near]
    parts = [
        shapes.sky(DEEP, COVER),
        circle(view.centre, 582, PINE),
        circle((1640, 930), 124, STRAW),
    ]
    parts += [band(piece, MOSS) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "globe")
    parts += _far_hills()
    parts += [band(piece, JADE) for piece in near]
    return [*parts, *_road_and_river(near[0]), *_power_line(near[1]), *_near_hills()]


def _road_and_river(piece: Piece) -> list[str]:
    """Draw the lower turn of the ribbon: a road that becomes a river."""
    found = [lane(piece, 0.5, Pen(WHITE, MID, "34 30"), (0.0, 0.48))]
    found += [
        lane(piece, share, Pen(WHITE, FINE), (start, 0.97), 5)
        for share, start in ((0.28, 0.6), (0.5, 0.55), (0.72, 0.63))
    ]
    for along, height in pts("0.224 140, 0.25 190, 0.34 214, 0.372 172, 0.4 138"):
        x, y = piece.at(along, 0.98)
        draw = shapes.slim_tree if height > TALL else shapes.round_tree
        found.append(draw((x, y + 6), height, SAGE, FOREST))
    bus = piece.at(0.286, 0.7)
    return [
        *found,
        group([built.bus((0, 0), 1.0)], f"translate({bus[0]:.1f} {bus[1]:.1f}) rotate(3)"),
        built.boat(piece.at(0.7, 0.62), 86, (DEEP, WHITE)),
        built.boat(piece.at(0.82, 0.5), 58, (DEEP, WHITE)),
    ]


def _power_line(piece: Piece) -> list[str]:
    """Draw the upper turn of the ribbon: pylons on its rim, taller as they come nearer."""
    towers = []
    for along, height in pts("0.06 150, 0.26 176, 0.49 206, 0.72 240, 0.94 280, 1.18 330"):
        x, y = piece.at(along, 0.97)
        towers.append((x, y, height))
    found = [built.wires(towers, Pen(WHITE, FINE), 0.06)]
    return found + [built.pylon(tower, Pen(WHITE, MID)) for tower in towers[:-1]]


def _far_hills() -> list[str]:
    """Draw the hills from which the ribbon sets out, and wind turbines across from them."""
    left = pts("-20 1480, 160 1448, 380 1500, 640 1610, 900 1740, 1100 1810, 1300 1890")
    right = pts("1030 1890, 1180 1834, 1420 1760, 1700 1610, 1960 1660, 2180 1580")
    return [
        ridge(left, 2000, FOREST),
        *[
            built.turbine((x, level(right, x) + 8), height, angle, SAGE)
            for x, height, angle in ((1806, 270, 15), (1936, 190, 70), (2076, 240, 100))
        ],
        ridge(right, 2000, FOREST),
    ]


def _near_hills() -> list[str]:
    """Draw the hills at the foot, each lighter than the one behind, down to the level ground."""
    wood = pts("1000 1890, 1180 1846, 1420 1796, 1800 1706, 2180 1730")
    return [
        ridge(pts("-20 1700, 240 1712, 560 1770, 900 1830, 1200 1850, 1420 1858"), 2000, MOSS),
        shapes.planted(wood, pts("1496 96, 1560 126, 1616 90, 1700 106, 2040 112"), (SAGE, FOREST)),
        ridge(wood, 2000, MOSS),
        ridge(pts("-20 1790, 300 1784, 700 1810, 1200 1812, 1640 1790, 2180 1800"), 2000, JADE),
        ridge(pts("-20 1846, 420 1832, 880 1872, 1400 1854, 2180 1846"), 2000, PALE),
        ridge(pts("-20 1900, 600 1888, 1200 1912, 1700 1894, 2180 1904"), 3030, MIST),
    ]


VANISHING = (430.0, 742.0)
LINE = [
    (VANISHING[0] + 1500 * size, VANISHING[1] + 330 * size, 470 * size)
    for size in (1.0, 0.68, 0.46, 0.31, 0.21, 0.14, 0.095)
]
RIBBON = spine(
    "2300 1120 330, 2060 1196 290, 1780 1236 250, 1480 1220 210, 1210 1156 172, 1110 1116 156",
)
ROAD = spine(
    "1234 1134 90, 1030 1058 76, 880 1000 62, 720 956 52, 560 938 44, 452 908 34, 452 868 26,"
    " 520 836 19, 516 806 13, 470 784 9, 446 764 6",
)
RIVER = spine(
    "1186 1178 90, 1000 1098 76, 906 1044 64, 880 992 56, 940 944 48, 1080 922 42, 1240 906 34,"
    " 1336 878 26, 1310 848 17, 1236 828 11, 1262 808 6",
)


def back() -> list[str]:
    """Draw the back cover: the ribbon runs out as road, river and power line in quiet hills."""
    near = pts("-20 1290, 220 1262, 520 1300, 900 1370, 1360 1430, 1800 1446, 2180 1424")
    wood = pts("-20 1180, 160 1150, 380 1176, 560 1250, 760 1350")
    return [
        shapes.sky(DEEP, BACK),
        shapes.sun((430, 690), 118),
        *_dusk(),
        ribbon(ROAD, JADE, 0.6),
        ribbon(RIVER, JADE, 0.6),
        ribbon(RIBBON, JADE, 0.6),
        *_lanes(),
        built.wires([(2700, 1240, 700), *LINE], Pen(PALE, FINE), 0.05),
        *[built.pylon(tower, Pen(PALE, FINE)) for tower in LINE],
        shapes.planted(wood, pts("70 190, 150 236, 236 168, 318 214, 396 150"), (FOREST, DEEP)),
        ridge(wood, 1540, FOREST),
        ridge(near, 1540, DEEP),
    ]


def _lanes() -> list[str]:
    """Draw what the ribbon of the back cover is: a road above, flowing water below."""
    upper, lower = edges(RIBBON, 0.6)
    road = [*_strip((upper, lower), 0.27), *[(x, y) for x, y, _ in ROAD[1:6]]]
    found = [path(curve(road), Pen(WHITE, FINE, "26 22"))]
    for share, end in ((0.62, -4), (0.82, -9)):
        water = [
            (x, y + 7 * math.sin(index * 1.1))
            for index, (x, y) in enumerate(_strip((upper, lower), share)[:end])
        ]
        found.append(path(curve(water), Pen(PALE, FINE)))
    return found


def _strip(sides: tuple[list[Point], list[Point]], share: float) -> list[Point]:
    """Give the line that runs a share of the way from one edge of a ribbon to the other."""
    return [(mix(a[0], b[0], share), mix(a[1], b[1], share)) for a, b in zip(*sides, strict=True)]


def _dusk() -> list[str]:
    """Draw the hills of the back cover, far to near, as dark as a quiet evening."""
    return [
        ridge(
            pts(
                "-20 660, 220 590, 420 650, 640 700, 900 640, 1160 700, 1460 630, 1800 720,"
                " 2180 640",
            ),
            1540,
            PINE,
        ),
        ridge(
            pts("-20 770, 300 730, 640 762, 960 800, 1240 790, 1500 740, 1860 790, 2180 730"),
            1540,
            FOREST,
        ),
        ridge(pts("-20 850, 400 800, 900 812, 1400 806, 1800 860, 2180 840"), 1540, PINE),
    ]
