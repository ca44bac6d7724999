"""The annotations of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsletter.pdf.objects import dictionaries
from newsletter.preflight.document import Document

HIDDEN = 2
"""The bit of an annotation that is never shown (ISO 32000-1:2008, table 165)."""


def annotations_of(document: Document) -> Iterator[tuple[int, Any]]:
    """Yield the annotations of all pages, with their pages from 1."""
    for number, page in enumerate(document.pdf.pages, start=1):
        for annotation in dictionaries(page.obj, "/Annots"):
            yield number, annotation


def is_hidden(annotation: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether an annotation is never shown."""
    return bool(int(annotation.get("/F", 0)) & HIDDEN)
