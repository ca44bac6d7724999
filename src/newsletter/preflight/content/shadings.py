"""Shadings: the colours along them (ISO 32000-2:2020, 8.7.4.5).

Function-based, axial and radial ones are sampled along their domain. In the four kinds of
meshes with a function its domain is sampled, too; without one the corners' colours stand in
the stream, and are read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from newsletter.pdf import objects
from newsletter.pdf.functions import Function, function
from newsletter.preflight.content.spaces import Colour, Space
from newsletter.preflight.limits import LARGEST_CONTENT

STEPS = 64
"""Samples along an axis; between them a smooth function does not rise by much."""
GRID = 12
"""Samples along each side of a function of two inputs."""
FUNCTION_BASED, LATTICE, COONS = 1, 5, 6
MOST_CORNERS = 20_000
FIRST_PATCH, NEXT_PATCH = {6: 12, 7: 16}, {6: 8, 7: 12}
"""Points of a patch, alone and continued from the one before (8.7.4.5.7, 8.7.4.5.8)."""


def colours(shading: objects.Object, space: Space) -> tuple[tuple[Colour, ...], bool]:
    """Return the colours of a shading, and whether all of it could be read."""
    thing = objects.entry(shading, "/Function")
    kind = int(objects.number(objects.entry(shading, "/ShadingType"), 0) or 0)
    if thing is None:
        found = _corners(shading, space, kind) if objects.is_stream(shading) else []
        return tuple(dict.fromkeys(found)), bool(found)
    run = function(thing)
    if run is None:
        return (), False
    samples = list(_samples(run, objects.entry(shading, "/Domain"), kind))
    complete = all(len(sample) == space.components for sample in samples)
    return tuple(dict.fromkeys(Colour(space, sample) for sample in samples)), complete


def _samples(run: Function, domain: objects.Object, kind: int) -> Iterator[tuple[float, ...]]:
    two = kind == FUNCTION_BASED
    ends = objects.numbers(domain, 4 if two else 2) or ((0.0, 1.0) * (2 if two else 1))
    count = GRID if two else STEPS
    axes = [
        [ends[i] + (ends[i + 1] - ends[i]) * at / count for at in range(count + 1)]
        for i in range(0, len(ends), 2)
    ]
    for values in itertools.product(*axes):
        try:
            yield run(values)
        except ValueError:
            yield ()


def _corners(shading: objects.Object, space: Space, kind: int) -> list[Colour]:
    """Return the colours at the corners of a mesh without a function."""
    sizes = [
        int(objects.number(objects.entry(shading, key), 0) or 0)
        for key in ("/BitsPerFlag", "/BitsPerCoordinate", "/BitsPerComponent")
    ]
    decode = objects.numbers(objects.entry(shading, "/Decode"), 4 + 2 * space.components)
    data = objects.decoded(shading, LARGEST_CONTENT)
    if not decode or not data or not 0 < sizes[1] <= 32 or not 0 < sizes[2] <= 16:  # noqa: PLR2004
        return []
    reader = _Bits(data)
    found: list[Colour] = []
    try:
        while len(found) < MOST_CORNERS:
            points, corners = _shape(reader, kind, sizes[0])
            reader.skip(points * 2 * sizes[1])
            found += [_colour(reader, space, sizes[2], decode[4:]) for _ in range(corners)]
            if kind < COONS:
                reader.align()
    except EOFError:
        pass
    return found


def _shape(reader: _Bits, kind: int, flag_bits: int) -> tuple[int, int]:
    """Return how many points and colours come next."""
    flag = 0 if kind == LATTICE else reader.take(flag_bits) & 3
    if kind < COONS:
        return 1, 1
    return (NEXT_PATCH.get(kind, 8), 2) if flag else (FIRST_PATCH.get(kind, 12), 4)


def _colour(reader: _Bits, space: Space, bits: int, decode: tuple[float, ...]) -> Colour:
    most = 2**bits - 1
    values = [reader.take(bits) for _ in range(space.components)]
    return Colour(
        space,
        tuple(
            decode[2 * i] + value / most * (decode[2 * i + 1] - decode[2 * i])
            for i, value in enumerate(values)
        ),
    )


class _Bits:
    """Numbers of any width, one after another."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> int:
        """Return the next number; raises `EOFError` at the end."""
        start, self._at = self._at, self._at + count
        if self._at > 8 * len(self._data):
            raise EOFError
        last = (self._at + 7) // 8
        value = int.from_bytes(self._data[start // 8 : last], "big")
        return (value >> (8 * last - self._at)) & ((1 << count) - 1)

    def skip(self, count: int) -> None:
        """Pass over bits."""
        self._at += count

    def align(self) -> None:
        """Go on to the next whole byte, where each vertex begins (8.7.4.5.5)."""
        self._at = (self._at + 7) // 8 * 8
