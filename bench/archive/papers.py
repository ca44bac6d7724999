"""Issues made elsewhere, as small as can be: a PDF of few pages and what is known of it.

In: a number. Out: a PDF that PDFium reads, its metadata, and both taken into an archive. The same
number gives the same bytes.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newsletter.archive.accession import Accession, Terms, accept
from newsletter.archive.foreign import read_metadata, submit_files
from newsletter.archive.stacks import Archive
from newsletter.archive.submission import Submission

PAGE = (200, 280)
METADATA = """id: "{issue}"
title: {title}
publication: 小报
publisher: 某社
date: {year}-03-01
articles:
  - {{title: 头一篇, first_page: 1, last_page: 1, people: [李明], places: [北京]}}
"""


def paper(words: str, pages: int = 2) -> bytes:
    """Return a PDF with those words, in ASCII, on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in range(1, pages + 1):
        drawing = f"BT /F 12 Tf 20 200 Td ({words} page {number}) Tj ET"
        contents = 3 + 2 * number
        resources = "<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {contents} 0 R/Resources{resources}>>")
        objects.append(f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream")
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    """Return a PDF file with a cross-reference table (ISO 32000-2:2020, 7.5)."""
    data = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def write_paper(folder: Path, issue: str, words: str = "first") -> tuple[Path, Path]:
    """Write a PDF and its metadata; return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf, metadata = folder / f"{issue}.pdf", folder / f"{issue}.yaml"
    pdf.write_bytes(paper(f"{issue} {words}"))
    year = issue[:4] if issue[:4].isdecimal() else "2020"
    metadata.write_text(METADATA.format(issue=issue, title=f"第{issue}期", year=year), "utf-8")
    return pdf, metadata


@contextlib.contextmanager
def submission(issue: str, words: str = "first") -> Iterator[Submission]:
    """Lend a generated issue that is ready to be taken in."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, metadata = write_paper(Path(folder), issue, words)
        yield submit_files([pdf], read_metadata(metadata), metadata, None)


def deposit(archive: Path, issue: str, words: str = "first", reason: str = "") -> Accession:
    """Take a generated issue into an archive."""
    with submission(issue, words) as ready:
        return accept(Archive(archive), ready, Terms(reason))
