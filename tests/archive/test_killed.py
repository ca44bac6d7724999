"""A writer that is killed leaves either no bag or a whole one, and a log that holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.killing import kill_at_each_operation, kill_at_random, newsletter
from bench.archive.papers import deposit, write_paper

import small_issue
from newsletter.archive.audit import Scope, audit
from newsletter.archive.log import Entry
from newsletter.archive.stacks import PENDING, Archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    deposit(tmp_path / "archive", "2001")
    return tmp_path / "archive"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_before_each_operation_on_files(archive: Path) -> None:
    deaths = list(kill_at_each_operation(archive, "2002"))
    assert len(deaths) > 60
    assert [d for d in deaths if d.findings or d.left_over] == []
    assert {d.bags for d in deaths} == {1, 2}


@pytest.mark.slow
def test_commands_killed_at_random_moments(tmp_path: Path) -> None:
    root = small_issue.make(tmp_path / "small")
    archive = root / "archive"
    deposit(archive, "2001")
    pdf, metadata = write_paper(tmp_path, "2002")
    add = ["archive", "add", str(pdf), "--metadata", str(metadata)]
    for command in (["archive", "one"], add):
        deaths = list(kill_at_random(newsletter("-C", str(root), *command), archive, 3))
        assert [d for d in deaths if d.findings or d.left_over] == []


def test_a_line_that_was_torn_is_written_again(archive: Path) -> None:
    """As when the disk was full or the power went while the last line was written."""
    kept = (archive / "log.jsonl").read_bytes()
    deposit(archive, "2002")
    line = (archive / "log.jsonl").read_bytes().removeprefix(kept)
    for length in (0, 1, len(line) // 2, len(line) - 1, len(line)):
        (archive / "log.jsonl").write_bytes(kept + line[:length])
        (archive / PENDING).write_bytes(line)
        assert audit(Archive(archive), Scope()).findings == []
        assert (archive / "log.jsonl").read_bytes() == kept + line
        assert not (archive / PENDING).exists()


def test_a_note_whose_bag_never_came_to_stand_is_taken_away(archive: Path) -> None:
    kept = (archive / "log.jsonl").read_bytes()
    (archive / PENDING).write_bytes(Entry(2, "2030-01-01T00:00:00Z", "added", "x", 1, {}).line())
    result = audit(Archive(archive), Scope())
    assert (result.findings, result.checked) == ([], ["2001/v1"])
    assert (archive / "log.jsonl").read_bytes() == kept
    assert not (archive / PENDING).exists()


def test_writers_at_once_take_turns(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    commands = []
    for issue in ("2001", "2002", "2003", "2003"):
        pdf, metadata = write_paper(tmp_path / issue, issue)
        add = ("add", str(pdf), "--metadata", str(metadata))
        commands.append(newsletter("archive", "--archive", str(archive), *add))
    running = [subprocess.Popen(command, cwd=tmp_path) for command in commands]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    result = audit(Archive(archive), Scope())
    assert result.findings == []
    assert result.checked == ["2001/v1", "2002/v1", "2003/v1"]


def test_a_search_that_is_killed_while_it_makes_the_catalogue_costs_no_later_one(
    tmp_path: Path,
) -> None:
    """The catalogue is made from the bags beside its place: half of one is never found."""
    archive = tmp_path / "archive"
    for number in range(2001, 2007):
        deposit(archive, str(number))
    command = newsletter("archive", "--archive", str(archive), "search", "first")

    def found() -> str:
        done = subprocess.run(command, capture_output=True, check=False)
        return done.stdout.decode("utf-8")

    wanted = found()
    assert "2006" in wanted
    for delay in range(12):
        (archive / "catalogue.sqlite").unlink(missing_ok=True)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as killed:
            time.sleep(0.1 + 0.06 * delay)
            killed.kill()
        assert found() == wanted
    assert audit(Archive(archive), Scope()).findings == []
