"""Pictures for the feature on the green ribbon: Brazil, Argentina, Iceland, Egypt."""

import itertools
from collections.abc import Sequence

import built
import people
import shapes
from geometry import (
    crest,
    edges,
    mix,
    pts,
    ribbon,
    ridge,
    sample,
    scallop,
    spine,
    treeline,
    wobble,
)
from globe import Turn, View, band, earth, lane, wind
from palette import (
    BOLD,
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
from svg import Pen, Point, circle, ellipse, group, path, polygon, rect, strokes

Triple = tuple[float, float, float]
TALL = 100
FRONT = 620
SPARSE = 0.55
LONE = 0.16
FARMED = 6
FOREST_ROWS = (
    (405, 24, PALE),
    (446, 34, SAGE),
    (500, 50, JADE),
    (572, 72, MOSS),
    (672, 98, FOREST),
)
VANISHING = (430.0, 452.0)
TOWERS = [
    (VANISHING[0] + 930 * size, VANISHING[1] + 400 * size, 640 * size)
    for size in (1.0, 0.58, 0.33, 0.21, 0.145, 0.1, 0.07)
]
NEXT_TOWER = (2057.0, 1152.0, 1120.0)


def green_ribbon() -> list[str]:
    """Draw the earth with a green ribbon wound about it, and what the ribbon brings on its rim."""
    view = View((990, 496), 312.0, 18, -12)
    turns = [
        Turn(-86.5, 0.1, 6.4, 0.5),
        Turn(-78, -0.16, 3.0, 0.48),
        Turn(-60, -0.36, 1.8, 0.44),
        Turn(-30, -0.44, 1.2, 0.38),
        Turn(30, -0.3, 1.08, 0.36),
        Turn(90, -0.06, 1.1, 0.35),
        Turn(180, 0.14, 1.12, 0.34),
        Turn(270, 0.3, 1.1, 0.3),
        Turn(330, 0.4, 1.1, 0.26),
        Turn(385, 0.44, 1.3, 0.22),
        Turn(420, 0.3, 2.1, 0.2),
        Turn(443, 0.1, 3.6, 0.2),
    ]
    pieces = wind(view, turns)
    parts = [
        shapes.sky(MIST),
        circle(view.centre, 436, CREAM),
        shapes.sun((706, 258), 112),
        shapes.cloud((190, 250), 250),
        shapes.birds(spine("520 330 52, 452 372 40, 560 400 34"), Pen(FOREST, MID)),
    ]
    parts += _rim(view)
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "earth")
    near = [piece for piece in pieces if piece.near]
    parts += [band(piece, MOSS) for piece in near]
    parts += [lane(near[0], 0.5, Pen(WHITE, MID, "24 22"), (0, 0.5))]
    parts += [lane(near[0], share, Pen(WHITE, FINE), (0.56, 0.97), 5) for share in (0.34, 0.64)]
    for along, height in pts("0.12 108, 0.155 150, 0.195 92, 0.29 132, 0.325 104"):
        x, y = near[0].at(along, 0.99)
        draw = shapes.slim_tree if height > TALL else shapes.round_tree
        parts.append(draw((x, y + 3), height, FOREST))
    parts.append(built.boat(near[0].at(0.74, 0.6), 52, (DEEP, WHITE)))
    towers = []
    for along, height in pts("0.17 104, 0.33 116, 0.49 128, 0.71 140, 0.91 152, 1.14 170"):
        x, y = near[1].at(along, 0.97)
        towers.append((x, y, height))
    parts += [built.wires(towers, Pen(DEEP, FINE), 0.06)]
    parts += [built.pylon(tower, Pen(DEEP, FINE)) for tower in towers]
    return parts


def _rim(view: View) -> list[str]:
    """Stand a few small things on the upper rim of a ball."""
    x, y = view.centre
    items = [
        (-47, shapes.round_tree((0, 6), 70, FOREST)),
        (-39, shapes.slim_tree((0, 6), 90, MOSS)),
        (
            -17,
            polygon(pts("-116 50, -44 -36, -12 -10, 34 -84, 116 50"), JADE)
            + polygon(pts("34 -84, 18.4 -59, 30 -50, 38 -62, 52 -54"), WHITE),
        ),
        (5, built.turbine((0, 6), 104, 20, FOREST)),
        (15, built.turbine((0, 6), 78, 75, FOREST)),
        (27, shapes.round_tree((0, 6), 84, MOSS)),
        (34, shapes.round_tree((0, 6), 60, FOREST)),
    ]
    return [
        group([item], f"translate({x} {y}) rotate({angle}) translate(0 {-view.radius})")
        for angle, item in items
    ]


