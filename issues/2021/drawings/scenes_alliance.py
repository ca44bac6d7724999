"""Pictures for the alliance's own news: conference, report, seminars, roads, finance."""

import math

import built
import people
import shapes
from geometry import curve, dashes, level, pts, ribbon, ridge, spine
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
    STRIP,
    UMBER,
    WHITE,
    WIDE,
)
from svg import Pen, Point, circle, ellipse, group, path, polygon, rect, strokes


def innovation_conference() -> list[str]:
    """Draw Shenzhen by the sea, with wind and sun."""
    parts = [
        shapes.sky(MIST),
        shapes.sun((420, 280), 112),
        shapes.cloud((610, 226), 240),
        ridge(pts("-20 560, 240 500, 460 540, 760 450, 1000 500, 1260 430, 1620 500"), 640, HAZE),
        *_skyline(),
        rect((-20, 636), (1640, 284), HAZE),
        ridge(pts("560 640, 760 628, 1100 626, 1620 622"), 640, MOSS),
    ]
    for x, y, height, angle in ((150, 660, 230, 20), (330, 690, 320, 65), (530, 654, 210, 100)):
        parts.append(built.turbine((x, y), height, angle, FOREST))
        parts.append(shapes.ripples([(x - 26, y + 2, 52)], Pen(WHITE, MID)))
    shore = spine("640 636 2, 820 650 18, 1150 662 40, 1400 694 70, 1660 744 110")
    park = pts("820 920, 960 862, 1140 846, 1340 822, 1480 812, 1640 822")
    parts += [
        ribbon(shore, JADE, 0.6),
        path(curve([(x, y) for x, y, _ in shore[1:]]), Pen(WHITE, FINE, "16 16")),
        shapes.ripples(
            spine("120 760 90, 330 820 120, 920 746 110, 600 794 90, 760 700 60, 470 868 130"),
            Pen(WHITE, FINE),
        ),
        built.boat((740, 716), 84),
        built.boat((600, 684), 46),
    ]
    trees = spine(
        "900 650 40, 1000 652 46, 1096 654 40, 1230 656 56, 1330 668 62, 1450 690 74, 1550 716 86",
    )
    parts += [shapes.round_tree(tree[:2], tree[2], FOREST) for tree in trees]
    parts += [
        ridge(park, 940, MOSS),
        shapes.planted(
            park,
            pts("1090 96, 1150 124, 1232 112, 1306 140, 1372 170, 1460 150, 1540 190"),
            sink=12,
        ),
        shapes.birds(spine("690 350 56, 620 390 42, 560 340 34"), Pen(FOREST, MID)),
    ]
    return parts


def _skyline() -> list[str]:
    """Draw the towers of a young city, three tones deep, some with gardens on their roofs."""
    blocks = [
        (720, 90, 170, PALE, "flat"),
        (810, 84, 230, PALE, "slope"),
        (1010, 110, 250, PALE, "flat"),
        (1240, 96, 270, PALE, "round"),
        (1400, 110, 230, PALE, "slope"),
        (760, 90, 250, SAGE, "round"),
        (890, 100, 330, JADE, "flat"),
        (1004, 92, 290, SAGE, "slope"),
        (1110, 116, 400, FOREST, "spire"),
        (1240, 96, 240, MOSS, "flat"),
        (1350, 104, 320, SAGE, "slope"),
        (1468, 100, 200, JADE, "flat"),
    ]
    found = []
    for x, width, height, colour, top in blocks:
        glass = MIST if colour in (MOSS, FOREST, JADE) else WHITE
        found.append(built.tower_block((x, 640), (width, height), (colour, glass), top))
        if top == "flat" and colour != PALE:
            found += [
                shapes.shrub((x + width * share, 641 - height), width * 0.3, FOREST)
                for share in (0.2, 0.46, 0.72)
            ]
    return found


