"""CPU seconds and peak memory of whole process trees.

In: command lines. Out: a `Cost`. Processes that outlive their parents are waited for, too
(Linux: PR_SET_CHILD_SUBREAPER), so that none escapes the count.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""
PAUSE_S = 0.02
"""Between two looks at the memory of a tree."""
PATIENCE_S = 600


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of all processes, and the most that they held at one time, in MiB.

    Memory is their proportional share (Pss), so that what processes share counts once; where
    there is one process, it is its resident memory.
    """

    cpu_s: float
    peak_mib: float


def measure(commands: Sequence[Sequence[str]], folder: Path) -> Cost:
    """Run commands side by side to their end in a folder; raises RuntimeError if one fails."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    before = _spent()
    log = folder / "output.txt"
    with log.open("wb") as heard:
        processes = [
            subprocess.Popen(command, cwd=folder, env=environment(), stdout=heard, stderr=heard)
            for command in commands
        ]
    peak, most = _watched({process.pid for process in processes})
    for process in processes:
        if process.wait() != 0:
            last = log.read_text("utf-8", "replace")[-800:]
            message = f"{' '.join(map(str, process.args))} ended with {process.returncode}: {last}"
            raise RuntimeError(message)
    _reap()
    resident = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Cost(_spent() - before, max(peak, most) if resident else peak)


def environment() -> Mapping[str, str]:
    """Return the environment: compiled modules may be kept, as where a package is installed."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _watched(wanted: set[int]) -> tuple[float, float]:
    """Watch trees until their first processes end.

    Return the most that all held together, and the most of a single one, each in MiB.
    """
    peak = most = 0.0
    until = time.monotonic() + PATIENCE_S
    while wanted and time.monotonic() < until:
        wanted = {pid for pid in wanted if _is_running(pid)}
        tree = _descendants()
        peak = max(peak, sum(_field(pid, "smaps_rollup", "Pss:") for pid in tree))
        if len(tree) == 1:
            most = max(most, _field(tree[0], "status", "VmHWM:"))
        time.sleep(PAUSE_S)
    return peak, most


def _is_running(pid: int) -> bool:
    return _state(pid) not in {"", "Z", "X"}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _descendants() -> list[int]:
    """Return the processes that this one started, and those that they started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text("utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [os.getpid()]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _field(pid: int, file: str, name: str) -> float:
    """Return a size that the system tells of a process, in MiB; 0 of one that has gone."""
    try:
        for line in Path(f"/proc/{pid}/{file}").read_text("utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _reap() -> None:
    """Wait for what was left behind."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(PAUSE_S)
        except ChildProcessError:
            return
