"""Pictures for the news section: symposium, council, data platform."""

import itertools
import math
from collections.abc import Sequence

import built
import people
import shapes
from geometry import (
    arc_points,
    blob,
    curve,
    dashes,
    edges,
    mix,
    pts,
    ribbon,
    ridge,
    spine,
    wobble,
)
from globe import Turn, View, band, earth, lane, wind
from palette import (
    CLAY,
    CREAM,
    DEEP,
    DUNE,
    FINE,
    FOREST,
    HAZE,
    JADE,
    MID,
    MIST,
    MOSS,
    OCHRE,
    PALE,
    PINE,
    SAGE,
    SAND,
    STRAW,
    WHITE,
)
from svg import Pen, Point, circle, ellipse, group, lines, path, polygon, rect, strokes

Triple = tuple[float, float, float]
PLANT = 2
UPPER = 318


def symposium() -> list[str]:
    """Draw a round of seats from which road, rail, sea lane and sky links set out."""
    road = spine("800 660 220, 790 570 130, 846 500 70, 792 446 34, 812 398 10")
    lane_ = spine("1010 690 160, 1130 585 84, 1320 530 44, 1480 500 26, 1640 480 16")
    parts = [
        shapes.sky(MIST),
        rect((0, 420), (1600, 480), HAZE),
        ridge(
            pts(
                "-20 340, 120 270, 260 315, 420 225, 600 310, 800 290, 980 370, 1120 420",
            ),
            420,
            HAZE,
        ),
        ridge(pts("-20 400, 150 350, 330 390, 520 315, 720 395, 900 400, 1090 458"), 458, PALE),
        ridge(
            pts(
                "-20 470, 200 425, 420 450, 620 398, 840 400, 1010 480, 1100 640, 1140 760",
            ),
            900,
            SAGE,
        ),
        ridge(pts("-20 620, 300 575, 700 560, 960 600, 1180 690, 1400 790, 1620 840"), 900, MOSS),
        *_rails(spine("590 690 150, 430 560 84, 250 500 48, 110 462 28, -30 440 18")),
        ribbon(road, FOREST, 0.5),
        dashes(road, WHITE, 0.06),
        path(curve([(point[0], point[1]) for point in lane_]), Pen(WHITE, MID, "26 22")),
        built.ship((1330, 505), 170, (DEEP, OCHRE, STRAW)),
        built.boat((1520, 466), 52),
        shapes.ripples(
            spine("1130 455 60, 1210 442 40, 1450 590 70, 1330 640 90"),
            Pen(WHITE, FINE),
        ),
        *_sky_links(),
    ]
    return parts + _round_of_seats((800, 722))


def _rails(spine: Sequence[Triple]) -> list[str]:
    """Draw a railway track that runs away from us: bed, sleepers and two rails."""
    left, right = edges(spine, 0.5)
    inner = [
        (mix(a[0], b[0], 0.24), mix(a[1], b[1], 0.24)) for a, b in zip(left, right, strict=True)
    ]
    outer = [
        (mix(a[0], b[0], 0.76), mix(a[1], b[1], 0.76)) for a, b in zip(left, right, strict=True)
    ]
    sleepers = [
        ((mix(a[0], b[0], 0.1), mix(a[1], b[1], 0.1)), (mix(a[0], b[0], 0.9), mix(a[1], b[1], 0.9)))
        for a, b in zip(left, right, strict=True)
    ]
    return [
        ribbon(spine, JADE, 0.5),
        strokes(sleepers, Pen(PALE, FINE)),
        path(curve(inner) + curve(outer), Pen(WHITE, FINE)),
    ]


