"""The gallery shows the pages as they are."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import pytest
from PIL import Image, ImageDraw

import build_gallery


def test_the_gallery_is_current_and_small() -> None:
    assert build_gallery.stale() == [], "run make gallery"
    pictures = list(build_gallery.GALLERY.rglob("*.jpg"))
    assert {path.parent.name for path in pictures} == {"bulletin", "silkroad"}
    assert max(path.stat().st_size for path in pictures) <= build_gallery.MOST_BYTES


def test_a_page_that_looks_otherwise_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Image.new("RGB", (536, 758), "white")
    ImageDraw.Draw(page).rectangle((60, 100, 280, 108), fill="black")
    path = tmp_path / "01.jpg"
    path.write_bytes(build_gallery.packed(page))
    assert not build_gallery.differs(page, path)
    ImageDraw.Draw(page).rectangle((60, 120, 280, 128), fill="black")
    assert build_gallery.differs(page, path)
    assert build_gallery.differs(page, tmp_path / "02.jpg")
