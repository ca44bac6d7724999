"""What the sub-editor notices in a stretch of copy.

In: a code of the catalogue, offsets in the text, the words that the message needs.
Out: a `Finding`, which the caller turns into a `Diagnostic` once it knows the file and line.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Finding(Struct, frozen=True):
    """One slip in one text; `start` and `end` are character offsets, the end exclusive.

    `replacement` is what may stand there instead, and is given only where the repair cannot
    change what the author meant. `hint` chooses among the catalogue's hints for the code.
    """

    code: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    replacement: str | None = None
    hint: str | None = "default"
