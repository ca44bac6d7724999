"""The drawing of folded sheets is made from the plan, and current."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import pytest

import build_folding_figure


def test_the_drawing_is_current() -> None:
    drawn = build_folding_figure.TARGET.read_text("utf-8")
    assert drawn == build_folding_figure.figure(), "run make folding"


def test_a_drawing_that_is_not_current_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_folding_figure, "ROOT", tmp_path)
    monkeypatch.setattr(build_folding_figure, "TARGET", tmp_path / "imposition/saddle-8.svg")
    assert build_folding_figure.main(["--check"]) == 1
    assert build_folding_figure.main([]) == 0
    assert build_folding_figure.main(["--check"]) == 0
