"""The small white emblems of the section bands, drawn with one stroke."""

from palette import WHITE
from svg import Pen, circle, path, rect

PEN = Pen(WHITE, 10)


def news() -> list[str]:
    """Draw a road that runs to the horizon and the rising sun."""
    return [
        path("M20 100H180M62 100A38 38 0 0 1 138 100M100 44V24M52 58L38 44M148 58L162 44", PEN),
        path("M84 122L50 180M116 122L150 180M100 130V142M100 162V180", PEN),
    ]


def alliance() -> list[str]:
    """Draw three rings that hold one another."""
    return [circle((100, 68), 42, PEN), circle((66, 126), 42, PEN), circle((134, 126), 42, PEN)]


def partnerships() -> list[str]:
    """Draw a stem with three leaves."""
    return [
        path("M100 182V90", PEN),
        path("M100 90C76 70 76 42 100 18C124 42 124 70 100 90Z", PEN),
        path("M100 154C66 154 40 134 34 98C70 96 98 118 100 154Z", PEN),
        path("M100 154C134 154 160 134 166 98C130 96 102 118 100 154Z", PEN),
    ]


def views() -> list[str]:
    """Draw a speech bubble with two lines."""
    return [
        path(
            "M40 32H160Q178 32 178 50V116Q178 134 160 134H108L70 170V134H40Q22 134 22 116V50"
            "Q22 32 40 32Z",
            PEN,
        ),
        path("M58 68H142M58 98H112", PEN),
    ]


def chronicle() -> list[str]:
    """Draw a winding road with three milestones."""
    return [
        path(
            "M68 168H118C160 168 164 132 148 122M118 88C96 74 54 84 44 66C34 44 56 32 90 32H124",
            PEN,
        ),
        circle((46, 168), 18, PEN),
        circle((132, 104), 18, PEN),
        circle((146, 32), 18, PEN),
    ]


def contacts() -> list[str]:
    """Draw a letter."""
    return [rect((22, 44), (156, 116), PEN, 14), path("M30 56L100 112L170 56", PEN)]
