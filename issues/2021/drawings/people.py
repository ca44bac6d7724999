"""People in plain clothes and without faces: heads and shoulders, standing, from above."""

from dataclasses import dataclass
from typing import NamedTuple

from palette import (
    BARK,
    CLAY,
    DEEP,
    DUNE,
    FOREST,
    HAZE,
    INK,
    JADE,
    MID,
    MIST,
    MOSS,
    OCHRE,
    PINE,
    SAGE,
    SAND,
    STRAW,
    UMBER,
    WHITE,
)
from svg import Frame, Pen, Point, path

SHADE = {
    DUNE: STRAW,
    STRAW: CLAY,
    CLAY: OCHRE,
    OCHRE: UMBER,
    UMBER: BARK,
    BARK: INK,
    WHITE: HAZE,
    MIST: HAZE,
    SAND: DUNE,
    SAGE: JADE,
    JADE: MOSS,
    MOSS: FOREST,
    FOREST: PINE,
    PINE: DEEP,
    DEEP: PINE,
}

HEAD = "M-14.5 -76C-14.5 -95 14.5 -95 14.5 -76V-68C14.5 -57 7 -50.5 0 -50.5S-14.5 -57 -14.5 -68Z"
SHOULDERS = "M-45 0C-45 -22 -42 -31 -29 -35.5L-9 -42H9L29 -35.5C42 -31 45 -22 45 0Z"
FRINGE = (
    "M-15.6 -71C-18 -92 -9 -98.5 1 -98C12 -98 18 -91 15.6 -71C14.6 -77 13 -80.5 10.5 -84"
    "C2 -80 -7 -81 -11 -83C-13 -80 -14.6 -77 -15.6 -71Z"
)
PARTED = (
    "M-15.5 -70C-17 -91 -10 -97.5 0 -97.5S17 -91 15.5 -70C14 -79 7 -83 -3 -87C-6 -82 -13 -79"
    " -15.5 -70Z"
)
CLOSE = "M-15.4 -72C-16.5 -90 -9 -96 0 -96S16.5 -90 15.4 -72L13 -80Q0 -88 -13 -80Z"
CLOTH = "M-20 -38C-19 -56 -22 -99 0 -99S19 -56 20 -38Q0 -26 -20 -38Z"
SCARF = f"{CLOTH}M-11.5 -75C-11.5 -63 -7 -54 0 -54S11.5 -63 11.5 -75C11.5 -88 -11.5 -88 -11.5 -75Z"
BEHIND_HEAD = {
    "bob": "M-20 -55C-23 -90 -13 -99 0 -99S23 -90 20 -55Q0 -48 -20 -55Z",
    "long": "M-22 -36C-26 -60 -23 -99 0 -99S26 -60 22 -36Q0 -28 -22 -36Z",
    "bun": "M-9 -101A9 9 0 1 1 9 -101A9 9 0 1 1 -9 -101Z",
    "scarf": CLOTH,
}
FRONT = {
    "short": FRINGE,
    "close": CLOSE,
    "bob": PARTED,
    "long": PARTED,
    "bun": CLOSE,
    "scarf": SCARF,
}
BACK = (
    "M-15.5 -76C-15.5 -97 15.5 -97 15.5 -76V-69C15.5 -60 11 -57 8 -56H-8"
    "C-11 -57 -15.5 -60 -15.5 -69Z"
)
COLLARS = {
    "suit": (WHITE, "M-10.5 -42.5L0 -16L10.5 -42.5Z"),
    "round": ("", "M-11 -42.5C-10 -31 10 -31 11 -42.5Z"),
}


class Look(NamedTuple):
    """How somebody looks: hair and its colour, skin, collar, and the colour of the clothes."""

    clothes: str
    hair: str = "short"
    skin: str = DUNE
    collar: str = "suit"
    tint: str = INK


def bust(place: Point, height: float, look: Look) -> str:
    """Draw head and shoulders from the front; the place is the middle of the lower edge."""
    frame = Frame(place, height / 100)
    collar, opening = COLLARS[look.collar]
    shapes = [
        frame.path(BEHIND_HEAD.get(look.hair, ""), look.tint),
        frame.path(SHOULDERS, look.clothes),
        frame.path(opening, collar or look.skin),
        frame.path("M-7.5 -58H7.5V-43C7.5 -36 -7.5 -36 -7.5 -43Z", look.skin),
        frame.path("M-7.5 -54Q0 -46 7.5 -54V-50Q0 -40 -7.5 -50Z", SHADE[look.skin]),
    ]
    if look.collar == "suit":
        shapes.append(frame.path("M-9 -42L-16 -30L0 -15L16 -30L9 -42L0 -15Z", SHADE[look.clothes]))
    shapes += [frame.path(HEAD, look.skin), frame.path(FRONT[look.hair], look.tint)]
    return "".join(shapes)


