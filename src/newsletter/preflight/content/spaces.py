"""Colour spaces (ISO 32000-2:2020, 8.6), and colours in them.

In: the name or array that a stream or a picture gives. Out: a frozen `Space`, with all that the
rules ask of it; damage becomes the family "unknown".
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from newsletter.pdf import objects
from newsletter.pdf.functions import Function, function
from newsletter.pdf.objects import DEEPEST_OBJECT

COMPONENTS = {
    "DeviceGray": 1,
    "DeviceRGB": 3,
    "DeviceCMYK": 4,
    "CalGray": 1,
    "CalRGB": 3,
    "CalCMYK": 4,
    "Lab": 3,
}
SHORT = {
    "G": "DeviceGray",
    "RGB": "DeviceRGB",
    "CMYK": "DeviceCMYK",
    "I": "Indexed",
}
"""Abbreviations in inline images (ISO 32000-2:2020, Table 91)."""
ICC_SPACES = {b"GRAY": "Gray", b"RGB ": "RGB", b"CMYK": "CMYK", b"Lab ": "Lab"}
ICC_SPACE_AT = slice(16, 20)
"""Where an ICC profile says its colour space (ICC.1:2022, 7.2)."""
LARGEST_PROFILE = 16 * 2**20
LARGEST_PALETTE = 256 * 32
LARGEST_PALETTE_STREAM = 2**20


class Space(Struct, frozen=True, eq=False):
    """A colour space: its family, its components, the names of its inks.

    `model` is what the components are at last: Gray, RGB, CMYK, Lab, inks or unknown. `base` is
    the alternate of a Separation or DeviceN, the base of an Indexed or Pattern space.
    """

    family: str
    components: int
    model: str
    names: tuple[str, ...] = ()
    base: Space | None = None
    tint: Function | None = None
    palette: bytes = b""

    def __eq__(self, other: object) -> bool:
        """Tell whether the spaces are the same but for how a tint is converted."""
        return isinstance(other, Space) and (
            (self.family, self.components, self.model, self.names, self.base, self.palette)
            == (other.family, other.components, other.model, other.names, other.base, other.palette)
        )

    def __hash__(self) -> int:
        """Return a number that is quick to tell: colours are looked up by the thousand."""
        return hash((self.family, self.components, self.names))

    @property
    def initial(self) -> tuple[float, ...]:
        """Return the colour that is current when the space is chosen (8.6.8)."""
        if self.family in {"Separation", "DeviceN"}:
            return (1.0,) * self.components
        return (0.0, 0.0, 0.0, 1.0) if self.family == "DeviceCMYK" else (0.0,) * self.components

    @property
    def label(self) -> str:
        """Return its name as a person knows it."""
        if self.family == "ICCBased":
            return f"ICC {self.model}"
        inner = self.base.label if self.base else ""
        return f"{self.family} ({inner})" if self.family == "Indexed" else self.family

    def parts(self) -> list[Space]:
        """Return the space and those it is built upon."""
        return [self, *(self.base.parts() if self.base else [])]


class Colour(NamedTuple):
    """A colour: the space and its components; `pattern` names the pattern that is painted."""

    space: Space
    components: tuple[float, ...] = ()
    pattern: str = ""


def device(family: str) -> Space:
    """Return a device space by its name."""
    return Space(family, COMPONENTS[family], family.removeprefix("Device"))


GRAY, RGB, CMYK = device("DeviceGray"), device("DeviceRGB"), device("DeviceCMYK")
DEVICES = {space.family: space for space in (GRAY, RGB, CMYK)}
PATTERN = Space("Pattern", 0, "pattern")
UNKNOWN = Space("unknown", 1, "unknown")
BLACK = Colour(GRAY, (0.0,))


def space(thing: objects.Object, depth: int = 0) -> Space:
    """Return the colour space that a name or an array describes."""
    if depth > DEEPEST_OBJECT:
        return UNKNOWN
    family = objects.name(thing)
    parts = objects.items(thing)
    if not family and parts:
        family = objects.name(parts[0])
    family = SHORT.get(family, family)
    if family in DEVICES:
        return DEVICES[family]
    if family == "Pattern":
        base = space(parts[1], depth + 1) if len(parts) > 1 else None
        return Space("Pattern", base.components if base else 0, "pattern", base=base)
    if family in COMPONENTS:
        return Space(family, COMPONENTS[family], family.removeprefix("Cal"))
    maker = {"ICCBased": _icc, "Indexed": _indexed, "Separation": _inks, "DeviceN": _inks}.get(
        family
    )
    return maker(parts, depth) if maker else UNKNOWN


def _icc(parts: list[objects.Object], _depth: int) -> Space:
    """Return an ICC-based space; the profile itself says what it is, if it can."""
    stream = parts[1] if len(parts) > 1 else None
    count = int(objects.number(objects.entry(stream, "/N"), 0) or 0)
    model = {1: "Gray", 3: "RGB", 4: "CMYK"}.get(count, "unknown")
    profile = objects.decoded(stream, LARGEST_PROFILE) if objects.is_stream(stream) else None
    said = ICC_SPACES.get((profile or b"")[ICC_SPACE_AT])
    return Space("ICCBased", count or 1, said or model)


def _indexed(parts: list[objects.Object], depth: int) -> Space:
    if len(parts) < 4:  # noqa: PLR2004 - name, base, highest, palette
        return UNKNOWN
    base = space(parts[1], depth + 1)
    return Space("Indexed", 1, base.model, base=base, palette=_palette(parts[3]))


def _palette(thing: objects.Object) -> bytes:
    if objects.is_stream(thing):
        return (objects.decoded(thing, LARGEST_PALETTE_STREAM) or b"")[:LARGEST_PALETTE]
    try:
        return bytes(thing)[:LARGEST_PALETTE]
    except (TypeError, ValueError):
        return b""


def _inks(parts: list[objects.Object], depth: int) -> Space:
    """Return a Separation or DeviceN space."""
    if len(parts) < 4:  # noqa: PLR2004 - family, names, alternate, tint transform
        return UNKNOWN
    family = objects.name(parts[0])
    names = [parts[1]] if family == "Separation" else objects.items(parts[1])
    return Space(
        family,
        max(len(names), 1),
        "inks",
        tuple(objects.name(item) for item in names),
        space(parts[2], depth + 1),
        function(parts[3]),
    )
