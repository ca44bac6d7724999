"""Report how well lines are set: plain WeasyPrint, ours and Typst, from their finished PDFs.

`python -m bench.typesetting` sets every text at every measure by every engine and prints, in
Markdown, a table for each text, the engines side by side at one measure, and what the
composer costs on the issue of 2021. `--page` writes the page of docs/ instead, with its pictures
beside it; `--headlines` prints instead how often the titles of 2021 are cut inside a word.
Progress goes to stderr.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.typesetting import headlines, page, pictures, tables, timing
from bench.typesetting.engines import ENGINES, absent
from bench.typesetting.sweep import Score, Setting, run
from bench.typesetting.texts import BUNDLED, FOLDER, read

TITLES = FOLDER.parent / "titles_2021.txt"
NARROWEST_EM, WIDEST_EM = 6, 44
PICTURED = {"essay": (2, 5), "dialogue": (8, 14), "technical": (1, 4), "marked": (2, 5)}
"""Which paragraphs of a text are shown in pictures, from and up to."""
PICTURED_EM = (22, 14)


def main(arguments: Sequence[str]) -> int:
    """Print the report."""
    options = _parser().parse_args(arguments)
    if options.headlines:
        for line in tables.table(headlines.HEADS, headlines.rows(headlines.titles(TITLES))):
            print(line)
        return 0
    reasons = absent(options.engines)
    engines = [engine for engine in options.engines if engine not in reasons]
    for engine, reason in reasons.items():
        print(f"{engine} is not measured: {reason}\n")
    if options.pictures:
        _draw(options, engines)
        return 0
    lines = list(_lines(options, engines, listed=["ours"] if options.page else engines))
    if options.page:
        options.page.write_text("\n".join(page.whole(lines, options.page)) + "\n", "utf-8")
    else:
        print("\n".join(lines))
    return 0


def _lines(
    options: argparse.Namespace, engines: Sequence[str], listed: Sequence[str]
) -> Iterator[str]:
    """Yield the report; of the engines in `listed` also the lines that were found wanting."""
    yield from _report(options, _sweep(options, engines), listed)
    if options.pairs and {"plain", "ours"} <= set(engines):
        yield from _cost(options.pairs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.typesetting", description=__doc__)
    parser.add_argument("--step", type=float, default=1, help="em between two measures")
    parser.add_argument("--least", type=float, default=NARROWEST_EM, help="narrowest measure")
    parser.add_argument("--most", type=float, default=WIDEST_EM, help="widest measure")
    parser.add_argument("--texts", nargs="+", type=Path, default=BUNDLED)
    parser.add_argument(
        "--engines", nargs="+", choices=list(ENGINES), default=["plain", "ours", "typst"]
    )
    parser.add_argument(
        "--beside", nargs="*", type=float, default=[22], help="measures shown side by side"
    )
    parser.add_argument("--pairs", type=int, default=5, help="runs of the timing; 0 for none")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--page", type=Path, help="write the page of docs/ to this file instead")
    parser.add_argument("--pictures", type=Path, help="write pictures to this folder instead")
    parser.add_argument("--headlines", action="store_true", help="count cut words in titles only")
    return parser


# The sweep ----------------------------------------------------------------------------------


def _sweep(options: argparse.Namespace, engines: Sequence[str]) -> list[Score]:
    settings = [
        Setting(text, engine, measure)
        for text in options.texts
        for measure in _measures(options)
        for engine in engines
    ]
    scores = []
    for number, score in enumerate(run(settings, options.processes), start=1):
        setting = score.setting
        _tell(f"{number}/{len(settings)} {setting.text.name} {setting.engine} {setting.measure:g}")
        scores.append(score)
    _tell("", end="\n")
    return scores


def _measures(options: argparse.Namespace) -> list[float]:
    steps = int((options.most - options.least) / options.step + 1e-9)
    swept = {options.least + options.step * n for n in range(steps + 1)}
    return sorted(swept | set(options.beside))


def _report(
    options: argparse.Namespace, scores: Sequence[Score], listed: Sequence[str]
) -> Iterator[str]:
    of_text = {
        text: [score for score in scores if score.setting.text == text] for text in options.texts
    }
    for text, own in of_text.items():
        if own:
            yield from tables.report_of_text(text.name, own, listed)
    yield "## Side by side"
    yield ""
    for measure in options.beside:
        for text, own in of_text.items():
            yield from tables.beside(text.name, measure, own)


def _cost(count: int) -> Iterator[str]:
    _tell(f"timing {count} pairs", end="\n")
    found = timing.pairs(count)
    plain = statistics.median(pair.plain_s for pair in found)
    ours = statistics.median(pair.ours_s for pair in found)
    ratio = statistics.median(pair.ours_s / pair.plain_s for pair in found)
    yield f"## Layout stage of the issue of {timing.ISSUE}, median of {count} pairs"
    yield ""
    yield from tables.table(
        ("", "plain", "ours", "ours / plain"),
        [("CPU s", f"{plain:.2f}", f"{ours:.2f}", f"{ratio:.2f}")],
    )


# Pictures -----------------------------------------------------------------------------------


def _draw(options: argparse.Namespace, engines: Sequence[str]) -> None:
    for text in options.texts:
        first, last = PICTURED.get(text.stem, (0, 3))
        shown = read(text)[first:last]
        for path in pictures.write(text.stem, shown, engines, PICTURED_EM, options.pictures):
            print(f"{path.name}: {path.stat().st_size} bytes")


def _tell(message: str, end: str = "") -> None:
    print(f"\r\033[K{message}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
