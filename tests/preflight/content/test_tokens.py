"""Content streams are taken apart as ISO 32000 writes them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from newsletter.preflight.content.tokens import Words


@pytest.mark.parametrize(
    ("data", "operands"),
    [
        (b"1 -2.5 +3 .5 4. x", [1.0, -2.5, 3.0, 0.5, 4.0]),
        (b"(a(b)c) x", [b"a(b)c"]),
        (rb"(a\)\n\101\7\x\\) x", [b"a)\nA\x07x\\"]),
        (b"(a\\\nb) x", [b"ab"]),
        (b"<48 65 6> x", [b"He`"]),
        (b"/Name /A#20B /#E7#BB#BF x", ["Name", "A B", "绿"]),
        (b"[1 (a) [2]] x", [[1.0, b"a", [2.0]]]),
        (b"<</A 1/B [true null]>> x", [{"A": 1.0, "B": [True, None]}]),
        (b"1 % a note (\r 2 x", [1.0, 2.0]),
        (b"1(a)/N[2]x", [1.0, b"a", "N", [2.0]]),
    ],
)
def test_operands_are_read(data: bytes, operands: list[Any]) -> None:
    words = Words(data)
    assert list(words) == [("x", operands)]
    assert not words.damage


@pytest.mark.parametrize(
    ("data", "operands"),
    [(b"--5 x", [5.0]), (b"1.2.3 x", [1.2]), (b"1-2 x", [1.0]), (b"- x", [0.0])],
)
def test_numbers_that_are_written_wrongly_are_taken_as_readers_do(
    data: bytes, operands: list[float]
) -> None:
    words = Words(data)
    assert list(words) == [("x", operands)]
    assert words.damage


def test_an_inline_image_gives_its_entries_and_its_bytes() -> None:
    data = b"q BI /W 2 /H 1 /F [/AHx] ID \x00EI\xff) EI Q"
    operators = list(Words(data))
    assert [operator for operator, _ in operators] == ["q", "BI", "Q"]
    assert operators[1][1] == [{"W": 2.0, "H": 1.0, "F": ["AHx"]}, b"\x00EI\xff)"]


def test_names_in_other_encodings_keep_their_bytes() -> None:
    ((_, (name,)),) = Words("/宋体 x".encode("gbk"))
    assert name.encode("utf-8", "surrogateescape") == "宋体".encode("gbk")


@pytest.mark.parametrize(
    "data", [b" " * 10**6, b"%" * 10**6, b"(" * 10**5, b"[" * 10**5, b"1 " * 10**5]
)
def test_odd_streams_take_no_longer_than_others(data: bytes) -> None:
    begun = time.monotonic()
    assert list(Words(data)) == []
    assert time.monotonic() - begun < 5
