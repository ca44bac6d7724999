"""A file read once: the marks of all its pages, for all rules.

In: the sheets of a document. Out: a `Reading`. Annotations are walked after their page, each
appearance mapped to its rectangle (ISO 32000-2:2020, 12.5.5).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from newsletter.diagnostics import Term
from newsletter.geometry import Box
from newsletter.pdf import objects
from newsletter.preflight.content.interpreter import Interpreter, matrix_of
from newsletter.preflight.content.marks import Image, Mark, Origin, Path, Text
from newsletter.preflight.content.matrix import Matrix, placed, product
from newsletter.preflight.content.record import Group, Oddity, Record, TooMuch
from newsletter.preflight.content.state import EVERYWHERE, first_state
from newsletter.preflight.sheets import Sheet


class Reading(Struct, frozen=True, dict=True):
    """What stands on the pages; `stopped` names what there was too much of, if anything."""

    marks: tuple[Mark, ...]
    groups: tuple[Group, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    damage: dict[tuple[int, Term], int] = field(default_factory=dict)
    stopped: Term | None = None
    stopped_at: int = 0

    @functools.cached_property
    def texts(self) -> tuple[Text, ...]:
        """Return the runs of text."""
        return tuple(mark for mark in self.marks if isinstance(mark, Text))

    @functools.cached_property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths."""
        return tuple(mark for mark in self.marks if isinstance(mark, Path))

    @functools.cached_property
    def images(self) -> tuple[Image, ...]:
        """Return the placed images."""
        return tuple(mark for mark in self.marks if isinstance(mark, Image))


def read(sheets: Sequence[Sheet]) -> Reading:
    """Walk every page; where there is too much, what was found until then remains."""
    record = Record()
    stopped, page = None, 0
    try:
        for sheet in sheets:
            page = sheet.number
            _page(record, sheet)
            _annotations(record, sheet)
    except TooMuch as excess:
        stopped = excess.what
    except (objects.TooLarge, MemoryError):
        stopped = Term("a stream")
    return Reading(
        tuple(record.marks),
        tuple(record.groups),
        tuple(record.oddities),
        record.damage,
        stopped,
        page if stopped else 0,
    )


def _page(record: Record, sheet: Sheet) -> None:
    resources = record.library.resources(sheet.resources)
    group = objects.entry(sheet.page, "/Group")
    if objects.is_dictionary(group):
        found = objects.entry(group, "/CS")
        space = record.library.space(found) if found is not None else None
        record.groups.append(Group(sheet.number, sheet.media, space, whole_page=True))
    state = first_state(sheet.matrix, sheet.media, Origin.PAGE)
    Interpreter(record, sheet.number, resources, state).run(_contents(record, sheet))


def _contents(record: Record, sheet: Sheet) -> bytes:
    """Return the page's content: its streams with a space between (7.8.2)."""
    found = objects.entry(sheet.page, "/Contents")
    streams = objects.items(found) if objects.is_array(found) else [found]
    pieces = []
    for stream in streams:
        data = record.content(stream) if objects.is_stream(stream) else None
        if data is None and found is not None:
            record.note(sheet.number, "streams")
        pieces.append(data or b"")
    return b"\n".join(pieces)


def _annotations(record: Record, sheet: Sheet) -> None:
    resources = record.library.resources(sheet.resources)
    for annotation in objects.items(objects.entry(sheet.page, "/Annots")):
        box = objects.box(objects.entry(annotation, "/Rect"))
        for stream in _appearances(annotation):
            if box is not None:
                matrix = product(_fitted(stream, box), sheet.matrix)
                state = first_state(matrix, EVERYWHERE, Origin.ANNOTATION)
                state.clip = placed(sheet.matrix, box).within(sheet.media)
                Interpreter(record, sheet.number, resources, state).form(stream)


def _appearances(annotation: objects.Object) -> Iterator[objects.Object]:
    """Yield the appearances that an annotation may show at rest."""
    normal = objects.path(annotation, "/AP", "/N")
    if objects.is_stream(normal):
        yield normal
    else:
        for _state, stream in objects.entries(normal):
            if objects.is_stream(stream):
                yield stream


def _fitted(stream: objects.Object, rectangle: Box) -> Matrix:
    """Return the matrix that brings an appearance's box onto its rectangle (12.5.5)."""
    bounds = placed(matrix_of(stream), objects.box(objects.entry(stream, "/BBox")) or rectangle)
    wide, high = bounds.right - bounds.left, bounds.top - bounds.bottom
    if not wide or not high:
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    x, y = (rectangle.right - rectangle.left) / wide, (rectangle.top - rectangle.bottom) / high
    return (x, 0.0, 0.0, y, rectangle.left - x * bounds.left, rectangle.bottom - y * bounds.bottom)
