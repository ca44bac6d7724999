"""Pictures for the news section: symposium, council, green ribbon, data platform."""

import math
from collections.abc import Sequence

import built
import people
import shapes
from geometry import (
    arc_points,
    crest,
    curve,
    dashes,
    edges,
    mix,
    ribbon,
    ridge,
    sample,
    scallop,
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
from svg import Pen, Point, circle, ellipse, group, lines, path, polygon, rect, strokes

Triple = tuple[float, float, float]
PLANT = 2
TALL = 100
UPPER = 318
FRONT = 600
SPARSE = 0.42
FARMED = 4


def symposium() -> list[str]:
    """A round of seats from which road, rail, sea lane and sky links set out."""
    road = [(800, 660, 220), (790, 570, 130), (846, 500, 70), (792, 446, 34), (812, 398, 10)]
    lane_ = [(1010, 690, 160), (1130, 585, 84), (1320, 530, 44), (1480, 500, 26), (1640, 480, 16)]
    parts = [
        shapes.sky(MIST),
        rect((0, 420), (1600, 480), HAZE),
        ridge([(-20, 340), (120, 270), (260, 315), (420, 225), (600, 310), (800, 290), (980, 370),
               (1120, 420)], 420, HAZE),
        ridge([(-20, 400), (150, 350), (330, 390), (520, 315), (720, 395), (900, 400),
               (1090, 458)], 458, PALE),
        ridge([(-20, 470), (200, 425), (420, 450), (620, 398), (840, 400), (1010, 480),
               (1100, 640), (1140, 760)], 900, SAGE),
        ridge([(-20, 620), (300, 575), (700, 560), (960, 600), (1180, 690), (1400, 790),
               (1620, 840)], 900, MOSS),
        *_rails([(590, 690, 150), (430, 560, 84), (250, 500, 48), (110, 462, 28), (-30, 440, 18)]),
        ribbon(road, FOREST, 0.5),
        dashes(road, WHITE, 0.06),
        path(curve([(point[0], point[1]) for point in lane_]), Pen(WHITE, MID, "26 22")),
        built.ship((1330, 505), 170, (DEEP, OCHRE, STRAW)),
        built.boat((1520, 466), 52),
        shapes.ripples([(1130, 455, 60), (1210, 442, 40), (1450, 590, 70), (1330, 640, 90)],
                       Pen(WHITE, FINE)),
        *_sky_links(),
    ]
    return parts + _round_of_seats((800, 722))


def _rails(spine: Sequence[Triple]) -> list[str]:
    """Draw a railway track that runs away from us: bed, sleepers and two rails."""
    left, right = edges(spine, 0.5)
    inner = [(mix(a[0], b[0], 0.24), mix(a[1], b[1], 0.24))
             for a, b in zip(left, right, strict=True)]
    outer = [(mix(a[0], b[0], 0.76), mix(a[1], b[1], 0.76))
             for a, b in zip(left, right, strict=True)]
    sleepers = [
        ((mix(a[0], b[0], 0.1), mix(a[1], b[1], 0.1)), (mix(a[0], b[0], 0.9), mix(a[1], b[1], 0.9)))
        for a, b in zip(left, right, strict=True)
    ]
    return [ribbon(spine, JADE, 0.5), strokes(sleepers, Pen(PALE, FINE)),
            path(curve(inner) + curve(outer), Pen(WHITE, FINE))]


def _sky_links() -> list[str]:
    """Draw the links of the sky: nodes joined by fine arcs, and an aeroplane."""
    nodes = [(250, 250, 12), (560, 130, 15), (860, 190, 12), (1130, 110, 15), (1410, 230, 12)]
    data = ""
    for (ax, ay, _), (bx, by, _) in zip(nodes, nodes[1:], strict=False):
        data += f"M{ax} {ay}Q{(ax + bx) / 2} {min(ay, by) - 40} {bx} {by}"
    found = [path(data + "M560 130Q850 10 1130 110M250 250Q520 90 860 190", Pen(JADE, FINE))]
    found += [circle((x, y), size, FOREST) + circle((x, y), size * 0.42, WHITE)
              for x, y, size in nodes]
    plane = ("M-40 4Q-44 0 -40 -4L-4 -5L-22 -30H-14L14 -5L34 -4Q44 -3 46 0Q44 3 34 4L14 5L-14 30"
             "H-22L-4 5L-34 4L-42 12H-47L-43 0L-47 -12H-42Z")
    found.append(group([path(plane, FOREST)], "translate(1280 330) rotate(-14) scale(0.9)"))
    return found


def _round_of_seats(middle: Point) -> list[str]:
    """Draw a round table with seats all about it: the far ones, the table, the near ones."""
    x, y = middle
    clothes = (DEEP, FOREST, PINE, DEEP, OCHRE)
    hair = ("short", "bob", "short", "bun", "short")
    found = [ellipse((x, y + 34), (660, 200), PALE), ellipse((x, y + 30), (600, 172), HAZE)]
    far = arc_points((x, y - 6), (452, 112), (207, 333), 8)
    for index, spot in sorted(enumerate(far), key=lambda pair: pair[1][1]):
        size = 84 + (spot[1] - y + 118) * 0.16
        place = (spot[0], spot[1] + 18)
        found += [people.chair((place[0], place[1] + 10), size * 1.0, JADE),
                  people.bust(place, size, clothes[index % 5], hair[(index + 1) % 5])]
    found += [
        ellipse((x, y + 32), (416, 112), MOSS),
        ellipse((x, y + 6), (416, 112), CREAM),
        ellipse((x, y + 6), (300, 76), SAND),
        ellipse((x, y + 6), (120, 28), JADE),
        ellipse((x, y + 3), (60, 13), PALE),
    ]
    for index, spot in enumerate(arc_points((x, y + 70), (590, 140), (20, 160), 6)):
        size = 104 + (spot[1] - y) * 0.1
        found += [people.bust(spot, size, clothes[(index * 2) % 4], hair[(index + 2) % 5]),
                  people.chair((spot[0], spot[1] + size * 0.72), size * 1.04, JADE)]
    return found


def advisory_council() -> list[str]:
    """Twelve windows of a video conference set around a globe."""
    view = View((800, 450), 172.0, 17, -14)
    turns = [Turn(-84, -0.5, 5.6, 0.34), Turn(-50, -0.3, 1.5, 0.36), Turn(0, -0.16, 1.1, 0.36),
             Turn(90, 0.0, 1.12, 0.36), Turn(180, 0.1, 1.12, 0.36), Turn(270, 0.2, 1.12, 0.32),
             Turn(340, 0.34, 1.12, 0.28), Turn(400, 0.5, 1.5, 0.26), Turn(444, 0.5, 5.6, 0.26)]
    pieces = wind(view, turns)
    parts = [shapes.sky(DEEP), circle(view.centre, 235, PINE)]
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "ball")
    for piece in pieces:
        if piece.near:
            parts += [band(piece, JADE), lane(piece, 0.5, Pen(WHITE, FINE))]
    width, height, gap = 365.0, 190.0, 20.0
    spots = [(column, row) for row in range(4) for column in range(4)
             if not (row in (1, 2) and column in (1, 2))]
    for index, (column, row) in enumerate(spots):
        parts.append(_window((40 + column * (width + gap), 40 + row * (height + gap)), index))
    return parts


