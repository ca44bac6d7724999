"""Killing: an archive's writer ended by SIGKILL, and what it leaves behind.

Two ways: whole commands, killed at random moments of their running time; and the taking in of a
bag, killed before each single operation on files that Python announces (sys.addaudithook). After
each, the archive must be sound as it lies, for a reader who may not write; and after the next
writer, with nothing left over.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.archive.papers import deposit, submission
from newsletter.archive.accession import Terms, accept
from newsletter.archive.audit import Scope, audit
from newsletter.archive.stacks import PART, PENDING, WORKING, Archive
from newsletter.diagnostics import Diagnostic

COMMAND = "from newsletter.cli import main; main()"
OPERATIONS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate")
NOTES = (PENDING, WORKING)


@dataclass(frozen=True, slots=True)
class Death:
    """One killing: when, in seconds or as a number of operations; what the archive held then."""

    moment: float
    bags: int
    findings: tuple[Diagnostic, ...]
    left_over: tuple[str, ...]


def newsletter(*arguments: str) -> list[str]:
    """Return the command line of a process of its own."""
    return [sys.executable, "-c", COMMAND, *arguments]


def kill_at_random(
    command: Sequence[str], archive: Path, times: int, seed: int = 1
) -> Iterator[Death]:
    """Run a command and kill it at random moments; each time in an archive as it was before."""
    before = _kept(archive)
    lasts = _duration(command)
    _restore(before, archive)
    for turn in range(times):
        moment = random.Random(f"{seed}-{turn}").uniform(0, lasts)  # noqa: S311 - nothing secret
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        death = _autopsy(moment, archive)
        deposit(archive, "1900")  # and the next writer writes
        yield replace(death, findings=(*death.findings, *audit(Archive(archive), Scope()).findings))
        _restore(before, archive)
    shutil.rmtree(before.parent)


def _kept(archive: Path) -> Path:
    before = archive.parent / f".before-{archive.name}" / archive.name
    shutil.copytree(archive, before)
    return before


def _restore(before: Path, archive: Path) -> None:
    shutil.rmtree(archive)
    shutil.copytree(before, archive)


def _duration(command: Sequence[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begun


def kill_at_each_operation(archive: Path, issue: str) -> Iterator[Death]:
    """Take an issue in, killed before its first operation, its second, and so on to the end."""
    before = _kept(archive)
    number, is_alive = 0, False
    with submission(issue) as ready:
        while not is_alive:
            number += 1
            child = os.fork()
            if child == 0:
                _die_at(number, archive)
                accept(Archive(archive), ready, Terms())
                os._exit(0)
            _, status = os.waitpid(child, 0)
            is_alive = not os.WIFSIGNALED(status)
            yield _autopsy(number, archive)
            _restore(before, archive)
    shutil.rmtree(before.parent)


def _die_at(number: int, archive: Path) -> None:
    """Have this process kill itself before an operation on files of the archive."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in OPERATIONS and str(arguments[0]).startswith(str(archive)):
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _autopsy(moment: float, archive: Path) -> Death:
    """Return what a reader finds, and what is left over after somebody who may write came by."""
    found = _as_reader(archive)
    result = audit(Archive(archive), Scope())
    left = [path.name for path in archive.rglob(".*") if path.name.endswith(PART)]
    left += [name for name in NOTES if (archive / name).exists()]
    return Death(moment, len(result.checked), (*found, *result.findings), tuple(left))


def _as_reader(archive: Path) -> list[Diagnostic]:
    """Return what is found by somebody who can put nothing in order."""

    class Reader(Archive, frozen=True):
        def turn(self) -> object:  # type: ignore[override]
            raise OSError("read-only")

    return audit(Reader(archive), Scope()).findings
