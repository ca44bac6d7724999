"""Fonts as the rules need them: embedded or not, and how wide each glyph is.

In: a font dictionary (ISO 32000-2:2020, 9.6 and 9.7). Out: a `Font`, which takes a string apart
into codes and says how far each moves on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.content import cmap
from newsletter.preflight.content.matrix import Matrix

ASCENT, DESCENT = 0.88, -0.08
"""The strokes of a Chinese font above and below its baseline, at size 1."""
HIGHEST, LOWEST = (0.5, 0.9), (-0.08, 0.0)
"""Ascents and descents beyond these are line spacing, or those of few letters: strokes of Chinese
characters and figures end about 0.08 em below the baseline, of g and p at 0.2 em."""
GLYPH: Matrix = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
DEFAULT_WIDTH = 1.0
"""DW of a CIDFont that names none: 1000 (ISO 32000-2:2020, Table 115)."""
USUAL_WIDTH, COURIER_WIDTH = 0.5, 0.6
"""Where a simple font has no widths, as one of the standard fourteen: an average."""
DEFAULT_VERTICAL = -1.0
"""DW2 of a CIDFont that names none: each glyph moves down by 1000 (Table 115)."""
SPACE = 32
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
MOST_WIDTHS = 70_000


class Font(Struct, frozen=True):
    """One font. `embedded` is true for Type 3, whose glyphs are content streams."""

    key: object
    name: str
    kind: str
    embedded: bool
    matrix: Matrix = GLYPH
    widths: Mapping[int, float] = field(default_factory=dict)
    usual_width: float = DEFAULT_WIDTH
    codes: Callable[[bytes], Sequence[int]] = list
    upright: bool = True
    ascent: float = ASCENT
    descent: float = DESCENT
    bounds: Box | None = None
    glyphs: Mapping[int, objects.Object] = field(default_factory=dict)
    resources: objects.Object = None

    @property
    def is_composite(self) -> bool:
        """Tell whether its codes may have several bytes; then a space is no word space (9.3.3)."""
        return self.kind == "Type0"

    def advance(self, code: int) -> float:
        """Return how far a glyph moves on, in units of text space at size 1."""
        if not self.upright:
            return DEFAULT_VERTICAL
        return self.widths.get(code, self.usual_width)

    def width(self, codes: Sequence[int]) -> float:
        """Return the sum of the widths of glyphs, at size 1."""
        try:
            return sum(map(self.widths.__getitem__, codes))
        except KeyError:
            usual = self.usual_width
            return sum([self.widths.get(code, usual) for code in codes])


NO_FONT = Font(None, "", "none", embedded=True, usual_width=USUAL_WIDTH)
"""What text is set in where a stream names no font, or one that is not there."""


def font(thing: objects.Object) -> Font:
    """Return the font that a dictionary describes."""
    kind = objects.name(objects.entry(thing, "/Subtype"))
    if not objects.is_dictionary(thing):
        return NO_FONT
    if kind == "Type0":
        return _composite(thing)
    return _procedures(thing) if kind == "Type3" else _simple(thing, kind)


def _base_name(thing: objects.Object) -> str:
    """Return a font's name without the tag of its subset (9.9.2)."""
    full = objects.name(objects.entry(thing, "/BaseFont"))
    tag, plus, rest = full.partition("+")
    return rest if plus and len(tag) == 6 and tag.isupper() else full  # noqa: PLR2004


def _is_embedded(descriptor: objects.Object) -> bool:
    return any(objects.is_stream(objects.entry(descriptor, key)) for key in PROGRAMS)


def _heights(descriptor: objects.Object) -> tuple[float, float]:
    """Return ascent and descent at size 1."""
    ascent = objects.number(objects.entry(descriptor, "/Ascent"), 0.0) or 1000 * ASCENT
    descent = objects.number(objects.entry(descriptor, "/Descent"), 0.0) or 1000 * DESCENT
    return (
        min(max(ascent / 1000, HIGHEST[0]), HIGHEST[1]),
        min(max(-abs(descent) / 1000, LOWEST[0]), LOWEST[1]),
    )


