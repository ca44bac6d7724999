"""The widths of a composite font's glyphs, as its dictionary tells them.

In: a CIDFont. Out: its `Widths`; what is not as it should be raises ValueError or TypeError.
"""

from __future__ import annotations

import re

from newsletter.pdf import objects

USUAL_WIDTH = 1000.0
"""The width of a glyph that /W does not name (ISO 32000-1:2008, table 117)."""
LISTS = re.compile(rb"\[(?: \d{1,5} \[(?: [\d.]+)* \])* \]")
LIST = re.compile(rb"(\d+) \[([\d. ]*)\]")
"""An array of widths that are all listed, as qpdf writes it, and one of its lists."""


class Widths(dict[int, float]):
    """The width of each CID in thousandths of an em; those that are not listed have the usual."""

    def __init__(self, usual: float = USUAL_WIDTH) -> None:
        super().__init__()
        self.usual = usual

    def __missing__(self, cid: int) -> float:
        """Return the usual width."""
        return self.usual


def widths(holder: objects.Object) -> Widths:
    """Return the widths that /W and /DW tell (ISO 32000-1:2008, 9.7.4.3)."""
    found, count = Widths(objects.number(objects.entry(holder, "/DW"), USUAL_WIDTH) or 0.0), 0
    for first, some in _runs(objects.entry(holder, "/W")):
        found.update(enumerate(some, first))
        count += len(some)
    if len(found) != count:
        raise ValueError("two widths for one CID")
    return found


def _runs(array: objects.Object) -> list[tuple[int, list[float]]]:
    """Return the first of some CIDs with their widths; most fonts have hundreds of short lists."""
    written = objects.written(array) if objects.is_array(array) else b""
    if LISTS.fullmatch(written):
        return [(int(first), [*map(float, some.split())]) for first, some in LIST.findall(written)]
    runs: list[tuple[int, list[float]]] = []
    items = iter(objects.items(array))
    try:
        for first in items:
            second = next(items)
            if objects.is_array(second):
                runs.append((int(first), [*map(float, second)]))
            else:
                some = [float(next(items))] * (int(second) + 1 - int(first))
                runs.append((int(first), some))
    except StopIteration as error:
        raise ValueError("widths that break off") from error
    return runs
