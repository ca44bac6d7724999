"""Write docs/gallery: every page of the issue of 2021 in every packaged layout, small.

In: the publication of this folder. Out: `docs/gallery/<layout>/<page>.jpg`, at most 60 KB each,
and a page of Markdown that shows them. `--check` says whether they are current.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from newsletter.checking import compose
from newsletter.edition import lay_out
from newsletter.issue.loader import load_copy
from newsletter.press.finish import finish

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"
ISSUE = "2021"
SCALE = 0.9
"""Pixels a point: a page of A4 is 536 wide."""
QUALITIES = (80, 70, 60, 50)
MOST_BYTES = 60_000
COARSE = (48, 68)
"""Pixels to which pages are reduced to be compared, so that another rasteriser changes nothing."""
MOST_OFF = 24
"""Levels of grey by which a pixel of these may differ; a line that moved differs by more."""


def layouts() -> list[str]:
    """Return the names of the packaged layouts."""
    return sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.yaml"))


def pages(layout: str) -> Iterator[Image.Image]:
    """Yield the pages of the issue in a layout."""
    made = lay_out(compose(load_copy(ROOT, ISSUE), layout))
    data, _problems = made.write(tagged=True)
    with pypdfium2.PdfDocument(finish(data, made.galley.layout.spec.page)) as pdf:
        for page in pdf:
            yield page.render(scale=SCALE).to_pil().convert("RGB")


def packed(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, as good as `MOST_BYTES` allows."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    message = f"a page has more than {MOST_BYTES} bytes"
    raise ValueError(message)


def differs(picture: Image.Image, path: Path) -> bool:
    """Tell whether a page looks otherwise than its file, or has none."""
    if not path.is_file():
        return True
    with Image.open(path) as kept:
        if kept.size != picture.size:
            return True
        coarse = [
            image.convert("L").resize(COARSE, Image.Resampling.BOX) for image in (picture, kept)
        ]
    return bool(ImageChops.difference(*coarse).getextrema()[1] > MOST_OFF)


def place(layout: str, number: int) -> Path:
    """Return the file of a page, counted from 1."""
    return GALLERY / layout / f"{number:02}.jpg"


def stale() -> list[str]:
    """Return the pages whose files are not current, and files that no page has."""
    found, known = [], {GALLERY / "README.md"}
    for layout in layouts():
        for number, picture in enumerate(pages(layout), start=1):
            path = place(layout, number)
            known.add(path)
            if differs(picture, path):
                found.append(str(path.relative_to(GALLERY)))
    left = {path for path in GALLERY.rglob("*") if path.is_file()} - known
    return found + sorted(str(path.relative_to(GALLERY)) for path in left)


def write() -> None:
    """Write the pages that changed, and take away those that are no more."""
    counts = {}
    for layout in layouts():
        (GALLERY / layout).mkdir(parents=True, exist_ok=True)
        counts[layout] = 0
        for number, picture in enumerate(pages(layout), start=1):
            if differs(picture, place(layout, number)):
                place(layout, number).write_bytes(packed(picture))
            counts[layout] = number
        for path in (GALLERY / layout).glob("*.jpg"):
            if int(path.stem) > counts[layout]:
                path.unlink()
    (GALLERY / "README.md").write_text("\n".join(_readme(counts)) + "\n", "utf-8")


def _readme(counts: dict[str, int]) -> Iterator[str]:
    yield f"# The pages of {ISSUE}"
    yield ""
    yield "Written by `make gallery`: the same YAML in each layout."
    for layout, count in counts.items():
        yield ""
        yield f"## {layout}"
        yield ""
        yield from (
            f'<img src="{layout}/{number:02}.jpg" alt="{layout}, page {number}" width="268">'
            for number in range(1, count + 1)
        )


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        write()
    elif found := stale():
        print("not current, run make gallery:", *found, sep="\n  ", file=sys.stderr)
        sys.exit(1)
