"""Operators with numbers alone are read in one go, and as they are read word by word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.preflight.content import tokens
from newsletter.preflight.content.tokens import Operands, Words

PIECES = [
    *(b"1 ", b"-2.5 ", b".5 ", b"5.\n", b"--5 ", b"1e5 ", b"9", b"1 2 3 4 5 6 7 8 "),
    *(b"m ", b"l\n", b"re", b" f*", b"gs ", b"' ", b"d0 ", b"d12345 ", b"BT "),
    *(b"true ", b"null ", b"/N ", b"(s)", b"[1 2 (x)]", b"<<", b">>", b"<41>", b"]", b"{"),
    *(b"BI /W 1 ID xx EI ", b"BI ", b"\0", b"%c\n"),
]


def read(data: bytes) -> tuple[list[tuple[str, Operands]], int]:
    words = Words(data)
    return list(words), words.damage


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_they_are_the_same_words(data: bytes) -> None:
    at_once = read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "NUMERIC", re.compile(rb"(?!)"))
        assert read(data) == at_once