def _window(corner: Point, index: int) -> str:
    """Draw one window: a plain room with somebody in it."""
    grounds = (HAZE, SAND, SAGE, MIST, PALE, DUNE, PALE, HAZE, DUNE, SAGE, MIST, SAND)
    figures = (DEEP, FOREST, PINE, MOSS, DEEP, FOREST, PINE, DEEP, MOSS, DEEP, FOREST, PINE)
    hair = ("short", "short", "bob", "short", "short", "long", "short", "bun", "short", "short",
            "bob", "short")
    x, y = corner
    parts = [rect(corner, (365, 190), grounds[index], 12)]
    kind = (0, 1, 2, 3, 1, 0, 3, 2, 2, 3, 0, 1)[index]
    back = WHITE if grounds[index] != MIST else PALE
    if kind == 0:
        parts += [rect((x + 34, y + 34), (84, 62), back, 4),
                  ridge([(x + 34, y + 84), (x + 62, y + 58), (x + 84, y + 76), (x + 118, y + 60)],
                        y + 96, JADE)]
    elif kind == 1:
        parts.append(strokes([((x + 262, y + 60), (x + 335, y + 60))], Pen(CLAY, MID)))
        parts += [rect((x + 270 + 13 * book, y + 57 - (30 + 6 * (book % 3))),
                       (9, 30 + 6 * (book % 3)), (JADE, OCHRE, MOSS, PALE)[book % 4])
                  for book in range(5)]
    elif kind == PLANT:
        parts += [shapes.leaf((x + 64, y + 150), 84, angle, (FOREST, back))
                  for angle in (-120, -90, -58)]
        parts.append(polygon([(x + 42, y + 146), (x + 86, y + 146), (x + 80, y + 190),
                              (x + 48, y + 190)], OCHRE))
    parts.append(people.bust((x + 182, y + 190), 142 + 10 * wobble(index), figures[index],
                             hair[index]))
    return "".join(parts)


