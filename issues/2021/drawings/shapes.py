"""Nature: sky, water, trees, birds. Shapes stand on the point they are given."""

from collections.abc import Sequence

from geometry import blob, mix, spine, wobble
from palette import DEEP, FINE, FOREST, JADE, MID, MOSS, STRAW, WHITE
from svg import Frame, Paint, Pen, Point, circle, ellipse, group, path, rect, strokes

TALL = 150


def sky(colour: str, size: tuple[int, int] = (1600, 900)) -> str:
    """Fill the whole picture with one colour."""
    return rect((0, 0), size, colour)


def sun(centre: Point, radius: float, colour: str = STRAW) -> str:
    """Draw the sun as a flat disc."""
    return circle(centre, radius, colour)


def cloud(place: Point, width: float, colour: str = WHITE) -> str:
    """Draw a cloud as two or three rounded bars."""
    x, y = place
    bar = width * 0.09
    shapes = [
        rect((x, y), (width, bar), colour, bar / 2),
        rect((x + width * 0.2, y - bar * 0.99), (width * 0.5, bar * 1.2), colour, bar * 0.6),
        rect((x + width * 0.38, y + bar * 0.85), (width * 0.5, bar), colour, bar / 2),
    ]
    return "".join(shapes)


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
    """Draw a baobab: a thick bottle of a stem, short boughs and small tufts of leaf."""
    frame = Frame(place, height / 100)
    body = (
        "M-17 0C-11 -6 -14 -20 -13 -34C-12 -48 -12 -54 -20 -64L-34 -76L-30 -80L-15 -70"
        "L-17 -88L-12 -89L-7 -72L2 -92L7 -90L4 -72L18 -84L22 -81L12 -66L32 -76L34 -71L17 -58"
        "C12 -50 12 -46 13 -34C14 -20 11 -6 17 0Z"
    )
    tufts = [
        (-38, -80, 15, 8),
        (-16, -93, 15, 8),
        (6, -96, 16, 9),
        (25, -87, 14, 8),
        (40, -76, 14, 7),
    ]
    crowns = [frame.ellipse((tx, ty), (rx, ry), leaf) for tx, ty, rx, ry in tufts]
    return frame.path(body, wood) + "".join(crowns)


def shrub(place: Point, width: float, colour: str = MOSS) -> str:
    """Draw a low bush as a half disc."""
    x, y = place
    radius = width / 2
    return path(
        f"M{x - radius:.1f} {y:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x + radius:.1f} {y:.1f}Z",
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


def grove(span: Point, y: float, height: float, colours: tuple[str, str]) -> str:
    """Draw a row of trees of changing height and kind."""
    shapes, x, count = [], span[0], 0
    while x < span[1]:
        tall = height * mix(0.75, 1.15, wobble(count + span[0]))
        draw = slim_tree if count % 3 == 1 else round_tree
        shapes.append(draw((x, y), tall, *colours))
        x += height * mix(0.5, 0.75, wobble(count + y))
        count += 1
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


def steam(place: Point, height: float, width: float, look: Paint) -> str:
    """Draw steam: overlapping puffs that swell and lean as they rise."""
    x, y = place
    cloudlets = spine(
        "0 -4 5.5, 2 -11 7, -3 -18 8, 5 -24 9, 0 -33 11, 11 -37 10, "
        "4 -47 13, 17 -52 12, 10 -63 15, 26 -64 13, 22 -78 15, 37 -82 12, "
        "33 -92 10",
    )
    tall, wide = height / 100, width / 44
    return "".join(
        circle((x + dx * wide, y + dy * tall), size * wide, look) for dx, dy, size in cloudlets
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
