"""Graphics state parameter dictionaries, as `gs` applies them (ISO 32000-2:2020, 8.4.5)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from newsletter.pdf import objects

if TYPE_CHECKING:
    from newsletter.preflight.content.interpreter import Interpreter
    from newsletter.preflight.content.marks import Look

TRANSFERS = {"/TR": "transfer function", "/TR2": "transfer function"}
HALFTONE = "/HT"
HARMLESS = frozenset({"Identity", "Default"})
"""Transfer functions that change nothing, or leave it to the device (10.5)."""


MOST_LOOKS = 64
"""Looks for which is kept what a dictionary makes of them; a file of ours has four."""


def of_the_look(thing: objects.Object) -> Callable[[Look], Look] | None:
    """Return what a dictionary of parameters makes of a look; None if it changes more than that."""
    found = dict(objects.entries(thing))
    if any(key in OTHERS or key in TRANSFERS for key in found):
        return None
    if objects.is_dictionary(found.get("/SMask")):
        return None
    return functools.lru_cache(MOST_LOOKS)(lambda look: _changed(look, found))


def _changed(look: Look, found: Mapping[str, objects.Object]) -> Look:
    for key, value in found.items():
        if key in SETTERS:
            look = SETTERS[key](look, value)
    if "/OP" in found and found.get("/op") is None:
        look = replace(look, overprint_fill=found["/OP"] is True)
    return look


def change(interpreter: Interpreter, thing: objects.Object) -> None:
    """Apply a dictionary of parameters to the state."""
    found = dict(objects.entries(thing))
    look = _changed(interpreter.state.look, found)
    for key, value in found.items():
        if key in OTHERS:
            OTHERS[key](interpreter, value)
        elif key in TRANSFERS:
            _transfer(interpreter, key, value)
    interpreter.state.look = look
    mask = found.get("/SMask")
    if objects.is_dictionary(mask):
        group = objects.entry(mask, "/G")
        if objects.is_stream(group):
            interpreter.mask(group)
        if objects.name(objects.entry(mask, "/TR")) not in {"", *HARMLESS}:
            interpreter.odd("transfer function", interpreter.visible(interpreter.state.clip))


def _blend(value: Any) -> str:  # noqa: ANN401 - whatever stands there
    """Return a blend mode; of several a reader takes the first it knows (11.6.3)."""
    if objects.is_array(value):
        value = next(iter(objects.items(value)), None)
    return objects.name(value) or "Normal"


SETTERS: dict[str, Callable[[Look, Any], Look]] = {
    "/OP": lambda look, value: replace(look, overprint_stroke=value is True),
    "/op": lambda look, value: replace(look, overprint_fill=value is True),
    "/OPM": lambda look, value: replace(look, overprint_mode=int(objects.number(value, 0) or 0)),
    "/BM": lambda look, value: replace(look, blend=_blend(value)),
}


def _line_width(interpreter: Interpreter, value: Any) -> None:  # noqa: ANN401
    interpreter.state.line_width = abs(objects.number(value, 1.0) or 0.0)


def _font(interpreter: Interpreter, value: Any) -> None:  # noqa: ANN401
    pair = objects.items(value)
    if len(pair) == 2:  # noqa: PLR2004 - font and size
        interpreter.state.font = interpreter.resources.library.font(pair[0])
        interpreter.state.size = objects.number(pair[1], 0.0) or 0.0


def _halftone(interpreter: Interpreter, value: Any) -> None:  # noqa: ANN401
    """Note a halftone's own transfer function, its type, its name (10.6)."""
    if objects.name(value) == "Default":
        return
    box = interpreter.visible(interpreter.state.clip)
    if objects.number(objects.entry(value, "/HalftoneType")) not in {1, 5}:
        interpreter.odd("halftone type", box)
    if objects.entry(value, "/HalftoneName") is not None:
        interpreter.odd("halftone name", box)
    function = objects.entry(value, "/TransferFunction")
    if function is not None and objects.name(function) != "Identity":
        interpreter.odd("transfer function", box)


def _transfer(interpreter: Interpreter, key: str, value: Any) -> None:  # noqa: ANN401
    if key == "/TR2" and objects.name(value) == "Default":
        return
    interpreter.odd(TRANSFERS[key], interpreter.visible(interpreter.state.clip))


OTHERS: dict[str, Callable[[Interpreter, Any], None]] = {
    "/LW": _line_width,
    "/Font": _font,
    HALFTONE: _halftone,
    "/HTP": lambda interpreter, _value: interpreter.odd(
        "halftone phase", interpreter.visible(interpreter.state.clip)
    ),
}