def behind(place: Point, height: float, look: Look) -> str:
    """Draw head and shoulders from behind."""
    frame = Frame(place, height / 100)
    shapes = [
        frame.path("M-8 -60H8V-36H-8Z", SHADE[look.skin]),
        frame.path(SHOULDERS, look.clothes),
        frame.path("M-11 -41.4Q0 -37 11 -41.4L9 -46Q0 -42 -9 -46Z", SHADE[look.clothes]),
        *[frame.ellipse((side * 15.5, -70), (2.6, 4.4), look.skin) for side in (-1, 1)],
        frame.path(BACK, look.tint),
        frame.path(BEHIND_HEAD.get(look.hair, ""), look.tint),
    ]
    return "".join(shapes)


def chair(place: Point, width: float, colour: str) -> str:
    """Draw a chair from behind, its feet on its place."""
    x, y = place
    tall, half, foot = width * 0.78, width / 2, width * 0.18
    back = (
        f"M{x - half:.1f} {y - foot:.1f}L{x - half * 0.92:.1f} {y - tall * 0.84:.1f}"
        f"Q{x - half * 0.9:.1f} {y - tall:.1f} {x - half * 0.6:.1f} {y - tall:.1f}"
        f"H{x + half * 0.6:.1f}Q{x + half * 0.9:.1f} {y - tall:.1f}"
        f" {x + half * 0.92:.1f} {y - tall * 0.84:.1f}L{x + half:.1f} {y - foot:.1f}Z"
    )
    legs = "".join(f"M{x + side * half * 0.8:.1f} {y - foot:.1f}V{y - 3:.1f}" for side in (-1, 1))
    return path(legs, Pen(SHADE[colour], MID)) + path(back, colour)


@dataclass(frozen=True)
class Arm:
    """The bends of an arm from the shoulder to the hand."""

    shoulder: Point
    elbow: Point
    hand: Point


def _mirrored(arm: Arm) -> Arm:
    """Give the same arm on the other side."""
    turned = [(-x, y) for x, y in (arm.shoulder, arm.elbow, arm.hand)]
    return Arm(*turned)


DOWN = Arm((10.5, -78), (14.5, -65), (14, -51))
POSES = {
    "rest": DOWN,
    "talk": Arm((10.5, -78), (16, -66), (24, -73)),
    "point": Arm((10.5, -78), (21, -75), (32, -83)),
    "hold": Arm((10.5, -78), (15, -66), (6, -61)),
    "wave": Arm((10.5, -78), (19, -83), (22, -97)),
}
TORSO = (
    "M-5 -84.5H5C10 -83.5 12.5 -82 12.6 -77L10.6 -62L10.8 -47H-10.8L-10.6 -62L-12.6 -77"
    "C-12.5 -82 -10 -83.5 -5 -84.5Z"
)
TROUSERS = "M-10.4 -50H10.4L10 -3H3.4L0.8 -40H-0.8L-3.4 -3H-10Z"
SKIRT = "M-9 -50H9C12 -38 14.5 -30 15.5 -19Q0 -15 -15.5 -19C-14.5 -30 -12 -38 -9 -50Z"
SHOES = "M-11.5 0C-11.5 -3 -9 -4.4 -6 -4.4H-3V0ZM11.5 0C11.5 -3 9 -4.4 6 -4.4H3V0Z"
CALVES = "M-7 -20H-2.6L-3 -2H-6.4ZM7 -20H2.6L3 -2H6.4Z"
SMALL_HEAD = "M-6 -94C-6 -103 6 -103 6 -94V-91.6C6 -87 3 -84.8 0 -84.8S-6 -87 -6 -91.6Z"
SMALL_HAIR = {
    "short": "M-6.2 -92C-7 -100.5 -2.5 -102.4 0.4 -102.4C4.5 -102.4 7 -99.5 6.2 -92L4.6 -96.4"
    "Q-1 -95.4 -4.8 -97Z",
    "close": "M-6.1 -94C-6.4 -100 -3.6 -102 0 -102S6.4 -100 6.1 -94Q0 -99 -6.1 -94Z",
    "bob": "M-7.6 -87C-9 -99 -5 -103 0 -103S9 -99 7.6 -87L4.8 -87.6L5 -95.6Q0 -96 -2 -98.6"
    "Q-4 -96 -5 -95.4L-4.8 -87.6Z",
    "long": "M-8.4 -80C-9.6 -97 -5 -103 0 -103S9.6 -97 8.4 -80L4.6 -82L5 -95.6Q0 -96 -2 -98.6"
    "Q-4 -96 -5 -95.4L-4.6 -82Z",
    "bun": "M-6.2 -93C-6.6 -100 -4 -102 -2 -102.4A3.6 3.6 0 1 1 2 -102.4C4 -102 6.6 -100 6.2 -93"
    "Q0 -99 -6.2 -93Z",
    "scarf": "M-8 -82C-8.6 -96 -6.6 -103 0 -103S8.6 -96 8 -82Q0 -78 -8 -82ZM-4.6 -93"
    "C-4.6 -88 -2.6 -85.4 0 -85.4S4.6 -88 4.6 -93C4.6 -98.4 -4.6 -98.4 -4.6 -93Z",
}


