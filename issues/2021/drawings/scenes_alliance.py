"""Pictures for the alliance's own news: conference, report, seminars, roads, finance."""

import math

import built
import people
import shapes
from geometry import curve, dashes, pts, ribbon, ridge, spine, treeline, wobble
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
from svg import Frame, Pen, Point, circle, ellipse, group, path, polygon, rect, strokes


def innovation_conference() -> list[str]:
    """Draw Shenzhen by the sea, with wind and sun."""
    parts = [
        shapes.sky(MIST),
        shapes.sun((420, 260), 116),
        shapes.cloud((610, 150), 260),
        ridge(pts("-20 560, 240 500, 460 540, 760 450, 1000 500, 1260 430, 1620 500"), 640, HAZE),
        *_skyline(),
        rect((0, 636), (1600, 264), HAZE),
        ridge(pts("560 640, 760 628, 1100 626, 1620 622"), 640, MOSS),
    ]
    for x, y, height, angle in ((150, 660, 230, 20), (330, 690, 320, 65), (530, 654, 210, 100)):
        parts.append(built.turbine((x, y), height, angle, FOREST))
        parts.append(shapes.ripples([(x - 26, y + 2, 52)], Pen(WHITE, MID)))
    shore = spine("560 640 6, 800 652 20, 1150 662 44, 1400 700 84, 1660 770 150")
    parts += [
        ribbon(shore, JADE, 0.6),
        path(curve([(x, y) for x, y, _ in shore[1:]]), Pen(WHITE, FINE, "16 16")),
        shapes.ripples(spine("120 740 90, 420 760 120, 980 760 110, 640 800 80"), Pen(WHITE, FINE)),
        built.boat((760, 790), 84),
    ]
    trees = spine(
        "900 650 40, 1000 652 46, 1096 654 40, 1230 656 56, 1330 668 62, 1450 690 74, 1550 716 86",
    )
    parts += [shapes.round_tree(tree[:2], tree[2], FOREST) for tree in trees]
    parts += [
        treeline(
            pts(
                "-40 850, 40 826, 120 836, 190 822, 260 846, 330 858, 380 900, 400 940",
            ),
            940,
            FOREST,
        ),
        treeline(pts("-60 880, 30 868, 120 880, 210 872, 300 900, 330 940"), 940, DEEP),
        shapes.birds(spine("690 330 56, 620 370 42, 560 320 34"), Pen(FOREST, MID)),
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
        shapes.cloud((260, 210), 230),
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
    found = [built.turbine((480, 470), 170, 15, FOREST), built.turbine((580, 480), 130, 80, FOREST)]
    for x, y, height in spine("230 640 110, 290 622 130, 350 612 96, 420 600 116"):
        draw = shapes.slim_tree if x in (290, 420) else shapes.round_tree
        found.append(draw((x, y), height, FOREST))
    for row in range(2):
        for column in range(3):
            x, y = 950 + column * 84 - row * 20, 534 + row * 40
            found.append(
                built.panel(
                    [(x + 12, y - 32), (x + 78, y - 32), (x + 68, y), (x, y)],
                    (3, 2),
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
            "M800 884C690 842 420 818 40 850V700L70 690V830C420 800 690 826 800 872"
            "C910 826 1180 800 1530 830V690L1560 700V850C1180 818 910 842 800 884Z",
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
    clothes = (FOREST, MOSS, OCHRE, JADE, FOREST, CLAY)
    for index, x in enumerate((120, 392, 664, 936, 1208, 1480)):
        parts += _place((x, 164), clothes[index], up=False, kind=index)
        parts += _place((x + 0, 736), clothes[(index + 3) % 6], up=True, kind=index + 2)
    parts += _three_dimensions((800, 447))
    return parts


def _place(spot: Point, clothes: str, *, up: bool, kind: int) -> list[str]:
    """Draw one seat from above with what lies before it on the table."""
    x, y = spot
    away = -1 if up else 1
    found = [
        rect((x - 62, y - 52 - away * 22), (124, 104), SAGE, 34),
        people.above((x, y), 128, clothes, 0 if up else 180),
    ]
    desk = y + away * 116
    if kind % 3 == 0:
        found += [
            rect((x - 62, desk - 40), (124, 82), FOREST, 8),
            rect((x - 52, desk - 32), (104, 50 if up else 66), MIST, 4),
        ]
        found.append(
            strokes(
                [
                    ((x - 36, desk - 14), (x + 20, desk - 14)),
                    ((x - 36, desk + 4), (x + 34, desk + 4)),
                ],
                Pen(JADE, FINE),
            ),
        )
    elif kind % 3 == 1:
        sheet = built.sheet((-38, -50), (76, 100), WHITE, SAGE)
        found.append(group([sheet], f"translate({x - 20} {desk}) rotate({-8 * away})"))
        found += [circle((x + 60, desk), 22, WHITE), circle((x + 60, desk), 14, CLAY)]
    else:
        under = rect((-38, -50), (76, 100), DUNE, 6)
        chart = rect((-38, -50), (76, 100), WHITE, 6) + built.bars(
            (-24, 30),
            (22, 38, 56),
            13,
            (SAGE, FOREST),
        )
        found += [
            group([under], f"translate({x + 6} {desk}) rotate({12 * away})"),
            group([chart], f"translate({x - 6} {desk}) rotate({-3 * away})"),
        ]
    return found


def _three_dimensions(middle: Point) -> list[str]:
    """Draw the wheel of the evaluation: economy, society and environment around one hub."""
    x, y = middle
    found = [circle((x, y), 138, WHITE)]
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
    brook = spine("806 620 12, 784 660 32, 836 716 70, 776 800 140, 830 960 280")
    parts = [
        shapes.sky(MIST),
        shapes.sun((1180, 220), 84),
        shapes.cloud((180, 150), 230),
        ridge(pts("-20 400, 200 310, 460 390, 760 270, 1040 370, 1320 290, 1620 380"), 620, HAZE),
        ridge(pts("-20 460, 260 400, 540 470, 860 390, 1200 460, 1620 410"), 700, PALE),
    ]
    for x, y, height, angle in ((330, 412, 220, 10), (500, 462, 170, 50), (930, 400, 200, 40)):
        parts.append(built.turbine((x, y), height, angle, FOREST))
    parts += [
        ridge(pts("-20 600, 200 560, 480 600, 800 640, 1120 600, 1400 560, 1620 580"), 900, SAGE),
        ribbon(brook, JADE, 0.6),
        ribbon([(x, y, width * 0.7) for x, y, width in brook], HAZE, 0.6),
        built.viaduct((-167, 1768), (500, 24), 215, CREAM),
        rect((-20, 494), (1640, 10), FOREST),
        built.train((430, 494), 720, 58, (WHITE, FOREST, OCHRE)),
        ridge(pts("-20 640, 120 560, 260 640, 400 800, 600 960"), 960, MOSS),
        ridge(pts("1000 960, 1180 800, 1340 650, 1480 560, 1620 540"), 960, MOSS),
        shapes.grove((40, 250), 640, 110, (FOREST, DEEP)),
        shapes.grove((1370, 1590), 650, 120, (FOREST, DEEP)),
        shapes.ripples(spine("780 760 50, 730 830 90, 800 868 60"), Pen(WHITE, FINE)),
        ridge(pts("-20 820, 200 770, 400 840, 560 960"), 960, FOREST),
        ridge(pts("1060 960, 1260 850, 1460 790, 1620 780"), 960, FOREST),
    ]
    parts += [_deer((538, 772), 1.15), _deer((622, 784), 0.75)]
    return parts


def _deer(place: Point, unit: float) -> str:
    """Draw a deer that crosses under the bridge."""
    body = (
        "M-34 0L-31 -26C-38 -36 -34 -48 -22 -48H14L26 -70L24 -80L33 -76L46 -68L44 -62L34 -60"
        "L24 -34C22 -28 22 -22 22 0H17L14 -24H-18L-27 0Z"
    )
    horns = "M30 -76L26 -96M28 -88L18 -94M33 -76L40 -94M37 -86L46 -90"
    frame = Frame(place, unit)
    return frame.path(body, DEEP) + frame.path(horns, Pen(DEEP, FINE))


def green_finance() -> list[str]:
    """Draw a sun like an old coin over terraces that become trees."""
    parts = [
        shapes.sky(SAND),
        circle((400, 300), 200, CREAM),
        path("M400 150A150 150 0 0 1 400 450A150 150 0 0 1 400 150ZM362 262V338H438V262Z", STRAW),
        circle((400, 300), 128, Pen(OCHRE, MID)),
        rect((350, 250), (100, 100), Pen(OCHRE, MID), 6),
        rect((360, 260), (80, 80), CREAM, 2),
        ridge(pts("-20 660, 300 580, 640 640, 1000 540, 1300 480, 1620 520"), 900, DUNE),
        ridge(pts("-20 740, 300 700, 640 720, 1000 700, 1620 640"), 900, STRAW),
    ]
    ground = pts("-20 800, 300 830, 640 850, 1000 836, 1300 846, 1620 820")
    counts = (1, 3, 5, 7, 9)
    tones = ((SAGE, JADE), (JADE, MOSS), (JADE, MOSS), (MOSS, FOREST), (MOSS, FOREST))
    for index, (count, pair) in enumerate(zip(counts, tones, strict=True)):
        middle, top = 420 + index * 252, 850 - count * 44
        if index:
            size = 90 + index * 56
            parts.append(shapes.round_tree((middle + 14, top + 4), size, (MOSS, FOREST)[index % 2]))
        if index > 1:
            parts.append(shapes.round_tree((middle - 52, top + 4), 40 + index * 34, JADE))
        for coin in range(count):
            shift = 10 * (wobble(index * 7 + coin) - 0.5)
            parts.append(
                rect((middle - 104 + shift, 806 - coin * 44), (208, 44), pair[coin % 2], 14),
            )
            rim = 828 - coin * 44
            parts.append(
                strokes(
                    [((middle - 70 + shift, rim), (middle + 70 + shift, rim))],
                    Pen((WHITE, PALE)[coin % 2], FINE, "2 18"),
                ),
            )
    parts += [
        shapes.leaf((420, 806), 64, -130, (MOSS, PALE)),
        shapes.leaf((420, 806), 64, -50, (MOSS, PALE)),
        strokes([((420, 806), (420, 770))], Pen(MOSS, FINE)),
        ridge(ground, 960, DEEP),
    ]
    return parts


def training() -> list[str]:
    """Draw a class before a screen, with others joining through windows online."""
    hump = pts(
        "300 500, 420 470, 520 360, 620 262, 720 300, 820 400, 920 486, 1010 500",
    )
    parts = [
        shapes.sky(MIST),
        rect((0, 640), (1600, 260), HAZE),
        rect((216, 96), (880, 484), FOREST, 18),
        rect((232, 112), (848, 452), WHITE, 8),
        path(f"{curve(hump)}Z", HAZE),
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
    hair = ("short", "bob", "short", "long", "bun")
    parts += [
        strokes([((1200, 580), (1184, 700)), ((1338, 580), (1354, 700))], Pen(FOREST, MID)),
        rect((1164, 96), (210, 484), FOREST, 18),
    ]
    for index in range(5):
        y = 112 + index * 92
        parts += [
            rect((1180, y), (178, 84), tones[index], 8),
            people.bust((1269, y + 84), 68, (FOREST, DEEP, PINE, MOSS, DEEP)[index], hair[index]),
        ]
    parts += _classroom()
    return parts


def _classroom() -> list[str]:
    """Draw the teacher, a plant, and the class seen from behind."""
    found = [
        people.standing((140, 724), 330, (OCHRE, DEEP), "point"),
        polygon(pts("1448 660, 1528 660, 1514 740, 1462 740"), OCHRE),
        *[
            shapes.leaf((1488, 664), length, angle, (MOSS, PALE))
            for length, angle in pts("104 -152, 150 -114, 160 -76, 108 -30")
        ],
    ]
    hair = ("short", "bob", "short", "bun", "long", "short")
    rows = ((760, 112, (MOSS, JADE), 7), (930, 150, (DEEP, FOREST), 6))
    for y, size, (colour, back), count in rows:
        for index in range(count):
            x = 800 + (index - (count - 1) / 2) * size * 1.66
            found += [
                people.bust((x, y), size, colour, hair[(index * 2 + count) % 6]),
                people.chair((x, y + size * 0.76), size * 1.0, back),
            ]
    return found
