"""Processes at work: the order of their answers, one that ends by itself, an end from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.crew import pool
from newsletter.crew.pool import cores, work_together
from newsletter.crew.task import Outcome, Task
from newsletter.frames import SLOTS
from processes import alive, waited

LONGEST_S = 60.0
"""Far more than any of these takes; a hang is a failure, not a wait."""


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """End a test that hangs."""

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def tasks(folder: Path, count: int) -> list[Task]:
    return [Task(folder, f"n{number}") for number in range(count)]


def number(task: Task) -> int:
    return int(task.issue[1:])


def named(task: Task) -> Outcome:
    """Return the process that did it, the later tasks sooner."""
    time.sleep(0.05 * (4 - number(task) % 4))
    return Outcome(task.issue, (Path(str(os.getpid())),))


def killed_once(task: Task) -> Outcome:
    mark = task.root / task.issue
    if number(task) == 1 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(task.issue)


def killed_always(task: Task) -> Outcome:
    if number(task) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(task.issue)


def leaves(task: Task) -> Outcome:
    if number(task) == 1:
        os._exit(7)
    return Outcome(task.issue)


def raises(task: Task) -> Outcome:
    if number(task) == 1:
        raise KeyError("somewhere")
    return Outcome(task.issue)


def sized(task: Task) -> Outcome:
    """Return the size of the largest frame that is being executed."""
    frame, sizes = sys._getframe(), [0]
    while frame.f_back is not None:
        frame = frame.f_back
        sizes.append(frame.f_code.co_stacksize)
    return Outcome(task.issue, (Path(str(max(sizes))),))


def told(outcome: Outcome) -> str:
    return " ".join(f"{d.code} {d.message('en')}" for d in outcome.findings)


def test_frames_of_a_process_lie_in_one_chunk(tmp_path: Path) -> None:
    (outcome,) = work_together(sized, tasks(tmp_path, 1), 1)
    assert outcome.files == (Path(str(SLOTS)),)


def test_what_is_returned_stands_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    heard: list[str] = []
    outcomes = work_together(named, tasks(tmp_path, 8), 4, lambda one: heard.append(one.issue))
    assert [outcome.issue for outcome in outcomes] == [f"n{n}" for n in range(8)]
    assert sorted(heard) == [f"n{n}" for n in range(8)]
    assert heard != sorted(heard)
    workers = {outcome.files[0] for outcome in outcomes}
    assert Path(str(os.getpid())) not in workers
    assert 1 < len(workers) <= 4


def test_no_more_processes_are_started_than_there_are_tasks(tmp_path: Path) -> None:
    outcomes = work_together(named, tasks(tmp_path, 2), 16)
    assert len({outcome.files[0] for outcome in outcomes}) == 2
    assert work_together(named, [], 4) == []


def test_a_process_is_replaced_after_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "TASKS_EACH", 2)
    outcomes = work_together(named, tasks(tmp_path, 6), 1)
    workers = [outcome.files[0] for outcome in outcomes]
    assert workers[0] == workers[1] != workers[2] == workers[3] != workers[4] == workers[5]


def test_a_task_whose_process_is_killed_is_tried_once_more(tmp_path: Path) -> None:
    outcomes = work_together(killed_once, tasks(tmp_path, 4), 2)
    assert (tmp_path / "n1").exists()
    assert [outcome.findings for outcome in outcomes] == [()] * 4


@pytest.mark.parametrize(("work", "reason"), [(killed_always, "SIGKILL"), (leaves, "exit 7")])
def test_a_task_that_kills_every_process_is_told_and_costs_no_other(
    tmp_path: Path, work: pool.Work, reason: str
) -> None:
    outcomes = work_together(work, tasks(tmp_path, 5), 2)
    assert [bool(outcome.findings) for outcome in outcomes] == [n == 1 for n in range(5)]
    assert told(outcomes[1]).startswith("N724 ")
    assert f"n1 ended by itself: {reason}" in told(outcomes[1])


def test_a_fault_of_the_program_is_told_and_costs_no_other(tmp_path: Path) -> None:
    outcomes = work_together(raises, tasks(tmp_path, 3), 2)
    assert "KeyError: 'somewhere'" in told(outcomes[1])
    assert not outcomes[0].findings
    assert not outcomes[2].findings


def test_there_is_a_core() -> None:
    assert cores() >= 1


# An end from outside

ENDLESS = """
import signal, sys, time
from pathlib import Path
from newsletter.crew.pool import work_together
from newsletter.crew.task import Task
from test_pool import endless
def terminated(*_arguments):
    sys.exit(143)
signal.signal(signal.SIGTERM, terminated)
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    work_together(endless, [Task(folder, f"n{n}") for n in range(4)], 2)
"""


def endless(task: Task) -> Outcome:
    """Half-write something, and take it away when the process is ended in good order."""
    half = task.root / f"{task.issue}.part"
    try:
        half.touch()
        time.sleep(LONGEST_S)
    finally:
        half.unlink(missing_ok=True)
    return Outcome(task.issue)


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("to", ["all", "first"])
def test_however_it_ends_no_process_is_left(tmp_path: Path, blow: signal.Signals, to: str) -> None:
    """Ctrl-C goes to all processes of a terminal, `kill` to the first."""
    (tmp_path / "work").mkdir()
    program = tmp_path / "endless.py"
    program.write_text(ENDLESS, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(program), str(tmp_path / "work")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, Path(__file__).parents[:2]))},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert waited(lambda: len([*(tmp_path / "work").iterdir()]) == 2, LONGEST_S / 2)
        if to == "all":
            os.killpg(process.pid, blow)
        else:
            process.send_signal(blow)
        assert process.wait(LONGEST_S / 2) != 0
        if blow is signal.SIGKILL and to == "first":
            return  # its processes end after the issue that they are at
        assert waited(lambda: not alive(process.pid), LONGEST_S / 2)
        if blow is not signal.SIGKILL:
            assert [*(tmp_path / "work").iterdir()] == []
    finally:
        if alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