def green_ribbon() -> list[str]:
    """The earth with a green ribbon wound about it, and what the ribbon brings on its rim."""
    view = View((1010, 500), 300.0, 18, -12)
    turns = [Turn(-86.5, 0.1, 6.4, 0.5), Turn(-78, -0.16, 3.0, 0.48), Turn(-60, -0.36, 1.8, 0.44),
             Turn(-30, -0.44, 1.2, 0.38), Turn(30, -0.3, 1.08, 0.36), Turn(90, -0.06, 1.1, 0.35), Turn(180, 0.14, 1.12, 0.34),
             Turn(270, 0.3, 1.1, 0.3), Turn(330, 0.4, 1.1, 0.26), Turn(385, 0.44, 1.3, 0.22),
             Turn(420, 0.3, 2.1, 0.2), Turn(443, 0.1, 3.6, 0.2)]
    pieces = wind(view, turns)
    parts = [shapes.sky(MIST), circle((1010, 500), 430, CREAM), circle((400, 230), 70, STRAW)]
    parts += _rim(view)
    parts += [band(piece, FOREST) for piece in pieces if not piece.near]
    parts += earth(view, (PALE, SAGE, MIST), FINE, "earth")
    near = [piece for piece in pieces if piece.near]
    parts += [band(piece, MOSS) for piece in near]
    parts += [lane(near[0], 0.5, Pen(WHITE, MID, "24 22"), (0, 0.5))]
    parts += [lane(near[0], share, Pen(WHITE, FINE), (0.56, 0.97), 5) for share in (0.34, 0.64)]
    for along, height in ((0.16, 96), (0.21, 130), (0.25, 84), (0.31, 110), (0.35, 76)):
        x, y = near[0].at(along, 0.99)
        draw = shapes.slim_tree if height > TALL else shapes.round_tree
        parts.append(draw((x, y + 3), height, FOREST))
    parts.append(built.boat(near[0].at(0.74, 0.6), 52, (DEEP, WHITE)))
    towers = []
    for along, height in ((0.16, 100), (0.4, 110), (0.64, 116), (0.84, 122), (1.0, 126)):
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
        (-17, polygon([(-116, 50), (-44, -36), (-12, -10), (34, -84), (116, 50)], JADE)
         + polygon([(34, -84), (18.4, -59), (30, -50), (38, -62), (52, -54)], WHITE)),
        (5, built.turbine((0, 6), 130, 20, FOREST)),
        (15, built.turbine((0, 6), 96, 75, FOREST)),
        (27, shapes.round_tree((0, 6), 84, MOSS)),
        (34, shapes.round_tree((0, 6), 60, FOREST)),
    ]
    return [group([item], f"translate({x} {y}) rotate({angle}) translate(0 {-view.radius})")
            for angle, item in items]


FOREST_ROWS = ((405, 24, PALE), (446, 34, SAGE), (500, 50, JADE), (572, 72, MOSS),
               (672, 98, FOREST))
TOWERS = ((1330, 830, 590), (1030, 668, 372), (560, 560, 236), (398, 496, 150), (322, 456, 98),
          (352, 430, 64), (420, 414, 46))