def _sky_links() -> list[str]:
    """Draw the links of the sky: nodes joined by fine arcs, and an aeroplane."""
    nodes = spine("250 250 12, 560 130 15, 860 190 12, 1130 110 15, 1410 230 12")
    data = ""
    for (ax, ay, _), (bx, by, _) in itertools.pairwise(nodes):
        data += f"M{ax:.0f} {ay:.0f}Q{(ax + bx) / 2:.0f} {min(ay, by) - 40:.0f} {bx:.0f} {by:.0f}"
    found = [path(data + "M560 130Q850 10 1130 110M250 250Q520 90 860 190", Pen(JADE, FINE))]
    found += [
        circle((x, y), size, FOREST) + circle((x, y), size * 0.42, WHITE) for x, y, size in nodes
    ]
    plane = (
        "M-40 4Q-44 0 -40 -4L-4 -5L-22 -30H-14L14 -5L34 -4Q44 -3 46 0Q44 3 34 4L14 5L-14 30"
        "H-22L-4 5L-34 4L-42 12H-47L-43 0L-47 -12H-42Z"
    )
    found.append(group([path(plane, FOREST)], "translate(1280 330) rotate(-14)"))
    return found


def _round_of_seats(middle: Point) -> list[str]:
    """Draw a round table with seats all about it: the far ones, the table, the near ones."""
    x, y = middle
    clothes = (DEEP, FOREST, PINE, DEEP, FOREST)
    hair = ("short", "bob", "short", "bun", "short")
    found = [ellipse((x, y + 34), (660, 200), PALE), ellipse((x, y + 30), (600, 172), HAZE)]
    far = arc_points((x, y - 6), (452, 112), (207, 333), 8)
    for index, spot in sorted(enumerate(far), key=lambda pair: pair[1][1]):
        size = 84 + (spot[1] - y + 118) * 0.16
        place = (spot[0], spot[1] + 18)
        found += [
            people.chair((place[0], place[1] + 10), size * 1.0, JADE),
            people.bust(place, size, clothes[index % 5], hair[(index + 1) % 5]),
        ]
    found += [
        ellipse((x, y + 32), (416, 112), MOSS),
        ellipse((x, y + 6), (416, 112), CREAM),
        ellipse((x, y + 6), (300, 76), SAND),
        ellipse((x, y + 6), (120, 28), JADE),
        ellipse((x, y + 3), (60, 13), PALE),
    ]
    for index, spot in enumerate(arc_points((x, y + 70), (590, 140), (20, 160), 6)):
        size = 104 + (spot[1] - y) * 0.1
        found += [
            people.bust(spot, size, clothes[(index * 2) % 4], hair[(index + 2) % 5]),
            people.chair((spot[0], spot[1] + size * 0.72), size * 1.04, JADE),
        ]
    return found


def advisory_council() -> list[str]:
    """Draw twelve windows of a video conference set around a globe."""
    view = View((800, 450), 172.0, 17, -14)
    turns = [
        Turn(-84, -0.5, 5.6, 0.34),
        Turn(-50, -0.3, 1.5, 0.36),
        Turn(0, -0.16, 1.1, 0.36),
        Turn(90, 0.0, 1.12, 0.36),
        Turn(180, 0.1, 1.12, 0.36),
        Turn(270, 0.2, 1.12, 0.32),
        Turn(340, 0.34, 1.12, 0.28),
        Turn(400, 0.5, 1.5, 0.26),
        Turn(444, 0.5, 5.6, 0.26),
    ]
    pieces = wind(view, turns)
    parts = [shapes.sky(DEEP), circle(view.centre, 235, PINE)]
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "ball")
    for piece in pieces:
        if piece.near:
            parts += [band(piece, JADE), lane(piece, 0.5, Pen(WHITE, FINE))]
    width, height, gap = 365.0, 190.0, 20.0
    spots = [
        (column, row)
        for row in range(4)
        for column in range(4)
        if not (row in (1, 2) and column in (1, 2))
    ]
    for index, (column, row) in enumerate(spots):
        parts.append(_window((40 + column * (width + gap), 40 + row * (height + gap)), index))
    return parts


