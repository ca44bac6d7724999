"""Packing: the streams of a PDF are packed in a fifth of the time (`pdf.packing`).

pydyf asks zlib for its ninth level, which takes 110 ms for the issue of 2021.
What is written on a page comes in some two thousand pieces, which take three times the room of
their bytes. They are joined when the page is done.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence

from newsletter.pdf.packing import packed
from newsletter.typesetting.seam.foreign import Foreign


class Packing:
    """Stands in for how pydyf writes streams; `then` is done with each page that is painted."""

    def __init__(self, then: Sequence[Callable[[Foreign, Foreign], None]]) -> None:
        self._then = then
        self._pydyf = importlib.import_module("pydyf")
        self._page = importlib.import_module("weasyprint.document").Page

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        pydyf, to_bytes = self._pydyf, self._pydyf._to_bytes  # noqa: SLF001 - the seam
        paint = self._page.paint

        def paint_and_join(page: Foreign, stream: Foreign, scale: float = 1) -> None:
            paint(page, stream, scale)
            stream.stream[:] = _joined(stream.stream)
            for do in self._then:
                do(page, stream)

        def data(stream: Foreign) -> bytes:
            """Return a stream with its dictionary (ISO 32000-2:2020, 7.3.8)."""
            items = stream.stream
            content = b"\n".join(
                [item if type(item) is bytes else to_bytes(item) for item in items]
            )
            extra = pydyf.Dictionary(stream.extra)
            if stream.compress:
                extra["Filter"] = "/FlateDecode"
                content = packed(content)
            extra["Length"] = len(content)
            return b"\n".join((extra.data, b"stream", content, b"endstream"))

        yield pydyf.Stream, "data", property(data)
        yield self._page, "paint", paint_and_join


def _joined(pieces: Sequence[Foreign]) -> Iterator[Foreign]:
    """Yield the pieces of a stream, with bytes that follow each other in one.

    Tags and their properties, which are not bytes yet, may still become others.
    """
    run: list[bytes] = []
    for piece in pieces:
        if type(piece) is bytes:
            run.append(piece)
            continue
        if run:
            yield b"\n".join(run)
            run = []
        yield piece
    if run:
        yield b"\n".join(run)
