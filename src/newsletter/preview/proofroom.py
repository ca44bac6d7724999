"""The proof room: a process kept warm, with its libraries loaded, that lays an issue out.

In: `Order`s through a pipe; of several only the last counts. Out, for each: a `Glimpse` of the
pages whose lines or blocks changed, as soon as they can be drawn, and then an `Impression` of
the whole; or `Spoilt`. Nothing is written. It ends when the other end of the pipe does.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from newsletter import checking, edition
from newsletter.compose.galley import Galley
from newsletter.diagnostics import Refused, in_order
from newsletter.geometry import PT_PER_MM
from newsletter.issue.loader import load_copy
from newsletter.layouts.spec import LayoutFile
from newsletter.press.finish import finish
from newsletter.preview.leaf import Glimpse, Impression, Leaf, Order, Print, Sheet, Spoilt
from newsletter.preview.signatures import page_signatures
from newsletter.render import Pages, render
from newsletter.review.pixels import DIGEST_DPI, draw, draw_page, page_digest
from newsletter.review.proof import ProofPage, proof_pages
from newsletter.subedit import read_issue
from newsletter.typesetting.areas import type_areas

UNKNOWN = ""
FONTS = frozenset({".otf", ".ttf"})
MOST_GLIMPSED = 6
"""If more pages changed than these the whole is as quick."""
MOST_KEPT = 2000
FASTEST_PNG = 1


@dataclass(slots=True)
class ProofRoom:
    """Remembers the pages it made last, so that only what changed is drawn again."""

    traces: list[str] = field(default_factory=list)
    looks: dict[str, str] = field(default_factory=dict)
    """The digest of each page that was drawn, by its signature."""
    fonts: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """When each font's file was written, and its size."""

    def make(
        self,
        order: Order,
        hand_out: Callable[[Print], None],
        is_outdated: Callable[[], bool] = lambda: False,
    ) -> None:
        """Lay out what is ordered and hand out what is made of it.

        Where a newer order waits after a glimpse, the whole is left to that one.
        """
        try:
            self._make(order, hand_out, is_outdated)
        except Refused as refusal:
            hand_out(Spoilt(order.number, tuple(refusal.diagnostics)))

    def _make(
        self, order: Order, hand_out: Callable[[Print], None], is_outdated: Callable[[], bool]
    ) -> None:
        root = Path(order.root)
        copy = load_copy(root, order.issue)
        galley = checking.compose(copy, order.layout)
        self._mind_fonts(galley)
        pages = edition.even(render(galley), order.layout)
        blank = proof_pages(pages, [UNKNOWN] * pages.count)
        changed = self._changed(blank)
        if order.is_text and 0 < len(changed) <= MOST_GLIMPSED:
            hand_out(self._glimpse(order, pages, blank, changed))
            if is_outdated():
                return
        hand_out(self._impression(order, pages, blank))

    def _mind_fonts(self, galley: Galley) -> None:
        """Forget how pages look when a font's file is another one: signatures leave fonts out."""
        files = [path for path in galley.assets.values() if path.suffix in FONTS]
        stamps = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}
        if any(self.fonts.get(path, stamp) != stamp for path, stamp in stamps.items()):
            self.looks.clear()
        self.fonts |= stamps

    def _changed(self, pages: tuple[ProofPage, ...]) -> list[int]:
        """Return the pages, counted from 0, whose lines or blocks are not those of last time."""
        before, self.traces = self.traces, [trace(page) for page in pages]
        known = len(before)
        return [
            index for index, now in enumerate(self.traces) if index >= known or before[index] != now
        ]

    def _glimpse(
        self, order: Order, pages: Pages, blank: tuple[ProofPage, ...], changed: list[int]
    ) -> Glimpse:
        spec = pages.galley.layout.spec
        document = pages.document.copy([pages.document.pages[index] for index in changed])
        bled, _told = replace(pages, document=document).write(tagged=False)
        trimmed = finish(bled, spec.page)
        drawn = list(draw(trimmed, DIGEST_DPI))
        areas = type_areas(pages.document)
        leaves = [
            Leaf(replace(blank[index], digest=page_digest(image)), areas[index])
            for index, image in zip(changed, drawn, strict=True)
        ]
        pictures = tuple(as_png(image) for image in drawn)
        return Glimpse(order.number, pages.count, tuple(leaves), trimmed, bled, pictures)

    def _impression(self, order: Order, pages: Pages, blank: tuple[ProofPage, ...]) -> Impression:
        galley = pages.galley
        bled, told = pages.write(tagged=False)
        trimmed = finish(bled, galley.layout.spec.page)
        found = [*read_issue(galley.copy.issue), *galley.warnings, *pages.findings, *told]
        looks, areas = self._looks(trimmed), type_areas(pages.document)
        return Impression(
            order=order.number,
            leaves=tuple(
                Leaf(replace(page, digest=look), area)
                for page, look, area in zip(blank, looks, areas, strict=True)
            ),
            trimmed=trimmed,
            bled=bled,
            sheet=sheet_of(galley.layout.spec),
            findings=tuple(in_order(found)),
        )

    def _looks(self, data: bytes) -> list[str]:
        """Return the digest of every page; only pages with a new signature are drawn."""
        if len(self.looks) > MOST_KEPT:
            self.looks.clear()
        looks = []
        for index, signature in enumerate(page_signatures(data)):
            if signature not in self.looks:
                self.looks[signature] = page_digest(draw_page(data, index, DIGEST_DPI))
            looks.append(self.looks[signature])
        return looks


def trace(page: ProofPage) -> str:
    """Return a digest of where a page's lines and blocks stand and of what they say.

    It is quick and does not see all: a colour, or what a picture shows, leaves it as it is.
    """
    digest = hashlib.sha256()
    for line in page.lines:
        seen = line.text, line.x_mm, line.baseline_mm, line.width_mm, line.stretch, line.white
        digest.update(repr(seen).encode("utf-8"))
    for block in page.blocks:
        seen_block = block.element, block.left_mm, block.top_mm, block.width_mm, block.height_mm
        digest.update(repr(seen_block).encode("utf-8"))
    return digest.hexdigest()


def sheet_of(spec: LayoutFile) -> Sheet:
    """Return the measures of a layout's page."""
    page, grid = spec.page, spec.grid
    return Sheet(
        width=page.width_mm,
        height=page.height_mm,
        bleed=page.bleed_mm,
        cover=page.cover,
        body=grid.body_pt / PT_PER_MM,
        leading=grid.leading_pt / PT_PER_MM,
        columns=grid.columns,
        column=grid.column_width_pt / PT_PER_MM,
        gap=grid.column_gap_pt / PT_PER_MM,
    )


def as_png(image: object) -> bytes:
    """Return an image as PNG, quickly rather than small: it goes no further than this machine."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=FASTEST_PNG)  # type: ignore[attr-defined]
    return out.getvalue()


# The process --------------------------------------------------------------------------------


def work(pipe: Connection) -> None:
    """Take orders until nobody gives any; a terminal's Ctrl-C is the other process's to obey."""
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    room = ProofRoom()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            order = _last_order(pipe)
            gc.disable()  # what a layout makes lives as long as the layout
            try:
                room.make(order, pipe.send, pipe.poll)
            finally:
                gc.enable()
                gc.collect()


def _last_order(pipe: Connection) -> Order:
    """Wait for an order; of those that wait already take the last, which counts for all."""
    order: Order = pipe.recv()
    while pipe.poll():
        newer: Order = pipe.recv()
        order = replace(newer, is_text=newer.is_text and order.is_text)
    return order
