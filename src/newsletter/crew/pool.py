"""Tasks done by processes of this machine, a few at a time.

In: a function, tasks, how many processes. Out: what the function returned for each, in the order
of the tasks, whichever was ready first. A process that ends by itself, as when memory runs out,
costs one task, which is tried once more; then it is told. However this ends, no process is left.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from msgspec import Struct

from newsletter.cache.place import VARIABLE
from newsletter.crew.task import Outcome, Task, ended
from newsletter.frames import in_one_chunk

Work = Callable[[Task], Outcome]
Told = Callable[[Outcome], None]
TRIES = 2
TASKS_EACH = 20
"""After how many tasks a process is replaced, so that its memory is given back."""
SOCKET = "/pymp-xxxxxxxx/listener-xxxxxxxx"
"""Where in that folder multiprocessing puts the socket of its fork server."""
LONGEST_SOCKET = 107
"""Bytes of a socket's path on Linux (unix(7))."""
PATIENCE = 5.0
"""Seconds for a process to take away what it has half written."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work_together(
    work: Work, tasks: Sequence[Task], size: int, told: Told = lambda _outcome: None
) -> list[Outcome]:
    """Have `work` done for all tasks by `size` processes; `told` hears of each as it is done.

    `work` is imported by the processes under its name. Where processes can be forked they come
    from a server that has imported everything before; elsewhere each imports for itself.
    """
    crew = _Crew(work, tasks, told)
    try:
        crew.hire(min(size, len(tasks)))
        while crew.at_work:
            crew.hear()
    finally:
        crew.dismiss()
    return [crew.outcomes[number] for number in range(len(tasks))]


class _Worker(Struct):
    """A process, our end of its pipe, the task that it has, how many it has had."""

    process: BaseProcess
    pipe: Connection
    task: int
    had: int = 1


class _Crew:
    """The processes at work, and the tasks that wait."""

    def __init__(self, work: Work, tasks: Sequence[Task], told: Told) -> None:
        self.work, self.tasks, self.told = work, tasks, told
        self.context = _context()
        self.waiting = deque(range(len(tasks)))
        self.lost: dict[int, int] = {}
        self.outcomes: dict[int, Outcome] = {}
        self.at_work: list[_Worker] = []

    def hire(self, count: int) -> None:
        """Start processes, each with a task, while any waits."""
        for _ in range(min(count, len(self.waiting))):
            ours, theirs = self.context.Pipe()
            process = self.context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(self.work, theirs, os.environ.get(VARIABLE, ""))
            )
            process.start()
            theirs.close()
            worker = _Worker(process, ours, self.waiting.popleft())
            self.at_work.append(worker)
            self._give(worker)

    def hear(self) -> None:
        """Wait until something happens, and take it in."""
        ready = wait([part for one in self.at_work for part in (one.pipe, one.process.sentinel)])
        for worker in [*self.at_work]:
            if worker.pipe in ready or worker.process.sentinel in ready:
                self._take(worker)

    def dismiss(self) -> None:
        """Have every process end, those at work too, and see that they do."""
        for worker in self.at_work:
            worker.process.terminate()
        for worker in self.at_work:
            _end(worker)

    def _give(self, worker: _Worker) -> None:
        with contextlib.suppress(OSError):  # it has ended; its sentinel says so
            worker.pipe.send(self.tasks[worker.task])

    def _take(self, worker: _Worker) -> None:
        """Take an answer, or note that there will be none; have the next task begun."""
        try:
            outcome = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            outcome = None
        if outcome is None:
            self._lose(worker)
            return
        self._note(worker.task, outcome)
        if self.waiting and worker.had < TASKS_EACH:
            worker.task, worker.had = self.waiting.popleft(), worker.had + 1
            self._give(worker)
        else:
            self.at_work.remove(worker)
            _end(worker)
            self.hire(1)

    def _lose(self, worker: _Worker) -> None:
        """Put the task of a process that has ended first in the row, or give it up."""
        self.at_work.remove(worker)
        _end(worker)
        number = worker.task
        self.lost[number] = self.lost.get(number, 0) + 1
        if self.lost[number] < TRIES:
            self.waiting.appendleft(number)
        else:
            self._note(number, ended(self.tasks[number], _reason(worker.process.exitcode)))
        self.hire(1)

    def _note(self, number: int, outcome: Outcome) -> None:
        self.outcomes[number] = outcome
        self.told(outcome)


def _context() -> BaseContext:
    """Return how processes are started: forked from a warm one where that is safe.

    The frameworks of macOS do not live through a fork; Windows has none. A warm process listens at
    a socket in the folder for temporary files, whose path may be too long for one.
    """
    folder = os.fsencode(tempfile.gettempdir())
    if sys.platform != "linux" or len(folder) + len(SOCKET) > LONGEST_SOCKET:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newsletter.crew.warm"])
    return context


def _end(worker: _Worker) -> None:
    """Close the pipe, at whose end a process stops, and wait; kill one that does not."""
    worker.pipe.close()
    worker.process.join(PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _reason(status: int | None) -> str:
    """Say in a word how a process ended: the name of a signal, or its exit status."""
    if status is not None and status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit {status}"


# In the process -------------------------------------------------------------------------------


def _serve(work: Work, pipe: Connection, cache: str) -> None:
    """Do the tasks that come through a pipe until it is closed: what a process is made for.

    Ctrl-C, and the end of a terminal, go to all its processes; the first of them decides what
    becomes of it.
    `cache` is the place of the cache now: a fork server knows that of the time it was started.
    """
    os.environ[VARIABLE] = cache
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _terminated)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    gc.disable()  # each task is tidied up after, and what was there before stays
    in_one_chunk(lambda: _do_all(work, pipe))


def _do_all(work: Work, pipe: Connection) -> None:
    try:
        while True:
            pipe.send(_done(work, pipe.recv()))
    except (EOFError, OSError):  # whoever asked has gone
        return


def _done(work: Work, task: Task) -> Outcome:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - told under the issue's name; the others go on
        return ended(task, f"{type(error).__name__}: {error}")
    finally:
        from newsletter.render import tidy

        tidy(is_idle=True)


def _terminated(_signal: int, _frame: Any) -> None:  # noqa: ANN401
    """End as after an error, so that half-written files are taken away."""
    sys.exit(128 + signal.SIGTERM)
