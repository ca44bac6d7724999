"""Functions of gradients: read as the standard says, written close to what was meant."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from newsletter.press.functions import CLOSE, function_from, pieces_of
from newsletter.press.problem import UnconvertedError
from pressed import straight


def value_at(function: pikepdf.Object, x: float) -> tuple[float, ...]:
    pieces = pieces_of(function, 0, 1)
    piece = next(p for p in pieces if p.start <= x <= p.end)
    return piece.value(x)


def stitched(*parts: Dictionary, bounds: list[float], encode: list[float]) -> Dictionary:
    return Dictionary(
        FunctionType=3,
        Domain=[0, 1],
        Functions=Array(list(parts)),
        Bounds=Array(bounds),
        Encode=Array(encode),
    )


def near(value: float) -> object:
    """At an end a piece is asked a millionth within it."""
    return pytest.approx((value,), abs=1e-5)


RED, BLUE = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]


def test_a_straight_function_has_one_piece() -> None:
    assert value_at(straight(RED, BLUE), 0.25) == pytest.approx((0.75, 0, 0.25))


def test_an_exponent_bends() -> None:
    bent = Dictionary(FunctionType=2, Domain=[0, 1], N=2, C0=[0], C1=[1])
    assert value_at(bent, 0.5) == (0.25,)


def test_stitched_functions_follow_each_other() -> None:
    both = stitched(straight([0], [1]), straight([1], [0.5]), bounds=[0.5], encode=[0, 1, 0, 1])
    assert value_at(both, 0.25) == (0.5,)
    assert value_at(both, 0.75) == (0.75,)


def test_a_part_may_run_backwards() -> None:
    both = stitched(straight([0], [1]), straight([0], [1]), bounds=[0.5], encode=[0, 1, 1, 0])
    assert value_at(both, 0.75) == (0.5,)
    assert value_at(both, 1) == near(0)


def test_a_hard_stop_stays_hard() -> None:
    both = stitched(straight([0], [0]), straight([1], [1]), bounds=[0.5], encode=[0, 1, 0, 1])
    first, second = pieces_of(both, 0, 1)
    assert first.value(0.5) == near(0)
    assert second.value(0.5) == near(1)


def test_stitched_in_stitched() -> None:
    inner = stitched(straight([0], [1]), straight([1], [0]), bounds=[0.5], encode=[0, 1, 0, 1])
    outer = stitched(inner, straight([0], [0]), bounds=[0.5], encode=[0, 1, 0, 1])
    assert value_at(outer, 0.125) == (0.5,)
    assert value_at(outer, 0.375) == (0.5,)


def test_a_function_for_each_component() -> None:
    parts = Array([straight([0], [1]), straight([1], [0]), straight([0.5], [0.5])])
    assert value_at(parts, 0.25) == (0.25, 0.75, 0.5)


def test_samples_are_interpolated() -> None:
    pdf = pikepdf.new()
    sampled = pikepdf.Stream(
        pdf,
        bytes([0, 255, 0]),
        FunctionType=0,
        Domain=[0, 1],
        Range=[0, 1],
        Size=[3],
        BitsPerSample=8,
    )
    assert value_at(sampled, 0.25) == (0.5,)
    assert value_at(sampled, 1) == near(0)


def calculated(program: bytes) -> tuple[pikepdf.Pdf, pikepdf.Object]:
    pdf = pikepdf.new()
    made = pikepdf.Stream(pdf, program, FunctionType=4, Domain=[0, 1], Range=[0, 1])
    return pdf, made


def test_a_calculator_is_followed() -> None:
    _pdf, calculator = calculated(b"{ dup mul }")
    assert value_at(calculator, 0.5) == (0.25,)


@pytest.mark.parametrize("program", [b"{ dup", b"no program"])
def test_a_function_that_cannot_be_read_is_refused(program: bytes) -> None:
    _pdf, calculator = calculated(program)
    with pytest.raises(UnconvertedError, match="cannot be read"):
        pieces_of(calculator, 0, 1)


def test_a_function_that_fails_is_refused() -> None:
    _pdf, calculator = calculated(b"{ pop pop }")
    with pytest.raises(UnconvertedError, match="fails"):
        value_at(calculator, 0.5)


def test_what_is_written_stays_close_to_what_was_meant() -> None:
    def bend(parts: tuple[float, ...]) -> tuple[float, ...]:
        return (parts[0] ** 3, 1 - parts[0])

    pdf = pikepdf.new()
    written = function_from(pdf, pieces_of(straight([0], [1]), 0, 1), bend)
    for step in range(101):
        meant, drawn = bend((step / 100,)), value_at(written, step / 100)
        assert all(abs(a - b) <= 1.5 * CLOSE for a, b in zip(meant, drawn, strict=True))


def test_a_straight_path_is_written_as_one() -> None:
    pdf = pikepdf.new()
    written = function_from(pdf, pieces_of(straight([0], [1]), 0, 1), lambda parts: parts)
    assert written.FunctionType == 2
