"""The remainder: pixels that differ where no change of words explains it.

In: both drawings of a page, and the areas that are explained. Out: regions, each of which changed
its colours, moved, or shows another picture. A region that moved is found by phase correlation
(C. Kuglin, D. Hines, The Phase Correlation Image Alignment Method, 1975).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from newsletter.review.shades import delta_e

CELL_PX = 12
"""Differences less than two cells apart belong together; at 144 dpi a cell is 2.1 mm."""
SAME_EDGES = 0.8
"""Correlation of the edges above which two pictures have one geometry."""
FAINT = 1.0
"""Edges whose sum of squares a pixel is below this are none: flat colour."""
EXPLAINED = 0.35
"""A shift is believed when it leaves at most this share of the difference."""
LARGEST_PX = 768
"""Pictures larger than this are correlated at a fraction of their dots."""
NEARLY_ALL = 99
"""The percentile of ΔE that speaks for a region."""


class Frame(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def around(self, other: Frame) -> Frame:
        """Return the rectangle around both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Region(Struct, frozen=True):
    """A region that differs; `dx_px` and `dy_px` say how far it moved, `delta_e` how much."""

    frame: Frame
    how: Literal["colour", "moved", "picture"]
    delta_e: float = 0.0
    dx_px: int = 0
    dy_px: int = 0
    colours: tuple[str, str] = ("", "")


def remainder(
    old: Any,  # noqa: ANN401 - arrays of numpy, shape (height, width, 3), bytes
    new: Any,  # noqa: ANN401
    explained: Iterable[Frame],
    shifts: Sequence[tuple[int, int]] = (),
) -> list[Region]:
    """Return the regions that differ, those that moved by a known shift first explained by it."""
    hidden = _mask(old, explained)
    differing = (old != new).any(axis=2) & ~hidden
    if not differing.any():
        return []
    frames = _frames(differing)
    whole = _moved(old, new, frames, hidden, shifts)
    if whole:
        return [whole]
    return [_judged(old, new, frame, hidden, shifts) for frame in frames]


def _mask(drawing: Any, frames: Iterable[Frame]) -> Any:  # noqa: ANN401
    import numpy as np

    mask = np.zeros(drawing.shape[:2], dtype=bool)
    for frame in frames:
        mask[max(0, frame.top) : frame.bottom, max(0, frame.left) : frame.right] = True
    return mask


def _judged(
    old: Any,  # noqa: ANN401
    new: Any,  # noqa: ANN401
    frame: Frame,
    hidden: Any,  # noqa: ANN401
    shifts: Sequence[tuple[int, int]],
) -> Region:
    """Return what became of one frame."""
    one, two = _cut(old, frame), _cut(new, frame)
    where = (one != two).any(axis=2) & ~_cut(hidden, frame)
    rim = frame if min(one.shape[:2]) > 1 else _with_rim(frame)
    if _edges_agree(_cut(old, rim), _cut(new, rim)):
        return _region(one, two, where, frame, "colour")
    moved = _moved(old, new, [frame], hidden, shifts)
    return moved or _region(one, two, where, frame, "picture")


def _with_rim(frame: Frame) -> Frame:
    """Return a frame with a dot more on each side: a line alone has no edges."""
    left, top = max(0, frame.left - 1), max(0, frame.top - 1)
    return Frame(left, top, frame.right + 1, frame.bottom + 1)


