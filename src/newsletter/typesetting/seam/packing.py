"""Packing: the streams of a PDF are compressed half as long for files half a percent larger.

pydyf asks zlib for its ninth level. That takes 110 ms for the issue of 2021, the sixth 57 ms,
for 913,588 and 918,226 bytes; the fifth 43 ms and 922,581.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from typing import Any

from newsletter.typesetting.seam.foreign import Foreign

LEVEL = 6
"""Of zlib's nine (RFC 1950, FLEVEL 2): its own choice."""


class Packing:
    """Stands in for zlib where pydyf asks for it."""

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield importlib.import_module("pydyf"), "zlib", self

    def compressobj(self, **_asked: int) -> Any:  # noqa: ANN401 - zlib has no public name for it
        """Return what compresses a stream, whatever level is asked for."""
        return zlib.compressobj(LEVEL)
