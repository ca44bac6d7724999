"""The tables of C declarations are those of the installed WeasyPrint and of `pango`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import build_declarations


def test_the_tables_are_current() -> None:
    assert build_declarations.TARGET.read_text("utf-8") == build_declarations.module(), (
        "run make declarations"
    )


def test_a_module_that_is_not_current_is_told_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_declarations, "TARGET", tmp_path / "declared.py")
    assert build_declarations.main(["--check"]) == 1
    assert build_declarations.main([]) == 0
    assert build_declarations.main(["--check"]) == 0
