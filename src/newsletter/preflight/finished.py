"""Files that were just made: read back and examined before they leave the house.

In: the bytes of a finished file, what it is to be used for, the numbers that hold for it. Out: the
text of its pages and the report of its examination, both from one reading of the content.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from newsletter.preflight.completeness import page_texts
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document, opened
from newsletter.preflight.examination import Report, examine
from newsletter.preflight.own_fonts import just_made
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import Profile


class Inspection(Struct, frozen=True):
    """What stands on each page of a file within its trim, squeezed, and what was found."""

    texts: Sequence[str]
    report: Report


def inspect_file(name: str, data: bytes, profile: Profile, conditions: Conditions) -> Inspection:
    """Read a file and examine it under the name that its findings are to give it."""
    with opened(name, data) as document, just_made():
        report = examine(document, profile, conditions)
        return Inspection(texts_of(document), report)


def texts_of(document: Document) -> Sequence[str]:
    """Return what stands on each page, as PDFium reads it where that takes more than `placing`."""
    content = plain_content(document)
    if content is None:
        return page_texts(document.data)
    texts = dict(enumerate(content.texts))
    left = [number for number, text in texts.items() if text is None]
    told = dict(zip(left, page_texts(document.data, left) if left else (), strict=True))
    return [told[number] if text is None else text for number, text in texts.items()]
