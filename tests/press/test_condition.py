"""Printing conditions: found by name or as a file, never another folder's, never another kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.press.condition import ConditionError, condition_names, load_condition
from newsletter.resources import packaged

OURS = packaged() / "profiles"


def test_a_condition_is_found_by_its_name() -> None:
    condition = load_condition("FOGRA39L coated", [OURS])
    assert condition.identifier == "FOGRA39"
    assert condition.registry == "http://www.color.org"
    assert condition.icc[36:40] == b"acsp"


def test_names_are_those_of_presses() -> None:
    assert condition_names([OURS]) == ["FOGRA39L coated"]


def test_an_icc_file_of_the_publication_is_found_by_its_file(tmp_path: Path) -> None:
    shutil.copy(OURS / "FOGRA39L_coated.icc", tmp_path / "press.icc")
    condition = load_condition("press.icc", [tmp_path, OURS])
    assert condition.identifier == condition.name
    assert condition.registry == ""


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("unheard of", "missing"),
        ("sRGB", "not-cmyk"),
        ("sRGB.icc", "not-cmyk"),
        ("../profiles/FOGRA39L_coated.icc", "found"),
        ("../pyproject.toml", "missing"),
    ],
)
def test_what_is_no_press_is_refused(name: str, problem: str) -> None:
    if problem == "found":
        assert load_condition(name, [OURS]).icc
        return
    with pytest.raises(ConditionError) as refusal:
        load_condition(name, [OURS])
    assert refusal.value.problem == problem


def test_a_damaged_profile_is_refused(tmp_path: Path) -> None:
    whole = (OURS / "FOGRA39L_coated.icc").read_bytes()
    (tmp_path / "cut.icc").write_bytes(whole[:200])
    with pytest.raises(ConditionError) as refusal:
        load_condition("cut.icc", [tmp_path])
    assert refusal.value.problem == "unreadable"
