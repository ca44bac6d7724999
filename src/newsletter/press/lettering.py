"""Lettering: words as outlines, for what the press writes beside a page or across it.

In: a font file, words, a size in points. Out: path operators of a content stream. Outlines need
no font in the file, so a mark can be added to any PDF without touching its fonts.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsletter.resources import packaged

FACE = ("fonts", "noto-sans-sc", "NotoSansSC-Regular.otf")
MOST_PLACED = 1000
"""Glyphs at their places that are kept: slug lines begin alike."""
METRICS = (("hmtx", "hhea", "numberOfHMetrics"), ("vmtx", "vhea", "numberOfVMetrics"))
QUADRATIC = 2 / 3
"""How far a cubic's control points lie towards that of the quadratic curve it replaces."""


def face() -> Path:
    """Return the font file in which the press writes beside pages and across them."""
    return packaged().joinpath(*FACE)


class Lettering:
    """Draws words with the glyphs of one font file."""

    def __init__(self, font: Path) -> None:
        from fontTools.ttLib import TTFont

        self._font = TTFont(io.BytesIO(font.read_bytes()), lazy=True)
        for tag, header, full in METRICS:
            if tag in self._font:
                count = getattr(self._font[header], full)
                self._font.tables[tag] = _Metrics(self._font, tag, count)
        self._glyphs: Any = self._font.getGlyphSet()
        self._names: dict[int, str] = self._font.getBestCmap()
        self._units: int = self._font["head"].unitsPerEm
        self._drawn: dict[str, list[Any]] = {}
        self._placed: dict[tuple[str, float, float, float], list[str]] = {}

    def width(self, words: str, size_pt: float) -> float:
        """Return how long the words are, in points."""
        advance: float = sum(self._glyphs[name].width for name in self._glyph_names(words))
        return advance * size_pt / self._units

    def path(self, words: str, size_pt: float, left: float, baseline: float) -> str:
        """Return operators that make and fill the outlines, beginning at a point."""
        scale = size_pt / self._units
        lines: list[str] = []
        for name in self._glyph_names(words):
            place = name, scale, left, baseline
            if place not in self._placed:
                if len(self._placed) > MOST_PLACED:
                    self._placed.clear()
                self._placed[place] = list(_operators(self._outline(name), scale, left, baseline))
            lines += self._placed[place]
            left += self._glyphs[name].width * scale
        return "\n".join([*lines, "f"]) if lines else ""

    def _glyph_names(self, words: str) -> list[str]:
        return [self._names.get(ord(character), ".notdef") for character in words]

    def _outline(self, name: str) -> list[Any]:
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        if name not in self._drawn:
            pen = DecomposingRecordingPen(self._glyphs)
            self._glyphs[name].draw(pen)
            self._drawn[name] = pen.value
        return self._drawn[name]


class _Metrics:
    """A table of metrics, read a glyph at a time: a Chinese font has thousands.

    The first `full` glyphs have an advance and a bearing, the others the last advance and a
    bearing (OpenType 1.9, hmtx and vmtx).
    """

    def __init__(self, font: Any, tag: str, full: int) -> None:  # noqa: ANN401 - fontTools'
        self._number = font.getGlyphID
        self._data: bytes = font.reader[tag]
        self._full = full

    @property
    def metrics(self) -> _Metrics:
        """Return what gives advance and bearing of a glyph by its name."""
        return self

    def __getitem__(self, name: str) -> tuple[int, int]:
        number: int = self._number(name)
        full = min(number, self._full - 1)
        bearing = 4 * number + 2 if number < self._full else 2 * (self._full + number)
        (advance,) = struct.unpack_from(">H", self._data, 4 * full)
        (side,) = struct.unpack_from(">h", self._data, bearing)
        return advance, side


def _operators(outline: list[Any], scale: float, left: float, baseline: float) -> Iterator[str]:
    """Yield the operators of an outline in font units (ISO 32000-2:2020, 8.5.2)."""

    def at(*points: tuple[float, float]) -> str:
        return " ".join(f"{left + x * scale:.2f} {baseline + y * scale:.2f}" for x, y in points)

    here = (0.0, 0.0)
    for verb, points in outline:
        if verb == "moveTo":
            yield f"{at(*points)} m"
        elif verb == "lineTo":
            yield f"{at(*points)} l"
        elif verb == "curveTo":
            yield f"{at(*points)} c"
        elif verb == "qCurveTo":
            yield from (f"{at(*cubic)} c" for cubic in _cubics(here, points))
        else:
            yield "h"
        here = points[-1] if points else here


def _cubics(
    start: tuple[float, float], points: tuple[tuple[float, float], ...]
) -> Iterator[tuple[tuple[float, float], ...]]:
    """Yield the cubic curves of a TrueType spline."""
    from fontTools.pens.basePen import decomposeQuadraticSegment

    for control, end in decomposeQuadraticSegment(points):
        first = tuple(a + QUADRATIC * (b - a) for a, b in zip(start, control, strict=True))
        second = tuple(a + QUADRATIC * (b - a) for a, b in zip(end, control, strict=True))
        yield (first[0], first[1]), (second[0], second[1]), end
        start = end
