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
    BARK,
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
    PANORAMA,
    PINE,
    SAGE,
    SAND,
    STRAW,
    UMBER,
    WHITE,
)
from svg import Pen, Point, circle, ellipse, group, lines, path, polygon, rect, strokes

Triple = tuple[float, float, float]
OPEN = 5
FULL = 0.62


def symposium() -> list[str]:
    """Draw a round table from which road, rail, sea lane and sky links set out."""
    road = spine("800 424 240, 788 370 140, 838 318 70, 800 280 36, 818 250 14")
    sea_lane = spine("1010 430 0, 1110 372 0, 1270 336 0, 1440 316 0, 1640 304 0")
    return [
        shapes.sky(MIST, PANORAMA),
        shapes.sun((1180, 206), 62),
        shapes.cloud((1230, 130), 130),
        ridge(
            pts("-20 196, 120 140, 280 176, 430 104, 610 170, 800 150, 980 210, 1120 244"),
            250,
            HAZE,
        ),
        rect((-20, 244), (1640, 300), HAZE),
        ridge(pts("-20 250, 150 214, 330 236, 520 184, 720 236, 900 250, 1130 300"), 300, PALE),
        ridge(
            pts("-20 292, 200 256, 420 272, 620 240, 830 246, 990 292, 1080 380, 1110 460"),
            560,
            SAGE,
        ),
        ridge(pts("-20 404, 240 366, 560 352, 760 372, 980 420, 1140 470"), 560, MOSS),
        *_rails(spine("560 436 150, 420 352 84, 250 312 48, 110 288 28, -30 272 18")),
        ribbon(road, FOREST, 0.5),
        dashes(road, WHITE, 0.06),
        *[
            draw(spot, height, FOREST)
            for draw, spot, height in (
                (shapes.round_tree, (600, 330), 62),
                (shapes.slim_tree, (646, 336), 74),
                (shapes.round_tree, (960, 352), 66),
                (shapes.slim_tree, (1004, 366), 78),
                (shapes.round_tree, (232, 384), 74),
                (shapes.slim_tree, (180, 388), 88),
            )
        ],
        path(curve([(x, y) for x, y, _ in sea_lane]), Pen(WHITE, MID, "22 20")),
        built.ship((1320, 330), 190, (DEEP, OCHRE, STRAW)),
        built.boat((1190, 286), 54),
        shapes.ripples(
            spine("1130 266 60, 1280 274 40, 1470 370 80, 1250 400 90"), Pen(WHITE, FINE)
        ),
        *_sky_links(),
        *_round_of_seats((800, 498)),
    ]


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
    """Draw the links of the sky from a mast on land to the ship, and an aeroplane below them."""
    nodes = spine("250 168 10, 545 66 14, 850 100 11, 1120 52 14, 1332 268 8")
    data = ""
    for (ax, ay, _), (bx, by, _) in itertools.pairwise(nodes):
        data += f"M{ax:.0f} {ay:.0f}Q{(ax + bx) / 2:.0f} {min(ay, by) - 34:.0f} {bx:.0f} {by:.0f}"
    found = [
        path("M250 168V262M236 262L250 196L264 262M242 232H258", Pen(FOREST, FINE)),
        path(data, Pen(JADE, FINE)),
    ]
    found += [
        circle((x, y), size, FOREST) + circle((x, y), size * 0.42, WHITE) for x, y, size in nodes
    ]
    plane = (
        "M-40 4Q-44 0 -40 -4L-4 -5L-22 -30H-14L14 -5L34 -4Q44 -3 46 0Q44 3 34 4L14 5L-14 30"
        "H-22L-4 5L-34 4L-42 12H-47L-43 0L-47 -12H-42Z"
    )
    found.append(group([path(plane, FOREST)], "translate(985 150) rotate(-14)"))
    return found


LOOKS = (
    people.Look(DEEP),
    people.Look(FOREST, "bob", collar="round"),
    people.Look(PINE, "close"),
    people.Look(DEEP, "bun"),
    people.Look(FOREST),
    people.Look(PINE, "short", STRAW),
    people.Look(MOSS, "long", collar="round"),
)


NEAR_SEATS = pts("-590 30, 590 30, -372 66, 372 66, -152 82, 152 82")


