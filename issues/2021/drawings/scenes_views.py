"""The picture for the opinions: one ribbon through green hills, savanna and the Nile."""

import built
import shapes
from geometry import curve, edges, level, mix, pts, ribbon, ridge, spine
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
    SAGE,
    SAND,
    STRAW,
    WHITE,
)
from svg import Pen, Point, path, polygon, rect, strokes

RIBBON = spine(
    "330 364 130, 329 378 104, 316 400 72, 318 426 60, 366 448 66, 452 445 64, 548 420 52, 632 401 38,"
    " 720 397 32, 810 397 32, 900 397 32, 990 398 34, 1060 406 46, 1140 430 76, 1250 470 116,"
    " 1420 504 150, 1680 524 190",
)
DECK = 402
SQUASH = 0.6
CHUTES = (282, 330, 378)


def views() -> list[str]:
    """Draw hydropower, wind and sun, then a railway to a port, then the Nile, on one ribbon."""
    return [
        shapes.sky(MIST, PANORAMA),
        shapes.sun((786, 206), 88),
        shapes.cloud((236, 112), 170),
        shapes.cloud((1130, 150), 210),
        *_far_land(),
        *_port(),
        *_desert(),
        *_hills(),
        *_viaduct(),
        *_near_land(),
        ribbon(RIBBON, MOSS, SQUASH),
        *_lanes(),
        *_foam(),
        built.railcar((806, 401), 356, 46, (WHITE, FOREST, OCHRE)),
        *_sun_and_wood(),
        *_valley(),
        *_nile(),
    ]


def _far_land() -> list[str]:
    """Draw the horizon: green ranges, a snow-capped mountain, the plain."""
    return [
        ridge(pts("-20 210, 140 160, 300 206, 450 170, 600 250, 760 320"), 420, HAZE),
        ridge(
            pts(
                "430 330, 540 288, 630 232, 668 212, 690 209, 712 213, 756 238, 850 292, 940 322,"
                " 1040 334"
            ),
            420,
            PALE,
        ),
        path(
            "M630 232L668 212Q690 206 712 213L756 238L736 236L718 250L700 232L676 248L662 230Z",
            WHITE,
        ),
        rect((900, 322), (720, 90), HAZE),
        ridge(pts("420 350, 600 322, 800 336, 930 324, 1000 338, 1050 368, 1070 390"), 480, DUNE),
    ]


def _hills() -> list[str]:
    """Draw the green hills with their turbines, and the dam between them."""
    left = pts("-20 256, 70 230, 150 250, 230 326, 290 420")
    right = pts("366 430, 424 304, 500 256, 580 280, 660 350, 720 420")
    found = [
        ridge(pts("60 300, 220 236, 340 222, 460 240, 600 320, 700 400"), 480, SAGE),
        rect((150, 260), (350, 30), HAZE),
        shapes.ripples(spine("236 270 46, 340 274 60"), Pen(WHITE, FINE)),
    ]
    for base, spots in ((left, "94 132 22, 162 108 72"), (right, "492 146 98, 576 112 38")):
        for x, height, angle in spine(spots):
            found.append(built.turbine((x, level(base, x) + 6), height, angle, FOREST))
    return [*found, *_dam(), ridge(left, 480, JADE), ridge(right, 480, JADE)]


def _dam() -> list[str]:
    """Draw the dam: a wall with three chutes of white water."""
    found = [
        rect((180, 290), (280, 84), SAND),
        rect((150, 282), (320, 12), CREAM),
        strokes([((180, 296), (460, 296))], Pen(DUNE, FINE)),
    ]
    for x in CHUTES:
        found += [
            polygon([(x - 13, 302), (x + 13, 302), (x + 16, 372), (x - 16, 372)], WHITE),
            strokes(
                [((x + 4 * side, 312), (x + 5 * side, 360)) for side in (-1, 1)], Pen(HAZE, FINE)
            ),
        ]
    piers = [((x, 290), (x, 362)) for x in (258, 306, 354, 402)]
    return [*found, strokes(piers, Pen(CLAY, MID))]


def _foam() -> list[str]:
    """Draw the foam where the chutes meet the ribbon."""
    return [
        shapes.shrub((x + shift, 380), width, WHITE)
        for x in CHUTES
        for shift, width in ((-12, 18), (0, 26), (12, 18))
    ]


def _viaduct() -> list[str]:
    """Draw the savanna and the bridge across it."""
    plain = pts("440 412, 520 392, 640 374, 820 384, 980 374, 1070 382, 1130 406, 1170 440")
    found = [ridge(plain, 700, STRAW)]
    found += [
        shapes.acacia((x, level(plain, x) + 4), height)
        for x, height in pts("664 96, 752 70, 904 84")
    ]
    return [*found, built.viaduct((560, 1030), (DECK, 14), 94, CREAM)]


