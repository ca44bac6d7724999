"""Measure the archive: is the search exact, how quick is it, what does the site take.

`python -m bench.archive [--issues N] [--folder DIR]` generates so many issues (1,000), makes the
catalogue, asks thirty questions and holds the answers against a plain scan, times each of them,
builds the site in a process of its own, and prints tables. With `--page FILE` they also go there.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.__main__ import measure
from bench.archive.questions import QUESTIONS, Found, Question, scan_all
from bench.archive.shelves import fill
from newsletter.archive.catalogue import NAME, Catalogue, open_catalogue
from newsletter.archive.query import parse
from newsletter.archive.search import rows, search

MIB = 1 << 20
RUNS = 5


def named(found: sqlite3.Row) -> Found:
    """Return a passage as the scan names it."""
    own = {
        "article": found["article"],
        "event": f"{found['date']} {found['title']}",
        "page": str(found["first_page"]),
    }
    return found["issue"], found["kind"], own[found["kind"]]


def judged(
    archive: Path, catalogue: Catalogue, question: Question, wanted: set[Found]
) -> list[str]:
    """Return a row of the table: the question, what was found, precision, recall, time."""
    query = parse(question.typed)
    found = {named(passage) for passage in rows(catalogue, query, question.filters)}
    right = len(found & wanted)
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        search(catalogue, archive, query, question.filters)
        times.append(time.perf_counter() - begun)
    said = " ".join(f"{name}:{text}" for name, text in question.filters.said().items())
    return [
        f"`{question.typed}` {said}".strip(),
        str(len(wanted)),
        f"{right / len(found) if found else 1:.3f}",
        f"{right / len(wanted) if wanted else 1:.3f}",
        f"{statistics.median(times) * 1000:.1f}",
    ]


def tables(folder: Path, issues: int) -> Iterator[str]:
    """Yield the lines of the report."""
    archive = folder / "archive"
    if not archive.exists():
        fill(archive, issues)
    (archive / NAME).unlink(missing_ok=True)
    texts = sum(path.stat().st_size for path in archive.glob("*/v1/data/text/*.txt"))
    begun = time.perf_counter()
    catalogue = open_catalogue(archive)
    made = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    open_catalogue(archive).close()
    opened = time.perf_counter() - begun
    size = (archive / NAME).stat().st_size
    yield f"{issues} issues, {texts / MIB:.0f} MiB of text."
    yield ""
    yield "| the catalogue | |\n|---|---|"
    yield f"| made in | {made:.1f} s |"
    yield f"| size | {size / MIB:.0f} MiB |"
    yield f"| opened again, its seal and all bags looked at | {opened * 1000:.0f} ms |"
    yield f"| peak memory of the process | {peak:.0f} MiB |"
    yield ""
    yield from _questions(archive, catalogue)
    yield ""
    yield from _site(folder)


def _questions(archive: Path, catalogue: Catalogue) -> Iterator[str]:
    answers = scan_all(archive, QUESTIONS)
    judgements = [
        judged(archive, catalogue, question, wanted)
        for question, wanted in zip(QUESTIONS, answers, strict=True)
    ]
    right = sum(row[2] == row[3] == "1.000" for row in judgements)
    count = len(judgements)
    yield f"{right} of {count} questions answered as by a plain scan of all texts; times are"
    yield f"medians of {RUNS} runs for the first 20 hits with pages and excerpts."
    yield ""
    yield "| question | found | precision | recall | ms |\n|---|---|---|---|---|"
    for row in judgements:
        yield f"| {' | '.join(row)} |"


def _site(folder: Path) -> Iterator[str]:
    program = (
        "import sys; from pathlib import Path; from newsletter.archive.site.bindery import bind;"
        " bind(Path(sys.argv[1]) / 'archive', Path(sys.argv[1]) / 'site')"
    )
    cost = measure([sys.executable, "-c", program, str(folder)])
    sizes = {path: path.stat().st_size for path in (folder / "site" / "search").rglob("*.js")}
    shards = [size for path, size in sizes.items() if path.parent.name == "grams"]
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    yield "| the site, in two languages | |\n|---|---|"
    yield f"| made in | {cost.wall_s:.0f} s ({cost.cpu_s:.0f} s of CPU) |"
    yield f"| peak memory | {cost.peak_mib:.0f} MiB |"
    yield f"| pages | {pages} |"
    faces = [path.stat().st_size for path in (folder / "site" / "assets").glob("*.woff2")]
    yield f"| its own font | {sum(faces) / 1024:.0f} KiB |"
    yield f"| search files | {sum(sizes.values()) / MIB:.0f} MiB in {len(sizes)} files |"
    yield f"| a shard of the index, median and largest | {_kib(shards)} |"


def _kib(sizes: Sequence[int]) -> str:
    return f"{statistics.median(sizes) / 1024:.0f} and {max(sizes) / 1024:.0f} KiB"


def main(arguments: Sequence[str]) -> int:
    """Print the report; 1 when a question was answered otherwise than by the scan."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--issues", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="keep what is generated there")
    parser.add_argument("--page", type=Path, help="write the report there as well")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for line in tables(chosen.folder or Path(folder), chosen.issues):
            print(line, flush=True)
            lines.append(line)
    if chosen.page:
        text = "\n".join(["# The archive, measured", "", "`python -m bench.archive`", "", *lines])
        chosen.page.write_text(f"{text}\n", "utf-8")
    exact = f"{len(QUESTIONS)} of {len(QUESTIONS)} questions"
    return 0 if any(line.startswith(exact) for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
