"""ToUnicode maps are whole where they are as builds write them."""

from __future__ import annotations

import re

import pytest
from pikepdf import Dictionary, Name, Pdf, Stream

from newsletter.preflight.unicode import font_map, is_whole
from preflight.breaking import broken


def a_map() -> bytes:
    found: list[bytes] = []
    broken(lambda pdf: found.append(first_font(pdf).ToUnicode.read_bytes()))
    return found[0]


def first_font(pdf: Pdf) -> Dictionary:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def whole(data: bytes) -> bool:
    with Pdf.new() as pdf:
        font = Dictionary(Subtype=Name.Type0, ToUnicode=Stream(pdf, data))
        return is_whole(font_map(font))


def test_the_map_of_a_build_is_whole() -> None:
    assert whole(a_map())


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (rb"\n<[0-9a-f]{4}> <[0-9a-f]{4}>\nendbfchar", rb"\nendbfchar"),
        (rb"\n(<[0-9a-f]{4}> <[0-9a-f]{4}>\n)", rb"\n\1\1"),
        (rb"\n<[0-9a-f]{4}> (<[0-9a-f]{4}>\n<[0-9a-f]{4}>)", rb"\n<0001> \1"),
        (rb"(\n<[0-9a-f]{4}>) <[0-9a-f]{4}>", rb"\1 <>"),
        (rb"(\n<[0-9a-f]{2})", rb"\1 "),
        (rb"endbfchar", rb"endbfrange"),
        (rb"endcmap", rb"1 beginbfrange\n<0001> <0002> <0041>\nendbfrange\nendcmap"),
        (rb"endcmap(.|\n)*", rb""),
        (rb"<0000> <ffff>", rb"<00> <ff>"),
    ],
)
def test_a_map_that_is_written_otherwise_is_not(pattern: bytes, instead: bytes) -> None:
    changed = re.sub(pattern, instead, a_map(), count=1)
    assert changed != a_map()
    assert not whole(changed)


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("4e00", "一"),
        ("4E00", "一"),
        ("d842dfb7", "𠮷"),
        ("d842", "�"),
        ("00660069", "fi"),
        ("", ""),
    ],
)
def test_a_code_stands_for_its_text(digits: str, said: str) -> None:
    with Pdf.new() as pdf:
        data = f"1 beginbfchar\n<0007> <{digits}>\nendbfchar".encode()
        font = font_map(Dictionary(Subtype=Name.Type0, ToUnicode=Stream(pdf, data)))
    assert font.text([7]) == said
    assert font.text([7, 8]) == said
