"""Numerals: numbers as pydyf writes them into a PDF, many at once."""

from __future__ import annotations

from collections.abc import Iterable


def numerals(numbers: Iterable[float]) -> list[str]:
    """Return numbers with six decimals at most; whole ones have no point."""
    return [
        str(int(number)) if number.is_integer() else ("%f" % number).rstrip("0")  # noqa: UP031 - a third faster than format
        for number in map(float, numbers)
    ]