def amazon_line() -> list[str]:
    """A power line that bends around a grove, over rainforest and river."""
    river = [(806, 524, 50), (790, 556, 90), (850, 620, 150), (800, 720, 250), (600, 960, 460)]
    parts = [
        shapes.sky(MIST),
        shapes.sun((1130, 235), 84),
        shapes.cloud((640, 150), 250),
        ridge([(-20, 395), (240, 345), (520, 385), (800, 335), (1120, 380), (1380, 340),
               (1620, 375)], 520, HAZE),
    ]
    for index, (y, bump, colour) in enumerate(FOREST_ROWS):
        parts.append(treeline(scallop((-40, 1660), y, bump, index * 7.3), 900, colour))
    parts += [ribbon(river, HAZE, 0.5), *_banks(river)]
    parts += _line_over_canopy()
    parts += [
        shapes.ripples([(828, 640, 34), (768, 716, 52), (690, 790, 80), (640, 856, 110)],
                       Pen(WHITE, FINE)),
        treeline([(-60, 820), (70, 800), (190, 816), (310, 806), (420, 850), (470, 960)], 960,
                 DEEP),
        treeline([(1010, 960), (1060, 850), (1170, 812), (1290, 824), (1400, 800), (1510, 818),
                  (1640, 800)], 960, DEEP),
        shapes.birds([(250, 230, 60), (330, 195, 44), (190, 285, 36)], Pen(FOREST, MID)),
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
        tone = next((colour for low, bump, colour in reversed(FOREST_ROWS)
                     if y >= low - bump * 0.45), PALE)
        foot, bump = height * 0.2, max(height * 0.13, 9)
        found.append(treeline(scallop((x - foot * 1.9, x + foot * 1.9), y + bump * 0.1, bump, index), y + bump,
                              tone))
    return found


def _pylon_pen(height: float) -> Pen:
    """Choose the stroke for a pylon: the middle weight for one that stands near."""
    return Pen(DEEP, MID if height > TALL * 2 else FINE)


def glacier_dam() -> list[str]:
    """The Moreno glacier, the river it feeds and the dam downstream."""
    parts = [
        shapes.sky(MIST),
        shapes.sun((1290, 180), 66),
        crest([(-20, 300), (90, 190), (180, 260), (330, 90), (470, 250), (560, 190), (720, 330),
               (860, 250), (1010, 350), (1180, 270), (1380, 370), (1500, 320), (1620, 380)], 470,
              PALE),
        polygon([(330, 90), (391, 160), (352, 186), (330, 160), (300, 190), (257.6, 172)], WHITE),
        polygon([(560, 190), (611, 235), (574, 246), (548, 230), (526, 214)], WHITE),
        polygon([(90, 190), (137, 227), (96, 232), (70, 226), (50, 230)], WHITE),
        crest([(480, 480), (760, 380), (900, 410), (1060, 350), (1240, 420), (1420, 380),
               (1620, 430)], 480, SAGE),
        rect((0, 468), (1600, 432), HAZE),
    ]
    parts += _ice()
    parts += [
        shapes.ripples([(700, 500, 90), (860, 528, 130), (560, 540, 70), (1060, 505, 80),
                        (620, 578, 110)], Pen(WHITE, FINE)),
        *_dam(),
    ]
    towers = [(1440, 560, 330), (1290, 458, 180), (1210, 424, 104), (1164, 404, 64)]
    parts += [built.wires([(1780, 700, 560), *towers], Pen(DEEP, FINE), 0.05)]
    parts += [built.pylon(tower, _pylon_pen(tower[2])) for tower in towers[::-1]]
    parts += [
        ridge([(1180, 960), (1230, 760), (1310, 620), (1450, 560), (1620, 510)], 960, FOREST),
        ridge([(-20, 640), (150, 580), (320, 576), (440, 640), (540, 780), (600, 960)], 960,
              FOREST),
        shapes.grove((50, 290), 606, 84, (DEEP, DEEP)),
    ]
    return parts


def _ice() -> list[str]:
    """Draw the glacier: its tongue between the mountains and its broken front in the lake."""
    tongue = [(-20, 330), (120, 352), (210, 300), (330, 250), (400, 290), (440, 350), (540, 384),
              (620, 440), (660, 480)]
    found = [ridge(tongue, 480, WHITE)]
    flow = ["M330 262C300 320 220 350 120 400", "M350 270C340 330 300 370 250 410",
            "M372 286C384 340 390 370 400 410"]
    found.append(path("".join(flow), Pen(HAZE, FINE)))
    x, count = -10.0, 0
    while x < FRONT:
        width = mix(26, 46, wobble(count))
        top = mix(372, 402, wobble(count + 0.3)) + max(x - 440, 0) * 0.36
        low = 486 + 8 * wobble(count + 0.7)
        lean = width * mix(0.2, 0.8, wobble(count + 0.9))
        found.append(polygon([(x, top + 16), (x + lean, top), (x + width, top + 20),
                              (x + width, low), (x, low)], (WHITE, MIST, PALE)[count % 3]))
        x += width
        count += 1
    bergs = [(700, 492, 26), (770, 486, 16), (560, 512, 30), (420, 520, 20)]
    for bx, by, size in bergs:
        found.append(polygon([(bx - size, by), (bx - size * 0.3, by - size * 0.9),
                              (bx + size * 0.4, by - size * 0.5), (bx + size, by)], WHITE))
    return found


def _dam() -> list[str]:
    """Draw a dam that bars a valley, with three chutes of white water and the river below."""
    found = [
        ridge([(-20, 560), (200, 540), (420, 600), (520, 640)], 900, MOSS),
        ridge([(1220, 640), (1300, 560), (1440, 500), (1620, 440)], 900, MOSS),
        rect((380, 620), (960, 300), SAND),
        rect((380, 604), (960, 26), CREAM),
    ]
    for index in range(3):
        x = 710 + index * 130
        found.append(polygon([(x, 640), (x + 84, 640), (x + 96, 840), (x - 12, 840)], WHITE))
        found.append(strokes([((x + shift, 664), (x + shift + lean, 826))
                              for shift, lean in ((22, -4), (42, 0), (62, 4))], Pen(HAZE, FINE)))
    found += [rect((676 + index * 130, 586), (22, 262), DUNE, 4) for index in range(4)]
    found += [rect((676, 586), (412, 14), DUNE, 4)]
    found += [ridge([(400, 836), (640, 828), (880, 838), (1120, 828), (1340, 836)], 960, JADE)]
    found.append(shapes.ripples([(690, 862, 90), (850, 876, 120), (1020, 858, 70)],
                                Pen(WHITE, FINE)))
    return found


def iceland_heat() -> list[str]:
    """Iceland cut open: heat below, wells, a station with steam, warm houses above."""
    parts = [
        shapes.sky(HAZE),
        crest([(-20, 420), (120, 330), (240, 390), (430, 200), (520, 200), (700, 390), (800, 340),
               (980, 440)], 560, PALE),
        polygon([(430, 200), (520, 200), (578, 261), (536, 250), (500, 280), (460, 244),
                 (420, 268), (369, 261)], WHITE),
        crest([(760, 540), (1000, 360), (1100, 400), (1290, 220), (1360, 220), (1500, 380),
               (1620, 320)], 580, SAGE),
        polygon([(1290, 220), (1360, 220), (1404, 270), (1356, 262), (1322, 296), (1284, 262),
                 (1233, 274)], WHITE),
        ridge([(-20, 530), (300, 500), (640, 530), (1000, 500), (1620, 520)], 900, JADE),
    ]
    parts += _station()
    parts += _underground()
    return parts


def _station() -> list[str]:
    """Draw the station, its steam, the pipe to the town and the town."""
    found = [shapes.steam((x, 560), height, width, WHITE)
             for x, height, width in ((905, 330, 130), (1085, 400, 150))]
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
    found += [ellipse((1420, 604), (150, 22), WHITE),
              shapes.steam((1400, 596), 130, 56, WHITE), shapes.steam((1470, 598), 90, 40, WHITE)]
    return found


def _underground() -> list[str]:
    """Draw the layers below, parted by the rift between two plates, and the wells."""
    found = [rect((-20, 602), (1640, 310), OCHRE)]
    found.append(ridge([(-20, 850), (300, 866), (620, 842), (900, 868), (1240, 848), (1620, 864)],
                       960, STRAW))
    for low, high, colour in ((812, 740, DEEP), (746, 672, PINE), (676, 602, FOREST)):
        wide, narrow = 6 + (low - 602) * 0.2, 6 + (high - 602) * 0.2
        found += [polygon([(-20, high), (648 - narrow, high), (648 - wide, low), (-20, low)], colour),
                  polygon([(1620, high), (648 + narrow, high), (648 + wide, low), (1620, low)],
                          colour)]
    found.append(path("M648 800V650", Pen(STRAW, MID)))
    found.append(strokes([((905, 606), (905, 846)), ((1085, 606), (1085, 846)),
                          ((995, 606), (995, 800))], Pen(WHITE, MID)))
    for x, y, tone in ((60, 640, MOSS), (250, 655, MOSS), (430, 636, MOSS), (1180, 640, MOSS),
                       (1360, 656, MOSS), (1520, 634, MOSS), (140, 716, FOREST),
                       (370, 704, FOREST), (1260, 712, FOREST), (1440, 700, FOREST),
                       (230, 778, PINE), (480, 782, PINE), (1200, 776, PINE), (1380, 784, PINE)):
        found.append(strokes([((x, y), (x + 56, y))], Pen(tone, FINE)))
    return found


def sinai_terraces() -> list[str]:
    """Terraces that hold water and green on the dry hills of Sinai."""
    parts = [
        shapes.sky(SAND),
        shapes.sun((860, 200), 76),
        crest([(-20, 330), (150, 230), (290, 300), (470, 170), (640, 300), (760, 350), (900, 310),
               (1080, 200), (1210, 270), (1400, 150), (1620, 300)], 600, DUNE),
        crest([(-20, 420), (180, 340), (380, 400), (560, 360), (800, 430), (1010, 370), (1240, 390),
               (1440, 320), (1620, 380)], 700, STRAW),
        ridge([(-20, 480), (600, 450), (900, 470), (1200, 440), (1620, 460)], 960, CLAY),
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
    rim = [(-40, side), (axis * 0.3, side + 26 + sway), (axis * 0.66, middle - 40),
           (axis, middle), (mix(axis, 1640, 0.32), middle - 34),
           (mix(axis, 1640, 0.66), far + 42 - sway), (1640, far)]

    def lowered(drop: float) -> list[Point]:
        """Give the rim some way further down."""
        return [(x, y + drop) for x, y in rim]

    thick = step * 0.34
    found = [ridge(rim, 960, (MOSS, JADE)[index % 2]), ridge(lowered(thick), 960, HAZE),
             ridge(lowered(thick * 1.4), 960, CLAY)]
    hill = sample(rim, 8)
    for number, (x, y) in enumerate(hill[2 + index % 3:-2:3]):
        seed = index * 17 + number
        if wobble(seed) > SPARSE and abs(x - axis) > step * 1.4:
            found.append(shapes.round_tree((x + 20 * wobble(seed + 0.7), y + thick * 0.6),
                                           step * mix(0.75, 1.1, wobble(seed + 0.2)), FOREST))
    fall = [(axis - 3, middle + thick, step * 0.3), (axis, middle + step * 0.7, step * 0.32),
            (axis + 3, middle + step * 1.5, step * 0.4)]
    found.append(ribbon(fall, HAZE))
    if index == FARMED:
        found += [people.standing((x, hill[at][1] + 22), 92, clothes, pose)
                  for x, at, clothes, pose in ((hill[36][0], 36, (WHITE, DEEP), "rest"),
                                               (hill[36][0] + 52, 37, (FOREST, DEEP), "point"))]
    stones = [(x, y + thick * 1.4 + step * (0.24 + 0.3 * (number % 2)))
              for number, (x, y) in enumerate(hill[1::3])]
    found.append(strokes([((x, y), (x + step * 0.3, y)) for x, y in stones
                          if abs(x - axis) > step], Pen(OCHRE, FINE)))
    return found


def big_data() -> list[str]:
    """Layers of a data platform: figures, contours, and a river basin with its sensors."""
    parts = [shapes.sky(MIST)]
    sensors = [(0.24, 0.36), (0.52, 0.2), (0.42, 0.56), (0.72, 0.48), (0.66, 0.82), (0.2, 0.74)]
    for level, tones in ((656, (FOREST, DEEP)), (487, (JADE, MOSS)), (UPPER, (CREAM, DUNE))):
        parts.append(_plate(level, tones))
        parts += {656: _figures, 487: _contours, UPPER: _basin}[level](level)
    corners = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    for high, low in ((UPPER, 487), (487, 656)):
        ends = [(_iso(u, v, high), _iso(u, v, low)) for u, v in corners]
        parts.append(strokes([((a[0], a[1] + 34), (b[0], b[1] - 12)) for a, b in ends],
                             Pen(OCHRE, FINE, "2 12")))
        parts += [circle(end, 8, OCHRE) for _, end in ends]
    beam = [(_iso(u, v, UPPER)) for u, v in (sensors[1], sensors[3])]
    parts.append(strokes([((1330, 130), (x, y - 88)) for x, y in beam], Pen(JADE, FINE, "2 12")))
    parts.append(_satellite((1350, 118)))
    for u, v in sensors:
        x, y = _iso(u, v, UPPER)
        parts += [ellipse((x, y), (16, 6), DUNE), strokes([((x, y), (x, y - 62))], Pen(OCHRE, MID)),
                  built.marker((x, y - 70), 15)]
    return parts


def _satellite(place: Point) -> str:
    """Draw a satellite that looks down on the layers."""
    shapes_ = [
        strokes([((-70, 0), (70, 0))], Pen(FOREST, MID)),
        built.panel([(-112, -24), (-34, -24), (-34, 24), (-112, 24)], (4, 2), (MOSS, PALE)),
        built.panel([(34, -24), (112, -24), (112, 24), (34, 24)], (4, 2), (MOSS, PALE)),
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
        spot = [_iso(u, v, level), _iso(u + 0.125, v, level), _iso(u + 0.125, v + 0.125, level),
                _iso(u, v + 0.125, level)]
        if u < 1 and v < 1 and index % 3:
            found.append(polygon(spot, (JADE, SAGE, PALE)[index % 3]))
    return found


def _contours(level: float) -> list[str]:
    """Draw the middle plate: contour lines of two hills."""
    found = []
    for u, v, steps in ((0.8, 0.52, 2), (0.34, 0.86, 2)):
        for step in range(steps):
            size = 0.24 - step * 0.075
            points = []
            for index in range(9):
                angle = math.tau * index / 8
                reach = size * mix(0.8, 1.1, wobble(index % 8 + u))
                points.append(_iso(u + reach * math.cos(angle), v + reach * 0.7 * math.sin(angle),
                                   level))
            found.append(path(curve(points), Pen(WHITE, FINE)))
    return found


def _basin(level: float) -> list[str]:
    """Draw the uppermost plate: a river with its branches, woods and fields."""
    def run(stops: Sequence[Triple]) -> list[Triple]:
        """Place the stops of a river on the plate."""
        return [(*_iso(u, v, level), width) for u, v, width in stops]

    found = [
        polygon([_iso(u, v, level) for u, v in ((0, 0), (0.5, 0), (0.34, 0.3), (0.0, 0.5))], HAZE),
        polygon([_iso(u, v, level) for u, v in ((1, 0.62), (1, 1), (0.6, 1), (0.76, 0.78))], HAZE),
        ribbon(run([(0.03, 0.2, 8), (0.26, 0.3, 16), (0.4, 0.44, 26), (0.6, 0.5, 36),
                    (0.74, 0.68, 44), (1.02, 0.82, 64)]), JADE, 0.5),
        ribbon(run([(0.5, 0.02, 8), (0.48, 0.2, 14), (0.56, 0.34, 18), (0.6, 0.5, 24)]), JADE, 0.5),
        ribbon(run([(0.08, 0.86, 8), (0.22, 0.74, 14), (0.34, 0.6, 18), (0.44, 0.47, 24)]), JADE,
               0.5),
    ]
    found += [lines([_iso(0, 1, level), _iso(0, 0, level), _iso(1, 0, level)], Pen(WHITE, FINE)),
              _side(level, DUNE)]
    for u, v, height in ((0.1, 0.1, 56), (0.2, 0.12, 70), (0.16, 0.2, 60), (0.3, 0.12, 54),
                         (0.82, 0.25, 60), (0.9, 0.38, 72), (0.78, 0.36, 54), (0.3, 0.88, 58),
                         (0.44, 0.92, 66)):
        x, y = _iso(u, v, level)
        found.append(shapes.round_tree((x, y), height, FOREST))
    return found
