"""Pictures for the partnerships and the chronicle: solar station, young people, coast."""

import built
import people
import shapes
from geometry import curve, dashes, mix, pts, ribbon, ridge, spine
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
    UMBER,
    WHITE,
    WIDE,
)
from svg import Pen, path, polygon, rect


def burkina_solar() -> list[str]:
    """Draw a solar station in the savanna of Burkina Faso."""
    parts = [
        shapes.sky(SAND),
        shapes.sun((1040, 330), 150),
        ridge(pts("-20 470, 300 440, 700 468, 1100 440, 1620 460"), 700, DUNE),
        ridge(pts("-20 525, 400 500, 900 515, 1620 495"), 960, STRAW),
        shapes.acacia((640, 520), 116),
        shapes.acacia((890, 512), 96),
        shapes.acacia((740, 516), 76),
    ]
    towers = spine("1390 540 190, 1180 520 120, 1040 512 80, 950 508 54")
    parts += [built.wires([(1700, 600, 300), *towers], Pen(DEEP, FINE), 0.06)]
    parts += [built.pylon(tower, Pen(DEEP, FINE)) for tower in towers]
    parts += _huts()
    parts.append(ridge(pts("-20 640, 300 590, 700 560, 1620 548"), 960, CLAY))
    for row in range(4):
        share = row / 3
        y, height = mix(606, 850, share**1.15), mix(40, 104, share)
        parts += built.panel_row((mix(640, 470, share), WIDE[0]), y, height)
    parts += [
        people.standing((398, 734), 150, people.Look(WHITE, "close", UMBER), "hold", FOREST),
        people.standing((462, 742), 144, people.Look(FOREST, "close", BARK), "point"),
        ridge(pts("-20 790, 160 760, 380 800, 520 960"), 960, OCHRE),
        shapes.baobab((190, 826), 600),
        ridge(pts("-20 838, 110 818, 230 812, 340 822, 450 880, 500 960"), 960, OCHRE),
    ]
    parts += [
        shapes.grass((x, y), 46, Pen(DEEP, FINE))
        for x, y in pts("60 850, 120 874, 350 860, 420 884")
    ]
    return parts


def _huts() -> list[str]:
    """Draw a few round huts with thatched roofs."""
    found = []
    for x, y, size in spine("470 560 56, 545 568 66, 410 574 60"):
        found.append(rect((x - size * 0.42, y - size * 0.55), (size * 0.84, size * 0.55), CREAM))
        found.append(
            polygon(
                [
                    (x - size * 0.62, y - size * 0.5),
                    (x, y - size * 1.15),
                    (x + size * 0.62, y - size * 0.5),
                ],
                OCHRE,
            ),
        )
        found.append(rect((x - size * 0.1, y - size * 0.36), (size * 0.2, size * 0.36), DEEP))
    return found


def youth_dialogue() -> list[str]:
    """Draw young people of Africa and Asia under one tree, between savanna and karst hills."""
    stream = spine("1210 574 4, 1090 596 34, 1106 650 76, 1066 740 150, 1090 960 300")
    parts = [
        shapes.sky(MIST),
        shapes.sun((250, 300), 90),
        ridge(pts("-20 520, 200 478, 460 500, 700 530, 900 580"), 700, DUNE),
        *_karst(),
        ridge(pts("-20 590, 260 560, 560 570, 860 600, 960 640, 1000 700"), 960, STRAW),
        ridge(pts("620 640, 800 600, 1000 584, 1300 570, 1620 580"), 960, SAGE),
        ribbon(stream, HAZE, 0.5),
        shapes.acacia((112, 596), 136),
        *_paddies(),
        ridge(pts("-20 720, 200 700, 480 690, 760 716, 960 770, 1040 860, 1080 960"), 960, MOSS),
        shapes.broad_tree((620, 740), 660, (FOREST, MOSS)),
        *[shapes.grass((x, 744), 34, Pen(DEEP, FINE)) for x in (580, 600, 646, 664)],
    ]
    for x, y, height, look, pose in YOUNG:
        parts.append(people.standing((x, y), height, look, pose))
    parts += [
        ridge(pts("-20 838, 300 822, 600 830, 900 858, 1060 960"), 960, FOREST),
        shapes.birds(spine("1010 190 54, 1090 150 42, 1170 200 50, 960 130 34"), Pen(FOREST, MID)),
    ]
    return parts


