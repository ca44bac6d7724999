"""The report in Markdown.

In: scores. Out: lines of text. Shares are of the lines that are to fill the measure; a share of
nothing is said as “–”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from bench.typesetting.extraction import Fidelity
from bench.typesetting.judge import Evenness
from bench.typesetting.sweep import LIMITS_EM, Score

NARROW_EM = 10
"""Below this a line may have nothing that can stretch; its ragged lines are listed apart."""
MOST_LISTED = 12
NARROW_HEAD = f"not flush below {NARROW_EM} em"
HEADS = (
    "lines",
    "violations",
    f"not flush from {NARROW_EM} em",
    NARROW_HEAD,
    "largest stretch em",
    *(f"> {limit:g} em" for limit in LIMITS_EM),
    f"marks squeezed > {LIMITS_EM[0]:g} em",
    "widest space em",
    "runts",
    "largest edge error em",
)


def by_engine(scores: Sequence[Score]) -> dict[str, list[Score]]:
    """Group scores by engine, in the order in which the engines come."""
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(score.setting.engine, []).append(score)
    return groups


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table and a blank line."""
    yield f"| {' | '.join(head)} |"
    yield f"|---{'|---:' * (len(head) - 1)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def report_of_text(name: str, scores: Sequence[Score], listed: Sequence[str]) -> Iterator[str]:
    """Yield the tables of one text over all measures.

    Of the engines in `listed` also examples, and the lines that were found wanting.
    """
    measures = sorted({score.setting.measure for score in scores})
    groups = by_engine(scores)
    yield f"## {name}, {measures[0]:g} to {measures[-1]:g} em ({len(measures)} measures)"
    yield ""
    yield from table(
        ("engine", *HEADS), ((engine, *figures(own)) for engine, own in groups.items())
    )
    yield from _extraction(groups, listed)
    for engine, own in groups.items():
        if engine in listed:
            yield from _findings(engine, own)


def beside(name: str, measure: float, scores: Sequence[Score]) -> Iterator[str]:
    """Yield the engines side by side, one column each, at one measure."""
    groups = by_engine([score for score in scores if score.setting.measure == measure])
    columns = [figures(own) for own in groups.values()]
    if not columns:
        return
    yield f"### {name} at {measure:g} em"
    yield ""
    rows = ((head, *cells) for head, *cells in zip(HEADS, *columns, strict=True))
    yield from table(("", *groups), (row for row in rows if row[0] != NARROW_HEAD))


def figures(scores: Sequence[Score]) -> list[str]:
    """Return the cells of one engine, in the order of `HEADS`."""
    wide = [score for score in scores if score.setting.measure >= NARROW_EM]
    narrow = [score for score in scores if score.setting.measure < NARROW_EM]
    filled = sum(score.filled for score in scores)
    shares = [sum(score.above[n] for score in scores) for n in range(len(LIMITS_EM))]
    shares.append(sum(score.squeezed for score in scores))
    return [
        str(sum(score.lines for score in scores)),
        str(sum(len(score.violations) for score in scores)),
        str(sum(len(score.ragged) for score in wide)) if wide else "–",
        str(sum(len(score.ragged) for score in narrow)) if narrow else "–",
        f"{max(_largest(score) for score in scores):.3f}",
        *(f"{100 * count / filled:.1f} %" if filled else "–" for count in shares),
        f"{max(score.space for score in scores):.2f}",
        str(sum(score.runts for score in scores)),
        f"{max(score.edge for score in scores):.3f}",
    ]


def _largest(score: Score) -> float:
    return (score.loosest.stretch or 0.0) if score.loosest else 0.0


# Extraction ---------------------------------------------------------------------------------


def _extraction(groups: Mapping[str, Sequence[Score]], listed: Sequence[str]) -> Iterator[str]:
    sums = {engine: _fidelity(scores) for engine, scores in groups.items()}
    names = list(next(iter(sums.values())))
    yield "Extracted: characters lost −, gained +, changed ≠; spaces lost ␣−, gained ␣+."
    yield ""
    yield from table(
        ("engine", *names), ((engine, *map(str, own.values())) for engine, own in sums.items())
    )
    for engine in listed:
        for name, fidelity in sums.get(engine, {}).items():
            for found in fidelity.examples:
                yield (
                    f"- {engine}, {name}, {found.kind} {found.count}: "
                    f"`{found.written}` came out as `{found.extracted}`"
                )
    yield ""


def _fidelity(scores: Sequence[Score]) -> dict[str, Fidelity]:
    sums = dict(scores[0].fidelity)
    for score in scores[1:]:
        sums = {name: sums[name].plus(fidelity) for name, fidelity in score.fidelity.items()}
    return sums


# What was found -----------------------------------------------------------------------------


def _findings(engine: str, scores: Sequence[Score]) -> Iterator[str]:
    faults = [
        f"{score.setting.measure:g} em, {fault.rule}: `{fault.around}`"
        for score in scores
        for fault in score.faults
    ]
    yield from _listed(
        f"{engine}: rules broken, words too long for the measure and addresses included", faults
    )
    for title, wide in ((f"not flush from {NARROW_EM} em", True), (NARROW_HEAD, False)):
        ragged = chain.from_iterable(
            _named(score, score.ragged)
            for score in scores
            if (score.setting.measure >= NARROW_EM) == wide
        )
        yield from _listed(f"{engine}: {title}", list(ragged))
    loosest = sorted(scores, key=_largest, reverse=True)[:3]
    lines = [(score, score.loosest) for score in loosest if score.loosest and _largest(score) > 0]
    yield from _listed(
        f"{engine}: loosest lines",
        [
            f"{score.setting.measure:g} em, {line.stretch:.3f} em: `{line.text}`"
            for score, line in lines
        ],
    )


def _named(score: Score, lines: Iterable[Evenness]) -> Iterator[str]:
    for line in lines:
        yield f"{score.setting.measure:g} em, off by {line.edge:.3f} em: `{line.text}`"


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if not items:
        return
    yield f"{title} ({len(items)})"
    yield ""
    yield from (f"- {item}" for item in items[:MOST_LISTED])
    if len(items) > MOST_LISTED:
        yield f"- and {len(items) - MOST_LISTED} more"
    yield ""
