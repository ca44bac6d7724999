"""The proof room seen from the server: orders go in, prints come out, a crash is noticed.

In: `Order`s. Out: calls of `take` with each `Print`, and of `lost` when the process ended by
itself; both on the server's loop. The process is started again with the next order.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from msgspec import Struct

from newsletter.preview.leaf import Order, Print

PATIENCE_S = 120.0
"""A layout that takes longer hangs."""
FAREWELL_S = 1.0


class Workbench(Struct):
    """One process at a time, and the thread that hears what it says."""

    take: Callable[[Print], None]
    lost: Callable[[str], None]
    _process: SpawnProcess | None = None
    _pipe: Connection | None = None
    _alarm: asyncio.TimerHandle | None = None
    _reason: str = ""
    _closing: bool = False

    def order(self, order: Order) -> None:
        """Hand an order in; starts the process where there is none."""
        if self._process is None:
            self._start()
        self._set_alarm()
        with contextlib.suppress(OSError):  # it has just ended, and `lost` is on its way
            if self._pipe is not None:
                self._pipe.send(order)

    def rest(self) -> None:
        """Note that all was handed out."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def close(self) -> None:
        """End the process; it writes nothing, so that nothing is left half-written."""
        self._closing = True
        self.rest()
        process, pipe = self._process, self._pipe
        if process is None or pipe is None:
            return
        process.terminate()
        process.join(FAREWELL_S)
        if process.is_alive():
            process.kill()
            process.join(FAREWELL_S)

    def _start(self) -> None:
        from newsletter.preview.proofroom import work

        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs,), name="proof room", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe, self._reason = process, ours, ""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(process, ours, loop), daemon=True).start()

    def _listen(
        self, process: SpawnProcess, pipe: Connection, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Hear the process out, in a thread of its own."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            try:
                while True:
                    loop.call_soon_threadsafe(self.take, pipe.recv())
            except (EOFError, OSError):
                process.join()
                pipe.close()
                loop.call_soon_threadsafe(self._ended, process)

    def _ended(self, process: SpawnProcess) -> None:
        if self._closing or process is not self._process:
            return
        self.rest()
        self._process = self._pipe = None
        self.lost(self._reason or f"exit {process.exitcode}")

    def _set_alarm(self) -> None:
        self.rest()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(PATIENCE_S, self._give_up)

    def _give_up(self) -> None:
        self._reason = f"> {PATIENCE_S:.0f} s"
        if self._process is not None:
            self._process.kill()
