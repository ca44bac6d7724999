"""The figures in docs/ are those of the composer as it is."""

from __future__ import annotations

import re

import pytest
from bench.typesetting import page, tables
from bench.typesetting.sweep import Setting, run
from bench.typesetting.texts import BUNDLED, FOLDER

PAGE = FOLDER.parents[2] / "docs" / "typesetting-figures.md"
MEASURE = 22


@pytest.mark.parametrize("name", [text.name for text in BUNDLED])
def test_the_figures_at_one_measure_are_current(name: str) -> None:
    written = PAGE.read_text("utf-8")
    if page.versions() not in written:
        pytest.skip(f"the figures were not made with {page.versions()}")
    part = written.split(f"### {name} at {MEASURE} em\n")[1].split("###")[0]
    rows = re.findall(r"^\| (.+?) \| .+? \| (.+?) \| .+? \|$", part, re.MULTILINE)
    told = {head: ours for head, ours in rows if head in tables.HEADS}
    [made] = run([Setting(FOLDER / name, "ours", MEASURE)], processes=1)
    found = dict(zip(tables.HEADS, tables.figures([made]), strict=True))
    assert "|  | plain | ours | typst |" in part
    assert told == {head: found[head] for head in told}, "run make typesetting-report"
    assert len(told) > 10