def _window(corner: Point, index: int) -> str:
    """Draw one window: a plain room with somebody in it."""
    grounds = (HAZE, SAND, SAGE, MIST, PALE, DUNE, PALE, HAZE, DUNE, SAGE, MIST, SAND)
    figures = (DEEP, FOREST, PINE, MOSS, DEEP, FOREST, PINE, DEEP, MOSS, DEEP, FOREST, PINE)
    hair = (
        "short",
        "short",
        "bob",
        "short",
        "short",
        "long",
        "short",
        "bun",
        "short",
        "short",
        "bob",
        "short",
    )
    x, y = corner
    parts = [rect(corner, (365, 190), grounds[index], 12)]
    kind = (0, 1, 2, 3, 1, 0, 3, 2, 2, 3, 0, 1)[index]
    back = WHITE if grounds[index] != MIST else PALE
    if kind == 0:
        parts += [
            rect((x + 34, y + 34), (84, 62), back, 4),
            ridge(
                [(x + 34, y + 84), (x + 62, y + 58), (x + 84, y + 76), (x + 118, y + 60)],
                y + 96,
                JADE,
            ),
        ]
    elif kind == 1:
        parts.append(strokes([((x + 262, y + 60), (x + 335, y + 60))], Pen(CLAY, MID)))
        parts += [
            rect(
                (x + 270 + 13 * book, y + 57 - (30 + 6 * (book % 3))),
                (9, 30 + 6 * (book % 3)),
                (JADE, OCHRE, MOSS, PALE)[book % 4],
            )
            for book in range(5)
        ]
    elif kind == PLANT:
        parts += [
            shapes.leaf((x + 64, y + 150), 84, angle, (FOREST, back)) for angle in (-120, -90, -58)
        ]
        parts.append(
            polygon(
                [(x + 42, y + 146), (x + 86, y + 146), (x + 80, y + 190), (x + 48, y + 190)],
                OCHRE,
            ),
        )
    parts.append(
        people.bust((x + 182, y + 190), 142 + 10 * wobble(index), figures[index], hair[index]),
    )
    return "".join(parts)


def big_data() -> list[str]:
    """Draw layers of a data platform: figures, contours, and a river basin with its sensors."""
    parts = [shapes.sky(MIST)]
    sensors = pts("0.24 0.36, 0.52 0.2, 0.42 0.56, 0.72 0.48, 0.66 0.82, 0.2 0.74")
    for level, tones in ((656, (FOREST, DEEP)), (487, (JADE, MOSS)), (UPPER, (CREAM, DUNE))):
        parts.append(_plate(level, tones))
        parts += {656: _figures, 487: _contours, UPPER: _basin}[level](level)
    corners = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    for high, low in ((UPPER, 487), (487, 656)):
        ends = [(_iso(u, v, high), _iso(u, v, low)) for u, v in corners]
        parts.append(
            strokes(
                [((a[0], a[1] + 34), (b[0], b[1] - 12)) for a, b in ends],
                Pen(OCHRE, FINE, "2 12"),
            ),
        )
        parts += [circle(end, 8, OCHRE) for _, end in ends]
    beam = [(_iso(u, v, UPPER)) for u, v in (sensors[1], sensors[3])]
    parts.append(strokes([((1330, 130), (x, y - 88)) for x, y in beam], Pen(JADE, FINE, "2 12")))
    parts.append(_satellite((1350, 118)))
    for u, v in sensors:
        x, y = _iso(u, v, UPPER)
        parts += [
            ellipse((x, y), (16, 6), DUNE),
            strokes([((x, y), (x, y - 62))], Pen(OCHRE, MID)),
            built.marker((x, y - 70), 15),
        ]
    return parts


def _satellite(place: Point) -> str:
    """Draw a satellite that looks down on the layers."""
    shapes_ = [
        strokes([((-70, 0), (70, 0))], Pen(FOREST, MID)),
        built.panel(pts("-112 -24, -34 -24, -34 24, -112 24"), (4, 2), (MOSS, PALE)),
        built.panel(pts("34 -24, 112 -24, 112 24, 34 24"), (4, 2), (MOSS, PALE)),
        rect((-22, -30), (44, 60), FOREST, 8),
        path("M-20 46A20 20 0 0 1 20 46Z", OCHRE),
    ]
    return group(shapes_, f"translate({place[0]} {place[1]}) rotate(24)")


