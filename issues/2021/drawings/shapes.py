"""Nature: sky, water, trees, birds. Shapes stand on the point they are given."""

from collections.abc import Sequence

from geometry import blob, level, mix, spine
from palette import BARK, DEEP, FINE, FOREST, JADE, MID, MOSS, OCHRE, STRAW, WHITE
from svg import Frame, Paint, Pen, Point, circle, ellipse, group, path, rect, strokes

TALL = 150
OVER = 20


def sky(colour: str, size: tuple[int, int] = (1600, 900)) -> str:
    """Fill the whole picture with one colour, and beyond its frame.

    What ends at the frame itself may end a pixel before what is cut by it.
    """
    return rect((-OVER, -OVER), (size[0] + 2 * OVER, size[1] + 2 * OVER), colour)


def sun(centre: Point, radius: float, colour: str = STRAW) -> str:
    """Draw the sun as a flat disc."""
    return circle(centre, radius, colour)


def cloud(place: Point, width: float, colour: str = WHITE) -> str:
    """Draw a low cloud with a level base; the place is its lower left end."""
    frame = Frame(place, width)
    return frame.path(
        "M0.05 0C-0.02 0 -0.02 -0.09 0.06 -0.09C0.08 -0.16 0.17 -0.17 0.21 -0.12"
        "C0.25 -0.25 0.44 -0.27 0.5 -0.14C0.56 -0.2 0.68 -0.18 0.7 -0.09C0.78 -0.13 0.86 -0.1"
        " 0.87 -0.05C0.94 -0.07 1 -0.05 1 -0.02Q1 0 0.96 0Z",
        colour,
    )


def ripples(places: Sequence[tuple[float, float, float]], look: Pen) -> str:
    """Draw short level strokes on water: each is (x, y, length)."""
    return strokes([((x, y), (x + length, y)) for x, y, length in places], look)


def birds(places: Sequence[tuple[float, float, float]], look: Pen) -> str:
    """Draw birds in the distance: each is (x, y, wing span)."""
    data = ""
    for x, y, span in places:
        half, lift = span / 2, span * 0.22
        data += (
            f"M{x - half:.1f} {y - lift * 0.5:.1f}"
            f"Q{x - half * 0.45:.1f} {y - lift:.1f} {x:.1f} {y:.1f}"
            f"Q{x + half * 0.45:.1f} {y - lift:.1f} {x + half:.1f} {y - lift * 0.5:.1f}"
        )
    return path(data, look)


def stem_weight(height: float) -> float:
    """Choose the stroke for a stem: the middle weight for a tall tree, else the fine one."""
    return MID if height > TALL else FINE


def round_tree(place: Point, height: float, leaf: str = FOREST, wood: str = DEEP) -> str:
    """Draw a broad-leaved tree: an egg-shaped crown on a stem that forks inside it."""
    x, y = place
    weight = stem_weight(height)
    stem = f"M{x:.1f} {y:.1f}V{y - height * 0.66:.1f}"
    fork = (
        f"M{x:.1f} {y - height * 0.4:.1f}L{x + height * 0.12:.1f} {y - height * 0.54:.1f}"
        f"M{x:.1f} {y - height * 0.48:.1f}L{x - height * 0.1:.1f} {y - height * 0.6:.1f}"
    )
    crown = ellipse((x, y - height * 0.63), (height * 0.29, height * 0.37), leaf)
    return crown + path(stem + fork, Pen(wood, weight))


def slim_tree(place: Point, height: float, leaf: str = FOREST, wood: str = DEEP) -> str:
    """Draw a cypress: one pointed leaf on a short stem."""
    x, y = place
    top, low, half = y - height, y - height * 0.14, height * 0.19
    crown = (
        f"M{x:.1f} {top:.1f}C{x + half:.1f} {mix(top, low, 0.4):.1f} {x + half * 1.5:.1f} {low:.1f}"
        f" {x:.1f} {low:.1f}C{x - half * 1.5:.1f} {low:.1f} {x - half:.1f}"
        f" {mix(top, low, 0.4):.1f} {x:.1f} {top:.1f}Z"
    )
    weight = stem_weight(height)
    stem = f"M{x:.1f} {y:.1f}V{mix(top, low, 0.6):.1f}"
    return path(crown, leaf) + path(stem, Pen(wood, weight))