def _frames(differing: Any) -> list[Frame]:  # noqa: ANN401
    """Return rectangles around pixels that differ, near ones together."""
    import numpy as np

    rows, columns = np.nonzero(differing)
    cells = {(int(r), int(c)) for r, c in zip(rows // CELL_PX, columns // CELL_PX, strict=True)}
    frames = []
    while cells:
        group = _connected(cells)
        top, left = min(r for r, _ in group), min(c for _, c in group)
        bottom, right = max(r for r, _ in group) + 1, max(c for _, c in group) + 1
        part = differing[top * CELL_PX : bottom * CELL_PX, left * CELL_PX : right * CELL_PX]
        inner_rows, inner_columns = np.nonzero(part)
        frames.append(
            Frame(
                left * CELL_PX + int(inner_columns.min()),
                top * CELL_PX + int(inner_rows.min()),
                left * CELL_PX + int(inner_columns.max()) + 1,
                top * CELL_PX + int(inner_rows.max()) + 1,
            )
        )
    return sorted(frames, key=lambda frame: (frame.top, frame.left))


def _connected(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Take a group of neighbours out of the cells and return it."""
    group, waiting = set[tuple[int, int]](), [cells.pop()]
    while waiting:
        row, column = waiting.pop()
        group.add((row, column))
        near = {(row + r, column + c) for r in range(-2, 3) for c in range(-2, 3)} & cells
        cells -= near
        waiting += near
    return group


def _region(
    one: Any,  # noqa: ANN401
    two: Any,  # noqa: ANN401
    where: Any,  # noqa: ANN401
    frame: Frame,
    how: Literal["colour", "picture"],
) -> Region:
    import numpy as np

    if not where.any():
        return Region(frame, how)
    apart = delta_e(one[where], two[where])
    return Region(
        frame,
        how,
        delta_e=float(np.percentile(apart, NEARLY_ALL)),
        colours=(_usual(one[where]), _usual(two[where])),
    )


def _usual(pixels: Any) -> str:  # noqa: ANN401
    """Return the most frequent colour as #rrggbb."""
    import numpy as np

    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    values, counts = np.unique(packed, return_counts=True)
    return f"#{int(values[counts.argmax()]):06x}"


def _edges_agree(one: Any, two: Any) -> bool:  # noqa: ANN401
    """Tell whether two pictures of one size have their edges in the same places."""
    import numpy as np

    edges = [_edges(one), _edges(two)]
    power = [float((e**2).mean()) for e in edges]
    if max(power) < FAINT:
        return True
    if min(power) < FAINT:
        return False
    return float((edges[0] * edges[1]).mean() / np.sqrt(power[0] * power[1])) >= SAME_EDGES


def _edges(picture: Any) -> Any:  # noqa: ANN401
    import numpy as np

    gray = picture.astype(np.float32).mean(axis=2)
    across = np.abs(np.diff(gray, axis=1))[:-1, :]
    down = np.abs(np.diff(gray, axis=0))[:, :-1]
    return across + down


def _moved(
    old: Any,  # noqa: ANN401
    new: Any,  # noqa: ANN401
    frames: Sequence[Frame],
    hidden: Any,  # noqa: ANN401
    shifts: Sequence[tuple[int, int]],
) -> Region | None:
    """Return the region around some frames if a shift explains their difference.

    First all that stands there is tried, then the frames alone on the ground of the page.
    """
    around = frames[0]
    for frame in frames:
        around = around.around(frame)
    shown = ~_cut(hidden, around)
    for alone in (False, True):
        only = frames if alone else [around]
        one, two = _isolated(old, only, around), _isolated(new, only, around)
        best = _best_shift(one, two, shown, [] if alone else shifts)
        if best:
            return Region(around, "moved", dx_px=best[0], dy_px=best[1])
    return None


def _best_shift(
    one: Any,  # noqa: ANN401
    two: Any,  # noqa: ANN401
    shown: Any,  # noqa: ANN401
    shifts: Sequence[tuple[int, int]],
) -> tuple[int, int] | None:
    """Return the shift that leaves the least, if it leaves little; known ones are tried first."""
    before = _left_over(one, two, shown, (0, 0))
    for tried in (shifts, _correlated(one, two)):
        left = {way: _left_over(one, two, shown, way) for way in tried if way != (0, 0)}
        best = min(left, key=lambda way: left[way], default=None)
        if best and left[best] <= EXPLAINED * before:
            return best
    return None


def _left_over(one: Any, two: Any, shown: Any, way: tuple[int, int]) -> float:  # noqa: ANN401
    return float((abs(_shifted(one, *way) - two) * shown).sum())


def _isolated(drawing: Any, frames: Sequence[Frame], around: Frame) -> Any:  # noqa: ANN401
    """Return the gray of some frames on the ground of the page, cut to what is around them.

    The ground is 0: what is there in both drawings does not hide what moved.
    """
    import numpy as np

    gray = drawing.mean(axis=2, dtype=np.float32)
    ground = float(np.median(gray[::4, ::4]))
    alone = np.zeros_like(gray)
    for frame in frames:
        _cut(alone, frame)[...] = _cut(gray, frame) - ground
    return _cut(alone, around)


def _shifted(picture: Any, dx: int, dy: int) -> Any:  # noqa: ANN401
    """Return a picture moved to the right and down, with ground where nothing comes from."""
    import numpy as np

    moved = np.zeros_like(picture)
    height, width = picture.shape
    if abs(dx) < width and abs(dy) < height:
        moved[max(0, dy) : height + min(0, dy), max(0, dx) : width + min(0, dx)] = picture[
            max(0, -dy) : height + min(0, -dy), max(0, -dx) : width + min(0, -dx)
        ]
    return moved


def _correlated(one: Any, two: Any) -> list[tuple[int, int]]:  # noqa: ANN401
    """Return the likeliest shift and its neighbours; large pictures are looked at coarsely."""
    import numpy as np

    step = -(-max(one.shape) // LARGEST_PX)
    one, two = one[::step, ::step], two[::step, ::step]
    shape = (one.shape[0] * 2, one.shape[1] * 2)
    product = np.fft.rfft2(two, shape) * np.conj(np.fft.rfft2(one, shape))
    power = np.abs(product)
    surface = np.fft.irfft2(product / np.maximum(power, 1e-6 * power.max() + 1e-12), shape)
    row, column = np.unravel_index(int(surface.argmax()), surface.shape)
    dy = step * (int(row) - (shape[0] if row > shape[0] // 2 else 0))
    dx = step * (int(column) - (shape[1] if column > shape[1] // 2 else 0))
    near = range(-step, step + 1)
    return [(dx + x, dy + y) for x in near for y in near]


def _cut(drawing: Any, frame: Frame) -> Any:  # noqa: ANN401
    return drawing[frame.top : frame.bottom, frame.left : frame.right]