def _near_land() -> list[str]:
    """Draw the ground in front: the dry valley, the near bank of the Nile, the green on the left."""
    return [
        ridge(
            pts(
                "560 600, 640 526, 760 512, 880 516, 950 496, 1010 440, 1060 406, 1140 430,"
                " 1250 470, 1420 504, 1640 520"
            ),
            700,
            CLAY,
        ),
        ridge(
            pts("-20 392, 120 366, 260 372, 420 388, 540 404, 610 428, 660 500, 760 600, 860 700"),
            700,
            SAGE,
        ),
    ]


def _strip(share: float, span: Point) -> list[Point]:
    """Give the line along the ribbon a share of the way across, between two shares of its length."""
    upper, lower = edges(RIBBON, SQUASH)
    first, last = (round(at * (len(upper) - 1)) for at in span)
    return [
        (mix(a[0], b[0], share), mix(a[1], b[1], share))
        for a, b in list(zip(upper, lower, strict=True))[first : last + 1]
    ]


def _lanes() -> list[str]:
    """Draw what the ribbon is: running water, then rails, then running water."""
    found = [
        path(curve(_strip(share, span)), Pen(WHITE, FINE))
        for share, span in (
            (0.36, (0.1, 0.27)),
            (0.68, (0.14, 0.31)),
            (0.34, (0.75, 0.85)),
            (0.66, (0.77, 0.83)),
        )
    ]
    found += [path(curve(_strip(share, (0.36, 0.72))), Pen(WHITE, FINE)) for share in (0.3, 0.7)]
    return found


def _port() -> list[str]:
    """Draw a small port: quay, containers, cranes, a ship."""
    found = [
        built.ship((1184, 366), 140, (DEEP, OCHRE, STRAW)),
        rect((950, 362), (146, 50), SAND),
        shapes.ripples(spine("1232 388 34, 1122 384 40"), Pen(WHITE, FINE)),
    ]
    found += [built.crane((x, 363), 88, FOREST) for x in (1000, 1078)]
    for index, tone in enumerate((OCHRE, FOREST, STRAW, JADE)):
        found.append(rect((1020 + index % 2 * 22, 352 - index // 2 * 11), (20, 9), tone))
    return found


def _desert() -> list[str]:
    """Draw the far bank of the Nile with three pyramids."""
    found = [ridge(pts("1110 430, 1190 394, 1280 360, 1380 338, 1500 330, 1620 326"), 520, DUNE)]
    green = pts("1150 432, 1260 424, 1420 440, 1640 446")
    for x, y, size in spine("1488 344 116, 1384 352 88, 1312 362 52"):
        found += _pyramid((x, y), size)
    found += [
        shapes.palm((x, level(green, x) + 4), height)
        for x, height in pts("1274 50, 1304 62, 1436 56, 1566 64")
    ]
    return [*found, ridge(green, 540, JADE)]


def _pyramid(place: Point, height: float) -> list[str]:
    """Draw a pyramid, one face in the light and one in the shade."""
    x, y = place
    half = height * 0.8
    return [
        polygon([(x - half, y), (x, y - height), (x + half, y)], CLAY),
        polygon([(x - half, y), (x, y - height), (x + half * 0.3, y)], STRAW),
    ]


def _sun_and_wood() -> list[str]:
    """Draw rows of solar panels and a small wood on the green ground."""
    wood = ((538, 502, 78), (590, 524, 92), (640, 566, 98), (560, 590, 106), (626, 640, 104))
    return [
        *built.panel_row((52, 390), 536, 50),
        *built.panel_row((30, 470), 622, 64),
        *[
            (shapes.slim_tree if index % 3 == 1 else shapes.round_tree)((x, y), height)
            for index, (x, y, height) in enumerate(wood)
        ],
    ]


def _valley() -> list[str]:
    """Draw acacias and giraffes in the valley that the railway spares."""
    return [
        shapes.acacia((744, 560), 92),
        shapes.giraffe((852, 600), 112, BARK),
        shapes.giraffe((928, 610), 84, BARK, left=True),
        *[shapes.grass(spot, 24, Pen(OCHRE, FINE)) for spot in pts("800 606, 890 628, 984 600")],
    ]


def _nile() -> list[str]:
    """Draw feluccas under sail, and palms on the near bank."""
    bank = pts("960 700, 1080 634, 1240 606, 1420 616, 1640 600")
    return [
        shapes.ripples(
            spine("1352 530 56, 1306 512 36, 1418 484 40, 1562 520 30, 1540 562 40"),
            Pen(WHITE, FINE),
        ),
        built.felucca((1366, 492), 72),
        built.felucca((1496, 536), 104),
        ridge(bank, 700, FOREST),
        *[
            shapes.palm((x, level(bank, x) + 8), height, DEEP)
            for x, height in pts("1190 214, 1262 150, 1132 120")
        ],
    ]
