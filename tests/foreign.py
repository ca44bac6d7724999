"""PDFs as other programs write them: odd origins, rotations, units, boxes that are inherited."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from newsletter.resources import packaged

FONT: Path = packaged() / "fonts" / "noto-sans-sc" / "NotoSansSC-Regular.otf"
WIDTH, HEIGHT, BLEED = 200.0, 300.0, 8.0
"""The trimmed page and its bleed, in points."""
Colour = tuple[int, int, int]


def colour_of(number: int) -> Colour:
    """Return the colour of a page: no two of the first fifty are alike."""
    return 40 + number * 4, 250 - number * 4, 40 + (number % 5) * 40


@dataclass(frozen=True)
class Leaf:
    """A page filled with its colour to its bleed, with a black square in its upper left corner."""

    number: int
    rotate: int = 0
    unit: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)
    size: tuple[float, float] = (WIDTH, HEIGHT)


def made(pdf: pikepdf.Pdf, leaf: Leaf) -> pikepdf.Page:
    """Return the page of a leaf, in its own space: turned back, divided by its unit."""
    width, height = (side / leaf.unit for side in leaf.size)
    if leaf.rotate % 180:
        width, height = height, width
    bleed, side = BLEED / leaf.unit, 20 / leaf.unit
    x, y = leaf.origin
    corner = {
        0: (x, y + height - side),
        90: (x, y),
        180: (x + width - side, y),
        270: (x + width - side, y + height - side),
    }[leaf.rotate]
    red, green, blue = (part / 255 for part in colour_of(leaf.number))
    content = (
        f"{red:.4f} {green:.4f} {blue:.4f} rg"
        f" {x - 3 * bleed} {y - 3 * bleed} {width + 6 * bleed} {height + 6 * bleed} re f"
        f" 0 g {corner[0]} {corner[1]} {side} {side} re f"
    )
    page = pikepdf.Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array(grown(x, y, width, height, 2 * bleed)),
            BleedBox=Array(grown(x, y, width, height, bleed)),
            TrimBox=Array(grown(x, y, width, height, 0)[2:] + grown(x, y, width, height, 0)[:2]),
            Resources=Dictionary(),
            Contents=pdf.make_stream(content.encode()),
        )
    )
    if leaf.rotate:
        page.obj.Rotate = leaf.rotate
    if leaf.unit != 1:
        page.obj.UserUnit = leaf.unit
    return page


def grown(x: float, y: float, width: float, height: float, margin: float) -> list[float]:
    return [x - margin, y - margin, x + width + margin, y + height + margin]


def booklet(leaves: Sequence[Leaf], change: Callable[[pikepdf.Pdf], Any] | None = None) -> bytes:
    """Return a PDF of these leaves, after a change to it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for leaf in leaves:
            pdf.pages.append(made(pdf, leaf))
        if change:
            change(pdf)
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def plain(count: int) -> bytes:
    return booklet([Leaf(number) for number in range(1, count + 1)])


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(part) for part in page.obj[key]]


def rendered(data: bytes, index: int, scale: float = 1.0) -> Image.Image:
    """Draw a page without smoothing, so that an edge stands at a pixel."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        options = {"no_smoothpath": True, "no_smoothtext": True, "no_smoothimage": True}
        return pdf[index].render(scale=scale, **options).to_pil().convert("RGB")
    finally:
        pdf.close()


def is_like(found: object, wanted: Sequence[int]) -> bool:
    """Tell whether a pixel has a colour, to what rounding changes."""
    parts = found if isinstance(found, tuple) else ()
    return all(abs(a - b) <= 2 for a, b in zip(parts, wanted, strict=True))