def outlook_report() -> list[str]:
    """Draw an open report out of which a road runs to the horizon."""
    road = spine(
        "800 770 250, 780 690 190, 770 610 120, 850 520 58, 790 452 30, 822 404 14, 812 384 8",
    )
    return [
        shapes.sky(MIST),
        circle((812, 400), 270, CREAM),
        shapes.sun((812, 330), 92),
        shapes.cloud((220, 270), 230),
        shapes.cloud((1210, 190), 200),
        ridge(
            pts(
                "170 720, 240 560, 370 450, 520 372, 660 420, 812 372, 960 410, "
                "1120 350, 1270 430, 1370 560, 1430 720",
            ),
            750,
            PALE,
        ),
        ridge(
            pts(
                "110 720, 180 610, 290 510, 450 455, 640 470, 840 440, 1050 480, "
                "1240 470, 1380 540, 1450 620, 1500 720",
            ),
            750,
            SAGE,
        ),
        ellipse((1296, 636), (150, 46), HAZE),
        ridge(
            pts(
                "80 720, 120 680, 230 600, 420 560, 660 580, 880 560, 1080 600, "
                "1240 648, 1400 676, 1500 700, 1540 720",
            ),
            750,
            MOSS,
        ),
        ribbon(road, FOREST, 0.5),
        dashes(road, WHITE, 0.05),
        *_fields(),
        *_book(),
    ]


def _fields() -> list[str]:
    """Draw the fields of the report in its landscape: wood, wind, sun, sea, train."""
    near = pts("120 680, 230 600, 420 560, 660 580")
    found = [built.turbine((480, 470), 190, 15, FOREST), built.turbine((590, 480), 140, 80, FOREST)]
    found.append(shapes.planted(near, pts("236 120, 300 150, 366 112, 452 128, 520 104"), sink=18))
    for row in range(2):
        for column in range(3):
            x, y = 946 + column * 100 - row * 24, 526 + row * 48
            found.append(
                built.panel(
                    [(x + 14, y - 38), (x + 94, y - 38), (x + 82, y), (x, y)],
                    (4, 2),
                    (DEEP, PALE),
                ),
            )
    found += [
        built.boat((1310, 640), 60),
        shapes.ripples([(1220, 622, 40), (1366, 630, 44)], Pen(WHITE, FINE)),
    ]
    return found


def _book() -> list[str]:
    """Draw the open report below its landscape: cover, page edges, two written pages."""
    left = "M800 742C690 690 420 660 70 690V830C420 800 690 826 800 872Z"
    right = "M800 742C910 690 1180 660 1530 690V830C1180 800 910 826 800 872Z"
    found = [
        path(
            "M800 888C690 846 420 822 48 852Q40 852 40 844V708Q40 700 48 700H90"
            "C420 716 690 730 800 778C910 730 1180 716 1510 700H1552Q1560 700 1560 708"
            "V844Q1560 852 1552 852C1180 822 910 846 800 888Z",
            DEEP,
        ),
        path(left, WHITE),
        path(right, CREAM),
        path("M70 830C420 800 690 826 800 872C910 826 1180 800 1530 830", Pen(PALE, FINE)),
        path("M70 818C420 788 690 814 800 860C910 814 1180 788 1530 818", Pen(PALE, FINE)),
        path("M800 742V872", Pen(PALE, FINE)),
    ]
    for row, end in enumerate((500, 500, 420)):
        y = 716 + row * 26
        found.append(path(f"M160 {y + 8}Q320 {y - 8} {end} {y - 2}", Pen(SAGE, FINE)))
    found += [
        path("M1010 776C1060 766 1080 740 1130 744S1210 722 1260 708", Pen(OCHRE, MID)),
        path("M1010 790Q1140 762 1270 764", Pen(SAGE, FINE)),
    ]
    found += [
        rect((1330 + index * 34, 776 - height - index * 1.0), (20, height), colour, 3)
        for index, (height, colour) in enumerate(((24, PALE), (38, SAGE), (50, JADE), (64, MOSS)))
    ]
    return found


def outlook_seminar() -> list[str]:
    """Draw a meeting table seen from above, with documents, charts and a ribbon down its length."""
    parts = [
        shapes.sky(HAZE),
        rect((-40, 214), (1680, 486), PALE),
        rect((-40, 204), (1680, 486), CREAM),
    ]
    runner = spine(
        "-60 500 96, 200 440 96, 480 430 96, 800 448 96, 1120 470 96, 1400 440 96, 1660 380 96",
    )
    parts += [
        ribbon(runner, JADE),
        path(curve([(x, y) for x, y, _ in runner]), Pen(WHITE, FINE, "18 16")),
    ]
    for index, x in enumerate((100, 370, 640, 960, 1230, 1500)):
        parts += _place((x, 150), SEATED[index], up=False, kind=index)
        parts += _place((x, 746), SEATED[(index + 3) % 6], up=True, kind=index + 2)
    parts += _three_dimensions((800, 447))
    return parts