def amazon_line() -> list[str]:
    """Draw a power line that runs to the horizon over rainforest and river."""
    river = spine("826 522 26, 806 550 62, 812 604 106, 744 704 200, 560 960 430")
    parts = [
        shapes.sky(MIST),
        shapes.sun((430, 342), 104),
        shapes.cloud((690, 190), 270),
        ridge(pts("-20 395, 240 355, 520 392, 800 335, 1120 380, 1380 340, 1620 375"), 520, HAZE),
    ]
    for index, (y, bump, colour) in enumerate(FOREST_ROWS):
        parts.append(treeline(scallop((-40, 1660), y, bump, index * 7.3), 900, colour))
    parts += [*_line_over_canopy(), ribbon(river, HAZE, 0.5), *_banks(river)]
    parts += [
        shapes.ripples(spine("776 646 24, 714 720 44, 624 802 76, 548 872 100"), Pen(WHITE, FINE)),
        treeline(pts("-60 820, 70 800, 190 816, 310 806, 420 850, 470 960"), 960, DEEP),
        treeline(
            pts(
                "1010 960, 1060 866, 1170 828, 1290 834, 1400 812, 1510 826, 1640 806",
            ),
            960,
            DEEP,
        ),
        shapes.birds(spine("190 190 60, 270 150 44, 130 250 36"), Pen(FOREST, MID)),
    ]
    return parts


def _banks(river: Sequence[Triple]) -> list[str]:
    """Draw tree crowns along both banks of a river, from far to near."""
    left, right = edges(river, 0.5)
    crowns = []
    for bank, side in ((left, 1), (right, -1)):
        for index, (x, y) in enumerate(bank):
            tone = next(colour for low, _, colour in reversed(FOREST_ROWS) if y >= low - 20)
            size = mix(9, 74, (y - 470) / 430) * mix(0.85, 1.15, wobble(index * side))
            crowns.append((y, circle((x + side * size * 0.35, y - size * 0.1), size, tone)))
    return [text for _, text in sorted(crowns)]


def _line_over_canopy() -> list[str]:
    """Draw the power line, far pylons first, each near one with canopy about its feet."""
    found = [built.wires([NEXT_TOWER, *TOWERS], Pen(DEEP, FINE), 0.05)]
    for index, (x, y, height) in enumerate(reversed(TOWERS)):
        found.append(built.pylon((x, y, height), _pylon_pen(height)))
        if height < TALL:
            continue
        tone = next(
            (colour for low, bump, colour in reversed(FOREST_ROWS) if y >= low - bump * 0.45),
            PALE,
        )
        foot, bump = height * 0.2, max(height * 0.13, 9)
        found.append(
            treeline(
                scallop((x - foot * 1.9, x + foot * 1.9), y + bump * 0.1, bump, index),
                y + bump,
                tone,
            ),
        )
    return found


def _pylon_pen(height: float) -> Pen:
    """Choose the stroke for a pylon: the middle weight for one that stands near."""
    return Pen(DEEP, MID if height > TALL * 2 else FINE)


