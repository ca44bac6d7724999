"""Pictures of the same paragraphs by every engine, for the documentation.

In: paragraphs, engines, measures, a folder. Out: `<text>-<measure>-<engine>.png` in it, grey,
cut to the measure and to the lines, at most `MOST_BYTES` each.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import ImageDraw, ImageOps

from bench.typesetting.engines import EDGE_PT, SIZE_PT, typeset
from bench.typesetting.texts import Paragraph

SCALES = (2.0, 1.5, 1.2, 1.0)
GREYS = 16
MARGIN_PT = 6.0
MOST_BYTES = 60_000
EDGE_GREY = 200


def write(
    name: str,
    texts: Sequence[Paragraph],
    engines: Sequence[str],
    measures: Sequence[float],
    folder: Path,
) -> Iterator[Path]:
    """Write the pictures; yield their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for measure in measures:
        for engine in engines:
            path = folder / f"{name}-{measure:g}-{engine}.png"
            path.write_bytes(picture(typeset(engine, texts, measure), measure * SIZE_PT))
            yield path


def picture(data: bytes, measure: float) -> bytes:
    """Return the first page as PNG, as sharp as `MOST_BYTES` allows."""
    for scale in SCALES:
        png = _png(data, measure, scale)
        if len(png) <= MOST_BYTES:
            return png
    message = f"a picture has more than {MOST_BYTES} bytes; show fewer lines"
    raise ValueError(message)


def _png(data: bytes, measure: float, scale: float) -> bytes:
    """Draw a page with a thin line at each edge of the measure."""
    import pypdfium2

    margin = round(MARGIN_PT * scale)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        page = pdf[0].render(scale=scale, grayscale=True).to_pil()
    inked = ImageOps.invert(page).getbbox() or (0, 0, *page.size)
    left, right = round(EDGE_PT * scale), round((EDGE_PT + measure) * scale)
    part = page.crop((left - margin, inked[1], max(inked[2], right) + margin, inked[3]))
    drawn = ImageOps.expand(part, (0, margin, 0, margin), 255)
    ruler = ImageDraw.Draw(drawn)
    for x in (margin - 1, margin + right - left):
        ruler.line((x, 0, x, drawn.height), fill=EDGE_GREY)
    out = io.BytesIO()
    drawn.quantize(GREYS).save(out, "PNG", optimize=True)
    return out.getvalue()
