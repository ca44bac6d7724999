"""Which elements and attributes a drawing may have.

In: one element's namespace, name and attributes. Out: what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from newsletter.pictures.problem import Problem
from newsletter.pictures.svg import style, values

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

Attributes = Mapping[str, str]  # "namespace name", or "name" if it has no namespace → value

DRAWN = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "title",
        "desc",
        "metadata",
        "style",
        "filter",
    ]
)
# What WeasyPrint 70 draws whatever its namespace, and what is a script in any.
NEVER_FOREIGN = frozenset(
    [
        "a",
        "circle",
        "ellipse",
        "image",
        "line",
        "path",
        "polyline",
        "polygon",
        "rect",
        "svg",
        "text",
        "textPath",
        "tspan",
        "use",
        "script",
    ]
)
_REFUSED = {
    "N337": ("script", "handler"),
    "N339": ("image", "foreignObject", "feImage", "iframe", "video", "audio", "object", "embed"),
    "N341": ("text", "tspan", "textPath", "tref", "altGlyph"),
    "N342": ("animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath"),
    "N340": ("font", "font-face", "font-face-src", "font-face-uri", "glyph", "missing-glyph"),
}
_CODES = {name: code for code, names in _REFUSED.items() for name in names}
_ADDRESSES = ("href", "src")
_SPREADS = ("repeat", "reflect")
_OF_SIZE = ("width", "height")
_LONGEST_KNOWN = 40
"""How long a value is of which is kept what is wrong with it; paths are seldom the same."""
_MOST_KNOWN = 4_000
"""How many such are kept; the drawings of the issue of 2021 have 2,000."""


def judge(
    namespace: str, name: str, attributes: Attributes, *, root: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with an element; of one that is refused, no attribute is judged."""
    refusal = _judge_name(namespace, name)
    if refusal:
        yield refusal
        return
    if namespace == SVG_NAMESPACE and name == "filter":
        yield Problem("N351")
    is_svg = namespace == SVG_NAMESPACE
    for full_name, value in attributes.items():
        if not (root and full_name in _OF_SIZE):
            verdict = _known_verdict if len(value) <= _LONGEST_KNOWN else _verdict
            yield from verdict(full_name, value, is_svg)


def _verdict(full_name: str, value: str, is_svg: bool) -> tuple[Problem, ...]:  # noqa: FBT001 - for lru_cache
    space, _, local = full_name.rpartition(" ")
    found = _judge_address(space, local, value)
    if not is_svg or space:
        return tuple(found)
    return (*found, *_judge_attribute(local, value))


_known_verdict = lru_cache(_MOST_KNOWN)(_verdict)


def _judge_name(namespace: str, name: str) -> Problem | None:
    if namespace == SVG_NAMESPACE:
        if name in _CODES:
            return Problem(_CODES[name], {"name": name})
        if name in DRAWN or name.startswith("fe"):
            return None
        return Problem("N343", {"name": name}, "link" if name == "a" else "default")
    if name == "script":
        return Problem("N337", {"name": name})
    if not namespace or name in NEVER_FOREIGN:
        return Problem("N343", {"name": name}, "namespace")
    return None


def _judge_address(space: str, local: str, value: str) -> Iterator[Problem]:
    if space == XML_NAMESPACE and local == "base":
        yield Problem("N338", {"target": f"xml:base={value[:60]}"})
    if local in _ADDRESSES and values.fragment(value) is None:
        yield Problem("N338", {"target": value[:60]}, "embedded" if "data:" in value else "default")


def _judge_attribute(name: str, value: str) -> Iterator[Problem]:
    if name.lower().startswith("on"):
        yield Problem("N337", {"name": name})
    elif name == "style":
        yield from style.judge_declarations(value)
    elif name == "spreadMethod" and value.strip() in _SPREADS:
        yield Problem("N354", {"value": value.strip()})
    else:
        yield from values.judge(name, value)
