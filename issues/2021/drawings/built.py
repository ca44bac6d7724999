"""What people build: power lines, turbines, panels, trains, ships, houses."""

import itertools
from collections.abc import Sequence

from geometry import mix
from palette import DEEP, FINE, FOREST, OCHRE, PALE, SAGE, WHITE
from svg import Frame, Paint, Pen, Point, circle, group, pair, path, polygon, rect, strokes

Tower = tuple[float, float, float]
TINY = 70
SMALL = 160


def arms(tower: Tower) -> list[Point]:
    """Give the two points of a pylon from which its wires hang, left to right."""
    x, y, height = tower
    return [(x + height * share, y - height * 0.74) for share in (-0.21, 0.21)]


def pylon(tower: Tower, look: Pen) -> str:
    """Draw a lattice pylon (x, y, height) with one broad cross-arm, as lines for direct current."""
    x, y, height = tower
    leg, waist = height * 0.12, height * 0.032
    level, root, tip = y - height * 0.81, y - height * 0.88, height * 0.21
    body = (
        f"M{x - leg:.1f} {y:.1f}L{x - waist:.1f} {y - height * 0.64:.1f}V{root:.1f}"
        f"L{x:.1f} {y - height:.1f}L{x + waist:.1f} {root:.1f}V{y - height * 0.64:.1f}"
        f"L{x + leg:.1f} {y:.1f}"
        f"M{x - waist:.1f} {root:.1f}L{x - tip:.1f} {level:.1f}H{x + tip:.1f}"
        f"L{x + waist:.1f} {root:.1f}"
    )
    hangers = "".join(f"M{pair((px, level))}V{py:.1f}" for px, py in arms(tower))
    return path(_lattice(tower) + hangers, Pen(look.colour, FINE)) + path(body, look)


def _lattice(tower: Tower) -> str:
    """Write the crossed braces between the legs of a pylon, fewer on a small one."""
    x, y, height = tower
    if height < TINY:
        return ""
    stops = (0.0, 0.36, 0.64) if height < SMALL else (0.0, 0.2, 0.36, 0.49, 0.59, 0.67, 0.74, 0.81)
    data = ""
    for low, high in itertools.pairwise(stops):
        widths = [mix(0.12, 0.032, min(share / 0.64, 1.0)) * height for share in (low, high)]
        for side in (-1, 1):
            start = (x + side * widths[0], y - height * low)
            end = (x - side * widths[1], y - height * high)
            data += f"M{pair(start)}L{pair(end)}"
    return data


def wires(towers: Sequence[Tower], look: Pen, sag: float = 0.09) -> str:
    """Hang two sagging wires from each pylon to the next."""
    data = ""
    for here, there in itertools.pairwise(towers):
        drop = abs(there[0] - here[0]) * sag + (here[2] + there[2]) * 0.02
        for start, end in zip(arms(here), arms(there), strict=True):
            low = (mix(start[0], end[0], 0.5), mix(start[1], end[1], 0.5) + drop)
            data += f"M{pair(start)}Q{pair(low)} {pair(end)}"
    return path(data, look)


def turbine(place: Point, height: float, angle: float, colour: str = WHITE) -> str:
    """Draw a wind turbine whose first blade stands at an angle."""
    x, y = place
    hub = (x, y - height)
    half = max(height * 0.018, 2.4)
    mast = polygon(
        [(x - half, y), (x - half * 0.45, hub[1]), (x + half * 0.45, hub[1]), (x + half, y)],
        colour,
    )
    length = height * 0.62
    blade = (
        f"M0 0C{length * 0.12:.1f} {-length * 0.075:.1f} {length * 0.3:.1f} {-length * 0.06:.1f}"
        f" {length:.1f} 0L0 {length * 0.025:.1f}Z"
    )
    turn = f"translate({hub[0]:.1f} {hub[1]:.1f}) rotate"
    blades = [group([path(blade, colour)], f"{turn}({angle + part:.1f})") for part in (0, 120, 240)]
    return mast + "".join(blades) + circle(hub, height * 0.024, colour)


