"""Images as their dictionaries describe them (ISO 32000-2:2020, 8.9.5 and 8.9.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from newsletter.pdf import objects
from newsletter.preflight.content.marks import Picture
from newsletter.preflight.content.spaces import DEVICES, SHORT, Space

SHORT_KEYS = {
    "W": "Width",
    "H": "Height",
    "BPC": "BitsPerComponent",
    "CS": "ColorSpace",
    "IM": "ImageMask",
    "F": "Filter",
    "D": "Decode",
}
"""Abbreviations of inline images (Table 91)."""


def picture(stream: objects.Object, space: Callable[[objects.Object], Space]) -> Picture:
    """Return what an image XObject says of itself; `space` reads colour spaces."""
    found = objects.entry(stream, "/ColorSpace")
    return Picture(
        key=objects.identity(stream),
        width=_count(objects.entry(stream, "/Width")),
        height=_count(objects.entry(stream, "/Height")),
        bits=_count(objects.entry(stream, "/BitsPerComponent")),
        space=space(found) if found is not None else None,
        is_mask=objects.entry(stream, "/ImageMask") is True,
        filters=objects.filters(stream),
        decode=objects.numbers(objects.entry(stream, "/Decode")) or (),
        stream=stream,
    )


def inline(entries: Mapping[str, Any], space: Callable[[str], Space]) -> Picture:
    """Return what an inline image says of itself; `space` finds named colour spaces."""
    full = {SHORT_KEYS.get(key, key): value for key, value in entries.items()}
    is_mask = full.get("ImageMask") is True
    found = full.get("ColorSpace")
    return Picture(
        key=None,
        width=_count(full.get("Width")),
        height=_count(full.get("Height")),
        bits=1 if is_mask else _count(full.get("BitsPerComponent")),
        space=None if found is None else _inline_space(found, space),
        is_mask=is_mask,
        decode=tuple(value for value in full.get("Decode") or () if isinstance(value, float)),
    )


def _inline_space(found: object, space: Callable[[str], Space]) -> Space:
    """Return a device space, a named one, or an Indexed one over a device space (8.9.7)."""
    if isinstance(found, list):
        base = SHORT.get(str(found[1]), str(found[1])) if len(found) > 1 else ""
        inner = DEVICES.get(base)
        palette = found[3] if len(found) > 3 and isinstance(found[3], bytes) else b""  # noqa: PLR2004
        model = inner.model if inner else "unknown"
        return Space("Indexed", 1, model, base=inner, palette=palette)
    name = SHORT.get(str(found), str(found))
    return DEVICES.get(name) or space(name)


def _count(thing: objects.Object) -> int:
    return max(int(objects.number(thing, 0) or 0), 0)