def acacia(place: Point, height: float, leaf: str = FOREST, wood: str = DEEP) -> str:
    """Draw an umbrella thorn: a forked stem under two flat layers of leaf."""
    x, y = place
    unit = height / 100
    stem = (
        f"M{x:.1f} {y:.1f}C{x + 2 * unit:.1f} {y - 30 * unit:.1f} {x - 4 * unit:.1f}"
        f" {y - 36 * unit:.1f} {x:.1f} {y - 48 * unit:.1f}"
        f"L{x - 34 * unit:.1f} {y - 74 * unit:.1f}M{x:.1f} {y - 48 * unit:.1f}"
        f"L{x + 10 * unit:.1f} {y - 80 * unit:.1f}M{x:.1f} {y - 44 * unit:.1f}"
        f"L{x + 40 * unit:.1f} {y - 70 * unit:.1f}"
    )
    crown = blob(
        [
            (x - 72 * unit, y - 72 * unit),
            (x - 50 * unit, y - 88 * unit),
            (x - 6 * unit, y - 100 * unit),
            (x + 44 * unit, y - 90 * unit),
            (x + 74 * unit, y - 70 * unit),
            (x + 30 * unit, y - 67 * unit),
            (x - 30 * unit, y - 70 * unit),
        ],
        leaf,
    )
    weight = stem_weight(height)
    return path(stem, Pen(wood, weight)) + crown


def baobab(place: Point, height: float, leaf: str = FOREST, wood: str = DEEP) -> str:
    """Draw a baobab: a swollen stem, boughs that fork like roots, thin tufts of leaf."""
    frame = Frame(place, height / 100)
    body = (
        "M-21 0C-14 -5 -15 -16 -15.5 -30C-16 -44 -13 -52 -21 -61L-36 -72L-34.6 -74L-18 -65"
        "L-20 -82L-17.6 -82.6L-12 -64C-9 -66 -7.4 -70 -7 -76L-6.4 -93L-3.6 -93L-2 -74"
        "C0 -66 3 -65 5 -70L13 -88L15.6 -87L10.6 -66L26 -81L28 -79.4L14 -60L37 -70L38 -67.6"
        "L18 -55C13.4 -50 14 -42 15 -30C16 -16 15 -5 22 0C8 3 -8 3 -21 0Z"
    )
    tufts = (
        "-36 -74 11 5.4, -25 -81 9 4.6, -19 -87 12 6, -5 -96 13 6.4, 9 -91 9 5, 17 -92 11 5.6,"
        " 29 -83 11 5.4, 39 -72 11 5.2, -44 -70 7 3.8, 47 -69 6.4 3.4"
    )
    crowns = [
        frame.ellipse((tx, ty), (rx, ry), leaf)
        for tx, ty, rx, ry in (map(float, tuft.split()) for tuft in tufts.split(","))
    ]
    return frame.path(body, wood) + "".join(crowns)


def palm(place: Point, height: float, leaf: str = FOREST, wood: str = BARK) -> str:
    """Draw a date palm: a slightly bent stem, a crown of drooping fronds, fruit below them."""
    frame = Frame(place, height / 100)
    fronds = (
        "M2 -88Q-14 -104 -31 -86Q-14 -93 2 -88ZM2 -88Q-20 -92 -29 -68Q-14 -84 2 -88Z"
        "M2 -88Q-12 -82 -15 -60Q-4 -76 2 -88ZM2 -88Q-4 -108 -21 -106Q-6 -100 2 -88Z"
        "M2 -88Q6 -108 23 -107Q9 -100 2 -88ZM2 -88Q18 -104 35 -87Q18 -93 2 -88Z"
        "M2 -88Q24 -92 33 -69Q18 -84 2 -88ZM2 -88Q16 -82 20 -61Q8 -76 2 -88Z"
    )
    return (
        frame.path("M-2.6 0C-1.6 -30 -1 -60 0.6 -88H3.4C2.4 -60 2 -30 2.6 0Z", wood)
        + frame.ellipse((-1.6, -80), (2.6, 4.6), OCHRE)
        + frame.ellipse((5.6, -80), (2.6, 4.6), OCHRE)
        + frame.path(fronds, leaf)
    )


def giraffe(place: Point, height: float, colour: str, *, left: bool = False) -> str:
    """Draw a giraffe in profile, standing."""
    frame = Frame(place, height / 100, left)
    body = (
        "M-19 0L-19.6 -24C-23 -32 -23 -41 -19 -48C-11 -53 -1 -55 6 -59L19 -90L17 -95L20.4 -93.4"
        "L21 -99H22.4L22.8 -94L33 -87.4Q34.4 -84.4 31 -84L25 -85L15 -54C15 -46 14 -39 12.4 -33"
        "L13 0H9.8L7.6 -31C0 -34 -7 -34 -12 -31L-16 -24L-15.8 0ZM-12 -34L-8.4 -34L-8 0H-11Z"
        "M5 -34L8.4 -34L7.4 0H4.4ZM-20.4 -46L-20 -38L-21.6 -27H-23C-24 -34 -24 -40 -20.4 -46Z"
    )
    return frame.path(body, colour)


