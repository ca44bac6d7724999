"""Words as outlines: the font is read no further than its glyphs are drawn."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from newsletter.press import lettering
from newsletter.press.lettering import Lettering
from newsletter.resources import packaged

FONTS = ("noto-sans-sc/NotoSansSC-Regular.otf", "wenkai/WenKai-Regular.ttf")


@pytest.mark.parametrize("name", FONTS)
def test_the_metrics_are_those_of_the_font(name: str) -> None:
    path: Path = packaged() / "fonts" / name
    font, read = TTFont(io.BytesIO(path.read_bytes()), lazy=True), Lettering(path)._font
    glyphs = font.getGlyphOrder()
    for tag in ("hmtx", "vmtx"):
        if tag in font:
            for glyph in [*glyphs[:50], *glyphs[-50:]]:
                assert tuple(read[tag][glyph]) == tuple(font[tag].metrics[glyph])


def test_words_come_out_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    path = packaged() / "fonts" / FONTS[0]
    letters = Lettering(path)
    first = letters.path("第 1 页", 6.0, 10.0, 20.0)
    assert letters.path("第 1 页", 6.0, 10.0, 20.0) == first
    assert letters.path("第 1 页", 6.0, 11.0, 20.0) != first
    assert letters.path("第 2 页", 6.0, 10.0, 20.0) != first
    monkeypatch.setattr(lettering, "MOST_PLACED", 2)
    assert letters.path("第 1 页", 6.0, 10.0, 20.0) == first
    assert Lettering(path).path("第 1 页", 6.0, 10.0, 20.0) == first
