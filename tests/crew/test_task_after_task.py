"""A process that builds issue after issue: what it keeps of one for the next, what it lets go."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from newsletter.crew.pool import work_together
from newsletter.crew.task import Outcome, Task
from newsletter.typesetting.seam import knots
from workshop import Workshop


def tasks(folder: Path) -> list[Task]:
    return [Task(folder, f"n{number}") for number in range(4)]


def built(task: Task) -> Outcome:
    """Build; tell where the fonts are, and how much there was for a search to go through."""
    from newsletter import forme
    from newsletter.edition import build

    left = len(gc.get_objects())
    edition = build(task.root, "one", ["screen"], task.root / task.issue)
    fonts = Path(forme._SHEETS[-1].context["font_config"]._folder)
    assert fonts.is_dir()
    return Outcome(task.issue, (*edition.files.values(), fonts, Path(str(left))))


def found(task: Task) -> Outcome:
    """Build, and tell how much a search finds, when all knots were cut before or not."""
    from newsletter.edition import build

    build(task.root, "one", ["screen"], task.root / task.issue)
    if int(task.issue[1:]) % 2:
        knots.cut()
    return Outcome(task.issue, (Path(str(gc.collect())),))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shop = Workshop(tmp_path)
    shop.write_article("会议指出，要加强合作，推动绿色发展。\n\n> 引文。\n\n- 甲\n- 乙\n\n" * 9)
    return tmp_path


def test_a_process_builds_the_same_again_and_again_and_leaves_no_fonts(
    root: Path,
) -> None:
    outcomes = work_together(built, tasks(root), 1)
    assert [outcome.findings for outcome in outcomes] == [()] * 4
    files = [outcome.files[0].read_bytes() for outcome in outcomes]
    assert files == files[:1] * 4
    assert all(int(outcome.files[2].name) < 2000 for outcome in outcomes[1:])
    folders = {outcome.files[1] for outcome in outcomes}
    assert len(folders) == 1
    assert not folders.pop().exists()


def test_what_was_cut_need_not_be_searched_for(root: Path) -> None:
    outcomes = work_together(found, tasks(root), 1)
    counts = [int(outcome.files[0].name) for outcome in outcomes]
    assert counts[3] < counts[2] / 3


def test_all_that_is_cut_is_there() -> None:
    assert len([*knots._kinds()]) == sum(map(len, knots.KNOTS.values()))