def deer(place: Point, height: float, colour: str, *, antlers: bool) -> str:
    """Draw a deer in profile, standing."""
    frame = Frame(place, height / 100)
    body = (
        "M-38 0L-36 -24C-41 -31 -43 -38 -40 -46C-38 -52 -31 -54 -22 -53C-8 -51 4 -52 13 -55"
        "L22 -72L20 -79L26 -77C29 -81 35 -81 38 -77L47 -71Q48 -67 44 -66L35 -66L30 -51"
        "C28 -42 25 -36 21 -32L21 0H16.6L14 -27C4 -24 -10 -24 -19 -28L-27 -22L-25 0H-29.4L-33 -21"
        "L-33.6 0ZM10 -30L9 0H5L4 -28Z"
    )
    shapes = [frame.path(body, colour)]
    if antlers:
        shapes.append(
            frame.path(
                "M28 -78C24 -86 25 -94 30 -100M26.4 -88L19 -94M32 -79C32 -88 37 -92 42 -95M34 -87"
                "L33 -97",
                Pen(colour, FINE),
            ),
        )
    return "".join(shapes)


def shrub(place: Point, width: float, colour: str = MOSS) -> str:
    """Draw a low bush as a half disc."""
    x, y = place
    radius = width / 2
    return path(
        f"M{x - radius:.1f} {y:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x:.1f} {y - radius:.1f}"
        f"A{radius:.1f} {radius:.1f} 0 0 1 {x + radius:.1f} {y:.1f}Z",
        colour,
    )


def grass(place: Point, height: float, look: Pen) -> str:
    """Draw a tuft of three blades."""
    x, y = place
    blades = [(-0.5, 0.75), (0.05, 1.0), (0.5, 0.7)]
    data = "".join(
        f"M{x + lean * height * 0.25:.1f} {y:.1f}"
        f"Q{x + lean * height * 0.3:.1f} {y - tall * height * 0.6:.1f}"
        f" {x + lean * height * 0.9:.1f} {y - tall * height:.1f}"
        for lean, tall in blades
    )
    return path(data, look)


def planted(
    skyline: Sequence[Point],
    spots: Sequence[Point],
    tones: tuple[str, str] = (FOREST, DEEP),
    sink: float = 6,
) -> str:
    """Plant trees along a skyline: each is (x, height), every third one a cypress."""
    shapes = []
    for index, (x, height) in enumerate(spots):
        draw = slim_tree if index % 3 == 1 else round_tree
        shapes.append(draw((x, level(skyline, x) + sink), height, *tones))
    return "".join(shapes)


def leaf(
    place: Point,
    length: float,
    angle: float,
    colours: tuple[str, str] = (JADE, WHITE),
) -> str:
    """Draw a leaf that grows from a point at an angle, with its middle vein."""
    half = length * 0.27
    outline = (
        f"M0 0C{length * 0.3:.1f} {-half:.1f} {length * 0.75:.1f} {-half:.1f} {length:.1f} 0"
        f"C{length * 0.75:.1f} {half:.1f} {length * 0.3:.1f} {half:.1f} 0 0Z"
    )
    vein = f"M0 0H{length * 0.72:.1f}"
    shapes = [path(outline, colours[0]), path(vein, Pen(colours[1], FINE))]
    return group(shapes, f"translate({place[0]:.1f} {place[1]:.1f}) rotate({angle:.1f})")


def steam(place: Point, height: float, look: Paint) -> str:
    """Draw a plume of steam that swells and leans to the left as it rises."""
    frame = Frame(place, height / 100, left=True)
    return frame.path(
        "M-5 0C-6 -8 -11 -12 -9 -20C-17 -25 -15 -38 -6 -40C-10 -53 2 -63 12 -57"
        "C11 -73 29 -81 38 -70C45 -84 66 -80 66 -66C76 -62 76 -48 65 -47"
        "C62 -36 46 -34 41 -43C38 -32 24 -30 20 -37C19 -27 10 -24 8 -26C9 -16 5 -8 5 0Z",
        look,
    )


def broad_tree(place: Point, height: float, leaves: tuple[str, str], wood: str = DEEP) -> str:
    """Draw an old spreading tree: a tapered stem, three boughs, a crown of many rounds."""
    frame = Frame(place, height / 100)
    stem = (
        "M-6 0C-3 -4 -3.4 -18 -3.2 -30L-20 -52L-17 -54L-2.6 -40L-1 -62H1.6L2.6 -42L18 -56"
        "L20.6 -53.6L3.4 -31C3.4 -18 3 -4 6 0Z"
    )
    back = spine("-34 -56 17, -16 -70 20, 8 -77 21, 30 -66 19, 42 -54 13")
    front = spine("-42 -50 11, -24 -58 14, -4 -66 15, 18 -62 15, 34 -54 12")
    shapes = [frame.circle((cx, cy), radius, leaves[0]) for cx, cy, radius in back]
    shapes.append(frame.path(stem, wood))
    shapes += [frame.circle((cx, cy), radius, leaves[1]) for cx, cy, radius in front]
    return "".join(shapes)
