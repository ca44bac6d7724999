"""A picture is inspected once while its file and the folders around it stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.diagnostics import Place
from newsletter.pictures import examine, inspection

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'


@pytest.fixture
def inspected(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list of the files that are inspected."""
    found: list[Path] = []
    inspect = inspection.inspect

    def noted(path: Path) -> object:
        found.append(path)
        return inspect(path)

    monkeypatch.setattr(inspection, "inspect", noted)
    return found


def test_a_picture_is_inspected_again_when_it_is_another(
    tmp_path: Path, inspected: list[Path]
) -> None:
    (tmp_path / "images").mkdir()
    file = tmp_path / "images" / "a.svg"
    file.write_text(SQUARE, "utf-8")
    first, _problems = examine("images/a.svg", tmp_path)
    assert examine("images/a.svg", tmp_path) == (first, [])
    assert len(inspected) == 1
    file.write_text(SQUARE.replace("h8v8", "h8v9"), "utf-8")
    os.utime(file, ns=(1, 1))
    other, _problems = examine("images/a.svg", tmp_path)
    assert first is not None
    assert other is not None
    assert first.sha256 != other.sha256
    assert len(inspected) == 2


def test_a_picture_that_comes_or_goes_is_looked_for_again(
    tmp_path: Path, inspected: list[Path]
) -> None:
    assert [problem.code for problem in examine("a.svg", tmp_path)[1]] == ["N301"]
    (tmp_path / "a.svg").write_text(SQUARE, "utf-8")
    assert examine("a.svg", tmp_path)[1] == []
    (tmp_path / "a.svg").rename(tmp_path / "A.svg")
    assert [problem.code for problem in examine("a.svg", tmp_path)[1]] == ["N301"]
    assert len(inspected) == 1


def test_a_folder_that_becomes_a_link_is_looked_at_again(
    tmp_path: Path, inspected: list[Path]
) -> None:
    issue, outside = tmp_path / "issue", tmp_path / "outside"
    (issue / "images").mkdir(parents=True)
    outside.mkdir()
    for folder in (issue / "images", outside):
        (folder / "a.svg").write_text(SQUARE, "utf-8")
    assert examine("images/a.svg", issue)[1] == []
    (issue / "images").rename(issue / "before")
    (issue / "images").symlink_to(outside)
    assert [problem.code for problem in examine("images/a.svg", issue)[1]] == ["N303"]
    assert len(inspected) == 1


def test_what_is_wrong_stands_where_the_picture_is_named_now(
    tmp_path: Path, inspected: list[Path]
) -> None:
    (tmp_path / "a.svg").write_text("<svg", "utf-8")
    places = [Place("a.yaml", line) for line in (1, 7)]
    told = [examine("a.svg", tmp_path, place)[1] for place in places]
    assert [[problem.place for problem in problems] for problems in told] == [[p] for p in places]
    assert len(inspected) == 1
