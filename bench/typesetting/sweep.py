"""One setting measured: a text, an engine, a measure; and many of them, two at a time.

In: settings. Out: a `Score` for each, in their order. A score is small, so that it can come
from another process; the PDF stays there.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.typesetting import drawn, extraction, judge
from bench.typesetting.engines import EDGE_PT, LEADING_PT, SIZE_PT, typeset
from bench.typesetting.extraction import Fidelity
from bench.typesetting.judge import Evenness, Fault
from bench.typesetting.texts import Paragraph, read

LIMITS_EM = (0.05, 0.1, 0.25)
BORNE = frozenset({"split long word", "split address"})
"""What is no rule of words: a word wider than the measure, an address (docs/typesetting.md)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set, by what, how wide (in em)."""

    text: Path
    engine: str
    measure: float


@dataclass(frozen=True, slots=True)
class Score:
    """What was measured of one setting; lengths in em.

    `filled` counts the lines that are to fill the measure, all but the last of a paragraph;
    `above` how many of them are stretched by more than each of `LIMITS_EM`, `squeezed` in how
    many a mark that stands alone is narrower by more than the first of these. `ragged` are the
    lines whose edge is off, `loosest` is the line with the largest stretch.
    """

    setting: Setting
    lines: int
    filled: int
    above: tuple[int, ...]
    squeezed: int
    faults: tuple[Fault, ...]
    ragged: tuple[Evenness, ...]
    loosest: Evenness | None
    space: float
    edge: float
    runts: int
    fidelity: Mapping[str, Fidelity]

    @property
    def violations(self) -> list[Fault]:
        """The broken rules that could have been kept."""
        return [fault for fault in self.faults if fault.rule not in BORNE]


def run(settings: Sequence[Setting], processes: int) -> Iterator[Score]:
    """Yield the score of each setting."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield from pool.map(score, settings)


def score(setting: Setting) -> Score:
    """Set a text and measure it; what goes wrong says where."""
    texts = _texts(setting.text)
    try:
        data = typeset(setting.engine, texts, setting.measure)
        return judged(setting, texts, data)
    except Exception as error:
        message = f"{setting.text.name}, {setting.engine}, {setting.measure:g} em: {error}"
        raise RuntimeError(message) from error


def judged(setting: Setting, texts: Sequence[Paragraph], data: bytes) -> Score:
    """Measure what was set."""
    measure = setting.measure * SIZE_PT
    paragraphs = drawn.paragraphs(drawn.lines(data, EDGE_PT), LEADING_PT)
    if len(paragraphs) != len(texts):
        message = f"{len(texts)} paragraphs are drawn as {len(paragraphs)}"
        raise ValueError(message)
    faults: list[Fault] = []
    lines: list[Evenness] = []
    as_broken: list[str] = []
    for text, paragraph in zip(texts, paragraphs, strict=True):
        faults += judge.faults(paragraph, text.plain, measure)
        lines += judge.evenness(paragraph, measure, SIZE_PT)
        as_broken.append(judge.as_broken(paragraph, text.plain))
    filled = [line for line in lines if not line.is_last]
    stretched = [line for line in filled if line.stretch is not None]
    return Score(
        setting=setting,
        lines=len(lines),
        filled=len(filled),
        above=tuple(sum(_stretch(line) > limit for line in stretched) for limit in LIMITS_EM),
        squeezed=sum(line.squeeze > LIMITS_EM[0] for line in filled),
        faults=tuple(faults),
        ragged=tuple(line for line in lines if not line.is_flush),
        loosest=max(stretched, key=_stretch, default=None),
        space=max((line.space for line in filled), default=0.0),
        edge=max((line.edge for line in lines), default=0.0),
        runts=sum(judge.is_runt(paragraph) for paragraph in paragraphs),
        fidelity=extraction.measure(data, "\n".join(as_broken)),
    )


def _stretch(line: Evenness) -> float:
    return line.stretch or 0.0


@cache
def _texts(path: Path) -> list[Paragraph]:
    return read(path)
