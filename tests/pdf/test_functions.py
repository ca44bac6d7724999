"""Functions of all four types compute what the standard says, or say that they cannot."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from newsletter.pdf.functions import Function, function


def made(thing: Any) -> Function:  # noqa: ANN401 - an object of pikepdf
    found = function(thing)
    assert found
    return found


def power(first: list[float], last: list[float], exponent: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=last, N=exponent)


def stream(data: bytes, **entries: Any) -> pikepdf.Stream:  # noqa: ANN401
    pdf = pikepdf.new()
    made_stream = pdf.make_stream(data)
    for key, value in entries.items():
        made_stream[f"/{key}"] = value
    KEPT.append(pdf)
    return made_stream


KEPT: list[pikepdf.Pdf] = []
"""Files whose streams are asked: a stream does not outlive its file."""


def program(text: str, inputs: int = 1, outputs: int = 1) -> pikepdf.Stream:
    limits = {"Domain": Array([-100, 100] * inputs), "Range": Array([-1000, 1000] * outputs)}
    return stream(text.encode(), FunctionType=4, **limits)


def test_a_power_goes_from_first_to_last() -> None:
    run = made(power([0, 1], [1, 0], 2))
    assert run((0.5,)) == (0.25, 0.75)
    assert run((7,)) == (1, 0)


def test_functions_side_by_side_share_a_domain() -> None:
    both = Dictionary(
        FunctionType=3,
        Domain=[0, 1],
        Bounds=[0.5],
        Encode=[0, 1, 1, 0],
        Functions=Array([power([0], [1]), power([0], [10])]),
    )
    run = made(both)
    assert [run((x,))[0] for x in (0, 0.25, 0.5, 0.75, 1)] == [0, 0.5, 10, 5, 0]


def test_an_array_of_functions_gives_all_results() -> None:
    assert made(Array([power([0], [1]), power([1], [0])]))((0.25,)) == (0.25, 0.75)


@pytest.mark.parametrize(
    ("bits", "data", "middle"),
    [(8, b"\x00\xff", 0.5), (16, b"\x00\x00\xff\xff", 0.5), (1, b"\x40", 0.5), (4, b"\x0f", 0.5)],
)
def test_samples_are_interpolated(bits: int, data: bytes, middle: float) -> None:
    entries = {"FunctionType": 0, "Domain": [0, 1], "Range": [0, 1], "Size": [2]}
    run = made(stream(data, BitsPerSample=bits, **entries))
    assert run((0.5,)) == pytest.approx((middle,))
    assert (run((0,)), run((1,))) == ((0.0,), (1.0,))


def test_samples_of_two_inputs_vary_fastest_in_the_first() -> None:
    entries = {"FunctionType": 0, "Domain": [0, 1, 0, 1], "Range": [0, 255], "Size": [2, 2]}
    run = made(stream(bytes([0, 10, 100, 200]), BitsPerSample=8, **entries))
    assert [run(place)[0] for place in ((0, 0), (1, 0), (0, 1), (1, 1))] == [0, 10, 100, 200]
    assert run((0.5, 0.5)) == pytest.approx((77.5,))


def test_samples_that_end_early_cannot_be_computed() -> None:
    entries = {"FunctionType": 0, "Domain": [0, 1], "Range": [0, 1], "Size": [9]}
    with pytest.raises(ValueError, match="early"):
        made(stream(b"\x00", BitsPerSample=8, **entries))((1,))


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{ 2 mul 1 add }", (3,), (7,)),
        ("{ dup mul }", (3,), (9,)),
        ("{ 2 copy add 3 1 roll pop pop }", (3, 4), (7,)),
        ("{ exch sub }", (3, 4), (1,)),
        ("{ 1 index }", (3, 4), (3, 4, 3)),
        ("{ dup 0 lt { neg } if }", (-5,), (5,)),
        ("{ 0 gt { 1 } { 2 } ifelse }", (-5,), (2,)),
        ("{ sqrt round }", (10,), (3,)),
        ("{ 7 mod 2 bitshift }", (12,), (20,)),
        ("{ 90 sin 0 cos add exch pop }", (0,), (2,)),
        ("{ cvi 3 idiv % a note\n }", (10,), (3,)),
        ("{ 3 gt true and not { 1 } { 0 } ifelse }", (4,), (0,)),
        ("{ 1 0 atan exch pop }", (0,), (90,)),
        ("{ 5 and 2 or 1 xor }", (4,), (7,)),
        ("{ ceiling floor abs truncate ln cvr }", (1,), (0,)),
        ("{ 2 exp 100 log add }", (3,), (11,)),
    ],
)
def test_a_calculator_reckons(
    text: str, values: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    run = made(program(text, len(values), len(expected)))
    assert run(values) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "{ 0 div }",
        "{ pop pop }",
        "{ -1 sqrt }",
        "{ 99 copy }",
        "{ 99 index }",
        "{ if }",
        f"{{ {'dup ' * 200} }}",
        "{ -8 0.5 exp }",
        "{ 9 5 roll }",
    ],
)
def test_a_calculator_that_fails_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"calculator|math"):
        made(program(text))((1,))


@pytest.mark.parametrize(
    "thing",
    [
        Dictionary(),
        Dictionary(FunctionType=9, Domain=[0, 1]),
        Dictionary(FunctionType=2),
        Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array([])),
        Array([]),
        5,
        None,
    ],
)
def test_what_is_no_function_is_none(thing: Any) -> None:  # noqa: ANN401
    assert function(thing) is None


@pytest.mark.parametrize("text", ["", "2 mul", "{ 2 mul", "{ frobnicate }", "{ " * 50])
def test_what_is_no_program_is_none(text: str) -> None:
    assert function(program(text)) is None


def test_a_function_that_holds_itself_is_none_or_fails() -> None:
    pdf = pikepdf.new()
    loop = pdf.make_indirect(
        Dictionary(FunctionType=3, Domain=[0, 1], Bounds=Array([]), Encode=[0, 1])
    )
    loop.Functions = Array([loop])
    run = function(loop)
    if run:
        with pytest.raises(ValueError, match="missing"):
            run((0.5,))
