"""People as plain silhouettes: no faces, no uniforms."""

from palette import DEEP
from svg import Frame, Point, circle, ellipse, group, path, rect

HAIR = {
    "short": "",
    "bob": "M-24 -72C-27 -96 -17 -103 0 -103S27 -96 24 -72Q21 -58 13 -55H-13Q-21 -58 -24 -72Z",
    "bun": "M-9 -104A9 9 0 1 1 9 -104A9 9 0 1 1 -9 -104Z",
    "long": "M-24 -74C-27 -97 -16 -103 0 -103S27 -97 24 -74L27 -44H-27Z",
}


def bust(place: Point, height: float, colour: str = DEEP, hair: str = "short") -> str:
    """Draw head and shoulders; the place is the middle of the lower edge."""
    frame = Frame(place, height / 100)
    shoulders = (
        "M-50 0C-50 -22 -46 -34 -34 -39L-13 -47Q-9 -49 -9 -54V-62H9V-54Q9 -49 13 -47L34 -39"
        "C46 -34 50 -22 50 0Z"
    )
    head = frame.ellipse((0, -76), (19, 23), colour)
    return frame.path(shoulders + HAIR[hair], colour) + head


def chair(place: Point, width: float, colour: str) -> str:
    """Draw a chair back seen from behind, standing on its place."""
    x, y = place
    tall = width * 0.9
    return rect((x - width / 2, y - tall), (width, tall), colour, width * 0.22)


LEGS = {
    "trousers": "M-8.5 -50H8.5L8.5 -3Q8.5 0 5.5 0H4Q2 0 1.8 -2L0 -40L-1.8 -2Q-2 0 -4 0H-5.5"
    "Q-8.5 0 -8.5 -3Z",
    "skirt": "M-7 -52H7L14 -16H6V-2Q6 0 4.5 0H3Q1.5 0 1.5 -2V-16H-1.5V-2Q-1.5 0 -3 0H-4.5"
    "Q-6 0 -6 -2V-16H-14Z",
}
TOPS = {
    "rest": "M-6 -81H6Q12 -81 13 -75L16 -49Q16 -46 13.6 -46Q11.8 -46 11.3 -49L9 -64V-47H-9V-64"
    "L-11.3 -49Q-11.8 -46 -13.6 -46Q-16 -46 -16 -49L-13 -75Q-12 -81 -6 -81Z",
    "point": "M-6 -81H6Q10 -81 13 -79L31 -92Q34 -93 35 -91Q35.6 -89 34 -87.6L15 -71Q12 -69 9.4 -70"
    "L9 -47H-9V-64L-11.3 -49Q-11.8 -46 -13.6 -46Q-16 -46 -16 -49L-13 -75Q-12 -81 -6 -81Z",
}


def standing(place: Point, height: float, clothes: tuple[str, str], pose: str = "rest") -> str:
    """Draw somebody standing; clothes are the colours above and below.

    The pose is "rest" or "point", with "skirt" or "left" added after blanks.
    """
    words = pose.split()
    frame = Frame(place, height / 100, left="left" in words)
    shapes = [
        frame.path(LEGS["skirt" if "skirt" in words else "trousers"], clothes[1]),
        frame.path(TOPS[words[0]], clothes[0]),
        frame.path("M-2.6 -86H2.6V-79Q0 -77 -2.6 -79Z", DEEP),
        frame.circle((0, -91), 7.6, DEEP),
    ]
    return "".join(shapes)


def above(place: Point, width: float, clothes: str, angle: float = 0) -> str:
    """Draw somebody seated, seen from straight above and looking to the top of the picture."""
    half = width / 2
    arms = (
        f"M{-half * 0.96:.1f} 0C{-half:.1f} {-half * 0.5:.1f} {-half * 0.6:.1f} {-half * 0.95:.1f}"
        f" {-half * 0.36:.1f} {-half * 1.02:.1f}L{-half * 0.28:.1f} {-half * 0.82:.1f}"
        f"L{-half * 0.5:.1f} {-half * 0.2:.1f}H{half * 0.5:.1f}L{half * 0.28:.1f}"
        f" {-half * 0.82:.1f}L{half * 0.36:.1f} {-half * 1.02:.1f}C{half * 0.6:.1f}"
        f" {-half * 0.95:.1f} {half:.1f} {-half * 0.5:.1f} {half * 0.96:.1f} 0Z"
    )
    shapes = [
        path(arms, clothes),
        ellipse((0, 0), (half, half * 0.44), clothes),
        circle((0, -half * 0.08), half * 0.38, DEEP),
    ]
    return group(shapes, f"translate({place[0]:.1f} {place[1]:.1f}) rotate({angle:.0f})")