SEATED = (
    people.Look(FOREST),
    people.Look(JADE, "bun"),
    people.Look(OCHRE, skin=CLAY),
    people.Look(MOSS, "long"),
    people.Look(DEEP, tint=UMBER),
    people.Look(CLAY, "bun"),
)


def _place(spot: Point, look: people.Look, *, up: bool, kind: int) -> list[str]:
    """Draw one seat from above with what lies before it on the table."""
    x, y = spot
    away = -1 if up else 1
    found = [rect((x - 72, y - 8 if up else y - 84), (144, 92), SAGE, 40)]
    desk = y + away * 138
    if kind % 3 == 0:
        found += _laptop((x, desk), away)
    elif kind % 3 == 1:
        sheet = built.sheet((-44, -56), (88, 112), WHITE, SAGE)
        found.append(group([sheet], f"translate({x - 14} {desk}) rotate({-8 * away})"))
        cup = (x + (-84 if x + 100 >= WIDE[0] else 76), desk + 8)
        found += [circle(cup, 24, WHITE), circle(cup, 16, CLAY)]
    else:
        under = rect((-42, -54), (84, 108), DUNE, 6)
        chart = rect((-42, -54), (84, 108), WHITE, 6) + built.bars(
            (-27, 34),
            (26, 44, 66),
            14,
            (SAGE, FOREST),
        )
        found += [
            group([under], f"translate({x + 8} {desk}) rotate({12 * away})"),
            group([chart], f"translate({x - 4} {desk}) rotate({-3 * away})"),
        ]
    return [*found, people.above((x, y), 142, look, up=up)]


def _laptop(place: Point, away: int) -> list[str]:
    """Draw an open laptop from above: its keys towards its owner, its screen behind them."""
    x, y = place
    screen, keys = (y, y - 52) if away > 0 else (y - 46, y + 8)
    return [
        rect((x - 66, screen), (132, 46), FOREST, 6),
        rect((x - 58, screen + 7), (116, 32), MIST, 3),
        rect((x - 66, keys), (132, 48), PALE, 6),
        strokes(
            [((x - 50, keys + 14 + 10 * row), (x + 50, keys + 14 + 10 * row)) for row in range(3)],
            Pen(SAGE, FINE, "8 8"),
        ),
    ]


def _three_dimensions(middle: Point) -> list[str]:
    """Draw the wheel of the evaluation: economy, society and environment around one hub."""
    x, y = middle
    found = [circle((x, y), 150, CREAM), circle((x, y), 138, WHITE)]
    for index, colour in enumerate((FOREST, OCHRE, SAGE)):
        start, end = math.radians(-90 + index * 120 + 4), math.radians(30 + index * 120 - 4)
        ax, ay = x + 118 * math.cos(start), y + 118 * math.sin(start)
        bx, by = x + 118 * math.cos(end), y + 118 * math.sin(end)
        cx, cy = x + 64 * math.cos(end), y + 64 * math.sin(end)
        dx, dy = x + 64 * math.cos(start), y + 64 * math.sin(start)
        found.append(
            path(
                f"M{ax:.1f} {ay:.1f}A118 118 0 0 1 {bx:.1f} {by:.1f}L{cx:.1f} {cy:.1f}"
                f"A64 64 0 0 0 {dx:.1f} {dy:.1f}Z",
                colour,
            ),
        )
    found.append(shapes.leaf((x - 30, y + 30), 84, -45, (JADE, WHITE)))
    return found