def _iso(across: float, down: float, level: float) -> Point:
    """Give the place of a point of a plate: shares along its two sides, seen from a corner."""
    return (800 + (across - down) * 590, level + (across + down - 1) * 200)


def _plate(level: float, tones: tuple[str, str]) -> str:
    """Draw one plate with its thickness."""
    corners = [_iso(0, 1, level), _iso(0, 0, level), _iso(1, 0, level), _iso(1, 1, level)]
    return _side(level, tones[1]) + polygon(corners, tones[0])


def _side(level: float, tone: str) -> str:
    """Draw the two near sides of a plate."""
    rim = [_iso(0, 1, level), _iso(1, 1, level), _iso(1, 0, level)]
    return polygon([*rim, *[(x, y + 22) for x, y in rim[::-1]]], tone)


def _figures(level: float) -> list[str]:
    """Draw the lowest plate: a grid of measured values."""
    mesh = [(_iso(share / 8, 0, level), _iso(share / 8, 1, level)) for share in range(1, 8)]
    mesh += [(_iso(0, share / 8, level), _iso(1, share / 8, level)) for share in range(1, 8)]
    found = [strokes(mesh, Pen(MOSS, FINE))]
    for index in range(11):
        u, v = 0.5 + 0.125 * (index % 4), 0.625 + 0.125 * (index // 4)
        spot = [
            _iso(u, v, level),
            _iso(u + 0.125, v, level),
            _iso(u + 0.125, v + 0.125, level),
            _iso(u, v + 0.125, level),
        ]
        if u < 1 and v < 1 and index % 3:
            found.append(polygon(spot, (JADE, SAGE, PALE)[index % 3]))
    return found


def _contours(level: float) -> list[str]:
    """Draw the middle plate: contour lines of two hills."""
    found = []
    for u, v, steps in ((0.76, 0.52, 2), (0.38, 0.8, 2)):
        for step in range(steps):
            size = 0.2 - step * 0.075
            points = []
            for index in range(8):
                angle = math.tau * index / 8
                reach = size * mix(0.8, 1.1, wobble(index + u))
                points.append(
                    _iso(u + reach * math.cos(angle), v + reach * 0.7 * math.sin(angle), level),
                )
            found.append(blob(points, Pen(WHITE, FINE)))
    return found


def _basin(level: float) -> list[str]:
    """Draw the uppermost plate: a river with its branches, woods and fields."""

    def run(stops: Sequence[Triple]) -> list[Triple]:
        """Place the stops of a river on the plate."""
        return [(*_iso(u, v, level), width) for u, v, width in stops]

    found = [
        polygon([_iso(u, v, level) for u, v in pts("0 0, 0.5 0, 0.34 0.3, 0.0 0.5")], HAZE),
        polygon([_iso(u, v, level) for u, v in pts("1 0.62, 1 1, 0.6 1, 0.76 0.78")], HAZE),
        ribbon(
            run(
                spine(
                    "0.03 0.2 8, 0.26 0.3 16, 0.4 0.44 26, 0.6 0.5 36, 0.74 0.68 44, 1.02 0.82 64",
                ),
            ),
            JADE,
            0.5,
        ),
        ribbon(run(spine("0.5 0.02 8, 0.48 0.2 14, 0.56 0.34 18, 0.6 0.5 24")), JADE, 0.5),
        ribbon(run(spine("0.08 0.86 8, 0.22 0.74 14, 0.34 0.6 18, 0.44 0.47 24")), JADE, 0.5),
    ]
    found += [
        lines([_iso(0, 1, level), _iso(0, 0, level), _iso(1, 0, level)], Pen(WHITE, FINE)),
        _side(level, DUNE),
    ]
    for u, v, height in spine(
        "0.1 0.1 56, 0.2 0.12 70, 0.16 0.2 60, 0.3 0.12 54, 0.82 0.25 60, "
        "0.9 0.38 72, 0.78 0.36 54, 0.3 0.88 58, 0.44 0.92 66",
    ):
        x, y = _iso(u, v, level)
        found.append(shapes.round_tree((x, y), height, FOREST))
    return found
