"""Functions of a PDF: tint transforms, shadings (ISO 32000-2:2020, 7.10).

In: a function's object. Out: a callable from numbers to numbers, or None where the object is
no function. Calling it raises `ValueError` for what it cannot compute.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from newsletter.pdf import calculator, objects
from newsletter.pdf.objects import DEEPEST_OBJECT

Numbers = tuple[float, ...]
Function = Callable[[Sequence[float]], Numbers]
SAMPLED, EXPONENTIAL, STITCHING, CALCULATOR = 0, 2, 3, 4
LARGEST_TABLE = 16 * 2**20
"""Bytes of a sampled function: four inputs with 33 samples each and four outputs take 9 MiB."""
MOST_INPUTS = 6
"""Inputs of a sampled function: it is interpolated between 2**n corners."""


def function(thing: objects.Object, depth: int = 0) -> Function | None:
    """Return the function that an object describes; an array of functions gives all results."""
    if depth > DEEPEST_OBJECT:
        return None
    if objects.is_array(thing):
        return _several([function(item, depth + 1) for item in objects.items(thing)])
    domain = objects.numbers(objects.entry(thing, "/Domain"))
    kind = objects.number(objects.entry(thing, "/FunctionType"))
    makers: dict[int, Callable[[objects.Object, Numbers], Function | None]] = {
        SAMPLED: _sampled,
        EXPONENTIAL: lambda thing, _domain: _exponential(thing),
        STITCHING: lambda thing, domain: _stitching(thing, domain, depth),
        CALCULATOR: lambda thing, _domain: calculator.program(thing),
    }
    maker = makers.get(int(kind)) if kind is not None else None
    inner = maker(thing, domain) if maker and domain and len(domain) % 2 == 0 else None
    if inner is None or domain is None:
        return None
    return _bounded(inner, domain, objects.numbers(objects.entry(thing, "/Range")))


def _several(functions: list[Function | None]) -> Function | None:
    whole = [each for each in functions if each]
    if not whole or len(whole) != len(functions):
        return None
    return lambda values: tuple(itertools.chain.from_iterable(each(values) for each in whole))


def _bounded(inner: Function, domain: Numbers, limits: Numbers | None) -> Function:
    """Return the function with its values clipped to its domain and range."""

    def outer(values: Sequence[float]) -> Numbers:
        results = inner(_clipped(values, domain))
        return _clipped(results, limits) if limits else results

    return outer


def _clipped(values: Sequence[float], limits: Numbers) -> Numbers:
    pairs = zip(values, limits[::2], limits[1::2], strict=False)
    return tuple(min(max(value, low), high) for value, low, high in pairs)


def _between(value: float, low: float, high: float, first: float, last: float) -> float:
    """Interpolate: `value` between low and high becomes what stands there in first to last."""
    return first + (value - low) * (last - first) / (high - low) if high != low else first


def _exponential(thing: objects.Object) -> Function | None:
    """Return first + x**n * (last - first), one result a colourant (7.10.3)."""
    first = objects.numbers(objects.entry(thing, "/C0")) or (0.0,)
    last = objects.numbers(objects.entry(thing, "/C1")) or (1.0,)
    power = objects.number(objects.entry(thing, "/N"), 1.0) or 0.0

    def outer(values: Sequence[float]) -> Numbers:
        if values[0] == 0 and power < 0:
            raise ValueError("zero to a negative power")
        share = values[0] ** power
        if isinstance(share, complex):
            raise ValueError("a root of a negative number")  # noqa: TRY004 - of the numbers
        return tuple(a + share * (b - a) for a, b in zip(first, last, strict=False))

    return outer


def _stitching(thing: objects.Object, domain: Numbers, depth: int) -> Function | None:
    """Return functions side by side, each for its part of the domain (7.10.4)."""
    parts = [
        function(item, depth + 1) for item in objects.items(objects.entry(thing, "/Functions"))
    ]
    bounds = objects.numbers(objects.entry(thing, "/Bounds"))
    encode = objects.numbers(objects.entry(thing, "/Encode"), 2 * len(parts))
    if not parts or bounds is None or encode is None or len(bounds) != len(parts) - 1:
        return None
    edges = (domain[0], *bounds, domain[1])

    def outer(values: Sequence[float]) -> Numbers:
        x = values[0]
        number = sum(x >= bound for bound in bounds)
        part = parts[number]
        if part is None:
            raise ValueError("a part of a function is missing")
        low, high = edges[number], edges[number + 1]
        return part((_between(x, low, high, encode[2 * number], encode[2 * number + 1]),))

    return outer


def _sampled(thing: objects.Object, domain: Numbers) -> Function | None:
    """Return a table between whose samples values are interpolated (7.10.2)."""
    limits = objects.numbers(objects.entry(thing, "/Range"))
    size = objects.numbers(objects.entry(thing, "/Size"), len(domain) // 2)
    bits = int(objects.number(objects.entry(thing, "/BitsPerSample"), 8) or 8)
    if not objects.is_stream(thing) or not limits or not size or len(size) > MOST_INPUTS:
        return None
    sizes = [max(int(count), 1) for count in size]
    data = objects.decoded(thing, LARGEST_TABLE)
    if data is None or bits not in {1, 2, 4, 8, 12, 16, 24, 32}:
        return None
    default = tuple(itertools.chain.from_iterable((0.0, count - 1.0) for count in sizes))
    encode = objects.numbers(objects.entry(thing, "/Encode"), len(domain)) or default
    decode = objects.numbers(objects.entry(thing, "/Decode"), len(limits)) or limits
    outputs, most = len(limits) // 2, 2**bits - 1

    def sample(place: Sequence[int]) -> list[float]:
        number = 0
        for at, count in zip(reversed(place), reversed(sizes), strict=True):
            number = number * count + at
        return [_bits(data, (number * outputs + at) * bits, bits) for at in range(outputs)]

    def outer(values: Sequence[float]) -> Numbers:
        places = [
            min(max(_between(x, *domain[2 * i : 2 * i + 2], *encode[2 * i : 2 * i + 2]), 0.0),
                sizes[i] - 1.0)
            for i, x in enumerate(values)
        ]  # fmt: skip
        found = _interpolated(sample, places, sizes)
        return tuple(
            _between(value, 0, most, decode[2 * i], decode[2 * i + 1])
            for i, value in enumerate(found)
        )

    return outer


def _interpolated(
    sample: Callable[[Sequence[int]], list[float]], places: Sequence[float], sizes: Sequence[int]
) -> list[float]:
    """Return the weighted mean of the samples at the corners around a place."""
    total: list[float] = []
    for corner in itertools.product((0, 1), repeat=len(places)):
        weight, at = 1.0, []
        for place, side, count in zip(places, corner, sizes, strict=True):
            low = min(int(place), count - 1)
            weight *= place - low if side else 1 - (place - low)
            at.append(min(low + side, count - 1))
        if weight > 0:
            values = [weight * value for value in sample(at)]
            total = [a + b for a, b in zip(total, values, strict=True)] if total else values
    return total


def _bits(data: bytes, start: int, count: int) -> float:
    """Return an unsigned number of `count` bits that begins at bit `start`."""
    first, last = start // 8, (start + count + 7) // 8
    if last > len(data):
        raise ValueError("a table ends early")
    value = int.from_bytes(data[first:last], "big")
    return (value >> (last * 8 - start - count)) & ((1 << count) - 1)