def infrastructure() -> list[str]:
    """Draw a railway viaduct that spares the valley below, and wind turbines on the hills."""
    brook = spine("812 332 2, 790 350 20, 828 378 46, 784 418 84, 820 480 150")
    parts = [
        shapes.sky(MIST, STRIP),
        shapes.sun((1180, 98), 58),
        shapes.cloud((160, 92), 170),
        ridge(pts("-20 190, 200 130, 460 180, 760 105, 1040 165, 1320 120, 1620 175"), 320, HAZE),
    ]
    far = pts("-20 215, 260 180, 540 222, 860 176, 1200 215, 1620 186")
    for x, height, angle in spine("330 104 10, 500 80 50, 1010 94 40"):
        parts.append(built.turbine((x, level(far, x) + 6), height, angle, FOREST))
    left = pts("-20 300, 120 262, 260 300, 400 385, 600 480")
    right = pts("1000 480, 1180 390, 1340 315, 1480 270, 1620 262")
    parts += [
        ridge(far, 360, PALE),
        ridge(pts("-20 290, 200 268, 480 290, 800 310, 1120 290, 1400 268, 1620 280"), 480, SAGE),
        ribbon(brook, JADE, 0.6),
        ribbon([(x, y, width * 0.7) for x, y, width in brook], HAZE, 0.6),
        built.viaduct((-185, 1795), (236, 20), 180, CREAM),
        rect((-20, 230), (1640, 8), FOREST),
        built.train((-60, 230), 1180, 48, (WHITE, FOREST, OCHRE)),
        shapes.planted(left, pts("16 88, 66 102, 126 78, 196 68"), sink=8),
        ridge(left, 480, MOSS),
        shapes.planted(right, pts("1392 72, 1440 90, 1500 82, 1568 98"), sink=8),
        ridge(right, 480, MOSS),
        shapes.ripples(spine("790 374 30, 760 410 54, 806 434 40"), Pen(WHITE, FINE)),
        ridge(pts("-20 410, 200 385, 400 418, 520 480"), 480, FOREST),
        ridge(pts("1090 480, 1270 424, 1460 396, 1620 390"), 480, FOREST),
        shapes.deer((566, 424), 82, DEEP, antlers=True),
        shapes.deer((630, 430), 56, DEEP, antlers=False),
        *[
            shapes.grass(spot, 22, Pen(MOSS, FINE))
            for spot in pts("520 440, 674 442, 930 430, 980 442")
        ],
    ]
    return parts


def green_finance() -> list[str]:
    """Draw a sun like an old coin over terraces on which trees grow taller step by step."""
    parts = [
        shapes.sky(SAND),
        circle((410, 300), 206, CREAM),
        circle((410, 300), 156, STRAW),
        circle((410, 300), 134, Pen(OCHRE, MID)),
        rect((362, 252), (96, 96), CREAM, 4),
        rect((352, 242), (116, 116), Pen(OCHRE, MID), 8),
        ridge(pts("-20 640, 300 560, 640 620, 1000 520, 1300 440, 1620 480"), 900, DUNE),
        ridge(pts("-20 730, 300 690, 640 700, 1000 660, 1620 560"), 960, STRAW),
    ]
    for index in reversed(range(5)):
        parts += _step(index)
    parts += [shapes.grass(spot, 30, Pen(MOSS, FINE)) for spot in pts("60 856, 250 858")]
    return parts


STEPS = (
    (0, 850, DEEP),
    (300, 760, FOREST),
    (600, 664, MOSS),
    (900, 562, JADE),
    (1200, 452, SAGE),
)


def _step(index: int) -> list[str]:
    """Draw one terrace with its trees: a green lip, and layers of earth that show in its front."""
    left, top, tone = STEPS[index]
    found = []
    crowns = (JADE, FOREST) if index % 2 else (MOSS, FOREST)
    trees = {
        1: ((396, 84), (486, 110)),
        2: ((690, 150), (792, 190)),
        3: ((980, 220), (1098, 270)),
        4: ((1290, 300), (1440, 372)),
    }
    for number, (x, height) in enumerate(trees.get(index, ())):
        found.append(shapes.round_tree((x, top + 4), height, crowns[number]))
    if not index:
        for x, length in pts("120 42, 192 54"):
            found += [shapes.leaf((x, 838), length, angle, (MOSS, PALE)) for angle in (-132, -48)]
            found.append(strokes([((x, 838), (x, 852))], Pen(MOSS, MID)))
    outline = f"M{left - 30} 960V{top + 34}Q{left - 30} {top} {left + 4} {top}H1640V960Z"
    found.append(path(outline, tone))
    ink = (PINE, MOSS, JADE, SAGE, PALE)[index]
    for row in range(2):
        y = top + 34 + row * 30
        if y < (STEPS[index - 1][1] if index else 900) - 8:
            found.append(
                path(
                    f"M{left + 24 + row * 40} {y}H{left + 268 - row * 30}", Pen(ink, FINE, "26 18")
                )
            )
    return found


