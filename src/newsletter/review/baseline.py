"""The baseline: the approved look of an issue, kept as a PDF beside what it was made from.

In: a proof, who accepts it, a date. Out: files in the review's folder; and from them a `Side`.
The PDF is drawn anew for every comparison, since two versions of a renderer disagree on many
pixels; the version that drew the digests is kept with them. `Refused` when there is no baseline,
or one that is damaged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsletter.diagnostics import Diagnostic, Place, Refused
from newsletter.issue.loader import shown
from newsletter.review.manuscript import Manuscript
from newsletter.review.pixels import page_count, page_digests, renderer
from newsletter.review.proof import Proof
from newsletter.review.records import Author, Date, Digest, as_json, read_json, review_folder
from newsletter.review.sides import Side
from newsletter.typesetting.blocks import SetBlock
from newsletter.writing import write_together

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")
FOLDER = "baseline"
PDF, PAGES, MANUSCRIPT = "baseline.pdf", "pages.json", "manuscript.json"


class BaselinePage(BaseModel):
    """A page of the baseline: its digest, and the blocks on it, each as a list of its values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: Digest
    blocks: tuple[
        tuple[Annotated[int, Field(ge=1)], str, str, str, int, float, float, float, float],
        ...,
    ]


class Baseline(BaseModel):
    """What is kept beside the PDF: its digest, who accepted it when, what drew the digests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pdf: Digest
    renderer: str
    layout: str
    by: Author
    date: Date
    pages: tuple[BaselinePage, ...]


def baseline_folder(root: Path, issue_id: str) -> Path:
    """Return where an issue keeps its baseline."""
    return review_folder(root, issue_id) / FOLDER


def accept(root: Path, proof: Proof, by: str, date: str) -> Path:
    """Make a proof the baseline of its issue and return the PDF's path; raises `Refused`."""
    folder = baseline_folder(root, proof.issue)
    kept = Baseline(
        pdf=hashlib.sha256(proof.pdf).hexdigest(),
        renderer=renderer(),
        layout=proof.layout.name,
        by=by,
        date=date,
        pages=tuple(
            BaselinePage(digest=page.digest, blocks=tuple(_values(b) for b in page.blocks))
            for page in proof.pages
        ),
    )
    write_together(
        {
            folder / PDF: proof.pdf,
            folder / PAGES: _page_a_line(kept).encode("utf-8"),
            folder / MANUSCRIPT: f"{proof.manuscript.model_dump_json(indent=1)}\n".encode(),
        }
    )
    return folder / PDF


def _values(block: SetBlock) -> tuple[int, str, str, str, int, float, float, float, float]:
    place = block.left_mm, block.top_mm, block.width_mm, block.height_mm
    return block.page, block.element, block.origin, block.article, block.part, *place


def _page_a_line(kept: Baseline) -> str:
    """Return the record with one line for each page, so that it stays small."""
    head = as_json(kept.model_copy(update={"pages": ()})).rstrip("\n}").removesuffix("[]")
    pages = ",\n  ".join(page.model_dump_json() for page in kept.pages)
    return f"{head}[\n  {pages}\n ]\n}}\n"


def load_baseline(root: Path, issue_id: str) -> tuple[Side, Baseline]:
    """Return the baseline of an issue; raises `Refused` if there is none or it is damaged."""
    folder = baseline_folder(root, issue_id)
    if not (folder / PDF).is_file():
        raise Refused([Diagnostic("N766", None, {"issue": issue_id})])
    problems: list[Diagnostic] = []
    kept = _read(Baseline, folder / PAGES, root, problems)
    manuscript = _read(Manuscript, folder / MANUSCRIPT, root, problems)
    pdf = (folder / PDF).read_bytes()
    if kept is not None and hashlib.sha256(pdf).hexdigest() != kept.pdf:
        problems.append(_damaged(folder / PDF, root, issue_id))
    if problems or kept is None or manuscript is None:
        raise Refused(problems)
    same = kept.renderer == renderer()
    digests = [page.digest for page in kept.pages] if same else _drawn(page_digests, pdf)
    if digests is None or _drawn(page_count, pdf) != len(kept.pages):
        raise Refused([_damaged(folder / PAGES, root, issue_id)])
    blocks = [tuple(SetBlock(*values) for values in page.blocks) for page in kept.pages]
    return Side(f"{kept.date} {kept.by}", pdf, digests, blocks, manuscript), kept


def _drawn(read: Callable[[bytes], R], pdf: bytes) -> R | None:
    """Return what a function reads of a PDF; None where it cannot be read."""
    import pypdfium2

    try:
        return read(pdf)
    except pypdfium2.PdfiumError:
        return None


def _read(kind: type[T], path: Path, root: Path, problems: list[Diagnostic]) -> T | None:
    before = len(problems)
    data = read_json(path, root, problems)
    if len(problems) > before:
        return None
    try:
        return kind.model_validate(data)
    except ValidationError:
        problems.append(_damaged(path, root, root.name))
        return None


def _damaged(path: Path, root: Path, issue_id: str) -> Diagnostic:
    return Diagnostic("N768", Place(shown(path, root)), {"issue": issue_id})