def _simple(thing: objects.Object, kind: str) -> Font:
    descriptor = objects.entry(thing, "/FontDescriptor")
    name = _base_name(thing)
    usual = objects.number(objects.entry(descriptor, "/MissingWidth"), 0.0) or 0.0
    widths = _listed(thing, 0.001)
    if not widths:
        usual = 1000 * (COURIER_WIDTH if "Courier" in name else USUAL_WIDTH)
    ascent, descent = _heights(descriptor)
    return Font(
        key=objects.identity(thing),
        name=name,
        kind=kind,
        embedded=_is_embedded(descriptor),
        widths=widths,
        usual_width=usual / 1000,
        ascent=ascent,
        descent=descent,
    )


def _listed(thing: objects.Object, scale: float) -> dict[int, float]:
    """Return the widths of a simple font, by code."""
    first = int(objects.number(objects.entry(thing, "/FirstChar"), 0) or 0)
    listed = objects.items(objects.entry(thing, "/Widths"))
    return {first + at: scale * (objects.number(width, 0.0) or 0.0)
            for at, width in enumerate(listed[:256])}  # fmt: skip


def _procedures(thing: objects.Object) -> Font:
    """Return a Type 3 font, whose glyphs are content streams (9.6.4)."""
    found = objects.matrix_numbers(objects.entry(thing, "/FontMatrix")) or GLYPH
    matrix: Matrix = (found[0], found[1], found[2], found[3], found[4], found[5])
    drawings = dict(objects.entries(objects.entry(thing, "/CharProcs")))
    names = _differences(objects.path(thing, "/Encoding", "/Differences"))
    bounds = objects.box(objects.entry(thing, "/FontBBox"))
    return Font(
        key=objects.identity(thing),
        name=objects.name(objects.entry(thing, "/Name")) or "Type 3",
        kind="Type3",
        embedded=True,
        matrix=matrix,
        widths=_listed(thing, matrix[0]),
        usual_width=0.0,
        bounds=bounds if bounds and bounds.top > bounds.bottom else None,
        glyphs={code: drawings[name] for code, name in names.items() if name in drawings},
        resources=objects.entry(thing, "/Resources"),
    )


def _differences(array: objects.Object) -> dict[int, str]:
    """Return the glyph names of an encoding, by code (9.6.5.1)."""
    code, names = 0, {}
    for item in objects.items(array):
        if objects.is_number(item):
            code = int(item)
        else:
            names[code] = f"/{objects.name(item)}"
            code += 1
    return names


def _composite(thing: objects.Object) -> Font:
    """Return a Type 0 font; the widths are its CIDFont's (9.7.4.3)."""
    descendants = objects.items(objects.entry(thing, "/DescendantFonts"))
    inner = descendants[0] if descendants else None
    descriptor = objects.entry(inner, "/FontDescriptor")
    codes, upright = cmap.decoder(objects.entry(thing, "/Encoding"))
    ascent, descent = _heights(descriptor)
    usual = objects.number(objects.entry(inner, "/DW"), 1000.0)
    return Font(
        key=objects.identity(thing),
        name=_base_name(thing) or _base_name(inner),
        kind="Type0",
        embedded=_is_embedded(descriptor),
        widths=_cid_widths(objects.items(objects.entry(inner, "/W"))),
        usual_width=(usual or 0.0) / 1000,
        codes=codes,
        upright=upright,
        ascent=ascent,
        descent=descent,
    )


def _cid_widths(listed: list[objects.Object]) -> dict[int, float]:
    """Return the array W: `first [w w …]` or `first last w` (9.7.4.3)."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(listed) and len(widths) < MOST_WIDTHS:
        first = int(objects.number(listed[at], 0) or 0)
        run = listed[at + 1]
        if objects.is_array(run):
            for code, width in enumerate(objects.items(run), first):
                widths[code] = (objects.number(width, 0.0) or 0.0) / 1000
            at += 2
            continue
        last = int(objects.number(run, first) or first)
        width = objects.number(listed[at + 2], 0.0) if at + 2 < len(listed) else 0.0
        room = MOST_WIDTHS - len(widths)
        widths.update(dict.fromkeys(range(first, min(last + 1, first + room)), (width or 0) / 1000))
        at += 3
    return widths