def training() -> list[str]:
    """Draw a class before a screen, with others joining through windows online."""
    hump = pts(
        "300 500, 420 470, 520 360, 620 262, 720 300, 820 400, 920 486, 1010 500",
    )
    parts = [
        shapes.sky(MIST),
        rect((-20, 640), (1640, 280), HAZE),
        rect((216, 96), (880, 484), FOREST, 18),
        rect((232, 112), (848, 452), WHITE, 8),
        strokes([((276, y), (1040, y)) for y in (180, 260, 340, 420)], Pen(HAZE, FINE)),
        path(f"{curve(hump)}Z", HAZE),
        *_under_the_curve(),
        path(curve(hump), Pen(JADE, BOLD)),
        strokes([((276, 500), (1040, 500))], Pen(FOREST, FINE)),
        strokes([((632, 262), (632, 500))], Pen(OCHRE, FINE, "4 12")),
        built.marker((632, 262), 18),
        built.marker((1000, 500), 18, (FOREST, WHITE)),
        strokes([((300, 580), (276, 700)), ((1012, 580), (1036, 700))], Pen(FOREST, MID)),
    ]
    parts += [
        shapes.leaf((1000, 476), 56, -62, (JADE, WHITE)),
        shapes.leaf((1000, 476), 48, -118, (JADE, WHITE)),
    ]
    tones = (PALE, SAND, SAGE, DUNE, HAZE)
    parts += [
        strokes([((1200, 580), (1184, 700)), ((1338, 580), (1354, 700))], Pen(FOREST, MID)),
        rect((1164, 96), (210, 484), FOREST, 18),
    ]
    for index in range(5):
        y = 112 + index * 92
        parts += [
            rect((1180, y), (178, 84), tones[index], 8),
            people.bust((1269, y + 84), 76, ONLINE[index]),
        ]
    return parts + _classroom()


def _under_the_curve() -> list[str]:
    """Draw what the curve on the screen tells: a dense town, then wind and trees."""
    return [
        *[
            built.tower_block((x, 500), (width, height), (tone, WHITE))
            for x, width, height, tone in (
                (484, 40, 68, SAGE),
                (530, 36, 108, JADE),
                (572, 40, 86, SAGE),
            )
        ],
        built.turbine((690, 500), 124, 16, FOREST),
        built.turbine((746, 500), 84, 70, FOREST),
        *[shapes.round_tree((x, 500), height, MOSS) for x, height in pts("802 50, 836 38")],
    ]


ONLINE = (
    people.Look(FOREST, "close", UMBER),
    people.Look(DEEP, "bob", DUNE, "round"),
    people.Look(PINE, "short", CLAY),
    people.Look(MOSS, "scarf", CLAY, "round", CREAM),
    people.Look(DEEP, "bun", UMBER, "round"),
)
CLASS = (
    people.Look(FOREST),
    people.Look(OCHRE, "bob"),
    people.Look(MOSS, "close", STRAW),
    people.Look(WHITE, "long"),
    people.Look(PINE),
    people.Look(STRAW, "bun"),
    people.Look(FOREST, "close"),
)


def _classroom() -> list[str]:
    """Draw the teacher, a plant, and the class seen from behind."""
    found = [
        people.standing((140, 730), 372, people.Look(OCHRE, "short", DUNE, "round"), "point"),
        polygon(pts("1448 660, 1528 660, 1514 740, 1462 740"), OCHRE),
        *[
            shapes.leaf((1488, 664), length, angle, (MOSS, PALE))
            for length, angle in pts("104 -152, 150 -114, 160 -76, 108 -30")
        ],
    ]
    for y, size, count in ((790, 150, 6), (916, 190, 5)):
        for index in range(count):
            x = 800 + (index - (count - 1) / 2) * size * 1.44
            found += [
                people.behind((x, y), size, CLASS[(index * 2 + count) % 7]),
                people.chair((x, y + size * 0.56), size * 0.98, SAGE),
            ]
    return found
