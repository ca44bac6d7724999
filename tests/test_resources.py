"""Whether a path lies in a folder is told without asking for each step, and told right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.resources import lies_within


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with files, and with links to files within it and without."""
    within = tmp_path / "issue"
    (within / "images").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for file in (within / "images" / "dam.svg", tmp_path / "other" / "key.svg"):
        file.touch()
    (within / "out").symlink_to(tmp_path / "other")
    (within / "out.svg").symlink_to("../other/key.svg")
    (within / "in.svg").symlink_to("images/dam.svg")
    (within / "images" / "round").symlink_to("round")
    return within


WITHIN = ["images/dam.svg", "images/none.svg", "in.svg", ".", "images/../images/dam.svg"]
WITHOUT = ["out/key.svg", "out/none.svg", "out.svg", "out", "../other/key.svg", "images/../.."]


@pytest.mark.parametrize("name", [*WITHIN, *WITHOUT])
def test_a_path_lies_where_its_links_lead(folder: Path, name: str) -> None:
    assert lies_within(folder / name, folder) == (name in WITHIN)
    assert lies_within(folder / name, folder) == (
        (folder / name).resolve().is_relative_to(folder.resolve())
    )


def test_a_folder_may_itself_be_reached_by_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert lies_within(link / "in.svg", link)
    assert lies_within(link / "images" / "dam.svg", folder)
    assert not lies_within(link / "out.svg", link)


def test_links_that_lead_in_a_circle_end(folder: Path) -> None:
    """Python before 3.13 raises, later ones leave the path as it is."""
    path = folder / "images" / "round" / "file"
    try:
        expected = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:
        with pytest.raises(type(error)):
            lies_within(path, folder)
    else:
        assert lies_within(path, folder) == expected


@pytest.mark.skipif(os.name != "posix", reason="elsewhere each path is resolved")
def test_plain_paths_are_not_resolved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Path, "resolve")
    assert lies_within(folder / "images" / "dam.svg", folder)
