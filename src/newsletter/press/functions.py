"""Functions of a PDF, as gradients use them (ISO 32000-2:2020, 7.10): read, and written anew.

In: a function object of one variable. Out: its pieces, each a plain Python function between two
bounds; and from pieces in another colour space a function object that follows them as closely
as the eye and eight bits can see.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from newsletter.press.problem import UnconvertedError

SAMPLED, EXPONENTIAL, STITCHING = 0, 2, 3
CLOSE = 1 / 255
DEEPEST = 7
"""A piece is halved at most so often: 128 parts of one gradient step."""

Components = tuple[float, ...]


class Piece(NamedTuple):
    """A stretch of a function between two values of its variable, both included."""

    start: float
    end: float
    value: Callable[[float], Components]


def pieces_of(function: Any, start: float, end: float) -> list[Piece]:  # noqa: ANN401 - pikepdf's
    """Return the pieces of a function, or of an array of one for each component."""
    import pikepdf

    if isinstance(function, pikepdf.Array):
        parts = [pieces_of(part, start, end) for part in function]
        return _together(parts, start, end)
    kind = int(function.FunctionType)
    if kind == EXPONENTIAL:
        return [Piece(start, end, _exponential(function))]
    if kind == STITCHING:
        return _stitched(function, start, end)
    if kind == SAMPLED:
        return [Piece(start, end, _sampled(function))]
    raise UnconvertedError(f"function of type {kind}")


def _together(parts: Sequence[list[Piece]], start: float, end: float) -> list[Piece]:
    """Return pieces of several components at once from the pieces of each."""
    bounds = sorted({start, end, *(piece.start for part in parts for piece in part)})

    def joined(low: float, high: float) -> Callable[[float], Components]:
        middle = (low + high) / 2
        own = [next(p for p in part if p.start <= middle <= p.end) for part in parts]
        return lambda x: tuple(value for piece in own for value in piece.value(x))

    return [Piece(low, high, joined(low, high)) for low, high in itertools.pairwise(bounds)]


def _exponential(function: Any) -> Callable[[float], Components]:  # noqa: ANN401
    power = float(function.N)
    zero = [float(value) for value in function.get("/C0", [0])]
    one = [float(value) for value in function.get("/C1", [1])]
    pairs = list(zip(zero, one, strict=True))
    return lambda x: tuple(low + x**power * (high - low) for low, high in pairs)


def _stitched(function: Any, start: float, end: float) -> list[Piece]:  # noqa: ANN401
    """Return the pieces of all functions that are stitched together (7.10.4)."""
    bounds = [start, *(float(value) for value in function.Bounds), end]
    encode = [float(value) for value in function.Encode]
    pieces = []
    for index, part in enumerate(function.Functions):
        low, high = bounds[index : index + 2]
        if high > low:
            first, last = encode[2 * index : 2 * index + 2]
            scale = (last - first) / (high - low)
            pieces += _moved(part, (low, high), first, scale)
    return pieces


def _moved(
    function: Any,  # noqa: ANN401
    bounds: tuple[float, float],
    first: float,
    scale: float,
) -> list[Piece]:
    """Return the pieces of a part, whose variable is `first + (x - low) * scale`."""
    low, high = bounds

    def at(piece: Piece) -> Callable[[float], Components]:
        return lambda x: piece.value(first + (x - low) * scale)

    if not scale:
        constant = pieces_of(function, first, first)[0]
        return [Piece(low, high, at(constant))]
    ends = sorted((first, first + (high - low) * scale))
    inner = pieces_of(function, *ends)
    moved = []
    for piece in inner if scale > 0 else reversed(inner):
        outer = sorted((low + (bound - first) / scale) for bound in piece[:2])
        moved.append(Piece(outer[0], outer[1], at(piece)))
    return moved


def _sampled(function: Any) -> Callable[[float], Components]:  # noqa: ANN401
    """Return a function that interpolates samples of 8 bits in one dimension (7.10.2)."""
    size = [int(value) for value in function.Size]
    if len(size) != 1 or int(function.BitsPerSample) != 8:  # noqa: PLR2004 - the case that is written
        raise UnconvertedError("sampled function that has not 8 bits and one dimension")
    data = function.read_bytes()
    domain = [float(value) for value in function.Domain]
    limits = [float(value) for value in function.Range]
    decode = [float(value) for value in function.get("/Decode", limits)]
    count = len(limits) // 2

    def value(x: float) -> Components:
        place = (x - domain[0]) / ((domain[1] - domain[0]) or 1) * (size[0] - 1)
        place = min(max(place, 0.0), size[0] - 1.0)
        low = min(int(place), max(size[0] - 2, 0))
        high, share = min(low + 1, size[0] - 1), place - low
        levels = (
            data[low * count + n] * (1 - share) + data[high * count + n] * share
            for n in range(count)
        )
        return tuple(
            decode[2 * n] + level / 255 * (decode[2 * n + 1] - decode[2 * n])
            for n, level in enumerate(levels)
        )

    return value


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
