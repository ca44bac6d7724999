"""How large a drawing is.

In: the attributes of the root. Out: width and height in user units, as WeasyPrint 70 takes
them: from width and height if both are absolute, else with the help of the view box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsletter.pictures.problem import flaw
from newsletter.pictures.svg import values

SMALLEST, LARGEST = 0.1, 100_000.0  # user units; at 96 to the inch: 26 µm to 26 m

# CSS Values 4, 6.2: pixels of 1/96 inch.
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def drawing_size(attributes: Mapping[str, str]) -> tuple[float, float]:
    """Return width and height; a flaw if there is none or it is absurd."""
    box = _view_box(attributes.get("viewBox"))
    width = _absolute("width", attributes.get("width"))
    height = _absolute("height", attributes.get("height"))
    if width and height:
        return width, height
    if box is None:
        raise flaw("N335")
    if width:
        return width, _judged("height", width * box[1] / box[0])
    if height:
        return _judged("width", height * box[0] / box[1]), height
    return box


def _view_box(value: str | None) -> tuple[float, float] | None:
    if not value or not value.strip():
        return None
    parts = [values.length(part) for part in re.split(r"[\s,]+", value.strip())]
    numbers = [part[0] for part in parts if part and not part[1]]
    if len(parts) != 4 or len(numbers) != 4:  # noqa: PLR2004 - x, y, width, height
        raise flaw("N336", name="viewBox", value=value[:60])
    return _judged("viewBox", numbers[2], value), _judged("viewBox", numbers[3], value)


def _absolute(name: str, value: str | None) -> float | None:
    if value is None or value.strip() in ("", "auto") or value.strip().endswith("%"):
        return None
    found = values.length(value)
    if found is None or found[1] not in _PIXELS:
        raise flaw("N336", name=name, value=value[:60])
    return _judged(name, found[0] * _PIXELS[found[1]], value)


def _judged(name: str, size: float, value: str | None = None) -> float:
    if not SMALLEST <= size <= LARGEST:
        raise flaw("N336", name=name, value=(value or f"{size:g}")[:60])
    return size
