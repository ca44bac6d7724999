"""Pictures for the feature on the green ribbon: Brazil, Argentina, Iceland, Egypt."""

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
FRONT = 600
SPARSE = 0.42
FARMED = 6
FOREST_ROWS = (
    (405, 24, PALE),
    (446, 34, SAGE),
    (500, 50, JADE),
    (572, 72, MOSS),
    (672, 98, FOREST),
)
TOWERS = spine(
    "1330 830 590, 1030 668 372, 560 560 236, 398 496 150, 322 456 98, 352 435 64, 420 414 46",
)


def green_ribbon() -> list[str]:
    """Draw the earth with a green ribbon wound about it, and what the ribbon brings on its rim."""
    view = View((1010, 500), 300.0, 18, -12)
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
    parts = [shapes.sky(MIST), circle((1010, 500), 430, CREAM), circle((400, 230), 70, STRAW)]
    parts += _rim(view)
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "earth")
    near = [piece for piece in pieces if piece.near]
    parts += [band(piece, MOSS) for piece in near]
    parts += [lane(near[0], 0.5, Pen(WHITE, MID, "24 22"), (0, 0.5))]
    parts += [lane(near[0], share, Pen(WHITE, FINE), (0.56, 0.97), 5) for share in (0.34, 0.64)]
    for along, height in pts("0.16 96, 0.21 130, 0.25 84, 0.31 110, 0.35 76"):
        x, y = near[0].at(along, 0.99)
        draw = shapes.slim_tree if height > TALL else shapes.round_tree
        parts.append(draw((x, y + 3), height, FOREST))
    parts.append(built.boat(near[0].at(0.74, 0.6), 52, (DEEP, WHITE)))
    towers = []
    for along, height in pts("0.16 100, 0.4 110, 0.64 116, 0.84 122, 1.0 126"):
        x, y = near[1].at(along, 0.7)
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
    """Draw a power line that bends around a grove, over rainforest and river."""
    river = spine("806 524 50, 790 556 90, 850 620 150, 800 720 250, 600 960 460")
    parts = [
        shapes.sky(MIST),
        shapes.sun((1130, 235), 84),
        shapes.cloud((640, 150), 250),
        ridge(pts("-20 395, 240 345, 520 385, 800 335, 1120 380, 1380 340, 1620 375"), 520, HAZE),
    ]
    for index, (y, bump, colour) in enumerate(FOREST_ROWS):
        parts.append(treeline(scallop((-40, 1660), y, bump, index * 7.3), 900, colour))
    parts += [ribbon(river, HAZE, 0.5), *_banks(river), circle((808, 516), 24, JADE)]
    parts += _line_over_canopy()
    parts += [
        shapes.ripples(spine("828 640 34, 768 716 52, 690 790 80, 640 856 110"), Pen(WHITE, FINE)),
        treeline(pts("-60 820, 70 800, 190 816, 310 806, 420 850, 470 960"), 960, DEEP),
        treeline(
            pts(
                "1010 960, 1060 850, 1170 812, 1290 824, 1400 800, 1510 818, 1640 800",
            ),
            960,
            DEEP,
        ),
        shapes.birds(spine("250 230 60, 330 195 44, 190 285 36"), Pen(FOREST, MID)),
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
    """Draw the power line, far pylons first, each with some canopy about its feet."""
    found = [built.wires([(1960, 1120, 1000), *TOWERS], Pen(DEEP, FINE), 0.04)]
    for index, (x, y, height) in enumerate(reversed(TOWERS)):
        found.append(built.pylon((x, y, height), _pylon_pen(height)))
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
        rect((0, 468), (1600, 432), HAZE),
    ]
    parts += _ice()
    parts += [
        shapes.ripples(
            spine("700 500 90, 860 528 130, 560 540 70, 1060 505 80, 620 578 110"),
            Pen(WHITE, FINE),
        ),
        *_dam(),
    ]
    towers = spine("1440 560 330, 1290 458 180, 1210 424 104, 1164 404 64")
    parts += [built.wires([(1780, 700, 560), *towers], Pen(DEEP, FINE), 0.05)]
    parts += [built.pylon(tower, _pylon_pen(tower[2])) for tower in towers[::-1]]
    parts += [
        ridge(pts("1180 960, 1230 760, 1310 620, 1450 560, 1620 510"), 960, FOREST),
        ridge(pts("-20 640, 150 580, 320 576, 440 640, 540 780, 600 960"), 960, FOREST),
        shapes.grove((50, 290), 606, 84, (DEEP, DEEP)),
    ]
    return parts


