"""Comparison: every page of an issue against the page that it was.

In: two sides. Out: a `Comparison`. Text comes before pixels: what the words explain, in
millimetres, is left out of the pixels; what remains is a picture, a colour or a drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from newsletter.review.alignment import Pair, align
from newsletter.review.behind import with_passages
from newsletter.review.causes import with_causes
from newsletter.review.classes import Area, Change, ComparedPage, Comparison, Kind
from newsletter.review.collation import Told, collate, is_same
from newsletter.review.letters import LetteredPage
from newsletter.review.metadata import differing_metadata
from newsletter.review.observations import explained, observed
from newsletter.review.pixels import DIGEST_DPI, draw_page
from newsletter.review.plates import Plate, area, matched, plate_changes
from newsletter.review.remainder import Frame, Region, remainder
from newsletter.review.shades import JUST_NOTICEABLE
from newsletter.review.sides import Side, smallest_block

PX_PER_MM = DIGEST_DPI / 25.4
SAME_SIZE_MM = 0.1
FLOWED = 0.2
"""A page without a partner of whose words this share came from others is no page of its own: it
is there because lines flow, and what else stands on it is told as words."""
EDGE_PX = 2
Progress = Callable[[int, int], None]


def compare(old: Side, new: Side, progress: Progress = lambda _done, _all: None) -> Comparison:
    """Compare two sides; `progress` is told how many pages of how many are done."""
    pairs = align(old, new)
    told = collate(old, new, pairs)
    pages = []
    for done, words in enumerate(told, 1):
        pages.append(_compared(old, new, words))
        progress(done, len(told))
    pages = with_passages(with_causes(pages), old.manuscript, new.manuscript)
    return Comparison(tuple(pages), tuple(differing_metadata(old.pdf, new.pdf)))


def _compared(old: Side, new: Side, told: Told) -> ComparedPage:
    pair = told.pair
    one, two = (None if n is None else n + 1 for n in (pair.old, pair.new))
    if is_same(old, new, pair):
        return ComparedPage(one, two, Kind.ORDER if pair.went else Kind.IDENTICAL)
    if pair.old is None or pair.new is None:
        changes = _lone(old, new, told)
    else:
        changes = _both(old, new, told, pair.old, pair.new)
    if pair.went:
        changes = [Change(Kind.ORDER, "page"), *changes]
    kind = max((change.kind for change in changes), default=Kind.IDENTICAL)
    return ComparedPage(
        one,
        two,
        kind,
        tuple(sorted(changes, key=lambda change: -change.kind)),
        folio=_folio(pair),
        crossed=told.crossed,
    )


def _lone(old: Side, new: Side, told: Told) -> list[Change]:
    """Return what a page without a partner is: new, removed, or only what flowed there."""
    is_new = told.pair.new is not None
    flowed = told.arrived if is_new else told.left
    pages = (
        None if told.pair.old is None else old.page(told.pair.old),
        None if told.pair.new is None else new.page(told.pair.new),
    )
    if told.words and len(flowed) >= FLOWED * told.words:
        return observed(told, *pages, _blocks(old, new, told.pair))
    return [Change(Kind.NEW if is_new else Kind.REMOVED, "page")]


def _blocks(old: Side, new: Side, pair: Pair) -> tuple[Any, Any]:
    return (
        () if pair.old is None else old.blocks_on(pair.old),
        () if pair.new is None else new.blocks_on(pair.new),
    )


def _both(old: Side, new: Side, told: Told, one: int, two: int) -> list[Change]:
    """Return the changes between two pages: of text, of pictures, and what remains."""
    before, now = old.page(one), new.page(two)
    blocks = _blocks(old, new, told.pair)
    changes = observed(told, before, now, blocks)
    plates, gone, come = matched(*blocks) if all(blocks) else ([], [], [])
    changes += plate_changes(plates, gone, come)
    if not _same_size(before, now):
        sizes = [f"{page.width_mm:.1f} × {page.height_mm:.1f} mm" for page in (before, now)]
        return [Change(Kind.SIZE, "page", before=sizes[0], now=sizes[1]), *changes]
    drawings = _alike(_drawn(old, one), _drawn(new, two))
    hidden = [_frame(part) for part in explained(told, before, now)]
    hidden += [_frame(area(block)) for block in (*gone, *come)]
    for plate in plates:
        if plate.is_moved or plate.is_resized:
            hidden += [_frame(area(plate.old)), _frame(area(plate.new))]
        if plate.is_moved and _shows_another(plate, *drawings):
            changes.append(_plate_change(plate))
    if _flows(changes):
        hidden += _outside(plates, drawings[0].shape)
    ways = {_pixels(c): (c.dx_mm, c.dy_mm) for c in changes if c.kind is Kind.MOVED}
    rest = remainder(*drawings, hidden, list(ways))
    return changes + [_remaining(region, blocks, ways) for region in rest]


def _same_size(one: LetteredPage, two: LetteredPage) -> bool:
    apart = max(abs(one.width_mm - two.width_mm), abs(one.height_mm - two.height_mm))
    return apart < SAME_SIZE_MM


def _flows(changes: Sequence[Change]) -> bool:
    """Tell whether lines moved in several ways, so that grounds and rules follow them."""
    ways = {(c.dx_mm, c.dy_mm) for c in changes if c.kind is Kind.MOVED}
    return len(ways) > 1 or any(c.kind in (Kind.TEXT, Kind.REFLOW, Kind.ORDER) for c in changes)


def _outside(plates: Sequence[Plate], shape: tuple[int, ...]) -> list[Frame]:
    """Return frames that hide all of a page but the pictures that stayed where they were.

    The rest of a page whose lines flow has grounds, rules and borders that go with the lines.
    """
    height, width = shape[:2]
    stayed = [_frame(area(p.new)) for p in plates if not (p.is_moved or p.is_resized)]
    frames, top = [], 0
    for frame in sorted(stayed, key=lambda frame: frame.top):
        frames += [
            Frame(0, top, width, max(top, frame.top)),
            Frame(0, frame.top, max(0, frame.left), frame.bottom),
            Frame(max(0, frame.right), frame.top, width, frame.bottom),
        ]
        top = max(top, frame.bottom)
    return [*frames, Frame(0, top, width, height)]


def _drawn(side: Side, page: int) -> Any:  # noqa: ANN401 - an array of numpy
    import numpy as np

    return np.asarray(draw_page(side.pdf, page, DIGEST_DPI))


def _alike(old: Any, new: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return two drawings without the line of dots that one has more: A4 is rounded differently."""
    height, width = (min(sides) for sides in zip(old.shape[:2], new.shape[:2], strict=True))
    return old[:height, :width], new[:height, :width]