def _round_of_seats(middle: Point) -> list[str]:
    """Draw a round table on its terrace: the far seats, the table, the near seats."""
    x, y = middle
    found = [ellipse((x, y + 120), (1120, 214), PALE), ellipse((x, y + 132), (1120, 214), CREAM)]
    far = arc_points((x, y), (428, 66), (200, 340), 8)
    for index, spot in sorted(enumerate(far), key=lambda pair: pair[1][1]):
        size = 108 + (spot[1] - y + 66) * 0.2
        place = (spot[0], spot[1] + 22)
        found += [
            people.chair((place[0], place[1] + 6), size * 1.0, SAGE),
            people.bust(place, size, LOOKS[index % 7]),
        ]
    found += [
        ellipse((x, y + 38), (470, 86), SAGE),
        ellipse((x, y + 16), (470, 86), DUNE),
        ellipse((x, y + 16), (330, 54), CREAM),
        ellipse((x, y + 16), (170, 25), JADE),
        ellipse((x, y + 13), (150, 20), MOSS),
    ]
    found += [shapes.shrub((x + dx, y + 18), width, JADE) for dx, width in ((-70, 66), (60, 74))]
    found.append(shapes.shrub((x - 4, y + 20), 92, FOREST))
    near = [(x + dx, y + dy) for dx, dy in NEAR_SEATS]
    for index, spot in sorted(enumerate(near), key=lambda pair: pair[1][1]):
        size = 112 + (spot[1] - y) * 0.14
        found += [
            people.behind(spot, size, LOOKS[(index * 3 + 1) % 7]),
            people.chair((spot[0], spot[1] + size * 0.5), size * 0.94, JADE),
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
    parts = [shapes.sky(DEEP), circle(view.centre, 214, PINE)]
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "ball")
    for piece in pieces:
        if piece.near:
            parts += [band(piece, MOSS), lane(piece, 0.5, Pen(WHITE, FINE))]
    width, height, gap = 365.0, 190.0, 20.0
    spots = [
        (column, row)
        for row in range(4)
        for column in range(4)
        if not (row in (1, 2) and column in (1, 2))
    ]
    for index, (column, row) in enumerate(spots):
        corner = (40 + column * (width + gap), 40 + row * (height + gap))
        parts += _window(corner, *WINDOWS[index])
    return parts


WINDOWS = (
    (HAZE, "picture", people.Look(DEEP, "short", DUNE)),
    (SAND, "shelf", people.Look(FOREST, "close", UMBER)),
    (SAGE, "plant", people.Look(DEEP, "bob", STRAW, "round")),
    (MIST, "blind", people.Look(PINE, "short", DUNE, tint=UMBER)),
    (PALE, "shelf", people.Look(PINE, "short", STRAW)),
    (DUNE, "picture", people.Look(FOREST, "long", CLAY, "round")),
    (HAZE, "blind", people.Look(FOREST, "scarf", CLAY, "round", SAND)),
    (PALE, "plant", people.Look(DEEP, "bun", DUNE, "round")),
    (DUNE, "plant", people.Look(DEEP, "close", BARK)),
    (SAGE, "blind", people.Look(PINE, "short", DUNE, tint=CLAY)),
    (MIST, "picture", people.Look(MOSS, "bob", DUNE, "round", BARK)),
    (SAND, "shelf", people.Look(DEEP, "short", CLAY)),
)


def _window(corner: Point, ground: str, room: str, look: people.Look) -> list[str]:
    """Draw one window of the conference: a plain room with somebody in it."""
    x, y = corner
    light = WHITE if ground != MIST else PALE
    rooms = {"picture": _picture, "shelf": _shelf, "plant": _plant, "blind": _blind}
    left = room in {"plant", "blind"}
    return [
        rect(corner, (365, 190), ground, 12),
        rooms[room](corner, light),
        people.bust((x + (206 if left else 168), y + 190), 158, look),
    ]


def _picture(corner: Point, light: str) -> str:
    """Hang a picture of hills on the wall."""
    x, y = corner
    hills = [(x + 262, y + 92), (x + 286, y + 64), (x + 308, y + 82), (x + 338, y + 62)]
    return rect((x + 254, y + 34), (92, 78), light, 4) + ridge(hills, y + 104, JADE)