def glacier_dam() -> list[str]:
    """Draw the Moreno glacier, the river it feeds and the dam downstream."""
    parts = [
        shapes.sky(MIST),
        shapes.sun((1290, 180), 66),
        crest(
            pts(
                "-20 300, 90 190, 180 260, 330 90, 470 250, 560 190, 720 330, "
                "860 250, 1010 350, 1180 270, 1380 370, 1500 320, 1620 380",
            ),
            470,
            PALE,
        ),
        polygon(pts("330 90, 391 160, 352 186, 330 160, 300 190, 257.6 172"), WHITE),
        polygon(pts("560 190, 611 235, 574 246, 548 230, 526 214"), WHITE),
        polygon(pts("90 190, 137 227, 96 232, 70 226, 50 230"), WHITE),
        crest(pts("480 480, 760 380, 900 410, 1060 350, 1240 420, 1420 380, 1620 430"), 480, SAGE),
        rect((-20, 468), (1640, 452), HAZE),
    ]
    parts += _ice()
    parts += [
        shapes.ripples(
            spine("700 500 90, 860 528 130, 560 540 70, 1060 505 80"),
            Pen(WHITE, FINE),
        ),
        *_dam(),
    ]
    bank = pts("-20 640, 150 580, 320 576, 440 640, 540 780, 600 960")
    towers = spine("1440 560 330, 1290 458 180, 1210 424 104, 1164 404 64")
    parts += [built.wires([(1780, 700, 560), *towers], Pen(DEEP, FINE), 0.05)]
    parts += [built.pylon(tower, _pylon_pen(tower[2])) for tower in towers[::-1]]
    parts += [
        ridge(pts("1180 960, 1230 760, 1310 620, 1450 560, 1620 510"), 960, FOREST),
        shapes.planted(bank, pts("44 104, 96 92, 150 118, 206 84, 262 100, 318 76"), (PINE, DEEP)),
        ridge(bank, 960, FOREST),
    ]
    return parts


def _ice() -> list[str]:
    """Draw the glacier: it comes out of a valley, spreads, and breaks off into the lake."""
    rim, x = [], -20.0
    while x < FRONT:
        share = (x + 20) / (FRONT + 20)
        rim.append((x, mix(392, 424, share) + mix(-15, 15, wobble(x))))
        x += mix(20, 44, wobble(x + 0.5))
    rim.append((FRONT, 440.0))
    left = "C408 330 330 352 210 366C120 376 60 372 -20 360"
    right = "C590 400 548 372 522 330C508 300 500 262 470 228"
    front = "L".join(f"{px:.1f} {py:.1f}" for px, py in rim)
    found = [path(f"M470 228{left}L{front}{right}Z", WHITE)]
    flow = (
        "M462 268C452 330 380 360 210 388M474 276C474 340 430 380 350 404"
        "M484 290C496 350 500 384 500 412"
    )
    found.append(path(flow, Pen(HAZE, FINE)))
    for index, (here, there) in enumerate(itertools.pairwise(rim)):
        low = [mix(508, 484, (px + 20) / (FRONT + 20)) for px in (here[0], there[0])]
        corners = [here, there, (there[0] + 4, low[1]), (here[0] + 4, low[0])]
        found.append(polygon(corners, (PALE, MIST, SAGE, PALE, MIST)[index % 5]))
    for bx, by, size in spine("690 496 26, 772 486 15, 556 520 32, 400 536 20"):
        berg = [(-1.0, 0.0), (-0.6, -0.5), (-0.1, -0.9), (0.5, -0.6), (1.0, 0.0)]
        face = [(-0.1, -0.9), (0.5, -0.6), (1.0, 0.0), (0.2, 0.0)]
        for outline, tone in ((berg, WHITE), (face, PALE)):
            found.append(polygon([(bx + size * dx, by + size * dy) for dx, dy in outline], tone))
    return found


def _dam() -> list[str]:
    """Draw a dam that bars a valley, with three chutes of white water and the river below."""
    found = [
        ridge(pts("-20 560, 200 540, 420 600, 520 640"), 900, MOSS),
        ridge(pts("1220 640, 1300 560, 1440 500, 1620 440"), 900, MOSS),
        rect((380, 620), (960, 300), SAND),
        strokes([((440, y), (1260, y)) for y in (690, 750, 810)], Pen(DUNE, FINE)),
        rect((380, 600), (960, 24), CREAM),
        strokes([((380, 624), (1340, 624))], Pen(DUNE, MID)),
    ]
    for index in range(3):
        x = 700 + index * 130
        found += [
            rect((x, 624), (96, 30), SAGE),
            path(
                f"M{x} 654H{x + 96}C{x + 98} 720 {x + 102} 780 {x + 110} 850H{x - 14}"
                f"C{x - 6} 780 {x - 2} 720 {x} 654Z",
                WHITE,
            ),
            strokes(
                [
                    ((x + at, 676), (x + at + lean, 812))
                    for at, lean in ((24, -6), (48, 0), (72, 6))
                ],
                Pen(HAZE, FINE),
            ),
        ]
    for index in range(4):
        x = 670 + index * 130
        found += [rect((x, 566), (26, 284), DUNE, 3), rect((x - 7, 552), (40, 18), CLAY, 3)]
    found += [
        rect((676, 586), (404, 10), CLAY),
        ridge(pts("400 846, 640 838, 880 846, 1120 838, 1340 846"), 960, JADE),
        *[
            shapes.shrub((696 + index * 130 + shift, 860), width, WHITE)
            for index in range(3)
            for shift, width in ((-4, 38), (26, 54), (60, 44), (96, 50), (116, 30))
        ],
        shapes.ripples(spine("560 872 80, 740 880 110, 1000 874 80"), Pen(WHITE, FINE)),
    ]
    return found


