"""What is measured on the pages of a build: ink, likeness, words, bytes."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.press import raster
from bench.press.colour import Proof
from bench.press.editions import ISSUE, PROFILES, ROOT, Built
from bench.press.likeness import likeness
from newsletter import edition
from newsletter.preflight.completeness import page_texts
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.finished import inspect_file

FULL = 255


def preflighted(files: Built) -> Iterator[str]:
    """Yield what preflight says of every file, each of its findings by name."""
    yield "| file | rules passed | warned | failed | not checked |"
    yield "|---|---|---|---|---|"
    found = []
    for profile, path in (
        ("press-coated", files.print),
        ("screen", files.screen),
        ("archive", files.archive),
    ):
        report = inspect_file(path.name, path.read_bytes(), profile, Conditions(210, 297)).report
        counts = Counter(outcome.verdict for outcome in report.outcomes)
        verdicts = ("passed", "warned", "failed", "not checked")
        yield f"| {path.name} | {' | '.join(str(counts[verdict]) for verdict in verdicts)} |"
        found += [f"- {path.name}: {f.code}, {f.message('en')}" for f in report.findings]
    yield ""
    yield from found or ["No findings."]
    yield ""


def pages(files: Built) -> Iterator[str]:
    """Yield the most ink of each page inside the bleed, and how alike it is to the screen's."""
    proof = Proof(files.order.separation.condition.icc)
    yield "| page | most ink inside the bleed, % | print and screen alike inside the trim |"
    yield "|---|---|---|"
    most, least = 0.0, 1.0
    for page in range(1, files.pages + 1):
        ink, alike = _inked(files, page), _alike(files, page, proof)
        most, least = max(most, ink), min(least, alike)
        yield f"| {page} | {ink:.1f} | {alike:.4f} |"
    yield f"| all | {most:.1f} (limit {files.order.separation.ink_limit:g}) | {least:.4f} (least) |"
    yield ""


def _inked(files: Built, page: int) -> float:
    inks = raster.pixels(files.print, page, "tiff32nc", "BleedBox")
    return float(inks.sum(axis=2, dtype=int).max()) / FULL * 100


def _alike(files: Built, page: int, proof: Proof) -> float:
    """Return the likeness of both pages, the screen's seen through the profile of the press."""
    inks = raster.pixels(files.print, page, "tiff32nc", "TrimBox")
    shown = raster.pixels(files.screen, page, "tiff24nc", "TrimBox")
    height, width = (min(a, b) for a, b in zip(inks.shape[:2], shown.shape[:2], strict=True))
    printed, meant = inks[:height, :width], proof.ink(shown[:height, :width])
    return likeness(proof.rgb(printed), proof.rgb(meant))


def words(files: Built) -> Iterator[str]:
    """Yield whether both files give the same text, page by page."""
    texts = zip(
        page_texts(files.screen.read_bytes()), page_texts(files.print.read_bytes()), strict=True
    )
    other = [number for number, (screen, printed) in enumerate(texts, 1) if screen != printed]
    told = f"pages with other text: {other}" if other else "equal on all pages"
    yield f"Text read from print and screen (PDFium): {told}."
    yield ""


def again(layout: str, files: Built) -> Iterator[str]:
    """Yield whether a second build, elsewhere, gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        second = edition.build(ROOT, ISSUE, PROFILES, Path(folder), layout=layout)
    told = "the same" if dict(second.digests) == files.digests else "NOT the same"
    yield f"Bytes of a second build in another folder: {told}."
    yield ""
