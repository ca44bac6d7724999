"""That a drawing is sound is kept; what is wrong with another is told each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.cache.store import size_of
from newsletter.pictures import inspect, svg

SOUND = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30.5"><path d="M0 0h9v9z"/></svg>'
)
FLAWED = SOUND.replace("M0 0h9v9z", "M0 0h")


def drawing(folder: Path, text: str) -> Path:
    path = folder / "drawing.svg"
    path.write_text(text, "utf-8")
    return path


def test_a_sound_drawing_is_read_once(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = inspect(drawing(tmp_path, SOUND))
    assert size_of(str(cache)) > 0
    monkeypatch.setattr(svg, "read", None)
    assert inspect(drawing(tmp_path, SOUND)) == first
    assert first[0] is not None
    assert (first[0].width, first[0].height) == (40.0, 30.5)


def test_problems_of_a_drawing_are_told_each_time(cache: Path, tmp_path: Path) -> None:
    told = [inspect(drawing(tmp_path, FLAWED))[1] for _ in range(2)]
    assert cache.is_dir()
    assert told[0]
    assert told[0] == told[1]


def test_another_drawing_under_the_same_name_is_read(cache: Path, tmp_path: Path) -> None:
    inspect(drawing(tmp_path, SOUND))
    changed, problems = inspect(drawing(tmp_path, SOUND.replace("40", "50")))
    assert problems == []
    assert changed is not None
    assert changed.width == 50
    assert inspect(drawing(tmp_path, FLAWED))[1]
    assert cache.is_dir()
