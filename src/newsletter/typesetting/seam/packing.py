"""Packing: the streams of a PDF are compressed half as long for files half a percent larger.

pydyf asks zlib for its ninth level. That takes 110 ms for the issue of 2021, the sixth 57 ms,
for 913,588 and 918,226 bytes; the fifth 43 ms and 922,581.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign

LEVEL = 6
"""Of zlib's nine (RFC 1950, FLEVEL 2): its own choice."""


class Packing:
    """Stands in for how pydyf writes streams."""

    def __init__(self) -> None:
        self._pydyf = importlib.import_module("pydyf")

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        pydyf, to_bytes = self._pydyf, self._pydyf._to_bytes  # noqa: SLF001 - the seam

        def data(stream: Foreign) -> bytes:
            """Return a stream with its dictionary (ISO 32000-2:2020, 7.3.8)."""
            items = stream.stream
            content = b"\n".join(
                [item if type(item) is bytes else to_bytes(item) for item in items]
            )
            extra = pydyf.Dictionary(stream.extra)
            if stream.compress:
                extra["Filter"] = "/FlateDecode"
                content = zlib.compress(content, LEVEL)
            extra["Length"] = len(content)
            return b"\n".join((extra.data, b"stream", content, b"endstream"))

        yield pydyf.Stream, "data", property(data)
