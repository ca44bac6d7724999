"""The trim of any page is cut out of its drawing, whatever boxes and turn it has."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array
from PIL import Image

from newsletter.archive.leaves import page_texts, pictures
from newsletter.pdf.trim import trim_of
from newsletter.review import pixels

MEDIA, CROP, TRIM = [-10, -20, 390, 580], [10, 10, 380, 570], [20, 60, 340, 540]
RED, GREEN = (255, 0, 0), (0, 255, 0)


def page(*, turn: int = 0, **boxes: list[float]) -> bytes:
    """Return a page whose trim is red but for a green square in its lower left corner."""
    left, bottom, right, top = TRIM
    red = f"1 0 0 rg {left} {bottom} {right - left} {top - bottom} re f"
    green = f"0 1 0 rg {left} {bottom} 60 60 re f"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        made = pdf.pages[0].obj
        made.Contents = pdf.make_stream(f"{red} {green}".encode())
        made.Rotate = turn
        for name, box in ({"MediaBox": MEDIA, "TrimBox": TRIM} | boxes).items():
            made[f"/{name}"] = Array(box)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def drawn(data: bytes, tmp_path: Path) -> list[Image.Image]:
    """Return what the archive keeps of a page, and what the review compares."""
    (tmp_path / "page.pdf").write_bytes(data)
    ((thumbnail, cover),) = pictures(tmp_path / "page.pdf")
    kept = [Image.open(io.BytesIO(jpeg)) for jpeg in (thumbnail, cover or b"")]
    return [*kept, pixels.draw_page(data, 0, 72)]


def is_like(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) < 40 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("crop", [MEDIA, CROP])
@pytest.mark.parametrize(("turn", "corner"), [(0, "sw"), (90, "nw"), (180, "ne"), (270, "se")])
def test_the_trim_and_nothing_else_is_drawn(
    tmp_path: Path, turn: int, corner: str, crop: list[float]
) -> None:
    for image in drawn(page(turn=turn, CropBox=crop), tmp_path):
        width, height = image.size
        assert (width > height) == (turn in (90, 270))
        places = {"sw": (5, height - 6), "nw": (5, 5), "ne": (width - 6, 5), "se": None}
        places["se"] = width - 6, height - 6
        for name, place in places.items():
            assert place is not None
            assert is_like(image.getpixel(place), GREEN if name == corner else RED)


def test_of_a_trim_beyond_what_is_shown_the_part_within_counts(tmp_path: Path) -> None:
    data = page(CropBox=[100, 100, 300, 300])
    for image in drawn(data, tmp_path):
        assert image.width == image.height
    with pypdfium2.PdfDocument(data) as pdf:
        assert trim_of(pdf[0]) == (100, 100, 300, 300)


def test_a_trim_that_is_nowhere_to_be_seen_does_not_count(tmp_path: Path) -> None:
    data = page(TrimBox=[1000, 1000, 1200, 1200])
    for image in drawn(data, tmp_path):
        assert image.height > image.width
    assert page_texts(tmp_path / "page.pdf") == [""]


def test_a_page_of_five_metres_is_drawn_with_fewer_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "MOST_PIXELS", 10_000)
    image = pixels.draw_page(
        page(MediaBox=[0, 0, 14400, 14400], TrimBox=[0, 0, 14400, 14400]), 0, 144
    )
    assert image.width * image.height <= 10_201