def standing(place: Point, height: float, look: Look, pose: str = "rest", legs: str = DEEP) -> str:
    """Draw somebody standing.

    The pose is one of POSES, with "skirt" or "left" added after blanks.
    """
    words = pose.split()
    frame = Frame(place, height / 100, left="left" in words)
    holding = words[0] == "hold"
    near, other = POSES[words[0]], _mirrored(POSES["hold" if holding else "rest"])
    shapes = [
        _legs(frame, look, legs, skirt="skirt" in words),
        _arm(frame, other, look),
        frame.path(TORSO, look.clothes),
        frame.path("M-3.2 -90H3.2V-83.5Q0 -78 -3.2 -83.5Z", SHADE[look.skin]),
        frame.path(SMALL_HEAD, look.skin),
        frame.path(SMALL_HAIR[look.hair], look.tint),
    ]
    if holding:
        paper = STRAW if look.clothes == WHITE else WHITE
        shapes += [frame.path("M-7 -69H7V-56H-7Z", paper), _arm(frame, other, look)]
    return "".join([*shapes, _arm(frame, near, look)])


def _legs(frame: Frame, look: Look, colour: str, *, skirt: bool) -> str:
    """Draw shoes, and trousers or a skirt."""
    shoes = frame.path(SHOES, INK)
    if skirt:
        return shoes + frame.path(CALVES, look.skin) + frame.path(SKIRT, colour)
    return shoes + frame.path(TROUSERS, colour)


def _arm(frame: Frame, arm: Arm, look: Look) -> str:
    """Draw a sleeve and the hand that comes out of it."""
    sleeve = "M" + "L".join(f"{x} {y}" for x, y in (arm.shoulder, arm.elbow, arm.hand))
    reach = (arm.hand[0] - arm.elbow[0], arm.hand[1] - arm.elbow[1])
    hand = (arm.hand[0] + reach[0] * 0.22, arm.hand[1] + reach[1] * 0.22)
    return frame.circle(hand, 2.7, look.skin) + frame.path(
        sleeve,
        Pen(SHADE[look.clothes], 5 * frame.unit),
    )


def above(place: Point, width: float, look: Look, *, up: bool) -> str:
    """Draw somebody seated at a table, seen from straight above."""
    frame, turn = Frame(place, width / 100), 1 if up else -1
    sleeve = Pen(SHADE[look.clothes], 17 * frame.unit)
    shapes = []
    for side in (-1, 1):
        elbow, hand = (side * 47, -28 * turn), (side * 21, -56 * turn)
        shapes += [
            frame.circle((side * 16, -61 * turn), 8.5, look.skin),
            frame.path(f"M{side * 40} 0L{elbow[0]} {elbow[1]}L{hand[0]} {hand[1]}", sleeve),
        ]
    shapes += [
        frame.ellipse((0, 0), (50, 21), look.clothes),
        frame.ellipse((0, -13 * turn), (14, 16), look.skin),
        frame.ellipse((0, -5 * turn), (18.5, 20), look.tint),
    ]
    if look.hair in {"bun", "long"}:
        shapes.append(frame.circle((0, 17 * turn), 9, look.tint))
    return "".join(shapes)