YOUNG = (
    (212, 806, 262, people.Look(OCHRE, "bun", UMBER, "round"), "talk skirt"),
    (346, 818, 284, people.Look(WHITE, "short", DUNE), "hold"),
    (456, 806, 270, people.Look(FOREST, "close", BARK), "point"),
    (756, 808, 272, people.Look(WHITE, "long", DUNE, "round"), "talk left skirt"),
    (858, 822, 282, people.Look(OCHRE, "close", UMBER), "hold"),
    (956, 840, 268, people.Look(SAND, "bob", STRAW, "round"), "wave"),
)


def _karst() -> list[str]:
    """Draw the steep round hills of Guangxi, two rows deep."""
    found = []
    peaks = (
        (1010, 260, 150, HAZE),
        (1480, 250, 170, HAZE),
        (1270, 300, 140, HAZE),
        (960, 400, 130, PALE),
        (1150, 300, 170, PALE),
        (1370, 360, 150, PALE),
        (1560, 330, 170, PALE),
    )
    for x, top, half, tone in peaks:
        tall = 640 - top
        found.append(
            path(
                f"M{x - half} 640C{x - half * 0.72:.1f} {640 - tall * 0.3:.1f}"
                f" {x - half * 0.66:.1f} {top} {x} {top}C{x + half * 0.6:.1f} {top} {x + half * 0.7:.1f}"
                f" {640 - tall * 0.34:.1f} {x + half} 640Z",
                tone,
            ),
        )
    return found


def _paddies() -> list[str]:
    """Draw curved rice fields on the right, each with its water."""
    found = []
    for index, (y, tone) in enumerate(((632, JADE), (690, MOSS), (752, JADE), (822, MOSS))):
        left = 1150 + index * 36
        points = [
            (left - 20, y + 110),
            (left + 30, y + 52),
            (left + 110, y + 14),
            (1450, y - 6),
            (1620, y - 20),
        ]
        inner = [(x, py + 16) for x, py in points[2:]]
        found += [
            ridge([(left - 80, 960), *points], 960, tone),
            path(curve(inner), Pen(WHITE, FINE)),
        ]
    return found


def sea() -> list[str]:
    """Draw a train and a road along a coast, ships on the sea."""
    road = spine("-40 604 84, 220 560 80, 470 570 84, 660 620 104, 800 720 150")
    cape = pts("-20 520, 240 504, 470 510, 590 474, 670 416, 750 402, 846 490, 950 600, 1020 700")
    return [
        shapes.sky(MIST, PANORAMA),
        shapes.sun((1404, 226), 96),
        shapes.cloud((780, 112), 210),
        shapes.cloud((1130, 84), 150),
        rect((-20, 262), (1640, 400), HAZE),
        ridge(pts("-20 170, 140 110, 300 166, 460 122, 640 200, 790 262"), 262, PALE),
        ridge(pts("-20 246, 200 206, 420 232, 620 282, 770 334"), 334, SAGE),
        built.ship((1250, 398), 360, (DEEP, OCHRE, STRAW)),
        built.ship((900, 290), 120, (FOREST, STRAW, OCHRE), left=True),
        built.boat((1500, 310), 66),
        shapes.ripples(
            spine(
                "1060 424 120, 1370 430 110, 1120 500 90, 1420 520 130, 860 330 60, 990 350 70,"
                " 1230 590 120, 1500 378 60",
            ),
            Pen(WHITE, FINE),
        ),
        ridge(pts("-20 340, 200 310, 440 336, 640 394, 740 452, 800 530, 840 700"), 700, JADE),
        built.viaduct((-120, 708), (436, 18), 136, CREAM),
        rect((-20, 430), (740, 8), FOREST),
        built.train((-260, 430), 890, 58, (WHITE, FOREST, OCHRE)),
        shapes.planted(cape, pts("664 78, 706 108, 752 122, 800 90, 850 104, 902 74"), sink=12),
        ridge(cape, 700, MOSS),
        ribbon(road, FOREST, 0.6),
        dashes(road, WHITE, 0.05),
        built.bus((330, 572), 0.92),
    ]
