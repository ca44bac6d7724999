"""Objects of a PDF as rules may take them: of the type they should have, or empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsletter.preflight.document import Document


def dictionary(holder: Any, key: str) -> Any:  # noqa: ANN401 - objects of pikepdf
    """Return the dictionary under a key, an empty one if there is none."""
    from pikepdf import Dictionary, Stream

    value = holder.get(key)
    return value if isinstance(value, Dictionary | Stream) else Dictionary()


def dictionaries(holder: Any, key: str) -> list[Any]:  # noqa: ANN401
    """Return the dictionaries in the array under a key."""
    from pikepdf import Array, Dictionary

    value = holder.get(key)
    items = list(value) if isinstance(value, Array) else []
    return [item for item in items if isinstance(item, Dictionary)]


def annotations_of(document: Document) -> Iterator[tuple[int, Any]]:
    """Yield the annotations of all pages, with their pages from 1."""
    for number, page in enumerate(document.pdf.pages, start=1):
        for annotation in dictionaries(page.obj, "/Annots"):
            yield number, annotation


def is_dictionary(value: Any) -> bool:  # noqa: ANN401
    """Tell whether something is a dictionary."""
    from pikepdf import Dictionary

    return isinstance(value, Dictionary)


def is_array(value: Any) -> bool:  # noqa: ANN401
    """Tell whether something is an array."""
    from pikepdf import Array

    return isinstance(value, Array)


def read_stream(value: Any) -> bytes:  # noqa: ANN401
    """Return the data of a stream, none of what is no stream or cannot be read."""
    from pikepdf import DependencyError, PdfError, Stream

    if not isinstance(value, Stream):
        return b""
    try:
        return value.read_bytes()
    except (PdfError, DependencyError):
        return b""


def is_hidden(annotation: Any) -> bool:  # noqa: ANN401
    """Tell whether an annotation is never shown (ISO 32000-1:2008, table 165)."""
    return bool(int(annotation.get("/F", 0)) & 2)