def iceland_heat() -> list[str]:
    """Draw Iceland cut open: heat below, wells, a station with steam, warm houses above."""
    parts = [
        shapes.sky(HAZE),
        crest(
            pts(
                "-20 420, 120 330, 240 390, 430 200, 520 200, 700 390, 800 340, 980 440",
            ),
            560,
            PALE,
        ),
        polygon(
            pts(
                "430 200, 520 200, 578 261, 536 250, 500 280, 460 244, 420 268, 369 261",
            ),
            WHITE,
        ),
        crest(
            pts(
                "760 540, 1000 360, 1100 400, 1290 220, 1360 220, 1500 380, 1620 320",
            ),
            580,
            SAGE,
        ),
        polygon(
            pts(
                "1290 220, 1360 220, 1404 270, 1356 262, 1322 296, 1284 262, 1233 274",
            ),
            WHITE,
        ),
        ridge(pts("-20 530, 300 500, 640 530, 1000 500, 1620 520"), 900, JADE),
    ]
    parts += _station()
    parts += _underground()
    return parts


def _station() -> list[str]:
    """Draw the station, its steam, the pipe to the town and the town."""
    found = [
        shapes.steam((x, y), height, WHITE) for x, y, height in spine("866 466 200, 1136 454 250")
    ]
    found += [
        rect((845, 456), (42, 70), SAND, 4),
        rect((1115, 444), (42, 80), SAND, 4),
        path("M580 594H612V562H684V594H780", Pen(WHITE, BOLD)),
        path("M760 604V560Q760 510 810 510H1180Q1230 510 1230 560V604Z", CREAM),
        path("M760 604V560Q760 510 810 510H1180Q1230 510 1230 560V566H760Z", FOREST),
        strokes([((x, 585), (x + 22, 585)) for x in range(790, 1200, 52)], Pen(OCHRE, MID)),
    ]
    town = ((70, 104, OCHRE), (204, 84, DEEP), (318, 116, FOREST), (470, 92, OCHRE))
    found += [built.house((x, 604), width, (CREAM, roof)) for x, width, roof in town]
    found += [
        ellipse((1420, 604), (150, 22), WHITE),
        ellipse((1420, 606), (126, 14), PALE),
        shapes.steam((1390, 602), 128, WHITE),
        shapes.steam((1480, 602), 86, WHITE),
    ]
    return found


def _underground() -> list[str]:
    """Draw the layers below, parted by the rift between two plates, and the wells."""
    found = [rect((-20, 602), (1640, 310), OCHRE)]
    found.append(ridge(pts("-20 850, 300 866, 620 842, 900 868, 1240 848, 1620 864"), 960, STRAW))
    for low, high, colour in ((812, 740, DEEP), (746, 672, PINE), (676, 602, FOREST)):
        wide, narrow = 6 + (low - 602) * 0.2, 6 + (high - 602) * 0.2
        found += [
            polygon([(-20, high), (648 - narrow, high), (648 - wide, low), (-20, low)], colour),
            polygon([(1620, high), (648 + narrow, high), (648 + wide, low), (1620, low)], colour),
        ]
    found.append(path("M648 800V650", Pen(STRAW, MID)))
    found.append(
        strokes(
            [((866, 606), (866, 834)), ((1136, 606), (1136, 834)), ((1001, 606), (1001, 780))],
            Pen(WHITE, MID),
        ),
    )
    found += [circle((x, y), 11, WHITE) for x, y in pts("866 838, 1136 838, 1001 784")]
    for x, y, tone in (
        (60, 640, MOSS),
        (250, 655, MOSS),
        (430, 636, MOSS),
        (1180, 640, MOSS),
        (1360, 656, MOSS),
        (1520, 634, MOSS),
        (140, 716, FOREST),
        (370, 704, FOREST),
        (1260, 712, FOREST),
        (1440, 700, FOREST),
        (230, 778, PINE),
        (480, 782, PINE),
        (1200, 776, PINE),
        (1380, 784, PINE),
    ):
        found.append(strokes([((x, y), (x + 56, y))], Pen(tone, FINE)))
    return found