def _shelf(corner: Point, light: str) -> str:
    """Put two boards with books on the wall."""
    x, y = corner
    found = ""
    for level, first in ((78, 0), (142, 2)):
        for book in range(6):
            tall = 30 + 6 * ((book + first) % 3)
            tone = (JADE, OCHRE, MOSS, light)[(book + first) % 4]
            found += rect((x + 256 + 14 * book, y + level - tall), (11, tall), tone)
        found += strokes([((x + 248, y + level + 3), (x + 346, y + level + 3))], Pen(CLAY, MID))
    return found


def _plant(corner: Point, light: str) -> str:
    """Put a plant in a pot beside the chair."""
    x, y = corner
    leaves = [
        shapes.leaf((x + 66, y + 146), length, angle, (FOREST, light))
        for length, angle in ((78, -142), (96, -112), (98, -76), (76, -42))
    ]
    pot = [(x + 40, y + 142), (x + 92, y + 142), (x + 84, y + 190), (x + 48, y + 190)]
    return "".join(leaves) + polygon(pot, OCHRE)


def _blind(corner: Point, light: str) -> str:
    """Draw a window with a half-drawn blind and a hill outside."""
    x, y = corner
    return (
        rect((x + 34, y + 26), (96, 112), light, 4)
        + ridge(
            [(x + 34, y + 122), (x + 70, y + 102), (x + 102, y + 114), (x + 130, y + 98)],
            y + 138,
            JADE,
        )
        + strokes(
            [((x + 40, y + 40 + 13 * row), (x + 124, y + 40 + 13 * row)) for row in range(4)],
            Pen(SAGE, FINE),
        )
        + strokes([((x + 82, y + 82), (x + 82, y + 138))], Pen(SAGE, FINE))
    )


LEVELS = (212, 334, 456)
THICK = 20


def big_data() -> list[str]:
    """Draw layers of a data platform: figures, contours, and a river basin with its sensors."""
    upper, middle, lower = LEVELS
    parts = [shapes.sky(MIST, PANORAMA)]
    sensors = pts("0.24 0.36, 0.52 0.16, 0.42 0.58, 0.7 0.42, 0.56 0.86, 0.12 0.6")
    for level, tones, content in (
        (lower, (FOREST, DEEP), _figures),
        (middle, (JADE, MOSS), _contours),
        (upper, (CREAM, DUNE), _basin),
    ):
        parts.append(_plate(level, tones))
        parts += content(level)
    corners = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    for high, low in itertools.pairwise(LEVELS):
        ends = [(_iso(u, v, high), _iso(u, v, low)) for u, v in corners]
        parts.append(
            strokes(
                [((a[0], a[1] + THICK + 10), (b[0], b[1] - 12)) for a, b in ends],
                Pen(OCHRE, FINE, "2 12"),
            ),
        )
        parts += [circle(end, 8, OCHRE) for _, end in ends]
    beam = [_iso(*sensors[index], upper) for index in (1, 3)]
    parts.append(strokes([((1248, 112), (x, y - 82)) for x, y in beam], Pen(JADE, FINE, "2 12")))
    parts += [_satellite((1270, 100)), shapes.cloud((230, 120), 190)]
    for u, v in sorted(sensors, key=sum):
        x, y = _iso(u, v, upper)
        parts += [
            ellipse((x, y), (16, 6), DUNE),
            strokes([((x, y), (x, y - 56))], Pen(OCHRE, MID)),
            built.marker((x, y - 64), 15),
        ]
    return parts


def _satellite(place: Point) -> str:
    """Draw a satellite that looks down on the layers."""
    shapes_ = [
        strokes([((-70, 0), (70, 0))], Pen(FOREST, MID)),
        built.panel(pts("-112 -22, -34 -22, -34 22, -112 22"), (4, 2), (MOSS, PALE)),
        built.panel(pts("34 -22, 112 -22, 112 22, 34 22"), (4, 2), (MOSS, PALE)),
        rect((-22, -28), (44, 56), FOREST, 8),
        path("M-20 44C-20 32 -11 26 0 26S20 32 20 44Z", OCHRE),
    ]
    return group(shapes_, f"translate({place[0]} {place[1]}) rotate(24)")


def _iso(across: float, down: float, level: float) -> Point:
    """Give the place of a point of a plate: shares along its two sides, seen from a corner."""
    return (800 + (across - down) * 600, level + (across + down - 1) * 136)