def panel(corners: Sequence[Point], cells: tuple[int, int], looks: tuple[str, str]) -> str:
    """Draw a solar panel on four corners (from top left, clockwise) with a grid of cells."""
    a, b, c, d = corners
    grid = []
    for index in range(1, cells[0]):
        share = index / cells[0]
        grid.append((_along(a, b, share), _along(d, c, share)))
    for index in range(1, cells[1]):
        share = index / cells[1]
        grid.append((_along(a, d, share), _along(b, c, share)))
    return polygon(corners, looks[0]) + strokes(grid, Pen(looks[1], FINE))


def _along(start: Point, end: Point, share: float) -> Point:
    """Give the point a share of the way along a line."""
    return (mix(start[0], end[0], share), mix(start[1], end[1], share))


def panel_row(span: Point, y: float, height: float) -> list[str]:
    """Draw one row of tilted panels on their stands, from a left end until a right one is passed."""
    found = []
    width = height * 2.2
    x, right = span
    while x < right:
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
            panel(
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


def house(place: Point, width: float, colours: tuple[str, str]) -> str:
    """Draw a small house with a pitched roof; colours are wall and roof."""
    x, y = place
    wall, roof = colours
    high = width * 0.5
    shapes = [
        rect((x, y - high), (width, high), wall),
        polygon(
            [
                (x - width * 0.08, y - high),
                (x + width / 2, y - high - width * 0.36),
                (x + width * 1.08, y - high),
            ],
            roof,
        ),
        rect((x + width * 0.41, y - high * 0.6), (width * 0.18, high * 0.6), roof),
        *[
            rect((x + width * at, y - high * 0.6), (width * 0.14, high * 0.3), roof)
            for at in (0.15, 0.71)
        ],
    ]
    return "".join(shapes)


def tower_block(corner: Point, size: Point, colours: tuple[str, str], top: str = "flat") -> str:
    """Draw a tall building that stands at its lower left corner, lit by rows of short windows."""
    x, y = corner
    width, height = size
    body, glass = colours
    shapes = [rect((x, y - height), size, body)]
    if top == "slope":
        shapes.append(
            polygon(
                [(x, y - height), (x + width, y - height), (x + width, y - height - width * 0.5)],
                body,
            ),
        )
    if top == "spire":
        shapes.append(
            polygon(
                [
                    (x, y - height),
                    (x + width, y - height),
                    (x + width * 0.56, y - height * 1.14),
                    (x + width * 0.44, y - height * 1.14),
                ],
                body,
            ),
        )
        shapes.append(
            strokes(
                [((x + width / 2, y - height * 1.13), (x + width / 2, y - height * 1.24))],
                Pen(body, FINE),
            ),
        )
    if top == "round":
        shapes.append(
            path(
                f"M{x:.1f} {y - height:.1f}A{pair((width / 2, width / 2))} 0 0 1"
                f" {x + width / 2:.1f} {y - height - width / 2:.1f}"
                f"A{pair((width / 2, width / 2))} 0 0 1 {x + width:.1f} {y - height:.1f}Z",
                body,
            ),
        )
    columns = max(int(width // 34), 1)
    pitch = width / (columns + 1)
    segments = [
        ((x + pitch * (column + 1), y - height + 24), (x + pitch * (column + 1), y - 40))
        for column in range(columns)
    ]
    shapes.append(strokes(segments, Pen(glass, FINE, "10 16")))
    return "".join(shapes)


def train(place: Point, length: float, height: float, colours: tuple[str, str, str]) -> str:
    """Draw a fast train whose nose points right and rests on the line at its place."""
    x, y = place
    body, glass, stripe = colours
    nose = height * 1.9
    end = x + length
    shell = (
        f"M{x:.1f} {y:.1f}V{y - height:.1f}H{end - nose:.1f}"
        f"C{end - nose * 0.5:.1f} {y - height:.1f} {end - nose * 0.1:.1f} {y - height * 0.5:.1f}"
        f" {end:.1f} {y - height * 0.18:.1f}Q{end:.1f} {y:.1f} {end - height * 0.2:.1f} {y:.1f}Z"
    )
    window = (
        f"M{end - nose * 0.84:.1f} {y - height * 0.8:.1f}H{end - nose * 0.7:.1f}"
        f"Q{end - nose * 0.46:.1f} {y - height * 0.72:.1f} {end - nose * 0.34:.1f}"
        f" {y - height * 0.52:.1f}H{end - nose * 0.84:.1f}Z"
    )
    car = height * 4.2
    joints, panes = [], []
    left = x
    while left < end - nose:
        right = min(left + car, end - nose)
        if left > x:
            joints.append(((left, y - height), (left, y)))
        spot = left + height * 0.22
        while spot + height * 0.5 < right:
            panes.append(rect((spot, y - height * 0.75), (height * 0.48, height * 0.23), glass, 6))
            spot += height * 0.72
        left += car
    shapes = [
        path(shell, body),
        rect((x, y - height * 0.26), (length - height * 0.6, height * 0.09), stripe),
        *panes,
        path(window, glass),
    ]
    if joints:
        shapes.append(strokes(joints, Pen(glass, FINE)))
    return "".join(shapes)


def railcar(middle: Point, length: float, height: float, colours: tuple[str, str, str]) -> str:
    """Draw a short fast train with a nose at either end, its middle on the line at its place."""
    x, y = middle
    half = train((0, 0), length / 2, height, colours)
    return (
        group([half], f"translate({x:.1f} {y:.1f}) scale(-1 1)")
        + group([half], f"translate({x:.1f} {y:.1f})")
        + strokes([((x, y - height), (x, y))], Pen(colours[1], FINE))
    )


def ship(place: Point, length: float, colours: tuple[str, str, str], *, left: bool = False) -> str:
    """Draw a container ship that floats on the line at its place; its bow points right."""
    hull, box, other = colours
    frame = Frame(place, length / 100, left)
    boxes = []
    for column in range(6):
        for row in range(2 if column in (0, 5) else 3):
            colour = (box, other, box, PALE)[(column * 2 + row * 3) % 4]
            boxes.append(frame.rect((-22 + column * 10.4, -16.5 - row * 5.4), (9.6, 4.8), colour))
    shapes = [
        *boxes,
        frame.path("M-46 -12H-36V-32H-28V-12H50C47 -6 44 -2 40 0H-42C-45 -4 -46 -8 -46 -12Z", hull),
        frame.rect((-35, -29), (6, 2.6), WHITE),
        frame.rect((-40, -4), (80, 1.6), other),
    ]
    return "".join(shapes)


def boat(place: Point, length: float, colours: tuple[str, str] = (DEEP, WHITE)) -> str:
    """Draw a small sailing boat."""
    x, y = place
    hull, sail = colours
    shapes = [
        path(
            f"M{x - length / 2:.1f} {y - length * 0.16:.1f}H{x + length / 2:.1f}"
            f"Q{x + length * 0.36:.1f} {y:.1f} {x + length * 0.24:.1f} {y:.1f}"
            f"H{x - length * 0.26:.1f}Q{x - length * 0.42:.1f} {y:.1f}"
            f" {x - length / 2:.1f} {y - length * 0.16:.1f}Z",
            hull,
        ),
        path(
            f"M{x - length * 0.02:.1f} {y - length * 0.22:.1f}V{y - length:.1f}"
            f"Q{x + length * 0.34:.1f} {y - length * 0.66:.1f} {x + length * 0.36:.1f}"
            f" {y - length * 0.22:.1f}Z",
            sail,
        ),
        path(
            f"M{x - length * 0.08:.1f} {y - length * 0.22:.1f}V{y - length * 0.82:.1f}"
            f"Q{x - length * 0.3:.1f} {y - length * 0.5:.1f} {x - length * 0.34:.1f}"
            f" {y - length * 0.22:.1f}Z",
            sail,
        ),
    ]
    return "".join(shapes)


def felucca(place: Point, length: float, colours: tuple[str, str] = (DEEP, WHITE)) -> str:
    """Draw a boat of the Nile: a low hull, a short mast, one tall slanting sail."""
    hull, sail = colours
    frame = Frame(place, length / 100)
    return (
        frame.path("M-6 -10V-66", Pen(hull, FINE))
        + frame.path("M-38 -17C-24 -62 2 -104 34 -134C38 -92 34 -52 22 -20Q-8 -26 -38 -17Z", sail)
        + frame.path("M-40 -14L36 -137", Pen(hull, FINE))
        + frame.path("M-50 -17C-28 -9 20 -9 50 -21C46 -8 36 0 22 0H-24C-38 0 -46 -7 -50 -17Z", hull)
    )


def crane(place: Point, height: float, colour: str) -> str:
    """Draw a crane of a port: two legs on rails, a boom over the water to its right."""
    frame = Frame(place, height / 100)
    return frame.path(
        "M-20 0V-62M14 0V-62M-20 -26H14M-42 -62H72M-4 -62V-98L66 -64M-4 -98L-38 -62M48 -62V-44",
        Pen(colour, FINE),
    )


def viaduct(span: Point, deck: Point, pitch: float, look: Paint) -> str:
    """Draw a bridge as one shape: a deck (top, depth) carried by round arches on piers."""
    top, depth = deck
    left, right = span
    pier, spring = pitch * 0.06, top + depth + pitch * 0.34
    data = f"M{left:.1f} {top:.1f}H{right:.1f}V{spring:.1f}"
    x = right
    while x > left:
        inner, outer = x - pitch + pier, x - pier
        data += (
            f"H{outer:.1f}C{outer:.1f} {spring - pitch * 0.44:.1f} {inner:.1f}"
            f" {spring - pitch * 0.44:.1f} {inner:.1f} {spring:.1f}V900H{x - pitch - pier:.1f}"
            f"V{spring:.1f}"
        )
        x -= pitch
    return path(data + "Z", look)


def sheet(corner: Point, size: Point, paper: Paint, ink: str) -> str:
    """Draw a written page: paper with a few lines on it."""
    x, y = corner
    width, height = size
    margin = width * 0.14
    rows = int((height - margin * 2) // 22) + 1
    segments = []
    for row in range(rows):
        share = 0.55 if row == rows - 1 else 1.0
        level = y + margin + row * 22
        segments.append(((x + margin, level), (x + margin + (width - 2 * margin) * share, level)))
    return rect(corner, size, paper, 6) + strokes(segments, Pen(ink, FINE))


def bars(place: Point, heights: Sequence[float], width: float, colours: tuple[str, str]) -> str:
    """Draw a small bar chart that stands on a line; the last bar takes the second colour."""
    x, y = place
    shapes = []
    for index, height in enumerate(heights):
        colour = colours[1] if index == len(heights) - 1 else colours[0]
        shapes.append(rect((x + index * width * 1.5, y - height), (width, height), colour, 3))
    return "".join(shapes)


def marker(place: Point, radius: float, colours: tuple[str, str] = (OCHRE, WHITE)) -> str:
    """Draw a round marker with a light heart."""
    return circle(place, radius, colours[0]) + circle(place, radius * 0.42, colours[1])


def bus(place: Point, unit: float) -> str:
    """Draw an electric bus that drives to the right; its wheels stand on its place."""
    frame = Frame(place, unit)
    panes = [frame.rect((-62 + 27 * index, -58), (23, 21), FOREST, 3) for index in range(4)]
    wheels = [
        frame.circle((shift, -10), 11, DEEP) + frame.circle((shift, -10), 4.5, PALE)
        for shift in (-42, 40)
    ]
    shapes = [
        frame.rect((-46, -74), (62, 10), PALE, 4),
        frame.path(
            "M-64 -68H58C66 -68 70 -62 71 -52L74 -26V-16Q74 -11 69 -11H-69Q-74 -11 -74 -16V-58"
            "Q-74 -68 -64 -68Z",
            WHITE,
        ),
        *panes,
        frame.path("M49 -58H58C62 -58 63.5 -54 64.4 -48L66 -37H49Z", FOREST),
        frame.rect((-74, -27), (148, 5), OCHRE),
        *wheels,
    ]
    return "".join(shapes)
