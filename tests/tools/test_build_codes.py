"""The page of codes is written from the catalogue, and current."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import pytest

import build_codes


def test_the_page_of_codes_is_current() -> None:
    assert build_codes.TARGET.read_text("utf-8") == build_codes.page(), "run make codes"


def test_a_page_that_is_not_current_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_codes, "TARGET", tmp_path / "codes.md")
    assert build_codes.main(["--check"]) == 1
    assert build_codes.main([]) == 0
    assert build_codes.main(["--check"]) == 0