def sinai_terraces() -> list[str]:
    """Draw terraces that hold water and green on the dry hills of Sinai."""
    parts = [
        shapes.sky(SAND),
        shapes.sun((860, 200), 76),
        crest(
            pts(
                "-20 330, 150 230, 290 300, 470 170, 640 300, 760 350, 900 310, "
                "1080 200, 1210 270, 1400 150, 1620 300",
            ),
            600,
            DUNE,
        ),
        crest(
            pts(
                "-20 420, 180 340, 380 400, 560 360, 800 430, 1010 370, 1240 390, "
                "1440 320, 1620 380",
            ),
            700,
            STRAW,
        ),
        ridge(pts("-20 480, 600 450, 900 470, 1200 440, 1620 460"), 960, CLAY),
    ]
    for index in range(7):
        parts += _terrace(index)
    return parts


def _groves(hill: Sequence[Sequence[float]], step: float, index: int) -> list[Triple]:
    """Give trees (x, y, height) for one terrace: small groves with open field between them."""
    found = []
    for number, (x, y) in enumerate(hill[1:-1:2]):
        grove, seed = index * 11 + (number + index) // 3, index * 31 + number
        if wobble(grove) > SPARSE and wobble(seed) > LONE:
            height = step * mix(0.6, 1.15, wobble(seed + 0.2))
            found.append((x + step * 0.3 * wobble(seed + 0.7), y, height))
    return found


def _terrace(index: int) -> list[str]:
    """Draw one step of a hollow hillside: a green strip, its water, its wall of stone."""
    share = index / 6
    step = mix(34, 92, share)
    side, middle, far = mix(352, 770, share**1.1), mix(470, 888, share**1.1), mix(330, 740, share)
    axis = mix(900, 780, share)
    sway = 12 * wobble(index + 0.4)
    rim = [
        (-40, side),
        (axis * 0.3, side + 26 + sway),
        (axis * 0.66, middle - 40),
        (axis, middle),
        (mix(axis, 1640, 0.32), middle - 34),
        (mix(axis, 1640, 0.66), far + 42 - sway),
        (1640, far),
    ]

    def lowered(drop: float) -> list[Point]:
        """Give the rim some way further down."""
        return [(x, y + drop) for x, y in rim]

    thick = step * 0.34
    found = [
        ridge(rim, 960, (MOSS, JADE)[index % 2]),
        ridge(lowered(thick), 960, HAZE),
        ridge(lowered(thick * 1.4), 960, CLAY),
    ]
    hill = sample(rim, 8)
    found += [
        shapes.round_tree((x, y + thick * 0.6), height, FOREST)
        for x, y, height in _groves(hill, step, index)
        if abs(x - axis) > step * 1.4 and (index != FARMED or abs(x - hill[38][0]) > step)
    ]
    after = share + 1 / 6
    end = (mix(900, 780, after), mix(470, 888, after**1.1) + mix(34, 92, after) * 0.34)
    fall = [
        (axis, middle + thick, step * 0.28),
        (mix(axis, end[0], 0.5), mix(middle + thick, end[1], 0.5), step * 0.3),
        (*end, step * 0.36),
    ]
    found.append(ribbon(fall, HAZE))
    if index == FARMED:
        found += [
            people.standing((x, hill[at][1] + 26), 140, look, pose)
            for x, at, look, pose in (
                (hill[38][0] - 26, 37, people.Look(WHITE, "close", CLAY), "hold"),
                (hill[38][0] + 36, 38, people.Look(SAND, "scarf", CLAY, "round", OCHRE), "point"),
            )
        ]
    stones = [
        (x, y + thick * 1.4 + step * (0.24 + 0.3 * (number % 2)))
        for number, (x, y) in enumerate(hill[1::3])
    ]
    found.append(
        strokes(
            [((x, y), (x + step * 0.3, y)) for x, y in stones if abs(x - axis) > step],
            Pen(OCHRE, FINE),
        ),
    )
    return found
