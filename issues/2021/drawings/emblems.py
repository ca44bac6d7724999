"""The small white emblems of the section bands: one stroke, one optical size.

Each fills a square of 152 or, where it is round, a circle of 160.
"""

from palette import WHITE
from svg import Pen, circle, path, rect

PEN = Pen(WHITE, 11)


def news() -> list[str]:
    """Draw a road that runs to the horizon and the rising sun."""
    return [
        path("M24 104H176M60 104C60 52 140 52 140 104", PEN),
        path("M100 44V24M50 62L36 48M150 62L164 48", PEN),
        path("M82 126L56 176M118 126L144 176M100 134V142M100 164V176", PEN),
    ]


def alliance() -> list[str]:
    """Draw three rings that hold one another."""
    return [circle(centre, 50, PEN) for centre in ((100, 74), (71, 124), (129, 124))]


def partnerships() -> list[str]:
    """Draw a stem with three leaves."""
    return [
        path("M100 178V92", PEN),
        path("M100 92C72 72 72 44 100 20C128 44 128 72 100 92Z", PEN),
        path("M100 156C62 158 32 136 26 96C66 94 98 116 100 156Z", PEN),
        path("M100 156C138 158 168 136 174 96C134 94 102 116 100 156Z", PEN),
    ]


def views() -> list[str]:
    """Draw a speech bubble with two lines."""
    return [
        path(
            "M42 28H158Q178 28 178 48V116Q178 136 158 136H104L64 174V136H42Q22 136 22 116V48"
            "Q22 28 42 28Z",
            PEN,
        ),
        path("M58 68H142M58 98H112", PEN),
    ]


def chronicle() -> list[str]:
    """Draw a winding road with its milestones."""
    return [
        path("M64 166H126C186 166 186 100 126 100H118M82 100H74C14 100 14 34 74 34H122", PEN),
        circle((46, 166), 18, PEN),
        circle((100, 100), 18, PEN),
        circle((140, 34), 18, PEN),
    ]


def contacts() -> list[str]:
    """Draw a letter."""
    return [rect((22, 42), (156, 118), PEN, 14), path("M30 56L100 114L170 56", PEN)]
