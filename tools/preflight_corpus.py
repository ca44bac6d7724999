"""Run every rule of preflight over the PDFs in folders, and print what became of them.

For development: `python tools/preflight_corpus.py DIR...` over PDFs of other makers shows
whether a rule raises (it must not), takes too long, or finds what is not there. Each file is
examined in a process of its own, for the press and for the archive.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from newsletter.diagnostics import Refused, entry
from newsletter.preflight.isolation import Examined, Order, examine_apart
from newsletter.preflight.rule import Profile

SECONDS = 60.0
WORKERS = 2
PROFILES: tuple[Profile, ...] = ("press-coated", "archive")
SLOWEST = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One file under one profile: its report or the code that refused it."""

    path: Path
    profile: Profile
    seconds: float
    examined: Examined | None
    refused: str = ""


def main(folders: list[str]) -> int:
    """Examine and print; 1 when a rule raised or a file took too long."""
    paths = sorted(path for folder in folders for path in Path(folder).rglob("*.pdf"))
    work = [(path, profile) for path in paths for profile in PROFILES]
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(_one, *zip(*work, strict=True))) if work else []
    for line in _lines(paths, results):
        print(line)
    return int(any(result.refused in {"N906", "N907"} for result in results))


def _one(path: Path, profile: Profile) -> Result:
    begun = time.monotonic()
    try:
        order = Order(path, path.name, profile, strict=True, seconds=SECONDS)
        examined, refused = examine_apart(order), ""
    except Refused as refusal:
        examined, refused = None, refusal.diagnostics[0].code
    return Result(path, profile, time.monotonic() - begun, examined, refused)


def _lines(paths: list[Path], results: list[Result]) -> Iterator[str]:
    pages = sum(r.examined.pages for r in results if r.examined and r.profile == PROFILES[0])
    yield f"{len(paths)} files, {pages} pages, {len(results)} examinations"
    refused = Counter(result.refused for result in results if result.refused)
    for code, count in sorted(refused.items()):
        yield f"  refused {code} {entry(code).name}: {count}"
    for result in results:
        if result.refused in {"N906", "N907"}:
            yield f"  {result.refused} {result.profile} {result.path}"
    times = sorted(result.seconds for result in results)
    if times:
        yield f"  seconds: median {times[len(times) // 2]:.2f}, slowest {times[-1]:.2f}"
    for result in sorted(results, key=lambda result: -result.seconds)[:SLOWEST]:
        yield f"  {result.seconds:6.2f} s  {result.profile}  {result.path.name}"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    yield f"  memory of the largest: {peak} MB"
    yield from _rules(results)


def _rules(results: list[Result]) -> Iterator[str]:
    table: Counter[tuple[str, str]] = Counter()
    for result in results:
        for verdict in result.examined.verdicts if result.examined else ():
            table[verdict.code, verdict.verdict] += 1
    for code in sorted({code for code, _verdict in table}):
        counts = [f"{verdict} {n}" for (key, verdict), n in sorted(table.items()) if key == code]
        yield f"  {code} {entry(code).name}: {', '.join(counts)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
