"""The values of attributes and properties: numbers, paths, transformations, colours, url().

In: a name and a value. Out: what is wrong with it. Where SVG would fall back to something,
the press wants to be asked: WeasyPrint 70 falls back otherwise than browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsletter.pictures.problem import Problem

LONGEST_PATH = 1_000_000  # WeasyPrint 70: 5 seconds, and quadratic for a single long command
ENORMOUS = 1e7

# All quantifiers that could meet again are possessive, so that no value takes long to refuse.
_NUMBER = r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?"
_NUMBERS = re.compile(_NUMBER)
# No space before the unit and no capitals: WeasyPrint 70 reads "10 px" and "10PX" as 0.
LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|mm|cm|in|em|rem|ex|%)?")
_RATIO = re.compile(rf"{_NUMBER}%?")
_TOO_MANY_DIGITS = re.compile(r"(?<![\d.])\d{9,}|[eE]\+?0*(?:[1-9]\d|[7-9])")

_LENGTHS = frozenset(
    [
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "width",
        "height",
        "refX",
        "refY",
        "markerWidth",
        "markerHeight",
        "stroke-width",
        "stroke-dashoffset",
    ]
)
_RATIOS = frozenset(["opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "offset"])
_COLOURS = frozenset(["fill", "stroke", "color", "stop-color", "flood-color", "lighting-color"])
_TRANSFORMS = frozenset(["transform", "gradientTransform", "patternTransform"])
_COLOUR_WORDS = frozenset(
    ["none", "currentcolor", "inherit", "transparent", "context-fill", "context-stroke"]
)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_COLOUR_FUNCTION = re.compile(r"(?:rgba?|hsla?)\([\d\s.,%/+a-z-]*\)", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*+(["']?)([^"'()]*+)\1\s*+\)""", re.IGNORECASE)
_FRAGMENT = re.compile(r"#([^\s#]+)")
_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_PATH_LETTERS = re.compile(r"\s*+(?:[Mm][MmZzLlHhVvCcSsQqTtAa\s,]*+)?")
_ARITY = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "s": 4, "q": 4, "c": 6}
_BETWEEN = r"[ ,\n\t\r]*+"
_ONE = rf"[+-]?+(?:[0-9]{{1,8}}+(?![0-9])(?:\.[0-9]*+)?+|\.[0-9]++){_BETWEEN}"
_USUAL_PATH = re.compile(
    rf"""\s*+(?:[Mm]{_BETWEEN}(?:{_ONE * 2})++(?:
      [MmLlTt]{_BETWEEN}(?:{_ONE * 2})++
    | [HhVvAa]{_BETWEEN}(?:{_ONE})++
    | [Cc]{_BETWEEN}(?:{_ONE * 6})++
    | [SsQq]{_BETWEEN}(?:{_ONE * 4})++
    | [Zz]{_BETWEEN}
    )*+)?+""",
    re.VERBOSE,
)
"""A path whose letters all have their numbers, none enormous, in one pass.

What is not so is looked at closely.
"""
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_TRANSFORM_ARITY = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}


def judge(name: str, value: str) -> Iterator[Problem]:
    """Yield what is wrong with the value of the attribute or property `name`."""
    yield from _judge_addresses(value)
    value = value.strip()
    if name == "filter" and value not in ("none", "inherit"):
        yield Problem("N351")
    elif name in _COLOURS:
        if not is_colour(value):
            yield Problem("N352", {"name": name, "value": value[:60]})
    elif name in ("d", "points") and len(value) > LONGEST_PATH:
        yield Problem("N350", {"name": name, "limit": LONGEST_PATH})
    elif not _is_sound(name, value):
        yield Problem("N349", {"name": name, "value": value[:60]})


def fragment(address: str) -> str | None:
    """Return the id that a local address `#id` names; None for any other address."""
    found = _FRAGMENT.fullmatch(address.strip())
    return found.group(1) if found else None


def fragments(value: str) -> list[str]:
    """Return the ids that `url(#id)` names in a value."""
    named = (fragment(found.group(2)) for found in _URL.finditer(value))
    return [name for name in named if name is not None]


def is_colour(value: str) -> bool:
    """Tell whether WeasyPrint will see the colour that is meant, and not black."""
    value = _URL.sub("", value).strip()
    if not value or value.lower() in _COLOUR_WORDS:
        return True
    if value.startswith("#"):
        return bool(_HEX.fullmatch(value))
    from PIL import ImageColor

    return value.lower() in ImageColor.colormap or bool(_COLOUR_FUNCTION.fullmatch(value))


def length(value: str) -> tuple[float, str] | None:
    """Return number and unit of a length that can be drawn."""
    found = LENGTH.fullmatch(value.strip())
    if not found or abs(float(found.group(1))) >= ENORMOUS:
        return None
    return float(found.group(1)), found.group(2) or ""


def _judge_addresses(value: str) -> Iterator[Problem]:
    if "(" not in value:
        return
    found = list(_URL.finditer(value))
    for address in found:
        if fragment(address.group(2)) is None:
            yield Problem("N338", {"target": address.group(2)[:60]})
    if len(found) != value.lower().count("url("):
        yield Problem("N338", {"target": value[:60]})


def _is_sound(name: str, value: str) -> bool:
    sound = _SOUND.get(name)
    return sound is None or value == "inherit" or sound(value)


def _is_length(value: str) -> bool:
    return length(value) is not None


def _is_ratio(value: str) -> bool:
    return bool(_RATIO.fullmatch(value))


def _is_number(value: str) -> bool:
    return bool(_NUMBERS.fullmatch(value))


def _is_dash_array(value: str) -> bool:
    return value == "none" or all(length(part) for part in re.split(r"[\s,]+", value))


def _is_orientation(value: str) -> bool:
    return value in ("auto", "auto-start-reverse") or _is_number(value)


def _is_point_list(value: str) -> bool:
    only_numbers = not _NUMBERS.sub("", value).strip(" \t\r\n,")
    return only_numbers and _is_near(value) and _count(value) % 2 == 0


def _is_near(value: str) -> bool:
    return not _TOO_MANY_DIGITS.search(value)


def _count(text: str) -> int:
    return sum(1 for _ in _NUMBERS.finditer(text))


def _is_path(value: str) -> bool:
    """Check the letters and how many numbers follow each; of arcs only that there are some."""
    if value == "none":
        return True
    if _USUAL_PATH.fullmatch(value):
        return True
    letters = _NUMBERS.sub("", value)
    return (
        bool(_PATH_LETTERS.fullmatch(letters))
        and _is_near(value)
        and all(
            _has_its_numbers(letter.lower(), numbers) for letter, numbers in _COMMAND.findall(value)
        )
    )


def _has_its_numbers(letter: str, numbers: str) -> bool:
    count = _count(numbers)
    if letter == "z":
        return count == 0
    return count > 0 and count % _ARITY.get(letter, 1) == 0


def _is_transform(value: str) -> bool:
    if value == "none":
        return True
    rest = _TRANSFORM.sub("", value)
    return (
        _is_near(value)
        and not rest.strip(" \t\r\n,")
        and all(
            _count(numbers) in _TRANSFORM_ARITY[name] for name, numbers in _TRANSFORM.findall(value)
        )
    )


_SOUND: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(_LENGTHS, _is_length),
    **dict.fromkeys(_RATIOS, _is_ratio),
    **dict.fromkeys(_TRANSFORMS, _is_transform),
    "stroke-miterlimit": _is_number,
    "stroke-dasharray": _is_dash_array,
    "orient": _is_orientation,
    "points": _is_point_list,
    "d": _is_path,
}
