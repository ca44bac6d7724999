"""Pictures for the partnerships and the chronicle: solar station, young people, coast."""

import built
import people
import shapes
from geometry import curve, dashes, mix, pts, ribbon, ridge, sample, spine
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
    SAGE,
    SAND,
    STRAW,
    WHITE,
    WIDE,
)
from svg import Pen, path, polygon, rect, strokes


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
        parts += _panel_row(mix(640, 470, share), y, height)
    parts += [
        people.standing((426, 724), 124, (WHITE, FOREST)),
        people.standing((476, 728), 118, (FOREST, DEEP), "point"),
        ridge(pts("-20 790, 160 760, 380 800, 520 960"), 960, OCHRE),
        shapes.baobab((214, 822), 560),
        ridge(pts("-20 838, 110 818, 230 812, 340 822, 450 880, 500 960"), 960, OCHRE),
    ]
    parts += [
        shapes.grass((x, y), 46, Pen(DEEP, FINE))
        for x, y in pts("60 850, 120 874, 350 860, 420 884")
    ]
    return parts


def _panel_row(left: float, y: float, height: float) -> list[str]:
    """Draw one row of tilted panels on their stands, from a left end to beyond the right edge."""
    found = []
    width = height * 2.2
    x = left
    while x < WIDE[0]:
        found.append(
            strokes(
                [
                    ((x + width * 0.2, y - height * 0.2), (x + width * 0.2, y)),
                    ((x + width * 0.78, y - height * 0.2), (x + width * 0.78, y)),
                ],
                Pen(DEEP, FINE),
            ),
        )
        found.append(
            built.panel(
                [
                    (x + width * 0.12, y - height * 0.86),
                    (x + width * 1.08, y - height * 0.86),
                    (x + width * 0.94, y - height * 0.16),
                    (x - width * 0.02, y - height * 0.16),
                ],
                (4, 2),
                (FOREST, SAGE),
            ),
        )
        x += width * 1.06
    return found


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
    stream = spine("1160 556 10, 1080 590 34, 1106 650 76, 1066 740 150, 1090 960 300")
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
    young = (
        (258, 232, (OCHRE, DEEP), "rest skirt"),
        (348, 246, (WHITE, DEEP), "rest"),
        (436, 228, (FOREST, DEEP), "point"),
        (744, 236, (WHITE, DEEP), "point left"),
        (834, 222, (OCHRE, DEEP), "rest skirt"),
        (922, 240, (FOREST, DEEP), "rest"),
    )
    for index, (x, height, clothes, pose) in enumerate(young):
        parts.append(people.standing((x, 800 + 14 * (index % 2)), height, clothes, pose))
    parts += [
        ridge(pts("-20 830, 300 812, 600 820, 900 850, 1060 960"), 960, FOREST),
        shapes.birds(spine("1010 190 54, 1090 150 42, 1170 200 50, 960 130 34"), Pen(FOREST, MID)),
    ]
    return parts


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
    road = spine("-40 770 90, 220 742 84, 480 770 96, 700 850 130, 820 980 190")
    parts = [
        shapes.sky(MIST),
        shapes.sun((1180, 240), 96),
        shapes.cloud((760, 150), 240),
        rect((0, 420), (1600, 480), HAZE),
        ridge(pts("-20 300, 140 230, 300 300, 460 250, 640 350, 780 420"), 420, PALE),
        ridge(pts("-20 380, 200 340, 420 380, 620 440, 760 500"), 500, SAGE),
        built.ship((1230, 560), 330, (DEEP, OCHRE, STRAW)),
        built.ship((930, 452), 110, (FOREST, STRAW, OCHRE), left=True),
        built.boat((1440, 470), 64),
        shapes.ripples(
            spine(
                "1040 590 120, 1330 600 110, 1120 660 90, 1400 700 130, "
                "850 480 60, 980 510 70, 1200 790 110",
            ),
            Pen(WHITE, FINE),
        ),
        ridge(pts("-20 500, 200 470, 440 500, 640 570, 740 640, 800 720, 840 960"), 960, JADE),
        built.viaduct((-120, 700), (606, 18), 136, CREAM),
        rect((-20, 600), (720, 8), FOREST),
        built.train((-260, 600), 880, 58, (WHITE, FOREST, OCHRE)),
        ridge(
            pts(
                "-20 690, 240 680, 480 690, 640 640, 740 600, 840 700, 960 830, 1040 960",
            ),
            960,
            MOSS,
        ),
        ribbon(road, FOREST, 0.6),
        dashes(road, WHITE, 0.05),
    ]
    slope = sample(pts("660 650, 740 606, 830 690, 940 806"), 5)
    for index, (x, y) in enumerate(slope[2:12:3]):
        draw = shapes.slim_tree if index % 2 else shapes.round_tree
        parts.append(draw((x, y + 14), 84 + 16 * index, FOREST))
    parts += [built.bus((330, 770), 1)]
    return parts
