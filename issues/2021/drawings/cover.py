"""The cover: a ribbon that is road, river and power line winds around the globe."""

import built
import shapes
from geometry import pts, ridge
from globe import Piece, Turn, View, band, earth, lane, wind
from palette import (
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
from svg import Pen, circle, group

TALL = 120
TURNS = (
    Turn(-86, 0.16, 3.6, 0.42),
    Turn(-66, -0.16, 2.0, 0.41),
    Turn(-36, -0.38, 1.26, 0.38),
    Turn(20, -0.4, 1.06, 0.35),
    Turn(90, -0.24, 1.1, 0.34),
    Turn(180, 0.08, 1.12, 0.31),
    Turn(270, 0.34, 1.1, 0.28),
    Turn(330, 0.48, 1.08, 0.25),
    Turn(384, 0.54, 1.26, 0.22),
    Turn(418, 0.5, 1.9, 0.2),
    Turn(441, 0.36, 3.2, 0.2),
)


def cover() -> list[str]:
    """Draw the cover, calm above and below."""
    view = View((1120, 1300), 474.0, 17, -11)
    pieces = wind(view, TURNS)
    parts = [
        shapes.sky(DEEP, COVER),
        circle(view.centre, 545, PINE),
        circle((1590, 1010), 112, STRAW),
    ]
    parts += [band(piece, MOSS) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "globe")
    near = [piece for piece in pieces if piece.near]
    parts += [band(piece, JADE) for piece in near]
    parts += _road_and_river(near[0])
    parts += _power_line(near[1])
    return parts + _mist()


def _road_and_river(piece: Piece) -> list[str]:
    """Draw the lower turn of the ribbon: a road that becomes a river."""
    found = [lane(piece, 0.5, Pen(WHITE, MID, "34 30"), (0.0, 0.5))]
    found += [
        lane(piece, share, Pen(WHITE, FINE), (start, 0.97), 5)
        for share, start in ((0.28, 0.6), (0.5, 0.56), (0.72, 0.64))
    ]
    for along, height in pts("0.1 118, 0.145 150, 0.185 104, 0.33 126, 0.365 92"):
        x, y = piece.at(along, 0.99)
        draw = shapes.slim_tree if height > TALL else shapes.round_tree
        found.append(draw((x, y + 4), height, SAGE, FOREST))
    bus = piece.at(0.235, 0.72)
    found.append(
        group([built.bus((0, 0), 0.95)], f"translate({bus[0]:.1f} {bus[1]:.1f}) rotate(3)"),
    )
    found += [
        built.boat(piece.at(0.7, 0.62), 74, (DEEP, WHITE)),
        built.boat(piece.at(0.82, 0.5), 54, (DEEP, WHITE)),
    ]
    return found


def _power_line(piece: Piece) -> list[str]:
    """Draw the upper turn of the ribbon: pylons with their wires."""
    towers = []
    for along, height in pts("0.07 168, 0.3 180, 0.54 195, 0.78 205, 1.0 215"):
        x, y = piece.at(along, 0.6)
        towers.append((x, y, height))
    found = [built.wires(towers, Pen(WHITE, FINE), 0.06)]
    found += [built.pylon(tower, Pen(WHITE, MID)) for tower in towers]
    return found


def _mist() -> list[str]:
    """Draw the hills at the foot, each lighter than the one behind, down to flat mist."""
    return [
        ridge(
            pts(
                "-20 1800, 240 1776, 520 1800, 900 1830, 1300 1780, 1700 1650, "
                "1960 1700, 2180 1630",
            ),
            2000,
            FOREST,
        ),
        *[
            built.turbine((x, y), height, angle, SAGE)
            for x, y, height, angle in (
                (1790, 1672, 250, 15),
                (1920, 1704, 180, 70),
                (2060, 1690, 220, 100),
            )
        ],
        ridge(
            pts(
                "-20 1826, 300 1816, 620 1846, 1000 1860, 1420 1810, 1800 1740, 2180 1760",
            ),
            2000,
            MOSS,
        ),
        shapes.grove((1500, 1700), 1796, 92, (SAGE, FOREST)),
        ridge(pts("-20 1850, 380 1842, 800 1880, 1200 1880, 1640 1830, 2180 1830"), 2000, JADE),
        ridge(pts("-20 1876, 420 1862, 880 1905, 1400 1880, 2180 1870"), 2000, SAGE),
        ridge(pts("-20 1906, 500 1896, 1000 1924, 1560 1902, 2180 1905"), 2000, PALE),
        ridge(pts("-20 1936, 600 1926, 1200 1944, 1700 1928, 2180 1938"), 3030, MIST),
    ]
