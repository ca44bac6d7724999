"""Functions of gradients, taken into another colour space (ISO 32000-2:2020, 7.10).

In: a function object of one variable. Out: its pieces, each smooth between two bounds; and from
pieces in another colour space a function object that follows them as closely as the eye and
eight bits can see.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from newsletter.pdf import objects
from newsletter.pdf.functions import STITCHING, function
from newsletter.press.problem import UnconvertedError

EXPONENTIAL = 2
CLOSE = 1 / 255
DEEPEST = 7
"""A piece is halved at most so often: 128 parts of one gradient step."""
WITHIN = 1e-6
"""How far from its ends a piece is asked, in parts of it: a bound belongs to the next one."""

Components = tuple[float, ...]


class Piece(NamedTuple):
    """A stretch of a function between two values of its variable, both included."""

    start: float
    end: float
    value: Callable[[float], Components]


def pieces_of(thing: Any, start: float, end: float) -> list[Piece]:  # noqa: ANN401 - pikepdf's
    """Return the pieces of a function, or of an array of one for each component."""
    whole = function(thing)
    if whole is None:
        raise UnconvertedError("gradient whose function cannot be read")
    inner = {bound for bound in _bounds(thing, start, end) if start < bound < end}
    pairs = itertools.pairwise(sorted({start, end, *inner}))
    return [Piece(low, high, _inside(whole, low, high)) for low, high in pairs]


def _inside(
    whole: Callable[[Sequence[float]], Components], low: float, high: float
) -> Callable[[float], Components]:
    """Return a function that is asked between two bounds, never beyond them."""
    margin = (high - low) * WITHIN

    def value(x: float) -> Components:
        try:
            return whole((min(max(x, low + margin), high - margin),))
        except ValueError as error:
            raise UnconvertedError(f"gradient whose function fails ({error})") from error

    return value


def _bounds(thing: Any, start: float, end: float) -> Iterator[float]:  # noqa: ANN401
    """Yield where functions are stitched together, at every depth (7.10.4)."""
    for part in objects.items(thing):
        yield from _bounds(part, start, end)
    if objects.number(objects.entry(thing, "/FunctionType")) != STITCHING:
        return
    parts = objects.items(objects.entry(thing, "/Functions"))
    inner = objects.numbers(objects.entry(thing, "/Bounds")) or ()
    encode = objects.numbers(objects.entry(thing, "/Encode")) or ()
    yield from inner
    for part, bounds, ends in zip(
        parts,
        itertools.pairwise((start, *inner, end)),
        zip(encode[::2], encode[1::2], strict=True),
        strict=True,
    ):
        yield from _outwards(part, bounds, ends)


def _outwards(
    part: Any,  # noqa: ANN401
    bounds: tuple[float, float],
    ends: tuple[float, float],
) -> Iterator[float]:
    """Yield the bounds within a part, as values of the variable outside of it."""
    (low, high), (first, last) = bounds, ends
    if first != last:
        for bound in _bounds(part, min(ends), max(ends)):
            yield low + (bound - first) / (last - first) * (high - low)


# Writing ------------------------------------------------------------------------------------


def function_from(
    pdf: Any,  # noqa: ANN401 - pikepdf.Pdf
    pieces: Sequence[Piece],
    convert: Callable[[Components], Components],
) -> Any:  # noqa: ANN401 - pikepdf.Dictionary
    """Return a function object with the converted values of the pieces."""
    from pikepdf import Array, Dictionary

    straight: list[tuple[float, float, Components, Components]] = []
    for piece in pieces:
        straight += _straightened(piece, convert)
    parts = [
        Dictionary(FunctionType=EXPONENTIAL, Domain=[0, 1], N=1, C0=_array(low), C1=_array(high))
        for _start, _end, low, high in straight
    ]
    start, end = straight[0][0], straight[-1][1]
    if len(parts) == 1 and (start, end) == (0, 1):
        return pdf.make_indirect(parts[0])
    return pdf.make_indirect(
        Dictionary(
            FunctionType=STITCHING,
            Domain=Array([_number(start), _number(end)]),
            Functions=Array(parts),
            Bounds=Array([_number(entry[0]) for entry in straight[1:]]),
            Encode=Array([0, 1] * len(parts)),
        )
    )


def _straightened(
    piece: Piece, convert: Callable[[Components], Components], depth: int = 0
) -> list[tuple[float, float, Components, Components]]:
    """Return straight stretches, as many as it takes to stay within `CLOSE` of the piece."""
    low, high = convert(piece.value(piece.start)), convert(piece.value(piece.end))
    if depth == DEEPEST or _is_straight(piece, low, high, convert):
        return [(piece.start, piece.end, low, high)]
    middle = (piece.start + piece.end) / 2
    halves = piece._replace(end=middle), piece._replace(start=middle)
    return [stretch for half in halves for stretch in _straightened(half, convert, depth + 1)]


def _is_straight(
    piece: Piece, low: Components, high: Components, convert: Callable[[Components], Components]
) -> bool:
    """Tell whether a straight line from end to end stays close at a quarter, half, three."""
    for share in (0.25, 0.5, 0.75):
        meant = convert(piece.value(piece.start + share * (piece.end - piece.start)))
        drawn = (a + share * (b - a) for a, b in zip(low, high, strict=True))
        if any(abs(one - other) > CLOSE for one, other in zip(meant, drawn, strict=True)):
            return False
    return True


def _array(values: Sequence[float]) -> Any:  # noqa: ANN401
    from pikepdf import Array

    return Array([_number(value) for value in values])


def _number(value: float) -> float:
    return round(value, 5)
