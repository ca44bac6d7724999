"""Matrices of a page: six numbers that take a point to another (ISO 32000-2:2020, 8.3.3)."""

from __future__ import annotations

import math

from newsletter.geometry import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = second  # noqa: E741 - in the order of the alphabet
    return (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o,
            e * l + f * n + p)  # fmt: skip


def placed(matrix: Matrix, box: Box) -> Box:
    """Return the upright rectangle around where the matrix takes a box."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    xs = (
        a * left + c * bottom + e,
        a * right + c * bottom + e,
        a * left + c * top + e,
        a * right + c * top + e,
    )
    ys = (
        b * left + d * bottom + f,
        b * right + d * bottom + f,
        b * left + d * top + f,
        b * right + d * top + f,
    )
    return Box(min(xs), min(ys), max(xs), max(ys))


def area(matrix: Matrix) -> float:
    """Return what becomes of a unit of area."""
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def sides(matrix: Matrix) -> tuple[float, float]:
    """Return the lengths that the unit square's sides get."""
    return math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])


def height(matrix: Matrix) -> float:
    """Return how far apart the matrix sets two baselines that were one unit apart."""
    along = math.hypot(matrix[0], matrix[1])
    return area(matrix) / along if along else math.hypot(matrix[2], matrix[3])


def least_scale(matrix: Matrix) -> float:
    """Return the smaller of the two scales: how thin a line becomes in its thinnest direction.

    These are the singular values of the matrix [a b; c d].
    """
    a, b, c, d = matrix[:4]
    whole, rest = a * a + b * b + c * c + d * d, area(matrix)
    root = math.sqrt(max(whole * whole - 4 * rest * rest, 0.0))
    return math.sqrt(max((whole - root) / 2, 0.0))