def _frame(part: Area) -> Frame:
    left, top, width, height = (length * PX_PER_MM for length in part)
    return Frame(
        int(left) - EDGE_PX,
        int(top) - EDGE_PX,
        int(left + width) + 1 + EDGE_PX,
        int(top + height) + 1 + EDGE_PX,
    )


def _pixels(change: Change) -> tuple[int, int]:
    return round(change.dx_mm * PX_PER_MM), round(change.dy_mm * PX_PER_MM)


def _shows_another(plate: Plate, old: Any, new: Any) -> bool:  # noqa: ANN401
    """Tell whether a picture that moved shows something else now, but for its edges."""
    inset = 2 * EDGE_PX
    width, height = (int(mm * PX_PER_MM) - 2 * inset for mm in area(plate.new)[2:])
    cuts = []
    for block, drawing in ((plate.old, old), (plate.new, new)):
        left, top = (round(mm * PX_PER_MM) + inset for mm in (block.left_mm, block.top_mm))
        cuts.append(drawing[max(0, top) : top + height, max(0, left) : left + width])
    if cuts[0].shape != cuts[1].shape or not cuts[0].size:
        return False
    one, two = (cut.astype("float32").mean(axis=2) for cut in cuts)
    contrast = max(float(one.std()), float(two.std()), 1.0)
    return float(abs(one - two).mean()) > contrast / 2


def _plate_change(plate: Plate) -> Change:
    return Change(
        Kind.PICTURE,
        "picture",
        1,
        old_area=area(plate.old),
        new_area=area(plate.new),
        origin=plate.new.origin,
        article=plate.new.article,
    )


def _remaining(
    region: Region, blocks: tuple[Any, Any], ways: Mapping[tuple[int, int], tuple[float, float]]
) -> Change:
    """Return what remains in pixels as a change in millimetres; what went with lines as they."""
    way_px = region.dx_px, region.dy_px
    dx, dy = ways.get(way_px) or (round(px / PX_PER_MM, 2) for px in way_px)
    left, top, right, bottom = (round(px / PX_PER_MM, 2) for px in region.frame)
    place = left, top, round(right - left, 2), round(bottom - top, 2)
    middle = (left + right) / 2, (top + bottom) / 2
    block = smallest_block(blocks[1], *middle) or smallest_block(blocks[0], *middle)
    kinds = {"colour": Kind.COLOUR, "moved": Kind.MOVED, "picture": Kind.PICTURE}
    kind = kinds[region.how]
    if region.how != "moved" and region.delta_e <= JUST_NOTICEABLE:
        kind = Kind.IMPERCEPTIBLE
    change = Change(
        kind,
        "drawing",
        1,
        *region.colours,
        dx_mm=dx,
        dy_mm=dy,
        delta_e=round(region.delta_e, 2),
        old_area=place,
        new_area=place,
    )
    return replace(change, origin=block.origin, article=block.article) if block else change


def _folio(pair: Pair) -> tuple[str, str] | None:
    """Return the numbers of a page where it has another one now."""
    if pair.old is None or pair.new is None or pair.old == pair.new:
        return None
    return str(pair.old + 1), str(pair.new + 1)
