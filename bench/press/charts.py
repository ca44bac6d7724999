"""How near the inks come to Little CMS's separation: over a chart, and over every picture.

Each is made as a PDF in sRGB and sent through the press; then both are turned into pixels, and
the printed ones compared with what Little CMS makes of the flattened ones on the screen.
"""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from bench.press import raster
from bench.press.colour import Proof, summary
from bench.press.editions import ISSUE, ROOT
from newsletter import checking
from newsletter.compose.galley import Galley
from newsletter.issue.loader import load_copy
from newsletter.press.printing import PrintOrder, print_file
from newsletter.printroom import print_order

STEPS = 17
"""Levels of each of red, green and blue in the chart."""
PATCH_PT = 5
PAGE = (420, 595)


def lines() -> Iterator[str]:
    """Yield the table of colour errors."""
    galley = checking.compose(load_copy(ROOT, ISSUE))
    order = print_order(galley)
    proof = Proof(order.separation.condition.icc)
    yield "## Error of colours"
    yield ""
    yield "CIEDE2000 between the ink and Little CMS's separation of the flattened pixels, 150 dpi."
    yield "Neutrals go on black alone and text has an ink of the layout, so they differ by intent."
    yield "The most is a single pixel at an edge, where the two rasters put it on different sides."
    yield ""
    yield "| what | mean | 95 % | most |"
    yield "|---|---|---|---|"
    yield _row(f"chart, {STEPS}³ colours", _chart(), order, proof)
    for name, data in _pictures(galley):
        yield _row(name, data, order, proof)
    yield ""


def _row(name: str, data: bytes, order: PrintOrder, proof: Proof) -> str:
    with tempfile.TemporaryDirectory() as folder:
        screen, printed = Path(folder) / "screen.pdf", Path(folder) / "print.pdf"
        screen.write_bytes(data)
        printed.write_bytes(print_file(data, order))
        rgb = raster.pixels(screen, 1, "tiff24nc", "TrimBox")
        ink = raster.pixels(printed, 1, "tiff32nc", "TrimBox")
    height, width = (min(a, b) for a, b in zip(rgb.shape[:2], ink.shape[:2], strict=True))
    mean, most_of_them, most = summary(rgb[:height, :width], ink[:height, :width], proof)
    return f"| {name} | {mean:.2f} | {most_of_them:.2f} | {most:.2f} |"


def _chart() -> bytes:
    """Return a page of patches, 17 levels of each colour."""
    levels = [round(step * 255 / (STEPS - 1)) for step in range(STEPS)]
    columns = PAGE[0] // PATCH_PT
    operators = []
    for number, colour in enumerate(itertools.product(levels, repeat=3)):
        x, y = number % columns * PATCH_PT, number // columns * PATCH_PT
        parts = " ".join(f"{level / 255:.5f}" for level in colour)
        operators.append(f"{parts} rg {x} {y} {PATCH_PT} {PATCH_PT} re f")
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        page.obj.Contents = pikepdf.Stream(pdf, "\n".join(operators).encode())
        page.obj.TrimBox = page.obj.MediaBox
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _pictures(galley: Galley) -> Iterator[tuple[str, bytes]]:
    """Yield each picture of the issue, as wide as the page."""
    from weasyprint import HTML

    names = dict.fromkeys(picture.file for picture in galley.copy.issue.pictures())
    style = "@page{size:210mm 297mm;margin:0} img{width:210mm;display:block}"
    for name in names:
        folder = (galley.copy.folder / name).parent
        html = f'<style>{style}</style><img src="{Path(name).name}" alt="">'
        data = HTML(string=html, base_url=f"{folder.as_uri()}/").write_pdf(pdf_tags=False)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.pages[0].obj.TrimBox = pdf.pages[0].obj.MediaBox
            out = io.BytesIO()
            pdf.save(out)
        yield Path(name).stem, out.getvalue()
