"""Measure what a build costs beside other tools, in turns, and write docs/performance.md.

`python -m bench.speed [--rounds N] [--only NAME …]` makes the shelf of the installation, as
`make setup` has made it, measures, each round once after the other,
and adds what it found to `figures.json`; rows that were not measured stay. `--page` only writes
the page from the figures, `--list` names the rows. Progress goes to stderr.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.speed import contest, machine, page
from bench.speed.measure import Cost, measure
from newsletter.cache.place import shelf_folder
from newsletter.commands.stocking import stock

LONG = ("-100", "-400", "all")
"""What rows that are long end or begin with; they run in the first round only."""


def main(arguments: Sequence[str]) -> int:
    """Measure, and write figures and page."""
    options = _parser().parse_args(arguments)
    if options.page:
        page.write()
        return 0
    with tempfile.TemporaryDirectory(prefix="newsletter-speed-") as folder:
        table = contest.entries(Path(folder), options.issues)
        if options.list:
            print("\n".join(table))
            return 0
        if (shelf := shelf_folder()) is not None:
            stock(Path(shelf))
        names = [name for name in table if not options.only or name in options.only]
        rows = _measured(table, names, options.rounds, Path(folder))
    figures = page.figures()
    figures["rows"] = {**figures.get("rows", {}), **rows}
    figures |= {"date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", **machine.told()}
    if "all" in rows:
        figures["issues"] = options.issues
    page.FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    page.write()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="measure these rows")
    parser.add_argument("--issues", type=int, default=contest.ISSUES, help="of the row `all`")
    parser.add_argument("--list", action="store_true", help="name the rows")
    parser.add_argument("--page", action="store_true", help="write the page only")
    return parser


def _measured(
    table: Any,
    names: Sequence[str],
    rounds: int,
    folder: Path,
) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    entries: dict[str, contest.Entry] = {}
    for name in names:
        try:
            entries[name] = table[name]()
        except contest.AbsentError as error:
            rows[name] = {"absent": str(error)}
    for number in range(rounds):
        for name, entry in entries.items():
            if number and (name.endswith(LONG) or name.startswith(LONG)):
                continue
            if number == 0 and not (name.endswith(LONG) or name.startswith(LONG)):
                entry.prepare()
                measure(entry.commands, folder)  # for the system's and Python's caches
            entry.prepare()
            cost = measure(entry.commands, folder)
            print(f"{number + 1} {name}: {cost.cpu_s:.2f} s, {cost.peak_mib:.0f} MiB",
                  file=sys.stderr)  # fmt: skip
            _note(rows.setdefault(name, {"cpu_s": [], "peak_mib": []}), cost, entry.target)
    return rows


def _note(row: dict[str, Any], cost: Cost, target: Path | None) -> None:
    row["cpu_s"].append(round(cost.cpu_s, 3))
    row["peak_mib"].append(round(cost.peak_mib, 1))
    if target is not None:
        import pikepdf

        with pikepdf.open(target) as pdf:
            row["pages"] = len(pdf.pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
