"""The proof room: a process kept warm, with its libraries loaded, that lays an issue out.

In: `Order`s through a pipe; of several only the last counts. Out, for each: an `Impression` of the
whole, with files of the pages that had to be drawn; or `Spoilt`, at once with what is in the way
and then with all that `check` says. Before it, as soon as pages are laid out, a `Glimpse` of those
that somebody looks at and that changed, drawn from a sketch of them alone. Nothing is written. It
ends when the other end of the pipe does.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter import checking, edition
from newsletter.cache.ledger import opened
from newsletter.compose.galley import Galley
from newsletter.diagnostics import Diagnostic, Refused, in_order
from newsletter.forme import Forme
from newsletter.geometry import PT_PER_MM
from newsletter.issue.loader import load_copy
from newsletter.layouts.spec import LayoutFile
from newsletter.press.finish import finish
from newsletter.preview.drawing import drawn
from newsletter.preview.leaf import Glimpse, Impression, Leaf, Order, Print, Prints, Sheet, Spoilt
from newsletter.preview.signatures import page_signatures
from newsletter.render import Pages
from newsletter.review.pixels import DIGEST_DPI, draw, draw_page, page_digest
from newsletter.review.proof import ProofPage, proof_page, proof_pages
from newsletter.subedit import read_issue
from newsletter.typesetting.areas import Area, type_areas
from newsletter.typesetting.seam.likeness import pages_alike
from newsletter.typesetting.seam.tree import margins_of, page_boxes

UNKNOWN = ""
FONTS = frozenset({".otf", ".ttf"})
MOST_AT_ONCE = 6
"""If no more pages are to be drawn than these, a glimpse would not be quicker."""
MOST_GLIMPSED = 4
MOST_KEPT = 2000
BREATH_S = 1.0
"""So long the process waits for another order before it clears up."""
MOST_ORDERS = 12
"""After so many orders without a breath it clears up all the same."""
SECOND_WRITE_S = 0.05
"""What is wrong with a file is told if it is not written again for so long."""


class Known(NamedTuple):
    """A page as it was handed out: what it is to the renderer, what stands in its margins."""

    box: object
    margins: str
    leaf: Leaf


class ProofRoom(Struct):
    """Remembers the pages it made last, so that only what changed is laid out and drawn again."""

    forme: Forme = field(default_factory=lambda: Forme(is_lasting=True))
    known: list[Known] = field(default_factory=list)
    taken: int = 0
    looks: dict[str, str] = field(default_factory=dict)
    """The digest of each page that was drawn, by its signature."""
    fonts: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """When each font's file was written, and its size."""
    glimpsed: dict[int, tuple[object, str]] = field(default_factory=dict)
    """The pages that were glimpsed, counted from 0: what each is to the renderer, its digest."""

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
            with opened(order.root, order.issue):
                self._make(order, hand_out, is_outdated)
        except Refused as refusal:
            _spoil(order, refusal.diagnostics, hand_out, is_outdated)

    def _make(
        self, order: Order, hand_out: Callable[[Print], None], is_outdated: Callable[[], bool]
    ) -> None:
        copy = load_copy(Path(order.root), order.issue)
        # Another stylesheet has all laid out: first without fillers, whose pages then stand.
        fillers = self.forme.fillers if order.is_text else 0
        galley = checking.compose(copy, order.layout, fillers)
        self._mind_fonts(galley)
        self.glimpsed = {}
        pages = edition.lay_out(
            galley, self.forme, lambda made: self._glance(order, made, hand_out)
        )
        if self.glimpsed and is_outdated():
            return
        blank = proof_pages(pages, [UNKNOWN] * pages.count)
        standing = self._standing(pages, range(pages.count))
        hand_out(self._impression(order, pages, blank, standing))

    def _glance(self, order: Order, pages: Pages, hand_out: Callable[[Print], None]) -> None:
        """Hand out a glimpse of pages that were just laid out, if any is worth one."""
        first = self._first(order, pages)
        if not first:
            return
        sketch = pages.sketch(first, self.forme.parts)
        images = list(draw(sketch, DIGEST_DPI, range(len(first))))
        with ThreadPoolExecutor(1) as beside:
            found = beside.map(page_digest, images)
            pictures = tuple(drawn(sketch, n, order.dpi, image) for n, image in enumerate(images))
            looks = list(found)
        areas, boxes = type_areas(pages.document), page_boxes(pages.document)
        leaves = tuple(
            Leaf(proof_page(pages, index + 1, look), areas[index])
            for index, look in zip(first, looks, strict=True)
        )
        self.glimpsed = {n: (boxes[n], look) for n, look in zip(first, looks, strict=True)}
        prints = Prints(digests=tuple(looks), drawn=pictures, dpi=order.dpi)
        hand_out(Glimpse(order.number, pages.count, leaves, prints))

    def rest(self) -> None:
        """Do what will be needed for the next order, while there is none."""
        self.forme.parts.prepare()

    def _mind_fonts(self, galley: Galley) -> None:
        """Forget how pages look when a font's file is another one: signatures leave fonts out."""
        files = [path for path in galley.assets.values() if path.suffix in FONTS]
        stamps = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}
        if any(self.fonts.get(path, stamp) != stamp for path, stamp in stamps.items()):
            self.looks.clear()
        self.fonts |= stamps

    def _standing(self, pages: Pages, numbers: Iterable[int]) -> dict[int, Known]:
        """Return those of some pages, counted from 0, that look as when they were handed out."""
        if self.taken != self.forme.taken:
            self.known, self.taken = [], self.forme.taken
        known = {id(page.box): page for page in self.known}
        margins, boxes = margins_of(pages.document), page_boxes(pages.document)
        found: dict[int, Known] = {}
        for index in numbers:
            same = known.get(id(boxes[index]))
            if same is not None and same.margins == margins[index]:
                found[index] = same
            elif index < len(self.known):
                before = self.known[index]
                # A page that stands is the same object with other margins: these are asked first.
                if before.margins == margins[index] and pages_alike(before.box, boxes[index]):
                    found[index] = before
        return found

    def _first(self, order: Order, pages: Pages) -> list[int]:
        """Return the pages that are drawn before the whole: those looked at, if they changed.

        Where many are to be drawn, those edited come next.
        """
        looked_at = [number - 1 for number in order.looked_at if number <= pages.count]
        standing = self._standing(pages, looked_at)
        first = [index for index in looked_at if index not in standing]
        if order.is_text and pages.count - len(self.forme.chase.put_in) > MOST_AT_ONCE:
            standing |= self._standing(pages, range(pages.count))
            fresh = [index for index in range(pages.count) if index not in standing]
            traced = [proof_page(pages, index + 1, UNKNOWN) for index in fresh]
            first += [page.number - 1 for page in traced if self._is_changed(page)]
        return list(dict.fromkeys(first))[:MOST_GLIMPSED]

    def _is_changed(self, page: ProofPage) -> bool:
        """Tell whether the lines or blocks of a page are not those of the page of its number."""
        before = self.known[page.number - 1 : page.number]
        return not before or trace(before[0].leaf.page) != trace(page)

    def _draw(
        self, order: Order, pages: Pages, blank: Sequence[ProofPage], numbers: Sequence[int]
    ) -> tuple[dict[int, Leaf], Prints, list[Diagnostic]]:
        """Return some pages, counted from 0, with files that have these pages only."""
        if not numbers:
            return {}, Prints(), []
        bled, told = pages.part(numbers).write(tagged=False, parts=self.forme.parts)
        trimmed = finish(bled, pages.galley.layout.spec.page)
        pictures: list[bytes] = []
        if len(numbers) <= MOST_AT_ONCE:
            looks = []
            for index, number in enumerate(numbers):
                look = self._glimpsed_look(pages, number)
                if look is None:
                    image = draw_page(trimmed, index, DIGEST_DPI)
                    look = page_digest(image)
                    pictures.append(drawn(trimmed, index, order.dpi, image))
                else:
                    pictures.append(b"")
                looks.append(look)
        else:
            looks = self._looks(trimmed)
        areas = type_areas(pages.document)
        leaves = {
            index: Leaf(replace(blank[index], digest=look), areas[index])
            for index, look in zip(numbers, looks, strict=True)
        }
        return leaves, Prints(trimmed, bled, tuple(looks), tuple(pictures), order.dpi), told

    def _glimpsed_look(self, pages: Pages, number: int) -> str | None:
        """Return the digest of a page, counted from 0, that was glimpsed as it is now."""
        box, look = self.glimpsed.get(number, (None, ""))
        return look if box is page_boxes(pages.document)[number] else None

    def _impression(
        self, order: Order, pages: Pages, blank: Sequence[ProofPage], standing: dict[int, Known]
    ) -> Impression:
        galley = pages.galley
        fresh = [index for index in range(pages.count) if index not in standing]
        anew, prints, told = self._draw(order, pages, blank, fresh)
        areas = type_areas(pages.document)
        leaves = [
            anew[index] if index in anew else _again(standing[index], page, areas[index])
            for index, page in enumerate(blank)
        ]
        found = [*read_issue(galley.copy.issue), *galley.warnings, *pages.findings, *told]
        marked = zip(page_boxes(pages.document), margins_of(pages.document), leaves, strict=True)
        # What the renderer says while it writes is not known by page: then all are written again.
        self.known = [] if told else [Known(*page) for page in marked]
        return Impression(
            order=order.number,
            leaves=tuple(leaves),
            prints=prints,
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


def _spoil(
    order: Order,
    problems: Sequence[Diagnostic],
    hand_out: Callable[[Print], None],
    is_outdated: Callable[[], bool],
) -> None:
    """Hand out what is in the way at once; then, with it, all else that `check` says."""
    hand_out(Spoilt(order.number, tuple(problems), is_whole=False))
    if not is_outdated():
        said = checking.survey(Path(order.root), order.issue, order.layout).problems
        hand_out(Spoilt(order.number, tuple(in_order([*problems, *said]))))


def _again(known: Known, page: ProofPage, area: Area) -> Leaf:
    """Return a page that looks as it did; what stands on it may come from other lines of YAML."""
    return Leaf(replace(page, digest=known.leaf.page.digest), area)


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


# The process --------------------------------------------------------------------------------


def work(pipe: Connection) -> None:
    """Take orders until nobody gives any; a terminal's Ctrl-C is the other process's to obey."""
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    room, orders = ProofRoom(), 0
    gc.disable()  # what a layout makes lives as long as the layout
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            room.make(_last_order(pipe), lambda made: send(pipe, made), pipe.poll)
            orders += 1
            if orders >= MOST_ORDERS or not pipe.poll(BREATH_S):
                room.rest()
                gc.collect()
                orders = 0


def send(pipe: Connection, made: Print) -> None:
    """Send what was made; what is wrong only if the file is not being written again just now."""
    if not (isinstance(made, Spoilt) and pipe.poll(SECOND_WRITE_S)):
        pipe.send(made)


def _last_order(pipe: Connection) -> Order:
    """Wait for an order; of those that wait already take the last, which counts for all."""
    order: Order = pipe.recv()
    while pipe.poll():
        newer: Order = pipe.recv()
        order = replace(newer, is_text=newer.is_text and order.is_text)
    return order