def _plate(level: float, tones: tuple[str, str]) -> str:
    """Draw one plate with its thickness."""
    corners = [_iso(0, 1, level), _iso(0, 0, level), _iso(1, 0, level), _iso(1, 1, level)]
    return _side(level, tones[1]) + polygon(corners, tones[0])


def _side(level: float, tone: str) -> str:
    """Draw the two near sides of a plate."""
    rim = [_iso(0, 1, level), _iso(1, 1, level), _iso(1, 0, level)]
    return polygon([*rim, *[(x, y + THICK) for x, y in rim[::-1]]], tone)


def _figures(level: float) -> list[str]:
    """Draw the lowest plate: a grid of measured values, some of them raised as light cells."""
    mesh = [(_iso(share / 10, 0, level), _iso(share / 10, 1, level)) for share in range(1, 10)]
    mesh += [(_iso(0, share / 10, level), _iso(1, share / 10, level)) for share in range(1, 10)]
    found = []
    for column in range(10):
        for row in range(10):
            seed = wobble(column * 11 + row)
            if max(column, row) < OPEN or seed < FULL:
                continue
            u, v = column / 10, row / 10
            corners = [(u, v), (u + 0.1, v), (u + 0.1, v + 0.1), (u, v + 0.1)]
            tone = (MOSS, JADE, SAGE)[int(seed * 30) % 3]
            found.append(polygon([_iso(cu, cv, level) for cu, cv in corners], tone))
    return [*found, strokes(mesh, Pen(MOSS, FINE))]


def _contours(level: float) -> list[str]:
    """Draw the middle plate: contour lines of two hills."""
    found = []
    for u, v, wide, deep in ((0.82, 0.36, 0.13, 0.3), (0.4, 0.82, 0.32, 0.13)):
        for share in (1.0, 0.64, 0.3):
            points = []
            for index in range(10):
                angle = math.tau * index / 10
                reach = share * mix(0.88, 1.1, wobble(index + u))
                points.append(
                    _iso(
                        u + reach * wide * math.cos(angle),
                        v + reach * deep * math.sin(angle),
                        level,
                    ),
                )
            found.append(blob(points, Pen(WHITE, FINE)))
    return found


def _basin(level: float) -> list[str]:
    """Draw the uppermost plate: a river with its branches, woods and fields."""

    def run(stops: Sequence[Triple]) -> list[Triple]:
        """Place the stops of a river on the plate."""
        return [(*_iso(u, v, level), width) for u, v, width in stops]

    found = [
        blob(
            [
                _iso(u, v, level)
                for u, v in pts("0.03 0.03, 0.4 0.04, 0.34 0.2, 0.2 0.26, 0.04 0.4")
            ],
            HAZE,
        ),
        blob(
            [
                _iso(u, v, level)
                for u, v in pts("0.8 0.14, 0.96 0.2, 0.97 0.56, 0.86 0.5, 0.74 0.28")
            ],
            HAZE,
        ),
        ribbon(
            run(
                spine(
                    "0.03 0.2 1, 0.26 0.3 16, 0.4 0.44 26, 0.6 0.5 36, 0.74 0.68 44, 1.02 0.84 60",
                ),
            ),
            JADE,
            0.5,
        ),
        ribbon(run(spine("0.5 0.03 1, 0.48 0.2 14, 0.56 0.34 18, 0.6 0.5 24")), JADE, 0.5),
        ribbon(run(spine("0.08 0.86 1, 0.22 0.74 14, 0.34 0.6 18, 0.44 0.47 24")), JADE, 0.5),
    ]
    found += [
        lines([_iso(0, 1, level), _iso(0, 0, level), _iso(1, 0, level)], Pen(WHITE, FINE)),
        _side(level, DUNE),
    ]
    for u, v, height in spine(
        "0.1 0.1 54, 0.2 0.12 64, 0.16 0.2 56, 0.3 0.12 50, 0.84 0.28 58, "
        "0.92 0.46 66, 0.86 0.2 52, 0.22 0.9 56, 0.34 0.95 62",
    ):
        x, y = _iso(u, v, level)
        found.append(shapes.round_tree((x, y), height, FOREST))
    return found