def _ice() -> list[str]:
    """Draw the glacier: its tongue between the mountains and its broken front in the lake."""
    tongue = pts(
        "-20 330, 120 352, 210 300, 330 250, 400 290, 440 350, 540 384, 620 440, 660 480",
    )
    found = [ridge(tongue, 480, WHITE)]
    flow = [
        "M330 262C300 320 220 350 120 400",
        "M350 270C340 330 300 370 250 410",
        "M372 286C384 340 390 370 400 410",
    ]
    found.append(path("".join(flow), Pen(HAZE, FINE)))
    x, count = -10.0, 0
    while x < FRONT:
        width = mix(26, 46, wobble(count))
        top = mix(372, 402, wobble(count + 0.3)) + max(x - 440, 0) * 0.36
        low = 486 + 8 * wobble(count + 0.7)
        lean = width * mix(0.2, 0.8, wobble(count + 0.9))
        found.append(
            polygon(
                [(x, top + 16), (x + lean, top), (x + width, top + 20), (x + width, low), (x, low)],
                (WHITE, MIST, PALE)[count % 3],
            ),
        )
        x += width
        count += 1
    bergs = spine("700 492 26, 770 486 16, 560 512 30, 420 520 20")
    for bx, by, size in bergs:
        found.append(
            polygon(
                [
                    (bx - size, by),
                    (bx - size * 0.3, by - size * 0.9),
                    (bx + size * 0.4, by - size * 0.5),
                    (bx + size, by),
                ],
                WHITE,
            ),
        )
    return found


def _dam() -> list[str]:
    """Draw a dam that bars a valley, with three chutes of white water and the river below."""
    found = [
        ridge(pts("-20 560, 200 540, 420 600, 520 640"), 900, MOSS),
        ridge(pts("1220 640, 1300 560, 1440 500, 1620 440"), 900, MOSS),
        rect((380, 620), (960, 300), SAND),
        rect((380, 604), (960, 26), CREAM),
    ]
    for index in range(3):
        x = 710 + index * 130
        found.append(polygon([(x, 640), (x + 84, 640), (x + 96, 840), (x - 12, 840)], WHITE))
        found.append(
            strokes(
                [
                    ((x + shift, 664), (x + shift + lean, 826))
                    for shift, lean in ((22, -4), (42, 0), (62, 4))
                ],
                Pen(HAZE, FINE),
            ),
        )
    found += [rect((676 + index * 130, 586), (22, 262), DUNE, 4) for index in range(4)]
    found += [rect((676, 586), (412, 14), DUNE, 4)]
    found += [ridge(pts("400 836, 640 828, 880 838, 1120 828, 1340 836"), 960, JADE)]
    found.append(shapes.ripples(spine("690 862 90, 850 876 120, 1020 858 70"), Pen(WHITE, FINE)))
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
        shapes.steam((x, 560), height, width, WHITE)
        for x, height, width in ((905, 330, 130), (1085, 400, 150))
    ]
    found += [
        path("M760 604V560Q760 510 810 510H1180Q1230 510 1230 560V604Z", CREAM),
        path("M760 604V560Q760 510 810 510H1180Q1230 510 1230 560V566H760Z", FOREST),
        strokes([((x, 584), (x + 22, 584)) for x in range(790, 1200, 52)], Pen(OCHRE, MID)),
        rect((885, 470), (40, 50), SAND, 5),
        rect((1065, 460), (40, 60), SAND, 5),
    ]
    for x, width, roof in ((70, 104, OCHRE), (212, 84, DEEP), (330, 116, FOREST), (484, 92, OCHRE)):
        found.append(built.house((x, 604), width, (CREAM, roof)))
    found.append(path("M584 594H612V566H684V594H770", Pen(WHITE, BOLD)))
    found += [
        ellipse((1420, 604), (150, 22), WHITE),
        shapes.steam((1400, 596), 130, 56, WHITE),
        shapes.steam((1470, 598), 90, 40, WHITE),
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
            [((905, 606), (905, 846)), ((1085, 606), (1085, 846)), ((995, 606), (995, 800))],
            Pen(WHITE, MID),
        ),
    )
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
    for number, (x, y) in enumerate(hill[2 + index % 3 : -2 : 3]):
        seed = index * 17 + number
        if wobble(seed) > SPARSE and abs(x - axis) > step * 1.4:
            found.append(
                shapes.round_tree(
                    (x + 20 * wobble(seed + 0.7), y + thick * 0.6),
                    step * mix(0.75, 1.1, wobble(seed + 0.2)),
                    FOREST,
                ),
            )
    fall = [
        (axis - 3, middle + thick, step * 0.3),
        (axis, middle + step * 0.7, step * 0.32),
        (axis + 3, middle + step * 1.5, step * 0.4),
    ]
    found.append(ribbon(fall, HAZE))
    if index == FARMED:
        found += [
            people.standing((x, hill[at][1] + 26), 124, clothes, pose)
            for x, at, clothes, pose in (
                (hill[38][0] - 42, 37, (WHITE, DEEP), "rest"),
                (hill[38][0] + 14, 38, (FOREST, DEEP), "point"),
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
