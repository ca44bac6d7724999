"""What a PDF says of itself besides its pages: title, language, outline, alternative texts.

In: the bytes of two PDFs. Out: what differs. Dates and identifiers, which follow from the rest,
are left out.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

DERIVED = frozenset({"CreationDate", "ModDate"})
Difference = tuple[str, str, str]


def differing_metadata(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield name, old and new value of what differs."""
    if old == new:
        return
    before, now = metadata(old), metadata(new)
    for name in sorted({*before, *now}):
        one, two = Counter(before.get(name, ())), Counter(now.get(name, ()))
        if one != two:
            yield name, "; ".join((one - two).elements()), "; ".join((two - one).elements())


def metadata(data: bytes) -> dict[str, list[str]]:
    """Return what a PDF says, each as a list of texts, whose order does not count."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {str(key).lstrip("/"): [str(value)] for key, value in pdf.docinfo.items()}
        found["Lang"] = [str(pdf.Root.get("/Lang", ""))]
        with pdf.open_outline() as outline:
            found["Outline"] = list(_titles(outline.root))
        found["Alt"] = list(_alternatives(pdf))
    return {name: texts for name, texts in found.items() if name not in DERIVED}


def _titles(marks: Any) -> Iterator[str]:  # noqa: ANN401 - bookmarks of pikepdf
    for mark in marks:
        yield mark.title
        yield from _titles(mark.children)


def _alternatives(pdf: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts that stand in for pictures (ISO 32000-2, 14.9.3)."""
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
            yield str(item.Alt)
