"""How large the report of a review is and how long it takes, for 20 and for 200 pages.

`python -m bench.review` compares the issue of 2021 with itself, with a few changed pages and with
every page changed, and ten times over for 200 pages; it prints a table. Laying the issue out is
not counted: it is the same for every command.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
from msgspec.structs import replace

from newsletter.review.classes import Kind
from newsletter.review.comparison import compare
from newsletter.review.proof import Proof, ProofPage, make_proof
from newsletter.review.records import Records
from newsletter.review.report import Reviewed, write_report
from newsletter.review.sides import side_of_proof

ROOT = Path(__file__).resolve().parent.parent
ISSUE = "2021"
TIMES = 10
MIB = 1024 * 1024


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change to a file of a publication."""

    def change(root: Path) -> None:
        path = root / file
        text = path.read_text("utf-8")
        if old not in text:
            message = f"{file} has no {old}"
            raise ValueError(message)
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


CASES: dict[str, Callable[[Path], None]] = {
    "nothing changed": lambda _root: None,
    "a word on one page": swap(
        "issues/2021/articles/innovation-conference.yaml", "会议", "这次会议"
    ),
    "every page changed": swap("layouts/silkroad/tokens.css", "--ink: #1d2622", "--ink: #402622"),
}


def changed(change: Callable[[Path], None]) -> Proof:
    """Return the proof of a changed copy of the publication."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("issues", "layouts"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "newsletter.yaml", root)
        change(root)
        return make_proof(root, ISSUE)


def many(proof: Proof) -> Proof:
    """Return a proof of ten times as many pages."""
    count = len(proof.pages)
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf, pikepdf.new() as long:
        for _ in range(TIMES):
            long.add_pages_from(pdf)
        out = io.BytesIO()
        long.save(out)
    pages = [_shifted(page, count * turn) for turn in range(TIMES) for page in proof.pages]
    return replace(proof, pdf=out.getvalue(), pages=tuple(pages))


def _shifted(page: ProofPage, by: int) -> ProofPage:
    return replace(
        page,
        number=page.number + by,
        blocks=tuple(replace(block, page=block.page + by) for block in page.blocks),
        lines=tuple(replace(line, page=line.page + by) for line in page.lines),
    )


def main() -> int:
    """Print the table."""
    before = changed(CASES["nothing changed"])
    print(
        "| what | pages | changed | compare s | report s | report MiB |\n|---|---|---|---|---|---|"
    )
    for name, change in CASES.items():
        now = changed(change)
        for old, new in ((before, now), (many(before), many(now))):
            print(f"| {name} | {_row(old, new)} |", flush=True)
    return 0


def _row(old: Proof, new: Proof) -> str:
    sides = side_of_proof(old, "before"), side_of_proof(new, "now")
    begun = time.perf_counter()
    comparison = compare(*sides)
    compared = time.perf_counter()
    html = write_report(Reviewed(new, *sides, comparison, Records()), "zh")
    done = time.perf_counter()
    count = len(comparison.pages)
    figures = (
        f"{count - comparison.count(Kind.IDENTICAL)}",
        f"{compared - begun:.1f}",
        f"{done - compared:.1f}",
        f"{len(html.encode()) / MIB:.2f}",
    )
    return " | ".join((str(count), *figures))


if __name__ == "__main__":
    sys.exit(main())
